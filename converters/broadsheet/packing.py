"""Zip archives whose bytes depend on their contents alone: fixed dates, fixed order, fixed attributes."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

#: The earliest date that a zip entry can carry; the only one that says nothing.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


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
