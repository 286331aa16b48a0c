"""The PDF writer: one column of text in the theme's styles, with embedded fonts, bookmarks and page numbers."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path  # noqa: TC003 - the type of an option
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

from broadsheet import views
from broadsheet.errors import UsageError
from broadsheet.model import BLOCKS, FURNITURE, MARKS, Code, Role
from broadsheet.options import Help, Range
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
    from broadsheet.writers.pdf.pages import Frame
    from broadsheet.writers.pdf.setting import Setter

_PAPERS: Mapping[str, tuple[float, float]] = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
#: How far the running head stands above the text, and the folio below it, in points.
_HEAD_GAP_PT = 26.0
_FOOT_GAP_PT = 34.0


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """What can be chosen about a PDF besides its theme."""

    paper: Annotated[Literal["theme", "a4", "letter"], Help("Paper size; theme takes the size that the theme names.")] = "theme"
    columns: Annotated[int, Help("How many columns text stands in, up to six; 0 takes as many as the theme names."), Range(0, 6)] = 0
    furniture: Annotated[
        Literal["end", "none"], Help("Where mastheads, folios and other furniture go: in small type at the end, or nowhere."),
    ] = "end"
    fonts: Annotated[
        tuple[Path, ...], Help("Font files, and folders of them, that come before the fonts that are installed with Broadsheet."),
    ] = ()
    system_fonts: Annotated[bool, Help("Look in the system's font folders for characters that no other font has.")] = True


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
    from broadsheet.writers.pdf.pictures import Album
    from broadsheet.writers.pdf.setting import Setter
    from broadsheet.writers.pdf.stories import Desk

    if context.theme is None:
        raise UsageError("the PDF writer needs a theme", todo="give the context one")
    theme = context.theme
    frame = _frame(theme, options)
    case = TypeCase(document.language, options.fonts, system_fonts=options.system_fonts)
    setter = Setter(case, theme.styles)
    desk = Desk(document, setter, theme.layout, frame, Album(context.pictures))
    shown = furniture_shown(document, options.furniture, "PDF", context.report)
    buffer = BytesIO()
    sheet = _sheet(buffer, frame, document, context.when)
    title = views.document_title(document)
    for number, page in enumerate(paginate(desk.bands(furniture=shown), frame), start=1):
        if theme.layout.running_head and number > 1:
            _margin(sheet, setter, frame, title, frame.top + _HEAD_GAP_PT)
        sheet.page(page)
        if theme.layout.folio:
            _margin(sheet, setter, frame, str(number), frame.top - frame.height - _FOOT_GAP_PT)
        sheet.turn()
    sheet.close(case, title=title, author=", ".join(_authors(document)), subject=_subject(document))
    out.write(buffer.getvalue())
    _report_characters(case, context.report)


def _frame(theme: Theme, options: PdfOptions) -> Frame:
    from broadsheet.writers.pdf.pages import Frame

    page, layout = theme.page, theme.layout
    width, height = _PAPERS.get(options.paper, (page["width_pt"], page["height_pt"]))
    return Frame(
        size=(width, height), left=page["margin_inner_pt"], top=height - page["margin_top_pt"],
        measure=width - page["margin_inner_pt"] - page["margin_outer_pt"],
        height=height - page["margin_top_pt"] - page["margin_bottom_pt"],
        columns=options.columns or layout.columns, gutter=layout.gutter_pt, column_rule=layout.column_rule,
    )


def _sheet(buffer: BytesIO, frame: Frame, document: Document, when: datetime | None) -> Sheet:
    from broadsheet.writers.pdf.drawing import Sheet

    return Sheet(buffer, size=frame.size, left=frame.left, top=frame.top, language=document.language, when=when)


def _margin(sheet: Sheet, setter: Setter, frame: Frame, text: str, y: float) -> None:
    """A running head or a folio at a baseline, in points from the foot; nothing where the text is empty."""
    style = replace(setter.styles[Role.RUNNING_HEAD], align="center")
    line = setter.one_line(text, style, frame.measure)
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
