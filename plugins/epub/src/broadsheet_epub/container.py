"""The container around the book: ebooklib's package and zip, made steady.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from ebooklib import epub

from broadsheet.packing import deflated, stored, write_packed

if TYPE_CHECKING:
    from broadsheet.packing import Packed
    from broadsheet_epub.metadata import Meta

#: The date of a document that has none: fixed, for the clock has no part in a file.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
#: Ours say more than ebooklib's: the navigation document and the NCX are items like the others.
_OPTIONS = {"epub2_guide": False, "epub3_landmark": False, "epub3_pages": False}
_PACKED = (".png", ".jpeg", ".gif", ".webp")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Item(NamedTuple):
    """One file of the book.

    The item `ncx` is the old table of contents. `reading` says how it stands in the spine: `yes`, `no` (reached by links only), or empty for a file that is not read
    by itself. `properties` are those of the manifest.
    """

    id: str
    file: str
    media_type: str
    data: bytes
    reading: str = ""
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that goes into the container.

    Args:
        identifier: the book's name for all time.
        title: what it is called.
        language: BCP 47 tag of the whole.
        direction: which way pages are turned: `ltr` or `rtl`.
        when: its date of change; null for a fixed one.
        meta: the rest of the metadata, in order.
        items: the files; those that are read, in reading order.
    """

    identifier: str
    title: str
    language: str
    direction: str
    when: datetime | None
    meta: tuple[Meta, ...]
    items: tuple[Item, ...]


class _Entries(list["Packed"]):
    """What ebooklib takes for a zip: it packs what it is given; pictures are packed in themselves."""

    def writestr(self, name: str, data: str | bytes) -> None:
        """Take one more entry."""
        held = data.encode() if isinstance(data, str) else data
        pack = stored if name.endswith(_PACKED) else _kept if name.endswith(".css") else _deflated
        self.append(pack(name, held))


def _deflated(name: str, data: bytes) -> Packed:
    return deflated(name, [data])


#: A theme's style sheet is the same in many books, and packed once.
_kept = lru_cache(maxsize=16)(_deflated)


class _SteadyWriter(epub.EpubWriter):  # type: ignore[misc] # ebooklib has no types
    """ebooklib's writer without the clock, with the package's language, into a stream that stays open."""

    def _write_opf_file(self, root: Any) -> None:
        root.set(_XML_LANG, self.book.language)
        super()._write_opf_file(root)

    def write(self) -> None:
        """Write the container; `mimetype` comes first and uncompressed, as readers want it."""
        self.out = _Entries([stored("mimetype", b"application/epub+zip")])
        self._write_container()
        self._write_opf()
        self._write_items()
        write_packed(self.file_name, self.out)


def write_container(book: Book, out: BinaryIO) -> None:
    """Write the book as an EPUB file.

    Args:
        book: what goes in.
        out: a binary stream; it stays open.
    """
    made = epub.EpubBook()
    made.set_identifier(book.identifier)
    made.set_title(book.title)
    made.set_language(book.language)
    made.set_direction(book.direction)
    for said in book.meta:
        made.add_metadata(said.vocabulary, said.name, said.value, dict(said.attributes))
    for each in book.items:
        item = epub.EpubItem(each.id, each.file, each.media_type, each.data)
        item.properties = list(each.properties)
        made.add_item(item)
        if each.reading:
            item.is_linear = each.reading == "yes"
            made.spine.append(item)  # the item itself: by its id, ebooklib would search all of them
    stamp = book.when.astimezone(UTC) if book.when and book.when.tzinfo else book.when or NO_DATE
    writer = _SteadyWriter(out, made, {**_OPTIONS, "mtime": stamp})
    writer.process()
    writer.write()
