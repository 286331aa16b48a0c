"""What the book says of itself: what the page prints of the paper, and what a reader with special needs may count on.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.views import byline_names, one_line, page_label
from broadsheet.writers.shared import NOT_XML, REPLACEMENT, file_title
from broadsheet.writers.xhtml import machine_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.model import Document

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Meta(NamedTuple):
    """One statement: `DC` for Dublin Core's elements, `OPF` for `meta`, whose name is in the attributes."""

    vocabulary: str
    name: str
    value: str | None
    attributes: tuple[tuple[str, str], ...] = ()


def identifier(sha256: str) -> str:
    """The book's name for all time, from the hash of the source's bytes alone."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:sha256:{sha256}')}"


def title(document: Document) -> str:
    """What the book is called: its one article's headline, else what the page prints of the paper."""
    return printable(file_title(document), "Broadsheet")


def printable(text: str, instead: str = REPLACEMENT) -> str:
    """Text in one line that XML can carry; `instead` where it is blank."""
    return one_line(NOT_XML.sub(REPLACEMENT, text)) or instead


def describe(document: Document, languages: Iterable[str]) -> Iterator[Meta]:
    """What the page prints of the paper, and nothing that it doesn't.

    Args:
        document: the page.
        languages: the other languages that articles are in.
    """
    issue = document.issue
    for tag in languages:
        yield Meta("DC", "language", tag)
    names = dict.fromkeys(printable(name) for article in document.articles for name in byline_names(article))
    for number, name in enumerate(names, 1):
        yield Meta("DC", "creator", name, (("id", f"author-{number}"),))
        yield _meta("role", "aut", refines=f"#author-{number}", scheme="marc:relators")
    if issue.publication:
        paper, source = printable(issue.publication), _source(document)
        yield Meta("DC", "publisher", paper)
        yield Meta("DC", "source", source)
        yield _meta("dcterms:publisher", paper)
        yield _meta("dcterms:source", source)
        yield _meta("belongs-to-collection", paper, id="paper")
        yield _meta("collection-type", "series", refines="#paper")
    if issue.date and _is_date(issue.date):
        yield Meta("DC", "date", issue.date)


def accessibility(document: Document, *, pictures: bool, pages: bool, vertical: bool) -> Iterator[Meta]:
    """What a reader with special needs may count on, in the words of schema.org.

    Args:
        document: the page.
        pictures: the articles have pictures; each says in its caption what it shows.
        pages: the beginnings of the paper's pages are marked and listed.
        vertical: lines run downwards.
    """
    yield _meta("schema:accessMode", "textual")
    if pictures:
        yield _meta("schema:accessMode", "visual")
    yield _meta("schema:accessModeSufficient", "textual")
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA"]
    features += ["alternativeText"] if pictures else []
    features += ["pageBreakMarkers", "pageNavigation"] if pages else []
    features += ["verticalWriting" if vertical else "horizontalWriting"]
    for feature in features:
        yield _meta("schema:accessibilityFeature", feature)
    yield _meta("schema:accessibilityHazard", "none")
    yield _meta("schema:accessibilitySummary", " ".join(_summary(pictures=pictures, pages=pages)))
    if pages:
        yield _meta("pageBreakSource", _source(document))


def old_readers(*, cover: bool, vertical: bool) -> Iterator[Meta]:
    """What readers of an older time look for: the cover's id, and the direction of lines for Kindle."""
    if cover:
        yield Meta("OPF", "meta", None, (("name", "cover"), ("content", "cover-image")))
    if vertical:
        yield Meta("OPF", "meta", None, (("name", "primary-writing-mode"), ("content", "vertical-rl")))


def _is_date(text: str) -> bool:
    """Whether a text is a year, a month of a year or a day, as W3C's date notation writes them, that there was."""
    return bool(_DATE.fullmatch(text)) and machine_date(text + "-01" * (2 - text.count("-"))) is not None


def _summary(*, pictures: bool, pages: bool) -> Iterator[str]:
    yield "Text in reading order, an article a chapter, with headings and a table of contents."
    if pictures:
        yield "Every picture says in its caption what it shows."
    if pages:
        yield "The beginnings of the newspaper's pages are marked and listed."


def _source(document: Document) -> str:
    """The printed page that the book is made from; the file's name where the page does not say."""
    issue = document.issue
    printed = [part for part in (issue.publication, issue.date, issue.edition, issue.section, page_label(issue.page, document.language)) if part]
    return printable(" ".join(printed), "") or printable(document.source.name)


def _meta(name: str, value: str, **attributes: str) -> Meta:
    return Meta("OPF", "meta", value, (("property", name), *attributes.items()))
