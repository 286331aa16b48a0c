"""What a reader makes of a file: a text, cut into pages of lines whose offsets index it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.model import Asset, Diagnostic, Edit

# A form feed ends line and page; CR, LF and CR LF end a line. Nothing else does (U+2028 and VT stand inside lines).
_BREAK = re.compile(r"\r\n|[\n\r\f]")


class Hints(Struct, frozen=True, kw_only=True):
    """What a format knows of a line besides its text; plain text knows nothing."""

    style: str | None = None
    font_size_pt: float | None = None
    bold: bool = False
    column: int | None = None
    list_level: int | None = None
    image: str | None = None


class Line(Struct, frozen=True, gc=False):
    """One line of the source; `text` is `source.text[start:end]`, without its line end; `page` counts from 1."""

    text: str
    start: int
    end: int
    page: int
    hints: Hints | None = None


class Page(Struct, frozen=True, gc=False):
    """One page; `number` counts from 1 and is the physical place, not what is printed."""

    number: int
    lines: tuple[Line, ...]


class Source(Struct, frozen=True, kw_only=True):
    """A file that was read: its text, its pages of lines, and what the reader had to say.

    `encoding` is what the bytes were decoded with, null for binary formats; `sha256` is of the bytes.
    """

    name: str
    media_type: str
    encoding: str | None
    sha256: str
    text: str
    pages: tuple[Page, ...]
    edits: tuple[Edit, ...] = ()
    assets: dict[str, Asset] = {}  # msgspec copies an empty default
    diagnostics: tuple[Diagnostic, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Every line of every page, in order."""
        for page in self.pages:
            yield from page.lines


def line_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Cut a text into lines: `(start, end, break)`, where `break` is what ended the line (empty for the last)."""
    at = 0
    for match in _BREAK.finditer(text):
        yield at, match.start(), match.group()
        at = match.end()
    yield at, len(text), ""


def cut_pages(text: str) -> tuple[Page, ...]:
    """Cut a text into pages at form feeds and into lines at line ends, offsets kept exactly."""
    pages: list[Page] = []
    lines: list[Line] = []
    for start, end, ending in line_spans(text):
        lines.append(Line(text[start:end], start, end, len(pages) + 1))
        if ending == "\f":
            pages.append(Page(len(pages) + 1, tuple(lines)))
            lines = []
    pages.append(Page(len(pages) + 1, tuple(lines)))
    return tuple(pages)
