"""The JSON writer: the document itself, for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, BinaryIO

from msgspec.structs import replace

from broadsheet.model import Role
from broadsheet.plugin import Context, Help, Range, Writer
from broadsheet.schema import to_json

if TYPE_CHECKING:
    from broadsheet.model import Document


@dataclass(frozen=True, slots=True)
class JsonOptions:
    """How the document's JSON is written."""

    source_text: Annotated[bool, Help("Carry the whole source text, so that any program can check that nothing was lost.")] = True
    indent: Annotated[int, Help("Spaces a level; 0 writes one compact line."), Range(0, 8)] = 0


def write(document: Document, out: BinaryIO, options: JsonOptions, context: Context) -> None:  # noqa: ARG001 - the contract
    """Write the document as UTF-8 JSON with a final line end."""
    if not options.source_text:
        document = replace(document, source=replace(document.source, text=None))
    out.write(to_json(document, indent=options.indent or None) + b"\n")


JSON = Writer(
    name="json",
    summary="The document model itself, for other programs.",
    suffix=".json",
    media_type="application/json",
    renders=frozenset(Role),
    write=write,
    options=JsonOptions,
    text=True,
)
