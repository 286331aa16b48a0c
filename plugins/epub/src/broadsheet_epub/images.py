"""The pictures that captions name, as files of the book.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import Code, Role
from broadsheet.writers.xhtml import Picture
from broadsheet_epub.container import Item

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.model import Document
    from broadsheet.report import Report

#: How the files begin that every reader shows. Source: EPUB 3.3, 3.2 core media types; without SVG, which may run scripts.
_TYPES = (
    (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF87a", "gif"), (b"GIF89a", "gif"), (b"RIFF", "webp"),
)


def placed_pictures(document: Document, given: Mapping[str, bytes], report: Report) -> tuple[dict[str, Picture], list[Item]]:
    """The pictures that captions name, by sha256, and their files; one that EPUB cannot show is said, its caption stands alone.

    Args:
        document: its captions name pictures, its assets say how large they are.
        given: the pictures' bytes, by sha256.
        report: gets one `degraded-role` for every picture at hand that is left out.
    """
    named = [block.image for article in document.articles for block in article.blocks if block.role is Role.CAPTION and block.image]
    pictured = frozenset(named)
    pictures: dict[str, Picture] = {}
    items: list[Item] = []
    for sha256 in dict.fromkeys(named):
        data, asset = given.get(sha256), document.assets.get(sha256)
        if data is None or asset is None:
            continue
        kind = _kind(data)
        if kind is None:
            report.add(Code.DEGRADED_ROLE, f"the picture {asset.name} is left out of the EPUB: {asset.media_type} is not shown by its readers")
            continue
        file = f"images/{len(items) + 1:03}.{kind}"
        pictures[sha256] = Picture(file, asset.width_px, asset.height_px)
        items.append(Item(f"image-{len(items) + 1}", file, f"image/{kind}", data))
    for sha256 in [sha256 for sha256 in given if sha256 not in pictured and sha256 in document.assets]:
        report.add(Code.DEGRADED_ROLE, f"the picture {document.assets[sha256].name} is left out of the EPUB: no caption names it")
    return pictures, items


def _kind(data: bytes) -> str | None:
    kind = next((kind for start, kind in _TYPES if data.startswith(start)), None)
    return None if kind == "webp" and data[8:12] != b"WEBP" else kind
