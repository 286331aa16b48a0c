"""Contents, landmarks and the list of the paper's pages."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from broadsheet.model import Issue, Role
from broadsheet.plugin import Context, Layout
from broadsheet.report import Report

NS = {"x": "http://www.w3.org/1999/xhtml", "n": "http://www.daisy.org/z3986/2005/ncx/", "epub": "http://www.idpf.org/2007/ops"}


def test_the_contents_call_every_article_what_the_page_calls_it(sink, opened):
    book = opened(sink.kitchen_sink())
    wanted = ["山城图书馆夜间开放 市民读书到十点", "（上接第1版）", "Around the county", "前后：没有标题的短文。", "山城晚报"]
    assert [title for title, _ in book.nav("toc")] == wanted
    assert {href for _, href in book.nav("toc")} <= book.files
    assert [each.text for each in book.tree("toc.ncx").iterfind(".//n:navPoint/n:navLabel/n:text", NS)] == wanted
    assert [link.get("lang") for link in book.tree("nav.xhtml").xpath("//x:nav[@epub:type='toc']//x:a", namespaces=NS)] == [None, None, "en", None, None]


def test_the_landmarks_are_cover_contents_and_the_first_article(sink, opened):
    assert opened(sink.kitchen_sink()).nav("landmarks") == [
        ("封面", "cover.xhtml"), ("目录", "nav.xhtml#toc"), ("山城图书馆夜间开放 市民读书到十点", "article-0001.xhtml"),
    ]
    assert [href for _, href in opened(sink.kitchen_sink(), cover=False).nav("landmarks")] == ["nav.xhtml#toc", "article-0001.xhtml"]


def test_only_the_contents_are_shown_and_every_list_has_a_name(opened, arabic):
    navs = opened(arabic).tree("nav.xhtml").findall(".//x:nav", NS)
    assert [(nav.get("id"), nav.get("role"), nav.get("hidden")) for nav in navs] == [
        ("toc", "doc-toc", None), ("landmarks", None, ""), ("page-list", "doc-pagelist", ""),
    ]
    assert [nav.find("x:h1", NS).text for nav in navs] == ["المحتويات", "افتتاح جسر جديد في المدينة", "الصفحات"]
    assert [nav.get("aria-labelledby") for nav in navs] == [nav.find("x:h1", NS).get("id") for nav in navs]


def test_the_pages_of_the_paper_are_listed_and_marked_where_they_begin(opened, arabic):
    book = opened(arabic)
    assert book.nav("page-list") == [("1", "article-0001.xhtml#page-1"), ("2", "article-0001.xhtml#page-2")]
    (chapter,) = book.chapters()
    marks = chapter.xpath("//x:span[@epub:type='pagebreak']", namespaces=NS)
    assert [(mark.get("id"), mark.get("role"), mark.get("aria-label")) for mark in marks] == [
        ("page-1", "doc-pagebreak", "1"), ("page-2", "doc-pagebreak", "2"),
    ]
    assert [etree.QName(mark.getnext()).localname for mark in marks] == ["p", "p"]
    assert marks[1].getnext().text == "نص في الصفحة التالية."


def test_a_single_page_is_called_what_the_paper_calls_it(sink, opened, page):
    blocks = (sink.block(Role.HEADLINE, "桥通了", page="1"), sink.block(Role.PARAGRAPH, "文。", page="1"))
    assert opened(page(*blocks, issue=Issue(page="A1"))).nav("page-list") == [("A1", "article-0001.xhtml#page-1")]
    assert opened(page(*blocks)).nav("page-list") == [("1", "article-0001.xhtml#page-1")]
    assert opened(page(sink.block(Role.PARAGRAPH, "文。"))).nav("page-list") == []


def test_the_contents_are_read_first_only_where_the_theme_wants_them(sink, opened):
    from dataclasses import replace

    document = sink.kitchen_sink()
    assert opened(document).spine[-1] == ("nav.xhtml", "no")
    fronted = Context(report=Report(), theme=replace(sink.theme(), layout=Layout(contents="front")))
    assert opened(document, fronted).spine[:3] == [("cover.xhtml", "yes"), ("nav.xhtml", "yes"), ("article-0001.xhtml", "yes")]


def test_the_spine_holds_everything_that_is_read_once(sink, opened):
    files = [file for file, _ in opened(sink.kitchen_sink()).spine]
    assert files == ["cover.xhtml", *(f"article-000{n}.xhtml" for n in range(1, 5)), "furniture.xhtml", "nav.xhtml"]


def test_words_of_the_frame_are_in_the_books_language(sink, opened, page):
    names = {}
    for tag in ("zh-Hant", "zh-Hans", "zh-Hant-TW", "ja", "de", "xx", None):
        book = opened(page(sink.block(Role.PARAGRAPH, "x"), language=tag))
        names[tag] = book.tree("nav.xhtml").find(".//x:h1", NS).text
    assert names == {"zh-Hant": "目錄", "zh-Hans": "目录", "zh-Hant-TW": "目錄", "ja": "目次", "de": "Inhalt", "xx": "Contents", None: "Contents"}


def test_no_address_leads_outside_the_book(sink, opened, hostile, japanese, context):
    for document in (sink.kitchen_sink(), hostile, japanese):
        book = opened(document, context, fonts=True)
        for name in (name for name in book.files if Path(name).suffix == ".xhtml"):
            for each in book.tree(name).iter():
                for address in filter(None, (each.get("href"), each.get("src"))):
                    assert address.split("#")[0] in book.files
