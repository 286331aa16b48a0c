"""The cover: a front page of the paper's name, date and page and of the headlines, drawn by HarfBuzz as a PNG.

A PNG and no SVG, for many shelves and shops show only raster covers. Letters are drawn from their outlines, so that the
picture is the same on every machine and needs no font of the reader's.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from broadsheet.model import Article, Kind, Role
from broadsheet.views import document_title, one_line, source_line
from broadsheet.writers.pdf.bidi import base_level, direction, may_turn
from broadsheet.writers.pdf.breaker import break_lines
from broadsheet.writers.pdf.titles import title_lines
from broadsheet_epub.letters import Letters
from broadsheet_epub.png import BLACK, Band, png

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.model import Document
    from broadsheet.writers.pdf.faces import Face

#: All lengths in pixels.
WIDTH, HEIGHT = 768, 1024
_MARGIN = 60
_MEASURE = WIDTH - 2 * _MARGIN
_LEADING = 1.3
#: How far a letter is struck again to make it bold where its family has no bold, in ems.
_STROKE = 0.022
#: No page holds more characters of one headline than this.
_LONGEST = 400
_WORD = re.compile(r"\s+|\S+")
_FAMILY = "serif"
#: A row of the picture: a 0 before its pixels; and one of a rule.
_ROW = 1 + WIDTH
_RULED = bytes(1 + _MARGIN) + bytes([BLACK]) * _MEASURE + bytes(_MARGIN)
#: HarfBuzz's ink as one of the picture's shades.
_SHADES = bytes(round(ink / 255 * BLACK) for ink in range(256))
#: How far ink may hang below its last line's room, in ems: nothing that follows stands nearer.
_HANG = 0.19


class _Style(NamedTuple):
    """How a text is set: the size of its letters and the room above it, in pixels, how many lines it may have, a thin rule above."""

    size: float
    lines: int
    above: int
    bold: bool = False
    centred: bool = False
    ruled: bool = False


_PAPER = _Style(112, 2, 0, bold=True, centred=True)
_FACTS = _Style(26, 1, 14, centred=True)
_FIRST = _Style(56, 4, 48, bold=True)
_OTHERS = _Style(31, 2, 20, ruled=True)
#: A name in one line shrinks down to this share of its size before it is broken.
_SMALLEST = 0.4


@dataclass(frozen=True, slots=True)
class _Type:
    """The fonts of one language."""

    language: str

    @property
    def cjk(self) -> bool:
        return Letters(self.language, _FAMILY, bold=False).cjk

    def face(self, char: str, *, bold: bool) -> Face:
        """The face that shows a character; that of Latin letters, with its sign for what it has not, where none does."""
        return _face(char, self.language, bold)[0]

    def widths(self, text: str, *, bold: bool) -> list[float]:
        """How wide each character is, in ems; letters that may join, and be narrower than alone, share the width of their word."""
        if not may_turn(text):
            return [_face(char, self.language, bold)[1] for char in text]
        words = _WORD.findall(text)
        set_ = (sum(glyph.advance for glyph in _glyphs(word, self, bold=bold)) for word in words)
        return [width / len(word) for word, width in zip(words, set_, strict=True) for _ in word]


@lru_cache(maxsize=8192)
def _face(char: str, language: str, bold: bool) -> tuple[Face, float]:  # noqa: FBT001 - a cache's key
    """The face that shows a character, and how wide it is there, in ems."""
    letters = Letters(language, _FAMILY, bold)
    face, glyph = letters.find(char) or (letters.latin, 0)
    return face, face.advance(glyph) / 1000


class _Plate:
    """A page on which letters and rules are put from the top downwards."""

    def __init__(self, fonts: _Type) -> None:
        import uharfbuzz as hb

        self.fonts = fonts
        self.y = float(_MARGIN)
        self.bands: list[Band] = []
        self.raster: Any = hb.RasterDraw()

    def rule(self, thickness: int, *, above: int) -> None:
        """A line across the measure, `above` pixels below what stands there."""
        top = round(self.y) + above
        self.bands.append(Band(top, _RULED * thickness))
        self.y = top + thickness

    def text(self, text: str, style: _Style) -> bool:
        """Set a text below what stands there; false, and nothing set, where the page is too short for it."""
        lines = _broken(text[:_LONGEST], style, self.fonts)
        ruled = style.above + 1 if style.ruled else 0
        if self.y + ruled + style.above + len(lines) * style.size * _LEADING > HEIGHT - _MARGIN:
            return False
        if ruled:
            self.rule(1, above=style.above)
        top = -(-self.y // 1)
        self.y += style.above
        for line in lines:
            self.y += style.size * _LEADING
            self._line(line, style)
        self._ink(int(top), int(self.y + style.size * _HANG))
        return True

    def _line(self, line: str, style: _Style) -> None:
        glyphs = list(_glyphs(line, self.fonts, bold=style.bold))
        width = sum(glyph.advance for glyph in glyphs) * style.size
        right = base_level(line, self.fonts.language) == 1
        x = _MARGIN + (_MEASURE - width) * (0.5 if style.centred else 1 if right else 0)
        base = self.y - style.size * (_LEADING - 1)
        for glyph in glyphs:
            scale = style.size / glyph.face.hb_face.upem
            struck = (0, _STROKE) if style.bold and glyph.face.bold_by_stroke else (0,)
            for aside in struck:
                self.raster.transform = (scale, 0, 0, -scale, x + (glyph.x + aside) * style.size, base - glyph.y * style.size)
                self.raster.draw_glyph(glyph.face.hb_font, glyph.number)
            x += glyph.advance * style.size

    def _ink(self, top: int, bottom: int) -> None:
        """Print what was drawn between two heights; one pixel more at the left becomes the 0 that a row begins with."""
        import uharfbuzz as hb

        self.raster.extents = hb.RasterExtents(-1, top, _ROW, bottom - top, _ROW)
        rows = bytearray(self.raster.render().buffer.translate(_SHADES))
        rows[::_ROW] = bytes(bottom - top)
        self.bands.append(Band(top, rows))


class _Glyph(NamedTuple):
    """One glyph in its place on a line; lengths in ems."""

    face: Face
    number: int
    x: float
    y: float
    advance: float


def draw_cover(document: Document) -> bytes:
    """The cover as a PNG; what is not printed does not stand on it, and headlines end where the page is full."""
    fonts = _Type(document.language or "")
    plate, issue = _Plate(fonts), document.issue
    if issue.publication:
        name = one_line(issue.publication)[:_LONGEST]
        plate.text(name, _shrunk(name, _PAPER, fonts))
        plate.rule(5, above=22)
    unnamed = replace(document, issue=replace(issue, publication=None))
    facts = one_line(source_line(unnamed, Article(id="", kind=Kind.UNKNOWN, blocks=())))
    if facts:
        plate.text(facts, _shrunk(facts, _FACTS, fonts))
        plate.rule(2, above=14)
    titles = [title.text for article in document.articles for title in article.blocks if title.role is Role.HEADLINE]
    if not titles and not plate.bands:
        titles = [document_title(document)]
    for number, title in enumerate(titles):
        if not plate.text(title, _OTHERS if number else _FIRST):
            break
    return png(WIDTH, HEIGHT, plate.bands)


def _shrunk(text: str, style: _Style, fonts: _Type) -> _Style:
    """The style, its letters as small as it takes to set the text in one line, but no smaller than a name may be."""
    share = _MEASURE / (sum(fonts.widths(text, bold=style.bold)) * style.size or _MEASURE)
    return style._replace(size=style.size * max(min(share, 1.0), _SMALLEST))


def _broken(text: str, style: _Style, fonts: _Type) -> list[str]:
    """The text in lines of the page's measure, as the PDF breaks titles; more than the style allows end in an ellipsis."""
    lines = []
    for row in text.split("\n"):
        advances = [width * style.size for width in fonts.widths(row, bold=style.bold)]
        found = title_lines(row, advances, partial(break_lines, row, advances), _MEASURE, style.size)
        lines += [row[line.start : line.end].strip() for line in found]
    return lines if len(lines) <= style.lines else [*lines[: style.lines - 1], f"{lines[style.lines - 1]}…"]


def _glyphs(line: str, fonts: _Type, *, bold: bool) -> Iterator[_Glyph]:
    """The glyphs of a line from left to right, letters joined where their script joins them."""
    import uharfbuzz as hb

    turned = direction(line, fonts.language)
    order = turned.order(line, 0, len(line)) if turned else range(len(line))
    levels: Sequence[int] = turned.levels if turned else [0] * len(line)
    faces = [fonts.face(char, bold=bold) for char in line]
    for (face, level), run in groupby(order, lambda at: (faces[at], levels[at])):
        buffer = hb.Buffer()
        buffer.add_str("".join(line[at] for at in sorted(run)))
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if level % 2 else "ltr"
        hb.shape(face.hb_font, buffer)
        upem = face.hb_face.upem
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            yield _Glyph(face, info.codepoint, place.x_offset / upem, place.y_offset / upem, place.x_advance / upem)
