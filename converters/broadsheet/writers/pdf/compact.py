"""Numbers the glyphs of a small CFF font as they were in the large one, without keeping a place for those that are gone."""

from __future__ import annotations

from struct import pack, unpack_from
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Operators and operands of a Top DICT. Source: Adobe Technical Note 5176, tables 3 and 9.
_CHARSET, _ESCAPE, _ROS = 15, 12, (12, 30)
_LONG, _SHORT, _REAL, _BYTE, _WORD = 29, 28, 30, 32, 247
_LAST_OPERATOR = 21
_END = 0x0F


def renumbered(cff: bytes, glyphs: Sequence[int]) -> bytes | None:
    """The font with the numbers of its glyphs (its CIDs) stated as they are wanted.

    Args:
        cff: a font keyed by CIDs, as HarfBuzz writes it.
        glyphs: the wanted number of each glyph, ascending, the first one 0.

    Returns:
        Null where the font is not keyed by CIDs, or says where its numbers stand in too few bytes.
    """
    start, end = _top_dict(cff)
    entries = list(_entries(cff, start, end))
    if not any(operator == _ROS for operator, _ in entries):
        return None
    place = next((at for operator, at in entries if operator == (_CHARSET,)), None)
    if place is None or cff[place] != _LONG:
        return None
    numbers = pack(f">B{len(glyphs) - 1}H", 0, *glyphs[1:])
    return cff[: place + 1] + pack(">i", len(cff)) + cff[place + 5 :] + numbers


def _top_dict(cff: bytes) -> tuple[int, int]:
    """Where the first Top DICT begins and ends: behind the header and the index of names."""
    _, offsets, first = _index(cff, cff[2])
    _, offsets, first = _index(cff, first + offsets[-1])
    return first + offsets[0], first + offsets[1]


def _index(cff: bytes, at: int) -> tuple[int, list[int], int]:
    """An INDEX: how many it holds, where each begins and the last one ends, and what that is counted from."""
    count, size = unpack_from(">HB", cff, at)
    offsets = [int.from_bytes(cff[at + 3 + i * size : at + 3 + (i + 1) * size], "big") for i in range(count + 1)]
    return count, offsets, at + 2 + (count + 1) * size


def _entries(cff: bytes, at: int, end: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """The operators of a DICT, each with the place of its last operand."""
    operand = at
    while at < end:
        byte = cff[at]
        if byte <= _LAST_OPERATOR:
            operator = (byte, cff[at + 1]) if byte == _ESCAPE else (byte,)
            yield operator, operand
            at += len(operator)
        else:
            operand, at = at, at + _length(cff, at)


def _length(cff: bytes, at: int) -> int:
    """How many bytes an operand takes."""
    byte = cff[at]
    if byte == _REAL:
        end = at + 1
        while _END not in {cff[end] & _END, cff[end] >> 4}:
            end += 1
        return end + 1 - at
    return {_LONG: 5, _SHORT: 3}.get(byte, 1 if byte < _WORD else 2)
