"""Draws pages on a reportlab canvas: lines of type, running heads and folios, bookmarks and metadata."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import md5
from itertools import groupby
from typing import TYPE_CHECKING, Any

from broadsheet.writers.pdf.embedding import embed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from io import BytesIO

    from broadsheet.plugin import Style
    from broadsheet.writers.pdf.fonts import TypeCase
    from broadsheet.writers.pdf.pages import Page, Rule
    from broadsheet.writers.pdf.pictures import Picture
    from broadsheet.writers.pdf.setting import Entry, SetLine

#: The date of a file whose document has none.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
#: How thick the stroke is that makes bold type, in ems.
_STROKE_EM = 0.035
#: The slant of italic type, as a tangent.
_SLANT = 0.2126
#: Where the baseline lies below a line's middle, in ems: the middle of a Chinese character's square.
_DROP_EM = 0.37
_RULE_COLOUR = "#b8b8b8"
_RULE_WIDTH_PT = 0.5
_NOT_PLAIN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Sheet:
    """A PDF that is being drawn.

    Args:
        out: where the bytes go when it is closed.
        size: width and height of the paper, in points.
        left: the left edge of the text, in points.
        top: the upper edge of the text, in points from the paper's foot.
        language: BCP 47 tag of the document, or null.
        when: the document's own date, or null for the fixed one.
    """

    def __init__(
        self, out: BytesIO, *, size: tuple[float, float], left: float, top: float, language: str | None, when: datetime | None,
    ) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._canvas: Any = Canvas(out, pagesize=size, invariant=1, pageCompression=1, pdfVersion=(1, 7), lang=language)
        self._left, self._top = left, top
        self._level = -1
        self._forget_helvetica()
        self._stamp(when)

    def page(self, page: Page) -> None:
        """Draw what stands on one page."""
        for entry, x, top in page.marks:
            self._bookmark(entry, self._left + x, self._top - top)
        for rule in page.rules:
            self._artifact(self._rule(rule))
        for picture, _, x, top in page.pictures:
            self._picture(picture, self._left + x, self._top - top - picture.height)
        self._canvas.addLiteral("\n".join(
            operator for line, block, x, top in page.lines
            for operator in text_operators(line, block.style, self._left + x, self._baseline(block.style, top))
        ) or "%")

    def margin(self, line: SetLine, style: Style, y: float) -> None:
        """Draw a line outside the text, as an artifact: a running head or a folio; `y` is the baseline, in points."""
        self._artifact(list(text_operators(line, style, self._left, y)))

    def turn(self) -> None:
        """End the page; its content is compressed as bytes, whatever reportlab's settings say of base 85."""
        from reportlab.pdfbase.pdfdoc import PDFStream, PDFZCompress

        self._canvas.showPage()
        page = self._canvas._doc.Pages.pages[-1]  # noqa: SLF001
        page.Contents = PDFStream(content=page.stream, filters=[PDFZCompress])
        page.Trans = None

    def close(self, case: TypeCase, *, title: str, author: str, subject: str) -> None:
        """Embed the fonts, write the metadata and finish the file."""
        canvas = self._canvas
        canvas.setTitle(_plain(title))
        canvas.setAuthor(_plain(author))
        canvas.setSubject(_plain(subject))
        canvas.setCreator("Broadsheet")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        if self._level >= 0:
            canvas.showOutline()
        embed(canvas._doc, case.used)  # noqa: SLF001 - reportlab has no public door for a font of one's own
        canvas.save()

    def _baseline(self, style: Style, top: float) -> float:
        return self._top - top - style.leading_pt / 2 - style.size_pt * _DROP_EM

    def _bookmark(self, entry: Entry, x: float, y: float) -> None:
        self._level = min(entry.level, self._level + 1)
        self._canvas.bookmarkPage(entry.key, fit="XYZ", left=round(x, 2), top=round(y + 6, 2))
        self._canvas.addOutlineEntry(_plain(entry.title), entry.key, self._level, closed=self._level > 0)

    def _picture(self, picture: Picture, x: float, y: float) -> None:
        self._canvas.drawImage(picture.image, x, y, picture.width, picture.height, mask="auto")

    def _rule(self, rule: Rule) -> list[str]:
        (x1, y1), (x2, y2) = ((self._left + x, self._top - top) for x, top in ((rule.x, rule.top), (rule.to_x, rule.to_top)))
        return [f"q {_rgb(_RULE_COLOUR)} RG {_RULE_WIDTH_PT:g} w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S Q"]

    def _artifact(self, operators: Sequence[str]) -> None:
        self._canvas.addLiteral("\n".join(["/Artifact BMC", *operators, "EMC"]))

    def _forget_helvetica(self) -> None:
        """Reportlab names Helvetica on every page; nothing is set in it, and a font that is not embedded is a fault."""
        from reportlab.pdfbase.pdfdoc import PDFDictionary

        doc, fonts = self._canvas._doc, self._canvas._doc.idToObject["BasicFonts"].dict  # noqa: SLF001
        self._canvas._preamble = "1 0 0 1 0 0 cm"  # noqa: SLF001
        doc.idToObject.update(dict.fromkeys(fonts, PDFDictionary({})))  # its number is given away already
        fonts.clear()
        doc.fontMapping.clear()

    def _stamp(self, when: datetime | None) -> None:
        """Reportlab dates files by SOURCE_DATE_EPOCH or the year 2000, and signs them with it; ours depend on the document alone."""
        moment = when or NO_DATE
        doc = self._canvas._doc  # noqa: SLF001
        doc._timeStamp.YMDhms = (moment.astimezone(UTC) if moment.tzinfo else moment).timetuple()[:6]  # noqa: SLF001
        doc.signature = md5(b"broadsheet", usedforsecurity=False)


def text_operators(line: SetLine, style: Style, left: float, y: float) -> Iterator[str]:
    """The PDF operators that print one line with its left edge and baseline at these points."""
    if not line.sorts:
        return
    slant = _SLANT if style.italic else 0
    state = ("", False, 0.0)
    yield f"BT {_rgb(style.colour)} rg"
    for (start, end), x in _runs(line, style.size_pt):
        yield f"1 0 {slant:g} 1 {left + x:.3f} {y:.3f} Tm"
        for wanted, run in groupby(_keyed(line, start, end), key=lambda keyed: keyed[0]):
            yield from _switch(state, wanted, style)
            yield f"<{''.join(code for _, code in run)}> Tj"
            state = wanted
    yield from _switch(state, (state[0], False, 0.0), style)
    yield "ET"


_State = tuple[str, bool, float]


def _runs(line: SetLine, size: float) -> Iterator[tuple[tuple[int, int], float]]:
    """The pieces of a line in the order in which they are read, each with its left edge."""
    if not line.runs:
        yield (0, len(line.sorts)), line.x
        return
    edges = [line.x]
    for i, sort in enumerate(line.sorts):
        edges.append(edges[-1] + sort.advance * size + line.gaps.get(i, 0.0))
    yield from ((run, edges[run[0]]) for run in line.runs)


def _keyed(line: SetLine, start: int, end: int) -> Iterator[tuple[_State, str]]:
    for i in range(start, end):
        sort = line.sorts[i]
        if sort.code:
            yield (sort.font, sort.stroke, line.gaps.get(i, 0.0)), sort.code


def _switch(now: _State, wanted: _State, style: Style) -> Iterator[str]:
    """The operators that change font, stroke and the space after each character."""
    if wanted[0] != now[0]:
        yield f"/{wanted[0]} {style.size_pt:g} Tf"
    if wanted[1] != now[1]:
        yield f"2 Tr {_rgb(style.colour)} RG {style.size_pt * _STROKE_EM:.3f} w" if wanted[1] else "0 Tr"
    if wanted[2] != now[2]:
        yield f"{wanted[2]:.4f} Tc"


def _plain(text: str) -> str:
    """A text as metadata may hold it: no control characters, no halves of surrogate pairs."""
    return _NOT_PLAIN.sub("", text).encode("utf-16-be", "replace").decode("utf-16-be")


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))
