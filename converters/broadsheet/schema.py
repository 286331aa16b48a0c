"""The document as JSON: written, read back equal, refused when another version wrote it, and its schema."""

from __future__ import annotations

from typing import Any

import msgspec

from broadsheet.errors import InputError
from broadsheet.model import SCHEMA_VERSION, Block, Document

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Document)


def to_json(document: Document, *, indent: int | None = None) -> bytes:
    """The document as UTF-8 JSON, without a final line end.

    Args:
        document: what to write.
        indent: spaces a level; null for the compact form.
    """
    data = _encoder.encode(document)
    return data if indent is None else msgspec.json.format(data, indent=indent)


def from_json(data: bytes, *, where: str = "") -> Document:
    """The document that `to_json` wrote; equal to it.

    Args:
        data: UTF-8 JSON.
        where: the file's name, for messages.

    Raises:
        InputError: not JSON, not a document, another schema version, or offsets that don't fit the text.
    """
    try:
        version = msgspec.json.decode(data, type=_Version).schema_version
    except msgspec.MsgspecError as error:
        raise InputError(f"not a Broadsheet document ({error})", where=where, todo="write one with --to json") from error
    check_version(version, where=where)
    try:
        document = _decoder.decode(data)
    except msgspec.MsgspecError as error:
        raise InputError(f"not a Broadsheet document: {error}", where=where, todo="compare it with `broadsheet schema`") from error
    check_offsets(document, where=where)
    return document


def check_version(version: str, *, where: str = "") -> None:
    """Refuse another major version and a newer minor one.

    Raises:
        InputError: the version cannot be read by this release.
    """
    major, _, minor = version.partition(".")
    ours_major, _, ours_minor = SCHEMA_VERSION.partition(".")
    if major != ours_major or not minor.isdigit() or int(minor) > int(ours_minor):
        raise InputError(
            f"schema version {version} cannot be read, this release reads {ours_major}.0 to {SCHEMA_VERSION}",
            where=where, todo="update broadsheet, or write the file again with this release",
        )


def check_offsets(document: Document, *, where: str = "") -> None:
    """Refuse spans outside the text, glue that does not fit the spans, and marks outside their block.

    Raises:
        InputError: naming the first block that does not hold together.
    """
    size = len(document.source.text) if document.source.text is not None else None
    for block in all_blocks(document):
        fits = all(0 <= start <= end and (size is None or end <= size) for start, end in block.source)
        glued = len(block.glue) == max(len(block.source) - 1, 0)
        marked = all(0 <= mark.start <= mark.end <= len(block.text) for mark in block.marks)
        if not (fits and glued and marked):
            what = "a span outside the text" if not fits else "glue that does not fit its spans" if not glued else "a mark outside its text"
            raise InputError(f"the {block.role} {block.text[:20]!r} has {what}", where=where, todo="correct the JSON")


def all_blocks(document: Document) -> list[Block]:
    """Every block of the document: the articles' in reading order, then the furniture."""
    return [*(block for article in document.articles for block in article.blocks), *document.furniture]


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a document, generated from the types."""
    schema = msgspec.json.schema(Document)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Broadsheet document {SCHEMA_VERSION}", **schema}


class _Version(msgspec.Struct):
    schema_version: str
