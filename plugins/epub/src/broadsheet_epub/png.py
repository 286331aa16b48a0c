"""Pictures in shades of grey, of which most is white paper, as PNG: how rows without ink are packed is remembered.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from itertools import chain
from struct import pack
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The blackest shade; 0 is white. Sixteen of them the eye does not tell from more, and they pack better.
BLACK = 15
_PALETTE = bytes(chain.from_iterable((255 - 17 * shade,) * 3 for shade in range(BLACK + 1)))
#: What a stream of zlib's begins with, and a last block that is empty. Source: RFC 1950, 2.2, and RFC 1951, 3.2.
_BEGIN, _END = b"\x78\x01", b"\3\0"
_ADLER = 65521


class Band(NamedTuple):
    """Rows that bear ink.

    Args:
        top: how many rows of the picture stand above them.
        rows: each a 0, which is PNG's word for a row as it is, and then the shades of its pixels.
    """

    top: int
    rows: bytes | bytearray


def png(width: int, height: int, bands: Sequence[Band]) -> bytes:
    """A picture as a file.

    Args:
        width: in pixels.
        height: in pixels.
        bands: from the top downwards; between them the paper is white.
    """
    header = pack(">2I5B", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", _PALETTE), (b"IDAT", b"".join(_packed(1 + width, height, bands))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _packed(row: int, height: int, bands: Sequence[Band]) -> Iterator[bytes]:
    """The rows, of so many bytes each, as one stream of zlib's."""
    yield _BEGIN
    y, check = 0, 1
    for top, rows in (*bands, Band(height, b"")):
        white = (top - y) * row
        yield _white(white)
        yield _runs(rows)
        y, check = top + len(rows) // row, zlib.adler32(rows, _after_zeros(check, white))
    yield _END
    yield pack(">I", check)


@lru_cache(maxsize=1024)
def _white(size: int) -> bytes:
    return _runs(bytes(size))


def _runs(rows: bytes | bytearray) -> bytes:
    """Bytes packed by themselves, so that others may follow: paper is mostly white, which runs say fastest and without much memory."""
    packer = zlib.compressobj(1, wbits=-zlib.MAX_WBITS, memLevel=6, strategy=zlib.Z_RLE)
    return packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH)


def _after_zeros(check: int, count: int) -> int:
    """The checksum of zlib after so many zeros: its sum of bytes stays, its sum of sums grows by that each time. Source: RFC 1950, 9."""
    sums, low = check >> 16, check & 0xFFFF
    return (sums + count * low) % _ADLER << 16 | low


def _chunk(name: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(data, zlib.crc32(name)))
