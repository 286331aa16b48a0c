"""The DOCX writer: one Word style for every role, headings that Word navigates by, the same bytes every time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

from broadsheet.errors import UsageError
from broadsheet.model import Role
from broadsheet.plugin import Context, Help, Writer
from broadsheet.writers.shared import NOT_XML, carried, furniture_shown

if TYPE_CHECKING:
    from broadsheet.model import Document


@dataclass(frozen=True, slots=True)
class DocxOptions:
    """What goes into the Word file besides the articles."""

    furniture: Annotated[Literal["end", "none"], Help("Where mastheads, folios and the like go.")] = "end"


def write(document: Document, out: BinaryIO, options: DocxOptions, context: Context) -> None:
    """Write the document as a Word file that follows the context's theme.

    Raises:
        UsageError: the context has no theme.
    """
    from broadsheet.writers.docx.body import fill
    from broadsheet.writers.docx.package import describe, new_document, save

    if context.theme is None:
        raise UsageError("the docx writer needs a theme", todo="give one with --theme")
    document = carried(document, NOT_XML, context.report)
    word = new_document(context.theme, document.language)
    shown = furniture_shown(document, options.furniture, "DOCX", context.report)
    fill(word.element.body, document, context.theme, furniture=shown)
    describe(word.core_properties, document, context.when)
    save(word.part.package, out)


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
