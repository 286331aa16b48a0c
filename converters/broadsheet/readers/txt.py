"""Plain text: decoded, cut into pages at form feeds and into lines at line ends, nothing else changed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, BinaryIO

from broadsheet.errors import InputError
from broadsheet.lines import Source, cut_pages
from broadsheet.model import Code
from broadsheet.plugin import Certainty, Context, Help, Reader
from broadsheet.readers.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

# How other formats begin; a file of one of them named .txt is refused by its right name.
_MAGIC = (
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"), (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"), (b"%PDF", "a PDF"), (b"PK\x03\x04", "a zip archive (DOCX, EPUB or ODT)"), (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"), (b"\xd0\xcf\x11\xe0", "an old Office file"), (b"{\\rtf", "an RTF document"), (b"\x7fELF", "a program"),
    (b"RIFF", "a media file"), (b"OggS", "a media file"), (b"\x28\xb5\x2f\xfd", "a zstd archive"), (b"SQLite format 3", "a database"),
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
#: A text with more control characters than this is no text.
_MOST_CONTROL_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class TxtOptions:
    """How plain text is read."""

    encoding: Annotated[str | None, Help("Codec of the bytes; found from them when not given.")] = None


def sniff(head: bytes, name: str) -> Certainty:
    """Text by its suffix, or by having no sign of another format."""
    if foreign(head):
        return Certainty.NO
    if name.lower().endswith((".txt", ".text")):
        return Certainty.LIKELY
    return Certainty.NAME if b"\x00" not in head[:1024] else Certainty.NO


def foreign(head: bytes) -> str | None:
    """What the bytes are if they begin as another format does; null for what may be text."""
    return next((what for magic, what in _MAGIC if head.startswith(magic)), None)


def read(stream: BinaryIO, options: TxtOptions, context: Context) -> Source:
    """The text of a stream; undecodable bytes and control characters are reported, never dropped.

    Raises:
        InputError: empty, another format by its first bytes, or mostly control characters.
    """
    data = stream.read()
    if not data:
        raise InputError("the file is empty")
    what = foreign(data[:16])
    if what:
        raise InputError(f"this is {what}, not text", todo="convert it to text first")
    text, encoding, undecodable = decode(data, options.encoding)
    if not text.strip("\ufeff").strip():
        raise InputError("the file holds blanks only")
    control = [match.start() for match in _CONTROL.finditer(text)]
    if len(control) > len(text) * _MOST_CONTROL_SHARE:
        raise InputError("the file is binary, not text", todo="if it is text, name its --encoding")
    if undecodable:
        message = f"{_places(undecodable, 'byte sequence')} could not be read as {encoding} and stand as U+FFFD"
        context.report.add(Code.UNDECODABLE_BYTES, message, source=(undecodable[0], undecodable[0] + 1))
    if control:
        context.report.add(Code.CONTROL_CHARACTERS, f"{_places(control, 'control character')} in the text, kept", source=(control[0], control[0] + 1))
    return Source(
        name="", media_type="text/plain", encoding=encoding, sha256=hashlib.sha256(data).hexdigest(), text=text, pages=cut_pages(text),
    )  # fmt: skip


def _places(offsets: Sequence[int], what: str) -> str:
    return f"{len(offsets)} {what}{'s' if len(offsets) > 1 else ''}"


TXT = Reader(
    name="txt", summary="Plain text in any encoding, a form feed between pages.", suffixes=(".txt", ".text"),
    media_type="text/plain", sniff=sniff, read=read, options=TxtOptions,
)  # fmt: skip
