"""Zip archives whose bytes depend on their contents alone: fixed dates, fixed order, fixed attributes."""

from __future__ import annotations

import zlib
from struct import pack
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEVEL = 6
#: 1 January 1980 at midnight, the earliest date that an entry can carry; the only one that says nothing.
_TIME, _DAY = 0, 0x21
#: Which reader an entry needs: of zip 2.0, or of 4.5 where it is told in the second form.
_PLAIN, _LARGE = 20, 45
#: Made on Unix; readable by all, writable by its owner.
_UNIX, _RIGHTS = 3 << 8, 0o644 << 16
#: The largest numbers that the first form of zip can say: a count, and a length or place.
_MOST_ENTRIES, _FARTHEST = 0xFFFF, 0xFFFF_FFFF


class Packed(NamedTuple):
    """A zip entry whose data is packed already, so that what never changes is deflated once and written many times."""

    name: str
    method: int
    crc: int
    size: int
    data: bytes


def deflated(name: str, pieces: Iterable[bytes]) -> Packed:
    """An entry made of pieces, one after the other; only the packed data is held.

    Args:
        name: the entry's path in the archive, ASCII, with forward slashes.
        pieces: the data in order.
    """
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    crc = size = 0
    packed = []
    for piece in pieces:
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        packed.append(packer.compress(piece))
    packed.append(packer.flush())
    return Packed(name, ZIP_DEFLATED, crc, size, b"".join(packed))


def stored(name: str, data: bytes) -> Packed:
    """An entry that is left as it is, for pictures, which are packed in themselves."""
    return Packed(name, ZIP_STORED, zlib.crc32(data), len(data), data)


def write_packed(out: BinaryIO, entries: Iterable[Packed]) -> None:
    """Write a zip archive of entries that are packed already, all of one date, and leave `out` open.

    More entries or bytes than zip's first form can count are said in its second, ZIP64; no entry may be over 4 GB itself.
    Source of the records: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16 and 4.5.3.
    """
    directory: list[bytes] = []
    offset = 0
    for each in entries:
        name = each.name.encode("ascii")
        far = pack("<2HQ", 1, 8, offset) if offset >= _FARTHEST else b""
        facts = pack("<5H3LH", _LARGE if far else _PLAIN, 0, each.method, _TIME, _DAY, each.crc, len(each.data), each.size, len(name))
        out.write(b"PK\3\4" + facts + b"\0\0" + name)
        out.write(each.data)
        place = pack("<4H2L", len(far), 0, 0, 0, _RIGHTS, min(offset, _FARTHEST))
        directory.append(b"PK\1\2" + pack("<H", _UNIX | _PLAIN) + facts + place + name + far)
        offset += 30 + len(name) + len(each.data)
    out.write(b"".join(directory) + _end(len(directory), sum(map(len, directory)), offset))


def _end(count: int, size: int, offset: int) -> bytes:
    """How many entries there are, and where the directory of them stands."""
    large = b""
    if count >= _MOST_ENTRIES or offset >= _FARTHEST:
        large = b"PK\6\6" + pack("<Q2H2L4Q", 44, _UNIX | _LARGE, _LARGE, 0, 0, count, count, size, offset)
        large += b"PK\6\7" + pack("<LQL", 0, offset + size, 1)
    few = min(count, _MOST_ENTRIES)
    return large + b"PK\5\6" + pack("<4H2LH", 0, 0, few, few, size, min(offset, _FARTHEST), 0)
