"""The DOCX writer: one Word style for every role, headings that Word navigates by, the same bytes every time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

from msgspec import structs

from broadsheet.errors import UsageError
from broadsheet.model import Issue, Role
from broadsheet.plugin import Context, Help, Range, Writer
from broadsheet.writers.shared import NOT_XML, PAPERS_PT, REPLACEMENT, carried, furniture_shown

if TYPE_CHECKING:
    from broadsheet.model import Document
    from broadsheet.plugin import Theme


_NARROWEST_COLUMN_PT = 36


@dataclass(frozen=True, slots=True)
class DocxOptions:
    """What can be chosen about a Word file besides its theme."""

    columns: Annotated[int, Help("Text columns of a page; 0 takes the theme's."), Range(0, 6)] = 0
    paper: Annotated[
        Literal["theme", "a3", "a4", "a5", "letter", "tabloid"], Help("Paper size; theme takes the size that the theme names."),
    ] = "theme"
    contents: Annotated[
        Literal["theme", "front", "none"],
        Help("Whether a list of the articles stands before them; theme does as the theme says. Word adds page numbers when it updates the field (F9)."),
    ] = "theme"
    furniture: Annotated[Literal["end", "none"], Help("Where mastheads, folios and other furniture go: at the end, or nowhere.")] = "end"


def write(document: Document, out: BinaryIO, options: DocxOptions, context: Context) -> None:
    """Write the document as a Word file that follows the context's theme.

    Args:
        document: what to write.
        out: where the bytes go; it is left open.
        options: what differs from the theme.
        context: its theme says how everything looks, its pictures are drawn above their captions; whatever is left out or
            shown otherwise goes to its report.

    Raises:
        UsageError: the context has no theme, or its page has no room for so many columns.
    """
    from broadsheet.packing import write_packed
    from broadsheet.writers.docx.body import body
    from broadsheet.writers.docx.package import archive
    from broadsheet.writers.docx.pictures import drawable
    from broadsheet.writers.docx.sheet import Sheet
    from broadsheet.writers.docx.template import template

    if context.theme is None:
        raise UsageError("the docx writer needs a theme", todo="give one with --theme")
    document = _named_in_xml(carried(document, NOT_XML, context.report))
    theme = _chosen(context.theme, options)
    furniture = furniture_shown(document, options.furniture, "DOCX", context.report)
    pictures = drawable(document, context)
    made = template(theme, document.language)
    sheet = Sheet(theme, made.sections)
    _check_width(sheet.box_pt(theme.layout.columns)[0], theme.layout.columns)
    text = body(document, sheet, pictures, furniture=furniture)
    write_packed(out, archive(text, document, theme, made, pictures, context.when))


def _named_in_xml(document: Document) -> Document:
    """The document with only such characters in what it and its paper are called as XML can carry."""
    issue = Issue(**{key: NOT_XML.sub(REPLACEMENT, text) for key, text in structs.asdict(document.issue).items() if text})
    return structs.replace(document, issue=issue, source=structs.replace(document.source, name=NOT_XML.sub(REPLACEMENT, document.source.name)))


def _check_width(column_pt: float, columns: int) -> None:
    if column_pt < _NARROWEST_COLUMN_PT:
        raise UsageError(f"{columns} columns leave {column_pt:.0f} pt for each, Word wants at least {_NARROWEST_COLUMN_PT}", todo="ask for fewer columns")


def _chosen(theme: Theme, options: DocxOptions) -> Theme:
    """The theme with what the options ask for instead."""
    layout = replace(
        theme.layout, columns=options.columns or theme.layout.columns,
        contents=theme.layout.contents if options.contents == "theme" else options.contents,
    )
    width, height = PAPERS_PT.get(options.paper, (theme.page["width_pt"], theme.page["height_pt"]))
    return replace(theme, layout=layout, page={**theme.page, "width_pt": width, "height_pt": height})


DOCX = Writer(
    name="docx",
    summary="Word documents with a style for every role.",
    suffix=".docx",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    renders=frozenset(Role),
    write=write,
    options=DocxOptions,
    visual=True,
)
