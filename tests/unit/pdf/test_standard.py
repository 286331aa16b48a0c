"""Archives and screen readers: what independent checkers say of PDF/A-2b, PDF/A-3b and PDF/UA-1."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pikepdf
import pytest
from pikepdf import pdfa
from PIL import Image

from broadsheet.errors import UsageError
from broadsheet.model import BLOCKS, Asset, Role
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet.schema import from_json
from broadsheet.writers.pdf import PDF, PdfOptions

JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io", "javax.activation", "jaxb-api")


def kitchen_sink(press):
    """Every role, a picture, two scripts, a character that no font has."""
    first = [press.block(role, f"{role.value}：渡轮 ferry “灯”——2.5%") for role in sorted(BLOCKS)]
    second = [
        press.block(Role.HEADLINE, "第二篇"), press.block(Role.CAPTION, "夜色中的渡轮", image="p1"), press.block(Role.LIST_ITEM, "甲"),
        press.block(Role.LIST_ITEM, "乙"), press.block(Role.PARAGRAPH, "没有\ue000，q\u0301，والميناء القديم (أمس)。"),
    ]
    made = press.document(first, second, furniture=(press.block(Role.FOLIO, "第3版"),), publication="海港晨报")
    return msgspec.structs.replace(made, assets={"p1": Asset("image/png", "p1.png", 90, 60)})


def printed(document, reading, standard, direction="horizontal") -> bytes:
    picture, out = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (90, 60), "grey").save(picture, "PNG")
    context = Context(report=Report(), theme=reading, pictures={"p1": picture.getvalue()})
    PDF.write(document, out, PdfOptions(standard=standard, direction=direction, system_fonts=False), context)
    return out.getvalue()


@pytest.mark.parametrize("standard", ["a-2b", "a-3b"])
def test_pikepdfs_checker_approves_of_every_role(press, reading, standard):
    report = pdfa.validate_written(io.BytesIO(printed(kitchen_sink(press), reading, standard)), standard[-2:])
    assert [str(finding) for finding in report.findings] == []
    assert report.passed


def test_pikepdfs_checker_approves_of_lines_down_the_page_but_for_what_it_does_not_know(press, reading):
    report = pdfa.validate_written(io.BytesIO(printed(kitchen_sink(press), reading, "a-2b", "vertical")), "2b")
    assert {(finding.rule, finding.kind) for finding in report.findings} == {("pikepdf:font-vertical", "unsupported")}


def test_a_plain_pdf_does_not_claim_to_be_an_archive(press, reading):
    assert not pdfa.validate_written(io.BytesIO(printed(kitchen_sink(press), reading, "none")), "2b").passed


def test_the_archive_carries_the_document_itself(press, reading):
    document = kitchen_sink(press)
    with pikepdf.open(io.BytesIO(printed(document, reading, "a-3b"))) as pdf:
        (name,) = pdf.attachments
        assert from_json(pdf.attachments[name].get_file().read_bytes()) == document
        assert name == "document.json"
        assert pdf.Root.AF[0].AFRelationship == "/Source"
        assert pdf.attachments[name].get_file().mime_type == "application/json"


def test_the_archive_says_the_same_text(press, reading):
    import pypdfium2

    def text(standard):
        with pypdfium2.PdfDocument(printed(kitchen_sink(press), reading, standard)) as pdf:
            return [page.get_textpage().get_text_range() for page in pdf]

    assert text("none") == text("a-2b") == text("a-3b") == text("ua-1")


@pytest.mark.parametrize("standard", ["none", "a-2b", "a-3b", "ua-1"])
def test_qpdf_finds_nothing_wrong(press, reading, standard, tmp_path):
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    path = tmp_path / "page.pdf"
    path.write_bytes(printed(kitchen_sink(press), reading, standard))
    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0


def test_pdfbox_preflight_finds_the_fonts_and_the_content_sound(press, reading, tmp_path):
    """It knows PDF/A-1 only: the same fonts, content and metadata, made such by pikepdf."""
    jars = [Path("/usr/share/java") / f"{name}.jar" for name in JARS]
    if not shutil.which("java") or not all(jar.exists() for jar in jars):
        pytest.skip("libpdfbox2-java, libactivation-java or libjaxb-api-java is not installed")
    with pikepdf.open(io.BytesIO(printed(kitchen_sink(press), reading, "none"))) as pdf:
        for page in pdf.pages:
            del page.Tabs
        pdfa.prepare(pdf, "1b")
        pdf.save(tmp_path / "page.pdf", **pdfa.resolve_save_kwargs("1b", deterministic_id=True))
    command = ["java", "-cp", ":".join(map(str, jars)), "org.apache.pdfbox.preflight.Validator_A1b", str(tmp_path / "page.pdf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "is a valid PDF/A-1b file" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_outloud_finds_no_error_in_an_accessible_file(press, reading, direction, tmp_path):
    (tmp_path / "page.pdf").write_bytes(printed(kitchen_sink(press), reading, "ua-1", direction))
    done = subprocess.run([Path(sys.executable).with_name("outloud"), tmp_path / "page.pdf"], capture_output=True, text=True, check=False)
    assert ": 0 error(s)" in done.stdout, done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_pdfua_finds_no_error_in_an_accessible_file(press, reading, direction, tmp_path):
    (tmp_path / "page.pdf").write_bytes(printed(kitchen_sink(press), reading, "ua-1", direction))
    done = subprocess.run([Path(sys.executable).with_name("pdfua"), "check", tmp_path / "page.pdf"], capture_output=True, text=True, check=False)
    assert "PASS (no findings)" in done.stdout, done.stdout


def test_outloud_finds_fault_with_a_file_that_makes_no_claim(press, reading, tmp_path):
    (tmp_path / "page.pdf").write_bytes(printed(kitchen_sink(press), reading, "none"))
    done = subprocess.run([Path(sys.executable).with_name("outloud"), tmp_path / "page.pdf"], capture_output=True, text=True, check=False)
    assert ": 0 error(s)" not in done.stdout


def test_an_accessible_file_wants_a_language(press, reading):
    document = press.paragraph("???", language=None)
    with pytest.raises(UsageError, match="PDF/UA needs the language of the text; name it with --language"):
        printed(document, reading, "ua-1")


def test_without_pikepdf_the_way_to_get_it_is_named(press, reading, monkeypatch):
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(UsageError, match=r"pip install 'broadsheet\[pdfa\]'"):
        printed(press.paragraph("江上。"), reading, "a-2b")
    assert printed(press.paragraph("江上。"), reading, "ua-1").startswith(b"%PDF")


SCRIPT = """
import hashlib, importlib.util, sys
spec = importlib.util.spec_from_file_location("presses", sys.argv[1])
presses = importlib.util.module_from_spec(spec)
sys.modules["presses"] = presses
spec.loader.exec_module(presses)
press, Role, Options = presses.Press(), presses.Role, presses.PdfOptions
blocks = [press.block(Role.HEADLINE, "渡轮"), press.block(Role.PARAGRAPH, "票价2.5元——والميناء (أمس) q\u0301 12月。" * 9), press.block(Role.LIST_ITEM, "甲")]
for standard in ("none", "a-3b", "ua-1"):
    for direction in ("horizontal", "vertical"):
        options = Options(standard=standard, direction=direction, system_fonts=False)
        print(hashlib.sha256(press.run(press.document(blocks), options).data).hexdigest())
"""


def test_two_processes_with_other_clocks_hash_seeds_and_locales_write_the_same_bytes(request):
    def digests(seed, zone, locale):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", SCRIPT, str(request.path.with_name("conftest.py"))]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    one = digests("1", "UTC", "C.UTF-8")
    assert one == digests("4242", "Asia/Shanghai", "C")
    assert len(set(one.split())) == 6
