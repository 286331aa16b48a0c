"""Samples and seed pages converted through the public functions and judged by other people's readers and validators."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from bidi import get_display

from broadsheet.conversion import parse, read, render
from broadsheet.model import Role
from broadsheet.views import set_blocks

ROOT = Path(__file__).parents[2]
PAGES = [*sorted((ROOT / "samples").glob("*.txt")), *sorted((ROOT / "seeds").glob("*.txt"))]
CHINESE = [page for page in PAGES if page.stem == "page" or page.stem.startswith("zh-")]
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
FORBIDDEN_AT_START = "。，、；：？！”）》"


def squeezed(text: str) -> str:
    return "".join(text.split())


def tool(name: str) -> str:
    """The path of a program of the machine; without it the test is skipped."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture(scope="module")
def documents():
    return {page: parse(read(page)) for page in PAGES}


@pytest.fixture(scope="module")
def printed(documents, tmp_path_factory):
    """A page's file in a format, made once."""
    folder = tmp_path_factory.mktemp("outputs")

    def call(page: Path, kind: str) -> Path:
        target = folder / f"{page.stem}.{kind}"
        if not target.exists():
            target.write_bytes(render(documents[page], format=kind))
        return target

    return call


def wanted_texts(document) -> list[str]:
    """What a written page must hold, in order, blanks aside."""
    blocks = [block for article in document.articles for block in set_blocks(article)]
    return [squeezed(block.text) for block in [*blocks, *document.furniture]]


def found_in_order(texts: list[str], whole: str) -> list[str]:
    """The texts that do not stand in the whole after the one before."""
    at, missing = 0, []
    for text in texts:
        place = whole.find(text, at)
        if place < 0:
            missing.append(text[:40])
        else:
            at = place + len(text)
    return missing


# PDF


@every_page
def test_pdftotext_gives_every_character_of_the_body_back_in_order(page, printed, documents):
    leftward = documents[page].language in {"ar", "he"}
    raw = subprocess.run([tool("pdftotext"), *([] if leftward else ["-raw"]), printed(page, "pdf"), "-"], capture_output=True, check=True).stdout.decode()
    wanted = wanted_texts(documents[page])
    if leftward:  # pdftotext turns words, but leaves signs where the eye sees them, and takes hyphens at line ends away
        assert Counter("".join(wanted).replace("-", "")) <= Counter(raw)
        wanted, raw = [letters(text) for text in wanted], "\n".join(letters(logical(line)) for line in raw.split("\n"))
    assert in_order_but_page_edges(wanted, raw)


def logical(line: str) -> str:
    """A line of pdftotext as it is read: what it marks as left-to-right stands as it looks, after Arabic letters."""
    return re.sub("\u202a([^\u202a-\u202c]*)\u202c", lambda match: get_display("ع" + match[1], base_dir="R")[:-1], line)


def letters(text: str) -> str:
    """Letters, digits and page ends."""
    return "".join(char for char in text if char.isalnum() or char == "\f")


def in_order_but_page_edges(texts: list[str], raw: str) -> bool:
    """Whether the texts follow each other; between pages stand a running title and a page number."""
    pages = [page for page in raw.split("\f") if page.strip()]
    title = next((line for page in pages[1:] for line in page.split("\n") if line.strip()), "")
    lines = []
    for number, page in enumerate(pages, 1):
        kept = [line for line in page.split("\n") if line.strip()]
        if number > 1 and kept and squeezed(kept[0]) == squeezed(title):
            kept = kept[1:]
        if kept and kept[-1].strip() == str(number):
            kept = kept[:-1]
        lines += kept
    return squeezed("".join(texts)) == squeezed("".join(lines))


@pytest.mark.parametrize("page", CHINESE, ids=lambda page: page.stem)
def test_no_line_of_chinese_begins_with_a_mark_that_closes(page, printed):
    lines = subprocess.run([tool("pdftotext"), "-layout", printed(page, "pdf"), "-"], capture_output=True, check=True).stdout.decode().split("\n")
    bodies = [line.strip() for line in lines if len(re.findall(r"[\u4e00-\u9fff]", line)) > 3]
    assert bodies
    assert [line for line in bodies if line[0] in FORBIDDEN_AT_START] == []


@every_page
def test_qpdf_finds_nothing_wrong(page, printed):
    done = subprocess.run([tool("qpdf"), "--check", printed(page, "pdf")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@every_page
def test_every_article_with_a_headline_is_a_bookmark(page, printed, documents):
    pypdfium2 = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    pdf = pypdfium2.PdfDocument(printed(page, "pdf"))
    try:
        marks = [squeezed(entry.get_title()) for entry in pdf.get_toc() if entry.level == 0]
    finally:
        pdf.close()
    heads = [squeezed(block.text) for article in documents[page].articles for block in article.blocks if block.role is Role.HEADLINE]
    assert [head for head in heads if head not in marks] == []


# DOCX


@every_page
def test_python_docx_reads_every_block_back_in_its_own_style(page, printed, documents):
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    paragraphs = [p for p in docx.Document(str(printed(page, "docx"))).paragraphs if p.text.strip()]
    blocks = [block for article in documents[page].articles for block in set_blocks(article)]
    assert found_in_order([squeezed(block.text) for block in blocks if block.role is not Role.TABLE], squeezed("".join(p.text for p in paragraphs))) == []
    styled = {(squeezed(p.text), p.style.name) for p in paragraphs}
    names = {Role.HEADLINE: "Headline", Role.HEADING: "Section Heading"}
    assert {(squeezed(block.text), names[block.role]) for block in blocks if block.role in names} - styled == set()


def test_libreoffice_keeps_every_paragraph_and_its_headings_are_headings(printed, documents, tmp_path):
    lxml = pytest.importorskip("lxml.etree", reason="lxml is not installed")
    for page in PAGES:
        shutil.copy(printed(page, "docx"), tmp_path / f"{page.stem}.docx")
    command = [tool("soffice"), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "fodt"]
    subprocess.run([*command, *(f"{page.stem}.docx" for page in PAGES)], cwd=tmp_path, check=True, capture_output=True, timeout=200)
    wrong = {page.stem: problems for page in PAGES if (problems := _unlike(lxml.parse(tmp_path / f"{page.stem}.fodt"), documents[page]))}
    assert wrong == {}


def _unlike(tree, document) -> list[str]:
    """What LibreOffice's flat XML does not hold of a document's texts and headings."""
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    body = tree.getroot().find(".//{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text")
    whole = squeezed("".join("".join(each.itertext()) for each in body.iter(f"{text}p", f"{text}h")))
    heads = {squeezed("".join(each.itertext())) for each in body.iter(f"{text}h")}
    titles = [squeezed(b.text) for a in document.articles for b in a.blocks if b.role in (Role.HEADLINE, Role.HEADING)]
    return [*found_in_order(wanted_texts(document), whole), *(f"no heading: {title}" for title in titles if title not in heads)]


# Text and JSON


@every_page
def test_the_text_format_holds_every_block_in_order(page, documents):
    whole = squeezed(render(documents[page], format="txt").decode())
    assert found_in_order(wanted_texts(documents[page]), whole) == []


@every_page
def test_every_format_is_the_same_bytes_a_second_time(page, printed, documents):
    for kind in ("txt", "json", "docx", "pdf"):
        assert render(documents[page], format=kind) == printed(page, kind).read_bytes()


@every_page
def test_archives_are_whole_and_carry_no_date_of_today(page, printed):
    archive = zipfile.ZipFile(io.BytesIO(printed(page, "docx").read_bytes()))
    assert archive.testzip() is None
    assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
