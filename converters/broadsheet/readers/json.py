"""Reads the JSON form of a document back, equal to what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from broadsheet.plugin import Certainty, Context, NoOptions, Reader
from broadsheet.schema import from_json

if TYPE_CHECKING:
    from broadsheet.model import Document


def sniff(head: bytes, name: str) -> Certainty:
    """Sure of an object that names its schema version, likely by the suffix alone."""
    opening = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if opening.startswith(b"{") and b'"schema_version"' in opening:
        return Certainty.SURE
    return Certainty.LIKELY if name.lower().endswith(".json") else Certainty.NO


def read(stream: BinaryIO, options: NoOptions, context: Context) -> Document:  # noqa: ARG001 - the contract's arguments
    """The document that the JSON holds.

    Raises:
        InputError: not JSON, not a document, or of another schema version.
    """
    return from_json(stream.read().removeprefix(b"\xef\xbb\xbf"))


JSON = Reader(
    name="json", summary="A document as Broadsheet's own JSON.", suffixes=(".json",), media_type="application/json",
    sniff=sniff, read=read,
)
