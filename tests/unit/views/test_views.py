"""How an article is looked at: its headline, its names, its label, its blocks as writers set them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from broadsheet.model import Issue, Mark, Role
from broadsheet.outline import from_outline
from broadsheet.views import (
    byline_names,
    document_title,
    headline,
    inline_parts,
    label,
    language_of,
    one_line,
    parts,
    printed_page,
    set_blocks,
    source_line,
)


def article(outline: str):
    return from_outline(outline).articles[0]


def test_a_headline_of_two_lines_is_one_line_and_a_jumped_article_has_none():
    assert headline(article("headline: 甲 / 乙\n")) == "甲 乙"
    assert headline(article("paragraph: [jump: （上接一版）]的桥。\n")) is None


def test_blocks_and_marks_of_a_role_count_alike():
    one = article("byline: 唐果\nparagraph: [dateline: 本报讯][byline: （石磊）]桥通了。\n")
    assert [part.role for part in parts(one, Role.BYLINE)] == [Role.BYLINE, Role.BYLINE]


def test_names_stand_once_in_the_order_of_the_page(parsed):
    document = parsed("桥通了\n本报记者 唐果 石磊\n本报讯（记者 唐果 钟远）昨天，白鹭江新桥通车，两岸居民第一次走着过江。\n")
    assert byline_names(document.articles[0]) == ("唐果", "石磊", "钟远")


@pytest.mark.parametrize(
    ("outline", "name"),
    [
        ("kicker: 要闻\nheadline: 桥通了\n", "桥通了"), ("jump: （上接一版）\nparagraph: 的桥。\n", "（上接一版）"), ("paragraph: 桥通了。\n", "桥通了。"),
        (f"paragraph: {'桥' * 40}\n", "桥" * 28 + "…"), ("column_label: 更正\nparagraph: 桥。\n", "更正"),
    ],
)  # fmt: skip
def test_an_article_is_called_by_what_the_page_prints(outline, name):
    assert label(article(outline)) == name


def test_a_document_is_called_by_its_issue_else_its_headline_else_its_file():
    from msgspec.structs import replace

    document = from_outline("headline: 桥通了\n", where="folder/front.outline")
    assert document_title(replace(document, issue=Issue(publication="临溪日报", date="2024-06-07", page="4"), language="zh-Hans")) == "临溪日报 2024-06-07 第4版"
    assert document_title(document) == "桥通了"
    assert document_title(from_outline("paragraph: 桥。\n", where="folder/front.outline")) == "front"


def test_a_running_jump_becomes_a_block_of_its_own_and_is_printed_once(parsed):
    document = parsed("（上接第一版）的改造已经完成。沿街的八十家店铺换上了木招牌，电线全部埋到地下。\n")
    first, second, *_ = set_blocks(document.articles[0])
    assert (first.role, first.text) == (Role.JUMP, "（上接第一版）")
    assert second.text.startswith("的改造")
    assert all(0 <= mark.start <= mark.end <= len(second.text) for mark in second.marks)


def test_inline_parts_joined_are_the_text_and_inner_marks_are_passed_over():
    block = article("paragraph: [dateline: 本报讯] 桥[credit: 甲]通了。\n").blocks[0]
    assert [(text, mark.role if mark else None) for text, mark in inline_parts(block)] == [
        ("本报讯", Role.DATELINE), (" 桥", None), ("甲", Role.CREDIT), ("通了。", None),
    ]  # fmt: skip
    from msgspec.structs import replace

    nested = replace(block, marks=(*block.marks, Mark(Role.BYLINE, 1, 2)))
    assert inline_parts(nested) == inline_parts(block)


def test_an_articles_language_is_its_own_where_it_differs():
    from msgspec.structs import replace

    document = replace(from_outline("headline: 桥通了\n"), language="zh-Hans")
    assert language_of(document, document.articles[0]) == "zh-Hans"
    assert language_of(document, replace(document.articles[0], language="en")) == "en"


def test_blanks_of_any_kind_become_one():
    assert one_line(" 甲\n 乙\u3000\t丙 ") == "甲 乙 丙"


@pytest.mark.parametrize(("language", "issue", "line"), [
    ("zh-Hans", Issue("临溪日报", "2024-06-12", "3", "要闻"), "临溪日报 · 2024-06-12 · 第3版 · 要闻"),
    ("zh-Hans", Issue("临溪日报", page="第3版"), "临溪日报 · 第3版"),
    ("en", Issue("The Ferry Post", "2024-06-12", "A12"), "The Ferry Post · 2024-06-12 · page A12"),
    (None, Issue(page="7"), "p. 7"),
    ("en", Issue(), ""),
])
def test_a_source_line_says_what_is_known_of_where_an_article_was_printed(language, issue, line):
    from msgspec.structs import replace

    document = replace(from_outline("headline: 桥通了\n"), language=language, issue=issue)
    assert source_line(document, document.articles[0]) == line


def test_a_source_line_names_the_page_of_the_article_and_not_the_one_that_a_jump_names():
    from msgspec.structs import replace

    document = replace(from_outline("jump: （下转第二版）\nparagraph: 桥通了。\n"), language="zh-Hans", issue=Issue(page="1"))
    one = document.articles[0]
    jump, text = one.blocks
    assert source_line(document, replace(one, blocks=(replace(jump, page="2"), replace(text, page="5")))) == "第5版"


@pytest.mark.parametrize(("issue", "physical", "printed"), [
    ("A3", "1", "A3"), ("A3", "2", "2"), (None, "1", "1"), (None, None, None), ("A3", None, "A3"),
])
def test_the_first_page_of_a_source_is_the_one_whose_number_the_issue_gives(issue, physical, printed):
    document = from_outline("headline: Bridge opens\n")
    blocks = (replace(document.articles[0].blocks[0], page=physical),)
    document = replace(document, issue=Issue(page=issue), articles=(replace(document.articles[0], blocks=blocks),))
    assert printed_page(document, document.articles[0]) == printed
