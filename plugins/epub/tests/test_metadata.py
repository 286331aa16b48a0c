"""What the book says of itself."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from broadsheet.model import Issue, Role
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet_epub import EPUB

OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def test_it_is_what_the_page_prints(sink, opened):
    book = opened(sink.kitchen_sink())
    assert book.dublin("title") == ["山城晚报 2031-06-03 第1版"]
    assert book.dublin("publisher") == book.said("dcterms:publisher") == ["山城晚报"]
    assert book.dublin("source") == book.said("dcterms:source") == ["山城晚报 2031-06-03 第1版"]
    assert book.dublin("date") == ["2031-06-03"]
    assert book.dublin("language") == ["zh-Hans", "en"]
    assert (book.said("belongs-to-collection"), book.said("collection-type")) == (["山城晚报"], ["series"])


def test_a_book_of_one_article_is_called_by_its_headline(opened, arabic, japanese):
    assert opened(arabic).dublin("title") == ["افتتاح جسر جديد في المدينة"]
    assert opened(arabic).dublin("source") == ["صحيفة النهر 2031-06-03"]
    assert opened(japanese).dublin("title") == ["青川新聞 2031-06-03 1面"]


def test_bylines_are_authors(sink, opened):
    book = opened(sink.kitchen_sink())
    assert book.dublin("creator") == ["林小雨", "高山"]
    ids = [f"#{each.get('id')}" for each in book.package.iterfind(".//dc:creator", OPF)]
    roles = [each for each in book.package.iterfind(".//o:meta", OPF) if each.get("property") == "role"]
    assert [(each.get("refines"), each.get("scheme"), each.text) for each in roles] == [(author, "marc:relators", "aut") for author in ids]


def test_what_is_not_printed_is_not_said(sink, opened, page):
    book = opened(page(sink.block(Role.HEADLINE, "桥通了")))
    assert book.dublin("title") == ["桥通了"]
    assert book.dublin("language") == ["und"]
    assert [book.dublin(name) for name in ("creator", "publisher", "source", "date")] == [[], [], [], []]
    assert [book.said(name) for name in ("dcterms:source", "pageBreakSource", "belongs-to-collection")] == [[], [], []]


@pytest.mark.parametrize(("printed", "said"), [
    ("2031-06-03", ["2031-06-03"]), ("2031-06", ["2031-06"]), ("2031", ["2031"]), ("2031-02-30", []), ("2031-13", []), ("spring", []), ("0000", []),
])
def test_a_day_that_never_was_is_not_said(sink, opened, page, printed, said):
    assert opened(page(sink.block(Role.HEADLINE, "桥通了"), issue=Issue(date=printed))).dublin("date") == said


def test_the_identifier_depends_on_the_sources_bytes_alone(sink, opened):
    one, other = opened(sink.kitchen_sink()).dublin("identifier"), opened(sink.empty()).dublin("identifier")
    assert one[0].startswith("urn:uuid:")
    assert one != other
    assert opened(sink.kitchen_sink(control="\0"), fonts=True).dublin("identifier") == one


def test_the_date_of_change_is_the_documents_own_else_a_fixed_one(sink, opened):
    assert opened(sink.kitchen_sink()).said("dcterms:modified") == ["2031-06-03T08:30:00Z"]
    assert opened(sink.kitchen_sink(), Context(report=Report(), theme=sink.theme())).said("dcterms:modified") == ["2000-01-01T00:00:00Z"]


def test_the_book_says_who_can_read_it(sink, opened, page):
    book = opened(page(sink.block(Role.HEADLINE, "桥通了")))
    assert book.said("schema:accessMode") == book.said("schema:accessModeSufficient") == ["textual"]
    assert book.said("schema:accessibilityHazard") == ["none"]
    assert book.said("schema:accessibilitySummary") == ["Text in reading order, an article a chapter, with headings and a table of contents."]
    assert book.said("schema:accessibilityFeature") == [
        "structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA", "horizontalWriting",
    ]


def test_pages_and_pictures_are_promised_only_where_there_are_some(opened, arabic, context):
    book = opened(arabic, context)
    assert book.said("schema:accessMode") == ["textual", "visual"]
    assert {"alternativeText", "pageBreakMarkers", "pageNavigation"} <= set(book.said("schema:accessibilityFeature"))
    assert book.said("pageBreakSource") == ["صحيفة النهر 2031-06-03"]
    assert book.said("schema:accessibilitySummary")[0].endswith(
        "Every picture says in its caption what it shows. The beginnings of the newspaper's pages are marked and listed."
    )
    assert "alternativeText" not in opened(arabic).said("schema:accessibilityFeature")  # the picture is not at hand


def test_the_package_says_its_language(sink, opened):
    assert opened(sink.kitchen_sink()).package.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"


def test_mimetype_comes_first_and_uncompressed_and_no_entry_has_a_date(sink, opened, arabic, context):
    archive = opened(arabic, context).archive
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, archive.read(first)) == ("mimetype", zipfile.ZIP_STORED, b"application/epub+zip")
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    packed = {entry.filename: entry.compress_type for entry in archive.infolist()}
    assert packed["EPUB/cover.png"] == packed["EPUB/images/001.png"] == zipfile.ZIP_STORED
    assert packed["EPUB/article-0001.xhtml"] == zipfile.ZIP_DEFLATED


def test_the_target_stays_open_and_holds_nothing_before_the_book(sink):
    out = io.BytesIO(b"")
    EPUB.write(sink.empty(), out, EPUB.options(), sink.context())
    assert not out.closed
    assert out.getvalue()[:2] == b"PK"
    assert etree.fromstring(zipfile.ZipFile(out).read("META-INF/container.xml")) is not None
