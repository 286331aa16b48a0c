"""The book around the chapters: ebooklib's container, navigation and metadata, made steady and accessible.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from ebooklib import epub

from broadsheet.packing import SteadyZip
from broadsheet.views import byline_names, document_title, label, language_of, one_line, set_blocks
from broadsheet.writers.shared import NOT_XML, REPLACEMENT
from broadsheet.writers.xhtml import Surroundings, page_breaks, reading_direction
from broadsheet_epub.chapter import chapter

if TYPE_CHECKING:
    from broadsheet.model import Document

#: The date of a document that has none: fixed, for the clock has no part in a file.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
#: What a reader with special needs may count on, in the words of schema.org.
_ACCESSIBILITY = (
    ("schema:accessMode", "textual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityFeature", "readingOrder"),
    ("schema:accessibilityHazard", "none"),
    ("schema:accessibilitySummary", "Text only, in reading order, with headings and a table of contents."),
)
_OPTIONS = {"epub2_guide": False, "epub3_pages": False}


class _Chapter(NamedTuple):
    """One file of the book: its name, what the table of contents calls it, and its XHTML."""

    file: str
    title: str
    data: bytes


class _SteadyWriter(epub.EpubWriter):  # type: ignore[misc] # ebooklib has no types
    """ebooklib's writer without the clock, with the package's language, into a stream that stays open."""

    def _write_opf_file(self, root: Any) -> None:
        root.set("{http://www.w3.org/XML/1998/namespace}lang", self.book.language)
        super()._write_opf_file(root)

    def write(self) -> None:
        """Write the container; `mimetype` comes first and uncompressed, as readers want it."""
        with SteadyZip(self.file_name) as self.out:
            self.out.writestr("mimetype", "application/epub+zip", compress_type=0)
            self._write_container()
            self._write_opf()
            self._write_items()


def write_book(document: Document, out: BinaryIO, *, css: str, when: datetime | None, furniture: bool) -> None:
    """Write the whole book.

    Args:
        document: its text holds only what XML can carry.
        out: a binary stream; it stays open.
        css: the style sheet that every chapter links to.
        when: the document's own date; null for the fixed one.
        furniture: set the furniture as a last chapter.
    """
    chapters = _chapters(document, furniture=furniture)
    book = epub.EpubBook()
    _describe(book, document)
    book.add_item(epub.EpubItem("style", "style.css", "text/css", css.encode()))
    for number, each in enumerate(chapters, 1):
        book.add_item(epub.EpubItem(f"c{number}", each.file, "application/xhtml+xml", each.data))
        book.spine.append((f"c{number}", "yes"))
        book.toc.append(epub.Link(each.file, each.title, f"n{number}"))
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    book.guide = [{"type": "text", "href": chapters[0].file, "title": chapters[0].title}]
    stamp = when.astimezone(UTC) if when and when.tzinfo else when or NO_DATE
    writer = _SteadyWriter(out, book, {**_OPTIONS, "mtime": stamp, "landmark_title": book.title})
    writer.process()
    writer.write()


def identifier(sha256: str) -> str:
    """The book's name for all time, from the hash of the source's bytes alone."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:sha256:{sha256}')}"


def _chapters(document: Document, *, furniture: bool) -> list[_Chapter]:
    """Every article, then the furniture; one empty chapter where there is neither, for a book needs one."""
    files = [f"article-{number:04}.xhtml" for number, _ in enumerate(document.articles, 1)]
    around = Surroundings(links={article.id: file for article, file in zip(document.articles, files, strict=True)}, pictures={}, epub=True)
    blocks = [set_blocks(article) for article in document.articles]
    found = []
    for article, file, own, breaks in zip(document.articles, files, blocks, page_breaks(blocks), strict=True):
        language, title = _language(language_of(document, article)), _printable(label(article), article.id)
        found.append(_Chapter(file, title, chapter(own, around, breaks, title=title, language=language, kind=str(article.kind))))
    rest = document.furniture if furniture else ()
    if rest or not found:
        language = _language(document.language)
        title = _printable(one_line(rest[0].text) if rest else "", _title(document))
        found.append(_Chapter("furniture.xhtml", title, chapter(rest, around, {}, title=title, language=language, kind="furniture")))
    return found


def _describe(book: Any, document: Document) -> None:
    """The metadata: what the page prints, and nothing that it doesn't."""
    language, issue = _language(document.language), document.issue
    book.set_identifier(identifier(document.source.sha256))
    book.set_title(_title(document))
    book.set_language(language)
    if reading_direction(language) == "rtl":
        book.set_direction("rtl")
    names = dict.fromkeys(name for article in document.articles for name in byline_names(article))
    for name in names:
        book.add_metadata("DC", "creator", _printable(name, REPLACEMENT))
    if issue.publication:
        printed = [part for part in (issue.publication, issue.date, issue.edition, issue.section, issue.page) if part]
        book.add_metadata("DC", "publisher", _printable(issue.publication, REPLACEMENT))
        book.add_metadata("DC", "source", _printable(" ".join(printed), REPLACEMENT))
    if issue.date and _DATE.fullmatch(issue.date):
        book.add_metadata("DC", "date", issue.date)
    for name, value in _ACCESSIBILITY:
        book.add_metadata("OPF", "meta", value, {"property": name})


def _title(document: Document) -> str:
    return _printable(document_title(document), "Broadsheet")


def _printable(text: str, instead: str) -> str:
    """Text that XML can carry and that is not blank."""
    return one_line(NOT_XML.sub(REPLACEMENT, text)) or instead


def _language(tag: str | None) -> str:
    """A tag that readers accept; `und` where the language is unknown or no tag at all."""
    return tag if tag and _TAG.fullmatch(tag) else "und"
