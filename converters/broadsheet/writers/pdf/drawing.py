"""Draws pages on a reportlab canvas: lines of type, running heads and folios, bookmarks and metadata."""

from __future__ import annotations

import zlib
from collections import deque
from hashlib import md5
from itertools import groupby
from typing import TYPE_CHECKING, Any

from broadsheet.model import Role
from broadsheet.writers.pdf.bidi import runs_leftward
from broadsheet.writers.pdf.embedding import FAST, embed
from broadsheet.writers.pdf.lettering import across, down, rgb
from broadsheet.writers.pdf.metadata import CREATOR, plain, xmp
from broadsheet.writers.pdf.pictures import embed_bitmap
from broadsheet.writers.pdf.tables import part
from broadsheet.writers.pdf.tags import Tags, text_string

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from io import BytesIO

    from broadsheet.plugin import Style
    from broadsheet.writers.pdf.fonts import TypeCase
    from broadsheet.writers.pdf.metadata import Particulars
    from broadsheet.writers.pdf.pages import Hung, Page, Placed, Rule
    from broadsheet.writers.pdf.setting import Entry, SetBlock, SetLine

#: Where the baseline lies below a line's middle, in ems: the middle of a Chinese character's square.
_DROP_EM = 0.37
_RULE_COLOUR = "#b8b8b8"
_RULE_WIDTH_PT = 0.5


class Sheet:
    """A PDF that is being drawn.

    Args:
        out: where the bytes go when it is closed.
        size: width and height of the paper, in points.
        left: the left edge of the text, in points.
        top: the upper edge of the text, in points from the paper's foot.
        right: the right edge of the text where lines run down the page and follow each other leftwards; null where they run across.
        language: BCP 47 tag of the document, or null.
        when: the document's own date, or the fixed one.
    """

    def __init__(
        self, out: BytesIO, *, size: tuple[float, float], left: float, top: float, right: float | None = None, language: str | None,
        when: datetime,
    ) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._canvas: Any = Canvas(out, pagesize=size, invariant=1, pageCompression=1, pdfVersion=(1, 7), lang=language)
        self._left, self._top, self._right = left, top, right
        self._tags = Tags(language)
        self._level = -1
        self._front = 0
        self._forget_helvetica()
        self._stamp(when)

    def page(self, page: Page) -> None:
        """Draw what stands on one page, in reading order; a picture comes right before its caption."""
        for entry, x, top in page.marks:
            self._bookmark(entry, *self._point(x, top))
        for rule in page.rules:
            self._artifact("Layout", self._rule(rule))
        waiting = deque(page.pictures)
        for _, run in groupby(page.lines, key=lambda placed: id(placed.block)):
            lines = list(run)
            block = lines[0].block
            if waiting and block.role is Role.CAPTION and waiting[0].block.article == block.article:
                self._hang(waiting.popleft())
            operators = [] if block.grid else [operator for placed in lines for operator in self._line(placed)]
            if block.grid:
                self._table(block, lines)
            elif operators:
                self._marked(*self._tags.block(block), operators)
            if block.link:
                self._link(block.link, lines)
        for hung in waiting:
            self._hang(hung)

    def margin(self, line: SetLine, style: Style, y: float) -> None:
        """Draw a line outside the text, as an artifact: a running head or a folio; `y` is the baseline, in points."""
        self._artifact("Pagination", list(across(line, style, self._left, y)))

    def rule(self, rule: Rule) -> None:
        """Draw a thin line outside the text, as an artifact."""
        self._artifact("Pagination", self._rule(rule))

    def put_first(self, count: int) -> None:
        """Move the last pages, with the part of the structure that they are, before all others."""
        self._front = count
        self._tags.put_first()

    def turn(self) -> None:
        """End the page; its content is compressed at once, whatever reportlab's settings say of base 85."""
        from reportlab.pdfbase.pdfdoc import PDFName, PDFStream

        self._canvas.showPage()
        page = self._canvas._doc.Pages.pages[-1]  # noqa: SLF001
        page.Contents = PDFStream(content=zlib.compress(page.stream.encode("latin-1"), FAST), filters=[])
        page.Contents.dictionary["Filter"] = PDFName("FlateDecode")
        page.stream = None  # a long document must not be kept in the plain
        page.Trans = None
        page.__Defaults__ = {**page.__Defaults__, "StructParents": self._tags.turn(), "Tabs": PDFName("S")}

    def close(self, case: TypeCase, facts: Particulars, *, accessible: bool) -> None:
        """Embed the fonts, write the structure and the metadata and finish the file; `accessible` claims PDF/UA-1."""
        canvas = self._canvas
        canvas.setTitle(facts.title)
        canvas.setAuthor(", ".join(facts.authors))
        canvas.setSubject(facts.subject)
        canvas.setKeywords(", ".join(facts.keywords))
        canvas.setCreator(CREATOR)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        if runs_leftward(facts.language):  # lines down the page do without it: PDFium takes it for the direction of letters
            canvas.setViewerPreference("Direction", "R2L")
        canvas._doc.Catalog.Metadata = _packet(xmp(facts, accessible=accessible))  # noqa: SLF001
        if self._level >= 0:
            canvas.showOutline()
        self._tags.write(canvas._doc, canvas._doc.Pages.pages)  # noqa: SLF001
        self._reorder()
        embed(canvas._doc, case.used)  # noqa: SLF001 - reportlab has no public door for a font of one's own
        canvas.save()

    def _point(self, x: float, top: float) -> tuple[float, float]:
        """A place in the text, `x` along its lines and `top` across them, on the paper; in points."""
        return (self._left + x, self._top - top) if self._right is None else (self._right - top, self._top - x)

    def _line(self, placed: Placed) -> Iterator[str]:
        style = placed.block.style
        x, y = self._point(placed.x, placed.top)
        if self._right is None:
            return across(placed.line, style, x, y - style.leading_pt / 2 - style.size_pt * _DROP_EM)
        return down(placed.line, style, x - style.leading_pt / 2, y)

    def _table(self, block: SetBlock, lines: Sequence[Placed]) -> None:
        for placed in lines:
            for cell in placed.line.cells:
                shown = placed._replace(line=part(placed.line, cell, block.style.size_pt))
                self._marked(*self._tags.cell(block, cell.row, cell.column), list(self._line(shown)))

    def _link(self, key: str, lines: Sequence[Placed]) -> None:
        """Let lines lead to a place when they are clicked."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

        canvas, first, last = self._canvas, lines[0], lines[-1]
        width = max(line.line.x + sum(sort.advance for sort in line.line.sorts) * line.block.style.size_pt + sum(line.line.gaps.values()) for line in lines)
        corners = self._point(first.x, first.top), self._point(first.x + width, last.top + last.block.style.leading_pt)
        (x1, x2), (y1, y2) = (sorted(side) for side in zip(*corners, strict=True))
        annotation = PDFDictionary({
            "Type": PDFName("Annot"), "Subtype": PDFName("Link"), "Rect": PDFArray([round(side, 2) for side in (x1, y1, x2, y2)]),
            "Border": PDFArray([0, 0, 0]), "F": 4, "Dest": canvas._bookmarkReference(key),  # noqa: SLF001
            "Contents": text_string(first.block.text),
        })
        name = f"link{len(canvas._doc.idToObject)}"  # noqa: SLF001 - a name that nothing else has
        canvas._addAnnotation(annotation, name)  # noqa: SLF001 - the public door makes annotations without place in the structure
        self._tags.link(annotation, canvas._doc.refAnnotation(name).name)  # noqa: SLF001

    def _reorder(self) -> None:
        """Put the pages first that belong there; they are numbered i, ii, iii."""
        doc, count = self._canvas._doc, self._front  # noqa: SLF001
        if count:
            doc.Pages.pages[:] = doc.Pages.pages[-count:] + doc.Pages.pages[:-count]
            doc.Catalog.PageLabels = f"<< /Nums [0 << /S /r >> {count} << /S /D >>] >>"

    def _bookmark(self, entry: Entry, x: float, y: float) -> None:
        self._level = min(entry.level, self._level + 1)
        self._canvas.bookmarkPage(entry.key, fit="XYZ", left=round(x, 2), top=round(y + 6, 2))
        self._canvas.addOutlineEntry(plain(entry.title), entry.key, self._level, closed=self._level > 0)

    def _hang(self, hung: Hung) -> None:
        picture, (x, y) = hung.picture, self._point(hung.x, hung.top)
        if self._right is None:
            y -= picture.height
        else:  # its width was measured down the page
            x, y = x - picture.height, y - picture.width
        wide, high = (picture.width, picture.height) if self._right is None else (picture.height, picture.width)
        kind, number = self._tags.figure(hung.block, picture.caption, (x, y, x + wide, y + high))
        if picture.bitmap:
            resource = embed_bitmap(self._canvas._doc, picture.name, picture.bitmap)  # noqa: SLF001
            self._canvas._formsinuse.append(picture.name)  # noqa: SLF001
            self._marked(kind, number, [f"q {wide:.3f} 0 0 {high:.3f} {x:.3f} {y:.3f} cm /{resource} Do Q"])

    def _rule(self, rule: Rule) -> list[str]:
        (x1, y1), (x2, y2) = self._point(rule.x, rule.top), self._point(rule.to_x, rule.to_top)
        return [f"q {rgb(_RULE_COLOUR)} RG {_RULE_WIDTH_PT:g} w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S Q"]

    def _marked(self, kind: str, number: int, operators: Sequence[str]) -> None:
        self._canvas.addLiteral("\n".join([f"/{kind} <</MCID {number}>> BDC", *operators, "EMC"]))

    def _artifact(self, kind: str, operators: Sequence[str]) -> None:
        self._canvas.addLiteral("\n".join([f"/Artifact <</Type /{kind}>> BDC", *operators, "EMC"]))

    def _forget_helvetica(self) -> None:
        """Reportlab names Helvetica on every page; nothing is set in it, and a font that is not embedded is a fault."""
        from reportlab.pdfbase.pdfdoc import PDFDictionary

        doc, fonts = self._canvas._doc, self._canvas._doc.idToObject["BasicFonts"].dict  # noqa: SLF001
        self._canvas._preamble = "1 0 0 1 0 0 cm"  # noqa: SLF001
        doc.idToObject.update(dict.fromkeys(fonts, PDFDictionary({})))  # its number is given away already
        fonts.clear()
        doc.fontMapping.clear()

    def _stamp(self, when: datetime) -> None:
        """Reportlab dates files by SOURCE_DATE_EPOCH or the year 2000, and signs them with it; ours depend on the document alone."""
        doc = self._canvas._doc  # noqa: SLF001
        doc._timeStamp.YMDhms = when.timetuple()[:6]  # noqa: SLF001
        doc.signature = md5(b"broadsheet", usedforsecurity=False)


def _packet(content: bytes) -> Any:
    """Metadata as a stream that every program can read: not compressed."""
    from reportlab.pdfbase.pdfdoc import PDFName, PDFStream

    stream = PDFStream(content=content, filters=[])
    stream.dictionary["Type"], stream.dictionary["Subtype"] = PDFName("Metadata"), PDFName("XML")
    return stream
