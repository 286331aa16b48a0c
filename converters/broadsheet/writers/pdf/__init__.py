"""The PDF writer: one column of text in the theme's styles, with embedded fonts, bookmarks and page numbers."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path  # noqa: TC003 - the type of an option
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

from broadsheet import views
from broadsheet.errors import UsageError
from broadsheet.model import BLOCKS, FURNITURE, MARKS, Code
from broadsheet.options import Help, Range
from broadsheet.plugin import Context, Writer
from broadsheet.schema import to_json
from broadsheet.writers.pdf.bidi import runs_leftward
from broadsheet.writers.pdf.metadata import particulars
from broadsheet.writers.shared import PAPERS_PT, furniture_shown, roman

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.model import Document
    from broadsheet.plugin import Theme
    from broadsheet.report import Report
    from broadsheet.writers.pdf.contents import Contents
    from broadsheet.writers.pdf.drawing import Sheet
    from broadsheet.writers.pdf.fonts import TypeCase
    from broadsheet.writers.pdf.margins import Margins
    from broadsheet.writers.pdf.metadata import Particulars
    from broadsheet.writers.pdf.pages import Frame, Mark, Page


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """What can be chosen about a PDF besides its theme."""

    paper: Annotated[
        Literal["theme", "a3", "a4", "a5", "letter", "tabloid"], Help("Paper size; theme takes the size that the theme names."),
    ] = "theme"
    columns: Annotated[int, Help("How many columns text stands in, up to six; 0 takes as many as the theme names."), Range(0, 6)] = 0
    contents: Annotated[
        Literal["theme", "none", "front"], Help("A list of contents on the first pages, each line a link; theme does as the theme says."),
    ] = "theme"
    hanging_punctuation: Annotated[bool, Help("Let full stops and commas stand beyond the right edge of justified text.")] = False
    furniture: Annotated[
        Literal["end", "none"], Help("Where mastheads, folios and other furniture go: in small type at the end, or nowhere."),
    ] = "end"
    direction: Annotated[
        Literal["horizontal", "vertical"],
        Help("How lines run: across the page, or down it and from right to left, as Chinese and Japanese papers may be set."),
    ] = "horizontal"
    fonts: Annotated[
        tuple[Path, ...], Help("Font files, and folders of them, that come before the fonts that are installed with Broadsheet."),
    ] = ()
    system_fonts: Annotated[bool, Help("Look in the system's font folders for characters that no other font has.")] = True
    standard: Annotated[
        Literal["none", "a-2b", "a-3b", "ua-1"],
        Help("Conform to PDF/A-2b, to PDF/A-3b with the document as JSON inside (both want the extra pdfa), or to PDF/UA-1."),
    ] = "none"


def write(document: Document, out: BinaryIO, options: PdfOptions, context: Context) -> None:
    """Write a document as PDF.

    Args:
        document: what to write.
        out: where the bytes go; it is left open.
        options: paper and furniture.
        context: its theme says how everything looks; characters that no font has, and whatever is left out, go to its report.

    Raises:
        UsageError: the context has no theme; a font file cannot be used; the standard wants a language, or a library, that is missing.
        OutputError: the PDF does not conform to the standard.
    """
    from broadsheet.writers.pdf.contents import Contents
    from broadsheet.writers.pdf.fonts import TypeCase
    from broadsheet.writers.pdf.margins import Margins
    from broadsheet.writers.pdf.pages import paginate
    from broadsheet.writers.pdf.pictures import Album
    from broadsheet.writers.pdf.setting import Setter
    from broadsheet.writers.pdf.stories import Desk

    if context.theme is None:
        raise UsageError("the PDF writer needs a theme", todo="give the context one")
    if options.standard == "ua-1" and not document.language:
        raise UsageError("PDF/UA needs the language of the text", todo="name it with --language")
    theme = context.theme
    frame = replace(_frame(theme, options), leftward=runs_leftward(document.language) and options.direction == "horizontal")
    case = TypeCase(document.language, options.fonts, system_fonts=options.system_fonts)
    setter = Setter(case, theme.styles, hang=options.hanging_punctuation, down=options.direction == "vertical")
    desk = Desk(document, setter, theme.layout, frame, Album(context.pictures))
    shown = furniture_shown(document, options.furniture, "PDF", context.report)
    buffer = BytesIO()
    facts = particulars(document, context.when)
    sheet = _sheet(buffer, frame, facts)
    printed = views.issue_line(document.issue, document.language) if document.issue.publication else views.document_title(document)
    margins = Margins(replace(setter, down=False), frame.across, theme, printed)
    marks: list[tuple[Mark, str]] = []
    for number, page in enumerate(paginate(desk.bands(furniture=shown), frame), start=1):
        marks += [(mark, str(number)) for mark in page.marks]
        _print(sheet, page, margins, str(number), first=number == 1)
    if (theme.layout.contents if options.contents == "theme" else options.contents) == "front":
        _front(sheet, margins, Contents(setter, replace(frame, columns=1), document.language), marks)
    sheet.close(case, facts, accessible=options.standard == "ua-1")
    out.write(_finished(buffer.getvalue(), document, options.standard))
    _report_characters(case, context.report)


def _print(sheet: Sheet, page: Page, margins: Margins, folio: str, *, first: bool) -> None:
    if not first:  # the first page shows the titles themselves
        margins.head(sheet)
    sheet.page(page)
    margins.foot(sheet, folio)
    sheet.turn()


def _front(sheet: Sheet, margins: Margins, contents: Contents, marks: Sequence[tuple[Mark, str]]) -> None:
    """The list of contents on pages of its own, numbered i, ii, iii, which come first; nothing where no article begins."""
    from broadsheet.writers.pdf.contents import listed
    from broadsheet.writers.pdf.pages import paginate

    entries = list(listed(marks))
    if not entries:
        return
    pages = list(paginate([contents.band(entries)], contents.frame))
    for number, page in enumerate(pages, start=1):
        _print(sheet, page, margins, roman(number), first=number == 1)
    sheet.put_first(len(pages))


def _frame(theme: Theme, options: PdfOptions) -> Frame:
    from broadsheet.writers.pdf.pages import Frame

    page, layout, down = theme.page, theme.layout, options.direction == "vertical"
    width, height = PAPERS_PT.get(options.paper, (page["width_pt"], page["height_pt"]))
    wide = width - page["margin_inner_pt"] - page["margin_outer_pt"]
    high = height - page["margin_top_pt"] - page["margin_bottom_pt"]
    return Frame(
        size=(width, height), left=page["margin_inner_pt"], top=height - page["margin_top_pt"],
        measure=high if down else wide, height=wide if down else high, down=down,
        columns=options.columns or layout.columns, gutter=layout.gutter_pt, column_rule=layout.column_rule,
    )


def _sheet(buffer: BytesIO, frame: Frame, facts: Particulars) -> Sheet:
    from broadsheet.writers.pdf.drawing import Sheet

    return Sheet(buffer, size=frame.size, left=frame.left, top=frame.top, right=frame.right, language=facts.language, when=facts.when)


def _finished(data: bytes, document: Document, standard: str) -> bytes:
    from broadsheet.writers.pdf.standard import archived

    return archived(data, standard, to_json(document)) if standard in {"a-2b", "a-3b"} else data


def _report_characters(case: TypeCase, report: Report) -> None:
    for char in case.missing:
        name = unicodedata.name(char, "")
        report.add(Code.MISSING_GLYPH, f"no font has U+{ord(char):04X}{' ' + name if name else ''}; a box stands for it")
    if case.unprintable:
        codes = ", ".join(f"U+{ord(char):04X}" for char in sorted(case.unprintable))
        report.add(Code.CONTROL_CHARACTERS, f"control characters print nothing in the PDF: {codes}")


PDF = Writer(
    name="pdf",
    summary="Pages in the columns of the theme, with embedded fonts, Chinese line breaking, pictures, bookmarks and page numbers.",
    suffix=".pdf",
    media_type="application/pdf",
    renders=BLOCKS | FURNITURE | MARKS,
    write=write,
    options=PdfOptions,
    visual=True,
)
