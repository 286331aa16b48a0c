"""Makes the gallery of the sample pages, results and previews: python samples/make.py [FOLDER], by default beside this file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from broadsheet import parse, read, write
from broadsheet.registry import load_registry

if TYPE_CHECKING:
    from PIL.Image import Image

HERE = Path(__file__).resolve().parent
#: Formats of one look only, and those that a theme gives theirs.
PLAIN = ("md", "txt", "outline", "json")
LOOKS = {
    "docx": ("reading", "newspaper"), "epub": ("reading", "newspaper"), "html": ("reading", "newspaper"),
    "pdf": ("reading", "newspaper", "clipping", "large-print"),
}
#: The page whose lines may also run downwards, as its country's papers were set until the 1950s.
VERTICAL = "page"
PREVIEW_WIDTH_PX = 560
PREVIEW_GREYS = 16


def make(folder: Path) -> None:
    """Write every sample page in every format and look, and a picture of each PDF's first page and of each page's book cover.

    Needs the EPUB plugin of this repository and pypdfium2 to be installed.

    Args:
        folder: gets `outputs` and `previews`, made where they are missing; files of an earlier run are replaced.
    """
    outputs, previews = folder / "outputs", folder / "previews"
    outputs.mkdir(parents=True, exist_ok=True)
    previews.mkdir(exist_ok=True)
    registry = load_registry(only=["broadsheet-epub"])
    for page in sorted(HERE.glob("*.txt")):
        document = parse(read(page, registry=registry), registry=registry)
        for suffix in PLAIN:
            write(document, outputs / f"{page.stem}.{suffix}", registry=registry)
        for suffix, themes in LOOKS.items():
            for theme in themes:
                write(document, outputs / f"{page.stem}-{theme}.{suffix}", theme=theme, registry=registry)
        if page.stem == VERTICAL:
            write(document, outputs / f"{page.stem}-vertical.pdf", options={"direction": "vertical"}, registry=registry)
    for printed in sorted(outputs.glob("*.pdf")):
        save_small(first_page(printed), previews / f"{printed.stem}.png")
    for book in sorted(outputs.glob("*-reading.epub")):
        save_small(cover(book), previews / f"{book.stem.removesuffix('-reading')}-cover.png")


def first_page(printed: Path) -> Image:
    """A PDF's first page, as pdfium shows it."""
    import pypdfium2

    with pypdfium2.PdfDocument(printed) as document:
        page = document[0]
        return page.render(scale=PREVIEW_WIDTH_PX / page.get_width()).to_pil()


def cover(book: Path) -> Image:
    """The cover of an EPUB."""
    from PIL import Image

    with ZipFile(book) as archive, archive.open("EPUB/cover.png") as picture, Image.open(picture) as drawn:
        grey = drawn.convert("L")
        return grey.resize((PREVIEW_WIDTH_PX, round(grey.height * PREVIEW_WIDTH_PX / grey.width)), Image.Resampling.BOX)


def save_small(shown: Image, target: Path) -> None:
    """Write a picture in few greys."""
    from PIL import Image

    shown.convert("L").quantize(PREVIEW_GREYS, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
