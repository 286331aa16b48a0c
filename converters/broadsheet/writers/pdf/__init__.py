"""The PDF writer: one column of text in the theme's styles, with embedded fonts, bookmarks and page numbers."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

from broadsheet import views
from broadsheet.errors import UsageError
from broadsheet.model import BLOCKS, FURNITURE, MARKS, Code, Role
from broadsheet.options import Help
from broadsheet.plugin import Context, Writer
from broadsheet.writers.shared import furniture_shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from broadsheet.model import Document
    from broadsheet.plugin import Theme
    from broadsheet.report import Report
    from broadsheet.writers.pdf.drawing import Sheet
    from broadsheet.writers.pdf.fonts import TypeCase
    from broadsheet.writers.pdf.setting import Setter

_PAPERS: Mapping[str, tuple[float, float]] = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
#: How far the running head stands above the text, and the folio below it, in points.
_HEAD_GAP_PT = 26.0
_FOOT_GAP_PT = 34.0


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """What can be chosen about a PDF besides its theme."""

    paper: Annotated[Literal["theme", "a4", "letter"], Help("Paper size; theme takes the size that the theme names.")] = "theme"
    furniture: Annotated[
        Literal["end", "none"], Help("Where mastheads, folios and other furniture go: in small type at the end, or nowhere."),
    ] = "end"


def write(document: Document, out: BinaryIO, options: PdfOptions, context: Context) -> None:
    """Write a document as PDF.

    Args:
        document: what to write.
        out: where the bytes go; it is left open.
        options: paper and furniture.
        context: its theme says how everything looks; characters that no font has, and whatever is left out, go to its report.

    Raises:
        UsageError: the context has no theme.
    """
    from broadsheet.writers.pdf.fonts import TypeCase
    from broadsheet.writers.pdf.pages import paginate
    from broadsheet.writers.pdf.setting import Setter

    if context.theme is None:
        raise UsageError("the PDF writer needs a theme", todo="give the context one")
    frame = _Frame.of(context.theme, options.paper)
    case = TypeCase()
    setter = Setter(case, context.theme.styles, frame.measure)
    shown = furniture_shown(document, options.furniture, "PDF", context.report)
    pages = paginate(list(setter.document(document, furniture=shown)), frame.height)
    buffer = BytesIO()
    sheet = _sheet(buffer, frame, document, context.when)
    title = views.document_title(document)
    for number, page in enumerate(pages, start=1):
        _margin(sheet, setter, title if number > 1 else "", frame.top + _HEAD_GAP_PT)
        sheet.page(page)
        _margin(sheet, setter, str(number), frame.top - frame.height - _FOOT_GAP_PT)
        sheet.turn()
    sheet.close(case, title=title, author=", ".join(_authors(document)), subject=_subject(document))
    out.write(buffer.getvalue())
    _report_characters(case, context.report)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the text stands on the paper, in points."""

    size: tuple[float, float]
    left: float
    top: float
    measure: float
    height: float

    @classmethod
    def of(cls, theme: Theme, paper: str) -> _Frame:
        page = theme.page
        width, height = _PAPERS.get(paper, (page["width_pt"], page["height_pt"]))
        return cls(
            size=(width, height), left=page["margin_inner_pt"], top=height - page["margin_top_pt"],
            measure=width - page["margin_inner_pt"] - page["margin_outer_pt"],
            height=height - page["margin_top_pt"] - page["margin_bottom_pt"],
        )


def _sheet(buffer: BytesIO, frame: _Frame, document: Document, when: datetime | None) -> Sheet:
    from broadsheet.writers.pdf.drawing import Sheet

    return Sheet(
        buffer, size=frame.size, left=frame.left, top=frame.top, measure=frame.measure, language=document.language, when=when,
    )


def _margin(sheet: Sheet, setter: Setter, text: str, y: float) -> None:
    """A running head or a folio at a baseline, in points from the foot; nothing where the text is empty."""
    style = replace(setter.styles[Role.RUNNING_HEAD], align="center")
    line = setter.one_line(text, style)
    if line:
        sheet.margin(line, style, y)


def _authors(document: Document) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for article in document.articles for name in views.byline_names(article)))


def _subject(document: Document) -> str:
    """The headlines, as far as the page prints them."""
    return "; ".join(title for article in document.articles if (title := views.headline(article)))


def _report_characters(case: TypeCase, report: Report) -> None:
    for char in case.missing:
        name = unicodedata.name(char, "")
        report.add(Code.MISSING_GLYPH, f"no font has U+{ord(char):04X}{' ' + name if name else ''}; a box stands for it")
    if case.unprintable:
        codes = ", ".join(f"U+{ord(char):04X}" for char in sorted(case.unprintable))
        report.add(Code.CONTROL_CHARACTERS, f"control characters print nothing in the PDF: {codes}")


PDF = Writer(
    name="pdf",
    summary="One column for reading, with embedded fonts, Chinese line breaking, bookmarks and page numbers.",
    suffix=".pdf",
    media_type="application/pdf",
    renders=BLOCKS | FURNITURE | MARKS,
    write=write,
    options=PdfOptions,
    visual=True,
)
