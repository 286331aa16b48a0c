"""Reads an outline, which a person may have corrected, alone or against the page that it was made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - the option's type is looked up when flags are made
from typing import TYPE_CHECKING, Annotated, BinaryIO

from broadsheet.errors import InputError
from broadsheet.model import Role
from broadsheet.outline import FURNITURE_LINE, MEDIA_TYPE, from_outline
from broadsheet.plugin import Certainty, Context, Help, Reader

if TYPE_CHECKING:
    from broadsheet.lines import Source
    from broadsheet.model import Document

_BLOCK = re.compile(rf"(?:{'|'.join(Role)})(?: [01](?:\.\d+)?)?: ".encode())


@dataclass(frozen=True, slots=True)
class OutlineOptions:
    """How an outline is read."""

    source: Annotated[Path | None, Help("The text file that the outline was made from, so that offsets are that page's.")] = None


def sniff(head: bytes, name: str) -> Certainty:
    """Sure by the suffix `.outline`; without any suffix, sure where the first two lines are blocks."""
    if name.lower().endswith(".outline"):
        return Certainty.SURE
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()][:2]
    blocks = bool(lines) and all(_BLOCK.match(line) or line == FURNITURE_LINE.encode() for line in lines)
    named = "." in name.rsplit("/", 1)[-1]
    return Certainty.SURE if blocks and not named else Certainty.NO


def read(stream: BinaryIO, options: OutlineOptions, context: Context) -> Document:
    """The document that the outline describes; facts such as names and dates are left to be read off its texts.

    Raises:
        InputError: not UTF-8, a line that is no block, or text that the source does not hold.
    """
    try:
        text = stream.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"an outline is UTF-8, byte {error.start} is not", todo="save it as UTF-8") from error
    return from_outline(text, source=_page(options.source, context) if options.source else None)


def _page(path: Path, context: Context) -> Source:
    from msgspec.structs import replace

    from broadsheet.readers import txt

    try:
        with path.open("rb") as stream:
            page = txt.read(stream, txt.TxtOptions(), context)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path), todo="give the file that the outline was made from") from error
    return replace(page, name=path.name)


OUTLINE = Reader(
    name="outline", summary="A document as an outline, one line a block.", suffixes=(".outline",), media_type=MEDIA_TYPE,
    sniff=sniff, read=read, options=OutlineOptions,
)
