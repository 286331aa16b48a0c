"""Where pages turn: titles go with their text, no page starts or ends with a lonely line."""

from __future__ import annotations

from itertools import pairwise

import pytest

from broadsheet.plugin import Style
from broadsheet.writers.pdf.fonts import NOTHING
from broadsheet.writers.pdf.pages import Band, Frame, Page, Rule, paginate
from broadsheet.writers.pdf.setting import Entry, SetBlock, SetLine, is_cjk
from broadsheet.writers.pdf.spacing import spread

HEIGHT = 100.0  # ten lines of ten points


def block(name: str, count: int, *, keep: bool = False, before: float = 0.0, after: float = 0.0, rule: bool = False) -> SetBlock:
    lines = [SetLine((NOTHING._replace(font=f"{name}{i}"),), 0.0, {}) for i in range(1, count + 1)]
    style = Style(size_pt=8, leading_pt=10, space_after_pt=after)
    return SetBlock(lines=lines, style=style, space_before=before, keep_with_next=keep, entry=Entry(name, 0, name), rule=rule)


def pages_of(*blocks: SetBlock) -> list[Page]:
    return list(paginate([Band((), blocks)], frame()))


def frame(columns: int = 1, height: float = HEIGHT) -> Frame:
    """A frame of columns 50 points wide and 10 apart."""
    return Frame(size=(400, 300), left=0, top=300, measure=columns * 60.0 - 10, height=height, columns=columns, gutter=10)


def names(*blocks: SetBlock) -> list[str]:
    return [" ".join(placed.line.sorts[0].font for placed in page.lines) for page in pages_of(*blocks)]


def test_a_block_that_fits_stays_on_the_page():
    assert names(block("a", 4), block("b", 6)) == ["a1 a2 a3 a4 b1 b2 b3 b4 b5 b6"]


def test_a_long_block_goes_on_over_the_page():
    assert names(block("a", 7), block("b", 6)) == ["a1 a2 a3 a4 a5 a6 a7 b1 b2 b3", "b4 b5 b6"]


def test_one_line_does_not_stay_alone_at_the_foot():
    assert names(block("a", 9), block("b", 4))[1] == "b1 b2 b3 b4"


def test_one_line_does_not_go_alone_to_the_next_page():
    assert names(block("a", 7), block("b", 4)) == ["a1 a2 a3 a4 a5 a6 a7 b1 b2", "b3 b4"]


def test_a_block_of_three_lines_is_not_torn():
    assert names(block("a", 8), block("b", 3))[1] == "b1 b2 b3"


def test_a_heading_goes_with_the_first_two_lines_of_its_text():
    assert names(block("a", 7), block("h", 1, keep=True), block("b", 5))[0].endswith("h1 b1 b2")
    assert names(block("a", 8), block("h", 1, keep=True), block("b", 5))[1] == "h1 b1 b2 b3 b4 b5"


def test_a_chain_of_titles_goes_together():
    chain = [block(name, 1, keep=True) for name in "kht"]
    assert names(block("a", 6), *chain, block("b", 5))[1].startswith("k1 h1 t1 b1")


def test_a_chain_longer_than_a_page_is_set_all_the_same():
    assert sum(len(page.split()) for page in names(*[block("h", 1, keep=True)] * 35)) == 35


def test_the_larger_of_two_spaces_counts_and_none_at_the_head_of_a_page():
    (page,) = pages_of(block("a", 1, before=30, after=5), block("b", 1, before=8))
    assert [placed.top for placed in page.lines] == [0, 18]


def test_a_rule_parts_two_articles_but_does_not_open_a_page():
    (page,) = pages_of(block("a", 1, rule=True), block("b", 1, before=20, rule=True))
    assert page.rules == [Rule(0, 20, 50, 20)]


def test_an_entry_stands_where_its_block_begins():
    pages = pages_of(block("a", 9), block("b", 4))
    assert [page.marks for page in pages] == [[(Entry("a", 0, "a"), 0, 0)], [(Entry("b", 0, "b"), 0, 0)]]


@pytest.mark.parametrize("count", range(4, 60))
def test_no_page_of_a_long_paragraph_has_one_line(count):
    pages = names(block("a", 3), block("b", count))
    lengths = [sum(name.startswith("b") for name in page.split()) for page in pages]
    assert 1 not in lengths
    assert sum(lengths) == count


def test_pages_follow_each_other_without_loss():
    pages = names(*[block(name, 7) for name in "abcdefgh"])
    flat = " ".join(pages).split()
    assert flat == [f"{name}{i}" for name in "abcdefgh" for i in range(1, 8)]
    assert all(pair[0] for pair in pairwise(pages))


def test_a_chinese_line_opens_between_characters_but_not_inside_a_dash():
    assert spread("江船——灯", 6.0, limit=9) == {0: 2.0, 1: 2.0, 3: 2.0}


def test_a_latin_line_opens_at_its_spaces():
    assert spread("two words here", 6.0, limit=1) == {3: 3.0, 9: 3.0}


def test_what_ideographs_cannot_take_goes_where_scripts_meet():
    assert spread("江船boat灯火", 10.0, limit=1) == {0: 1.0, 1: 4.0, 5: 4.0, 6: 1.0}


def test_a_full_line_does_not_open():
    assert spread("江船", 0.0, limit=1) == {}
    assert spread("boat", 5.0, limit=1) == {}


@pytest.mark.parametrize(("text", "language", "answer"), [
    ("江船", None, True), ("boat", "zh-Hans", False), ("2.5", "zh-Hans", True), ("2.5", None, False), ("The 江 boat", "en", False),
    ("江船上的harbour", "zh-Hans", True), ("배", None, True),
])
def test_the_letters_say_whether_a_text_is_chinese_and_the_language_where_there_are_none(text, language, answer):
    assert is_cjk(text, language) is answer
