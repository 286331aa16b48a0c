"""Zip archives whose bytes depend on their contents alone: fixed dates, fixed order, fixed attributes."""

from __future__ import annotations

import zipfile
import zlib
from struct import pack
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The earliest date that a zip entry can carry; the only one that says nothing.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


def entry(name: str, *, stored: bool = False) -> zipfile.ZipInfo:
    """A zip entry with nothing of this machine in it.

    Args:
        name: the entry's path in the archive, with forward slashes.
        stored: leave it uncompressed, as EPUB wants of its `mimetype`.
    """
    info = zipfile.ZipInfo(name, ZIP_EPOCH)
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3
    return info


class SteadyZip(zipfile.ZipFile):
    """A zip writer for libraries that stamp their entries with the clock: every entry goes through `entry`."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: str | bytes,  # type: ignore[override]
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Write one entry; whatever date its caller gave it is dropped."""
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        kind = compress_type if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.compress_type
        super().writestr(entry(name, stored=kind == zipfile.ZIP_STORED), data, compresslevel=compresslevel or 6)


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
    return Packed(name, zipfile.ZIP_DEFLATED, crc, size, b"".join(packed))


def stored(name: str, data: bytes) -> Packed:
    """An entry that is left as it is, for pictures, which are packed in themselves."""
    return Packed(name, zipfile.ZIP_STORED, zlib.crc32(data), len(data), data)


def write_packed(out: BinaryIO, entries: Iterable[Packed]) -> None:
    """Write a zip archive of entries that are packed already, dated `ZIP_EPOCH`, and leave `out` open.

    Source of the records: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
    """
    directory, offset, count = b"", 0, 0
    for each in entries:
        name = each.name.encode("ascii")
        facts = pack("<5H3L2H", 20, 0, each.method, 0, 0x21, each.crc, len(each.data), each.size, len(name), 0)
        out.write(b"PK\3\4" + facts + name)
        out.write(each.data)
        directory += b"PK\1\2" + pack("<H", 3 << 8 | 20) + facts + pack("<3H2L", 0, 0, 0, 0o644 << 16, offset) + name
        offset += 4 + len(facts) + len(name) + len(each.data)
        count += 1
    out.write(directory + b"PK\5\6" + pack("<4H2LH", 0, 0, count, count, len(directory), offset, 0))
