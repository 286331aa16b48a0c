"""Writes a document as an outline: one line a block, for people to read and correct."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, BinaryIO

from broadsheet.model import Role
from broadsheet.outline import MEDIA_TYPE, to_outline
from broadsheet.plugin import Context, Help, Writer

if TYPE_CHECKING:
    from broadsheet.model import Document


@dataclass(frozen=True, slots=True)
class OutlineOptions:
    """What an outline shows beside roles and texts."""

    confidence: Annotated[bool, Help("Print how sure the parser is of each block.")] = False


def write(document: Document, out: BinaryIO, options: OutlineOptions, context: Context) -> None:  # noqa: ARG001 - the contract's arguments
    """Put the outline into `out`, as UTF-8."""
    out.write(to_outline(document, confidence=options.confidence).encode("utf-8", "surrogatepass"))


OUTLINE = Writer(
    name="outline", summary="One line a block: role and text, to read and to correct.", suffix=".outline", media_type=MEDIA_TYPE,
    renders=frozenset(Role), write=write, options=OutlineOptions, text=True,
)
