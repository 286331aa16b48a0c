"""The gallery that is shipped is the one that the code makes today."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageChops

SAMPLES = Path(__file__).parents[2] / "samples"
AGAIN = "run: python samples/make.py"
PACKED, PRINTED = {".docx", ".epub"}, {".pdf"}
RESULTS = sorted((SAMPLES / "outputs").iterdir())
PREVIEWS = sorted((SAMPLES / "previews").iterdir())
#: Side of the squares whose mean grey is compared, and by how much (of 255) it may differ: fonts and pdfium have versions.
SQUARE_PX, GREYS = 8, 24
pytestmark = pytest.mark.skipif(importlib.util.find_spec("broadsheet_epub") is None, reason="broadsheet-epub is not installed")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    subprocess.run([sys.executable, SAMPLES / "make.py", folder], check=True)
    return folder


def each(paths):
    return pytest.mark.parametrize("shipped", paths, ids=lambda path: path.name)


def members(path: Path) -> list[tuple[str, bytes]]:
    """What a zip holds, in order: how tightly it is packed depends on the machine's zlib, as do the bytes of a PNG."""
    with zipfile.ZipFile(path) as archive:
        return [(name, b"" if name.endswith(".png") else archive.read(name)) for name in archive.namelist()]


def pages(path: Path) -> list[str]:
    """The text of a PDF's pages, as pdfium reads it: its bytes depend on the versions of fonts and zlib."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return [document[at].get_textpage().get_text_range() for at in range(len(document))]


def squares(path: Path) -> Image.Image:
    """A picture as the mean greys of its squares."""
    with Image.open(path) as picture:
        return picture.convert("L").resize((picture.width // SQUARE_PX, picture.height // SQUARE_PX), Image.Resampling.BOX)


def test_every_page_is_shipped_in_every_format_and_look_and_nothing_else(made):
    assert [path.name for path in RESULTS] == sorted(path.name for path in (made / "outputs").iterdir())
    assert [path.name for path in PREVIEWS] == sorted(path.name for path in (made / "previews").iterdir())


@each([path for path in RESULTS if path.suffix not in PACKED | PRINTED])
def test_text_results_are_fresh(made, shipped):
    assert shipped.read_text("utf-8") == (made / "outputs" / shipped.name).read_text("utf-8"), AGAIN


@each([path for path in RESULTS if path.suffix in PACKED])
def test_packed_results_are_fresh(made, shipped):
    old, new = dict(members(shipped)), dict(members(made / "outputs" / shipped.name))
    assert list(old) == list(new), AGAIN
    assert [name for name in new if old[name] != new[name]] == [], AGAIN


@each([path for path in RESULTS if path.suffix in PRINTED])
def test_printed_results_are_fresh(made, shipped):
    old, new = pages(shipped), pages(made / "outputs" / shipped.name)
    assert len(old) == len(new), AGAIN
    assert [number for number, page in enumerate(new) if old[number] != page] == [], AGAIN


@each(PREVIEWS)
def test_previews_show_what_is_printed_today(made, shipped):
    old, new = squares(shipped), squares(made / "previews" / shipped.name)
    assert old.size == new.size, AGAIN
    assert ImageChops.difference(old, new).getextrema()[1] <= GREYS, AGAIN


@each(PREVIEWS)
def test_a_preview_is_no_blank_page_and_small(shipped):
    darkest, _ = squares(shipped).getextrema()
    assert darkest < 200
    assert shipped.stat().st_size <= 60_000


def test_the_guide_shows_every_preview_and_names_every_page():
    guide = (SAMPLES / "README.md").read_text("utf-8")
    assert set(re.findall(r'src="previews/([^"]+)"', guide)) == {path.name for path in PREVIEWS}
    assert [path.name for path in SAMPLES.glob("*.txt") if f"`{path.name}`" not in guide] == []
