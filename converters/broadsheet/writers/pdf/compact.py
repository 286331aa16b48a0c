"""Small CFF fonts for PDFs: outlines are read from what HarfBuzz cuts and put together anew, under the numbers that they had."""

from __future__ import annotations

from itertools import accumulate, groupby, pairwise
from struct import pack, unpack_from
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# Operators and operands of a DICT. Source: Adobe Technical Note 5176, tables 3 and 9 and appendix H.
_BBOX, _CHARSET, _CHARSTRINGS, _PRIVATE, _ESCAPE = (5,), (15,), (17,), (18,), 12
_MATRIX, _ROS, _CID_COUNT, _FONTS, _FONT_OF, _NAME = (12, 7), (12, 30), (12, 34), (12, 36), (12, 37), (12, 38)
_LONG, _SHORT, _REAL, _BYTE, _WORD, _NEGATIVE = 29, 28, 30, 32, 247, 251
_LAST_OPERATOR = 21
_END = 0x0F
#: Major and minor version, the length of this header, the size of an offset.
_HEADER = b"\x01\x00\x04\x04"
#: The first strings that are not standard ones: the registry and the ordering of the CIDs; behind them stands the font's name.
_STRINGS, _FIRST_STRING = (b"Adobe", b"Identity"), 391


class Outline(NamedTuple):
    """A glyph: the program that draws it, and what that needs of its font DICT: the matrix, which may be empty, and widths."""

    program: bytes
    home: tuple[bytes, bytes]


class Cut(NamedTuple):
    """What HarfBuzz cut: what the font says of all its glyphs, as it stands in the DICT, and the outlines in order."""

    facts: bytes
    outlines: Sequence[Outline]


def read(cff: bytes) -> Cut | None:
    """The outlines of a font without subroutines; null where it is not keyed by CIDs."""
    at = _index(cff, cff[2])[-1]
    names = _index(cff, at)
    top = _dict(cff[names[0] : names[1]])
    if _ROS not in top:
        return None
    homes = list(_homes(cff, _index(cff, _numbers(top[_FONTS])[0])))
    places = _index(cff, _numbers(top[_CHARSTRINGS])[0])
    programs = [cff[start:end] for start, end in pairwise(places)]
    chosen = _fonts_of(cff, _numbers(top[_FONT_OF])[0], len(programs))
    facts = b"".join(top[operator] + bytes(operator) for operator in (_BBOX, _MATRIX) if operator in top)
    return Cut(facts, [Outline(program, homes[number]) for program, number in zip(programs, chosen, strict=True)])


def write(name: str, facts: bytes, outlines: Mapping[int, Outline], glyphs: Sequence[int]) -> bytes:
    """A font of some outlines.

    Args:
        name: its PostScript name.
        facts: what the font says of all its glyphs.
        outlines: glyph number to its outline.
        glyphs: the numbers wanted, ascending, the first one 0; they are the CIDs.
    """
    chosen = [outlines[glyph] for glyph in glyphs]
    homes = [outline.home for outline in chosen]
    fonts = {home: number for number, home in enumerate(dict.fromkeys(homes))}
    charset = pack(f">B{len(glyphs) - 1}H", 0, *glyphs[1:])
    runs = [(number, len(list(run))) for number, run in groupby(map(fonts.__getitem__, homes))]
    starts = accumulate((length for _, length in runs), initial=0)
    select = pack(">BH", 3, len(runs)) + b"".join(pack(">HB", at, number) for at, (number, _) in zip(starts, runs, strict=False))
    select += pack(">H", len(glyphs))
    programs = _indexed([outline.program for outline in chosen])
    at = len(_before(name, facts, 0, 0, 0, 0, 0))
    places = list(accumulate((len(charset), len(select), len(programs)), initial=at))
    array = _font_array(fonts, 0)
    array = _font_array(fonts, places[3] + len(array))
    before = _before(name, facts, glyphs[-1] + 1, *places)
    return b"".join((before, charset, select, programs, array, *(private for _, private in fonts)))


def _before(name: str, facts: bytes, count: int, charset: int, select: int, programs: int, fonts: int) -> bytes:
    """The header, the name, the Top DICT, which says where everything else stands, the strings, and no subroutines."""
    ros = _long(_FIRST_STRING) + _long(_FIRST_STRING + 1) + _long(0) + bytes(_ROS)
    named = ((_CID_COUNT, count), (_CHARSET, charset), (_FONT_OF, select), (_CHARSTRINGS, programs), (_FONTS, fonts))
    top = ros + facts + b"".join(_long(number) + bytes(operator) for operator, number in named)
    return _HEADER + _indexed([name.encode()]) + _indexed([top]) + _indexed([*_STRINGS, name.encode()]) + _indexed(())


def _font_array(fonts: Iterable[tuple[bytes, bytes]], at: int) -> bytes:
    """The font DICTs, whose private parts stand one behind the other from a place on."""
    dicts = []
    for matrix, private in fonts:
        named = _long(_FIRST_STRING + len(_STRINGS)) + bytes(_NAME) + (matrix + bytes(_MATRIX) if matrix else b"")
        dicts.append(named + _long(len(private)) + _long(at) + bytes(_PRIVATE))
        at += len(private)
    return _indexed(dicts)


def _indexed(items: Sequence[bytes]) -> bytes:
    """An INDEX."""
    if not items:
        return bytes(2)
    places = list(accumulate(map(len, items), initial=1))
    size = (places[-1].bit_length() + 7) // 8
    offsets = pack(f">{len(places)}I", *places)
    if size < 4:  # noqa: PLR2004 - as many bytes as the largest offset needs
        kept = bytearray(len(places) * size)
        for byte in range(size):
            kept[byte::size] = offsets[4 - size + byte :: 4]
        offsets = bytes(kept)
    return pack(">HB", len(items), size) + offsets + b"".join(items)


def _long(number: int) -> bytes:
    return pack(">Bi", _LONG, number)


def _index(cff: bytes, at: int) -> list[int]:
    """Where each item of an INDEX begins and the last one ends; of an empty one, where it ends itself."""
    count, size = unpack_from(">HB", cff, at)
    if not count:
        return [at + 2]
    base = at + 2 + (count + 1) * size
    return [base + int.from_bytes(cff[at + 3 + i * size : at + 3 + (i + 1) * size], "big") for i in range(count + 1)]


def _homes(cff: bytes, places: Sequence[int]) -> Iterator[tuple[bytes, bytes]]:
    """The matrix and the private part of each font DICT."""
    for start, end in pairwise(places):
        entries = _dict(cff[start:end])
        size, at = _numbers(entries[_PRIVATE])
        yield entries.get(_MATRIX, b""), cff[at : at + size]


def _fonts_of(cff: bytes, at: int, count: int) -> Sequence[int]:
    """The number of each glyph's font DICT."""
    if cff[at] == 0:
        return cff[at + 1 : at + 1 + count]
    (ranges,) = unpack_from(">H", cff, at + 1)
    rows = [unpack_from(">HBH", cff, at + 3 + 3 * i) for i in range(ranges)]
    return [number for first, number, following in rows for _ in range(following - first)]


def _dict(data: bytes) -> dict[tuple[int, ...], bytes]:
    """A DICT: operator to operands, as they stand there."""
    found = {}
    at = start = 0
    while at < len(data):
        if data[at] > _LAST_OPERATOR:
            at += _length(data, at)
            continue
        end = at + (2 if data[at] == _ESCAPE else 1)
        found[tuple(data[at:end])] = data[start:at]
        at = start = end
    return found


def _numbers(operands: bytes) -> list[int]:
    """Operands that are whole numbers."""
    found = []
    at = 0
    while at < len(operands):
        length = _length(operands, at)
        found.append(_number(operands[at : at + length]))
        at += length
    return found


def _number(operand: bytes) -> int:
    first = operand[0]
    if first in {_LONG, _SHORT}:
        return int.from_bytes(operand[1:], "big", signed=True)
    if first < _WORD:
        return first - 139
    return (first - _WORD) * 256 + operand[1] + 108 if first < _NEGATIVE else -(first - _NEGATIVE) * 256 - operand[1] - 108


def _length(data: bytes, at: int) -> int:
    """How many bytes an operand takes."""
    byte = data[at]
    if byte == _REAL:
        end = at + 1
        while _END not in {data[end] & _END, data[end] >> 4}:
            end += 1
        return end + 1 - at
    return {_LONG: 5, _SHORT: 3}.get(byte, 1 if byte < _WORD else 2)
