"""The chapters: one an article, every block in order, and what each element says of itself."""

from __future__ import annotations

import pytest
from lxml import etree

from broadsheet.model import Kind, Role
from broadsheet.views import set_blocks

NS = {"x": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def in_cells(wanted, table, cells):
    """The texts with a table's in the cells that it is set in."""
    at = wanted.index(table)
    return [*wanted[:at], *cells, *wanted[at + 1 :]]


@pytest.mark.parametrize("options", [{}, {"direction": "vertical"}, {"fonts": True}, {"cover": False}], ids=str)
def test_every_block_is_read_back_in_order_with_exactly_its_text(sink, opened, japanese, options):
    wanted = in_cells(sink.set_texts(sink.kitchen_sink()), "时间 人数\n周一 312", ["时间", "人数", "周一", "312"])
    assert opened(sink.kitchen_sink(), **options).texts() == wanted
    wanted = in_cells(sink.set_texts(japanese), "年 人数\n2030 120", ["年", "人数", "2030", "120"])
    assert opened(japanese, **options).texts() == wanted


def test_hostile_text_is_read_back_too(sink, opened, hostile):
    wanted = [text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n") for text in sink.set_texts(hostile)]
    assert opened(hostile).texts() == wanted


def test_there_is_one_chapter_an_article_and_a_last_one_for_the_furniture(sink, opened, page):
    bodies = [tree.find("x:body", NS)[0] for tree in opened(sink.kitchen_sink()).chapters()]
    assert [(etree.QName(body).localname, body.get("class")) for body in bodies] == [
        ("article", "kind-news"), ("article", "kind-news"), ("article", "kind-brief lettered"), ("article", "kind-unknown"), ("section", "kind-furniture"),
    ]
    assert len(opened(page(sink.block(Role.PARAGRAPH, "文"))).chapters()) == 1


def test_a_correction_is_an_erratum(sink, opened, page):
    (chapter,) = opened(page(sink.block(Role.PARAGRAPH, "更正。"), kind=Kind.CORRECTION)).chapters()
    body = chapter.find("x:body", NS)[0]
    assert (etree.QName(body).localname, body.get("class"), body.get("role")) == ("section", "kind-correction", "doc-errata")


def test_a_jumped_article_is_headed_by_its_jump_line_which_links_to_the_other_half(sink, opened):
    jumped = opened(sink.kitchen_sink()).chapters()[1]
    heading = jumped.find(".//x:header/x:h1", NS)
    assert (heading.get("class"), "".join(heading.itertext()), heading.find("x:a", NS).get("href")) == ("jump", "（上接第1版）", "article-0001.xhtml")
    assert "".join(jumped.find("x:body", NS).itertext()).count("上接第1版") == 1


def test_an_article_without_any_title_gets_no_heading(sink, opened):
    untitled = opened(sink.kitchen_sink()).chapters()[3]
    assert untitled.xpath("//x:h1|//x:header", namespaces=NS) == []


def test_section_headings_of_an_article_that_nothing_names_are_its_highest(sink, opened, page):
    blocks = (sink.block(Role.PARAGRAPH, "文。"), sink.block(Role.HEADING, "一", level=1), sink.block(Role.HEADING, "甲", level=2))
    (chapter,) = opened(page(*blocks)).chapters()
    assert [etree.QName(each).localname for each in chapter.find(".//x:article", NS)] == ["p", "h1", "h2"]
    (named,) = opened(page(sink.block(Role.HEADLINE, "题"), *blocks)).chapters()
    assert [etree.QName(each).localname for each in named.find(".//x:article", NS)] == ["header", "p", "h2", "h3"]


def test_roles_are_classes_and_those_that_dpub_aria_knows_have_its_word(sink, opened):
    document = sink.kitchen_sink()
    news = opened(document).chapters()[0]
    assert {block.role for block in set_blocks(document.articles[0])} == {
        Role(each.get("class").split()[0]) for each in news.xpath("//*[@class]", namespaces=NS) if each.get("class").split()[0] not in {"mark", "kind-news", "clause"}
    }
    found = {(each.get("class"), each.get("role")) for each in news.iter() if each.get("role")}
    assert found == {("subheadline close", "doc-subtitle"), ("credit", "doc-credit"), ("editor_note", "note"), (None, "doc-qna"), (None, "doc-pagebreak")}


def test_marks_are_spans_that_carry_their_role(sink, opened):
    news = opened(sink.kitchen_sink()).chapters()[0]
    spans = [(span.get("class"), span.text) for span in news.iterfind(".//x:p/x:span", NS)]
    assert spans == [("mark dateline", "本报青山6月3日电"), ("mark byline", "（记者林小雨）")]


def test_every_chapter_says_its_language_and_its_direction(sink, opened, arabic):
    trees = opened(sink.kitchen_sink()).chapters()
    assert [(tree.get(LANG), tree.get("lang")) for tree in trees] == [(tag, tag) for tag in ("zh-Hans", "zh-Hans", "en", "zh-Hans", "zh-Hans")]
    assert [tree.get("dir") for tree in trees] == ["ltr"] * 5
    (chapter,) = opened(arabic).chapters()
    assert (chapter.get(LANG), chapter.get("dir")) == ("ar", "rtl")


def test_a_printed_date_says_which_day_it_means(opened, arabic):
    (time,) = opened(arabic).chapters()[0].iterfind(".//x:time", NS)
    assert (time.get("datetime"), time.text) == ("2031-06-03", "3 يونيو 2031")


def test_press_cuttings_say_where_they_were_printed(sink, opened, japanese):
    from broadsheet.plugin import Context
    from broadsheet.registry import load_registry
    from broadsheet.report import Report

    clipping = load_registry(()).themes["clipping"]
    chapters = opened(japanese, Context(report=Report(), theme=clipping)).chapters()
    assert [tree.find("x:body", NS)[0][0].text for tree in chapters] == ["青川新聞 · 2031-06-03 · 1面", "青川新聞 · 2031-06-03 · page 1"]
    assert [tree.find("x:body", NS)[0][0].get("class") for tree in chapters] == ["running_head"] * 2
