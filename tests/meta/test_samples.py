"""The results that are shipped are those that the code gives today."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
SHIPPED = SAMPLES / "outputs"
PAGES = ("page", "page-en")
AGAIN = "run: python samples/make.py"
needs_epub = pytest.mark.skipif(importlib.util.find_spec("broadsheet_epub") is None, reason="broadsheet-epub is not installed")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    subprocess.run([sys.executable, SAMPLES / "make.py", folder], check=True)
    return folder


def members(path: Path) -> list[tuple[str, bytes]]:
    """What a zip holds, in order: how tightly it is packed depends on the machine's zlib, as do the bytes of a PNG."""
    with zipfile.ZipFile(path) as archive:
        return [(name, b"" if name.endswith(".png") else archive.read(name)) for name in archive.namelist()]


def pages(path: Path) -> list[str]:
    """The text of a PDF's pages, as pdfium reads it: its bytes depend on the versions of fonts and zlib."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return [document[at].get_textpage().get_text_range() for at in range(len(document))]


@needs_epub
def test_every_page_is_shipped_in_every_format_and_nothing_else(made):
    assert sorted(path.name for path in SHIPPED.iterdir()) == sorted(path.name for path in made.iterdir())


@needs_epub
@pytest.mark.parametrize("suffix", ["html", "md", "txt", "outline", "json"])
@pytest.mark.parametrize("page", PAGES)
def test_text_results_are_fresh(made, page, suffix):
    assert (SHIPPED / f"{page}.{suffix}").read_text("utf-8") == (made / f"{page}.{suffix}").read_text("utf-8"), AGAIN


@needs_epub
@pytest.mark.parametrize("suffix", ["docx", "epub"])
@pytest.mark.parametrize("page", PAGES)
def test_packed_results_are_fresh(made, page, suffix):
    assert members(SHIPPED / f"{page}.{suffix}") == members(made / f"{page}.{suffix}"), AGAIN


@needs_epub
@pytest.mark.parametrize("page", PAGES)
def test_printed_results_are_fresh(made, page):
    assert pages(SHIPPED / f"{page}.pdf") == pages(made / f"{page}.pdf"), AGAIN
