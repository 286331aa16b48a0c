"""Bytes into text: byte-order mark, strict UTF-8, detection, and a decoder that lives with damage."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from broadsheet.errors import InputError, unknown

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What damaged bytes are tried as, when no decoder takes them whole.
_CANDIDATES = ("utf-8", "gb18030", "big5", "cp932", "euc_jp", "cp949", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp1252")
_DOUBLE_BYTE = frozenset({"gb18030", "big5", "cp932", "euc_jp", "cp949"})
_MARGIN = 0.1
# The seven-bit codecs of Japan and Korea switch their tables by an escape sequence; to UTF-8 they look like plain ASCII.
_SHIFTED = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp"))
_SAMPLE_BYTES = 200_000
# Below this chardet only names a table that takes every byte; for damaged CJK text that is a wrong one.
_SURE = 0.2
# Letters that no newspaper prints: a text decoded with the wrong table is full of them.
_ODD = re.compile(r"[\ue000-\uf8ff\uff61-\uff9f\x80-\x9f\u0180-\u024f\u0250-\u02ff\ufffd]")
_COMMON_HAN = frozenset("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行學國時來個們為會對發這說產種後定")


class Decoded(NamedTuple):
    """The text, the codec that gave it, and the offsets of characters that stand for bytes it could not read."""

    text: str
    encoding: str
    undecodable: tuple[int, ...]


def decode(data: bytes, encoding: str | None = None, *, where: str = "") -> Decoded:
    """Bytes as text, without their byte-order mark and with nothing else changed.

    Args:
        data: the file's bytes.
        encoding: the codec to use whatever the bytes look like; null to find it.
        where: the file's name, for messages.

    Raises:
        InputError: there is no codec of that name (exit 3: the file was not read).
    """
    if encoding is not None:
        return _decode_as(data, _codec(encoding, where))
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], codec)
    for escape, codec in _SHIFTED:
        if data.isascii() and escape in data:
            return _lenient(data, codec)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", ())
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        return _lenient(data, "utf-8")
    return _likelier(_detected(data), _best_candidate(data))


def _codec(encoding: str, where: str) -> str:
    try:
        b"abc".decode(encoding, "replace")  # some codecs turn bytes into bytes, some know no lenience
        return codecs.lookup(encoding).name
    except (LookupError, UnicodeError):
        raise InputError(unknown("encoding", encoding, _CANDIDATES).message(), where=where) from None


def _decode_as(data: bytes, codec: str) -> Decoded:
    mark = next((mark for mark, name in _MARKS if name == codec and data.startswith(mark)), b"")
    return _lenient(data[len(mark) :], codec)


def _lenient(data: bytes, codec: str) -> Decoded:
    text = data.decode(codec, "replace")
    if "\ufffd" not in text:
        return Decoded(text, codec, ())
    return Decoded(text, codec, tuple(i for i, char in enumerate(text) if char == "\ufffd"))


def _mostly_utf8(data: bytes) -> bool:
    """Whether all but a few places are UTF-8: a file that was cut in mid-character, or damaged here and there."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    foreign = sum(char > "\x7f" for char in text) - wrong
    return wrong * 10 <= foreign


def _detected(data: bytes) -> Decoded | None:
    import chardet

    answer = chardet.detect(data[:_SAMPLE_BYTES])
    found = answer["encoding"]
    if found is None or answer["confidence"] < _SURE:
        return None
    codec = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "windows-1252": "cp1252", "shift_jis": "cp932"}.get(found.lower(), found)
    try:
        return Decoded(data.decode(codec), codecs.lookup(codec).name, ())
    except (UnicodeDecodeError, LookupError):
        return None


def _likelier(detected: Decoded | None, best: Decoded) -> Decoded:
    """What was detected, unless it is one double-byte table where another reads much more like a text: damage misleads there."""
    if detected is None:
        return best
    sure = detected.encoding not in _DOUBLE_BYTE or best.encoding not in _DOUBLE_BYTE
    return detected if sure or _plausibility(best.text[:20_000]) < _plausibility(detected.text[:20_000]) + _MARGIN else best


def _best_candidate(data: bytes) -> Decoded:
    """The codec under which the bytes look most like a newspaper, its errors counted against it."""
    return max((_lenient(data, codec) for codec in _CANDIDATES), key=lambda decoded: _plausibility(decoded.text[:20_000]))


def _plausibility(sample: str) -> float:
    if not sample:
        return 0.0
    odd = len(_ODD.findall(sample))
    han = sum("\u4e00" <= char <= "\u9fff" for char in sample)
    common = sum(char in _COMMON_HAN for char in sample)
    plain = sum(char.isascii() and (char.isalnum() or char in " \n\r,.") for char in sample)
    rare = max(han - common * 12, 0)
    return (common * 3 + plain + han * 0.5 - rare - odd * 4) / len(sample)
