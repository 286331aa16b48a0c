"""How lines break: no forbidden edge, whole words, whole numbers, in linear time."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.writers.pdf.breaker import JOINT, NO_END, NO_START, Line, break_lines, units

SIZE = 10.5
PAGE = (
    "昨晚七点，老码头的灯又亮了。“等了两年……终于又能坐渡船回家！”在岸边卖糖水的陈阿婆说。记者从港务局了解到，新渡轮（共6艘）每班可载客120人，票价2.5元，"
    "末班船为23:30；周末加开《江上夜读》专船——船上有书，也有热茶。据统计，首日客流达3.4万人次，比去年同期增长12.5%，其中外地游客占四成。"
    "有人问：“会不会再停？”港务局答复：不会。“一切照旧”，负责人说，“除非大雾、台风、航道检修……”市民把票根贴进相册：A线、B线、N7夜线，一张也不少。"
)
ASCII_PAGE = PAGE.replace("，", ",").replace("（", "(").replace("）", ")").replace("：", ":")
ENGLISH = "The ferry (all six boats) came back on Tuesday — “at last,” said Ada Brook, who sells sweet soup on the quay; fares rose 2.5%, to $3.40."


MIXED = ("江", "船", "万", "亿", "年", "人", "第", "3", "25", "%", "，", "。", "“", "”", "（", "）", "—", "…", "ー", "あ", "boat", "-", "(", ")", " ", "\u3000")


def advances(text: str) -> list[float]:
    return [0.0 if char == "\u00ad" else SIZE * (1 if ord(char) > 0x2000 else 0.53) for char in text]


def broken(text: str, measure: float, **more: float) -> list[str]:
    return [text[line.start : line.end] for line in lines_of(text, measure, **more)]


def lines_of(text: str, measure: float, **more: float) -> list[Line]:
    return break_lines(text, advances(text), measure, **more)


@pytest.mark.parametrize("text", [PAGE, ASCII_PAGE, ENGLISH], ids=["full-width", "half-width", "english"])
def test_no_line_of_a_page_starts_or_ends_with_a_forbidden_mark_at_any_width(text):
    for measure in range(60, 501, 11):
        lines = lines_of(text, measure, indent=2 * SIZE)
        assert not [text[line.start] for line in lines[1:] if text[line.start] in NO_START]
        assert not [text[line.end - 1] for line in lines[:-1] if text[line.end - 1] in NO_END]
        assert max(line.width + line.indent for line in lines) <= measure + 0.02


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(MIXED), st.characters(max_codepoint=0x30FF, exclude_characters='"')), max_size=80).map("".join))
def test_where_a_unit_surely_begins_one_does(text):
    starts = {start for start, _ in units(text)}
    assert {match.start() for match in JOINT.finditer(text)} <= starts


def test_the_forbidden_marks_are_the_ones_of_the_chinese_standard():
    assert set("。，、；：？！”’）》〉」』】") <= NO_START
    assert set("“‘（《〈「『【") <= NO_END


WORDS = st.sampled_from(["江", "船", "灯火", "，", "。", "“", "”", "（", "）", "《", "》", "——", "……", "2.5%", "boat", " ", "3.4万人"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60).map("".join), st.floats(42, 300))
def test_lines_hold_every_character_but_the_spaces_between_them_once_and_in_order(text, measure):
    lines = lines_of(text, measure)
    assert "".join(text[line.start : line.end] for line in lines).replace(" ", "") == text.replace(" ", "")
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]
    assert all(line.width <= measure + 0.02 for line in lines)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["灯火", "江上", "“船”，", "《夜读》", "（六艘）。", "茶——", "等……"]), max_size=60).map("".join), st.floats(42, 300))
def test_generated_chinese_keeps_the_line_edges_from_four_ems_on(text, measure):
    lines = broken(text, measure)
    assert not [line for line in lines[1:] if line[0] in NO_START]
    assert not [line for line in lines[:-1] if line[-1] in NO_END]
    assert not [pair for pair in pairwise(lines) if pair[0][-1] == pair[1][0] and pair[1][0] in "—…"]


def test_latin_words_and_numbers_with_their_units_stay_whole():
    assert broken("他买了harbour牌", 4 * SIZE) == ["他买了", "harbour", "牌"]
    assert broken("增长到达12.5%的", 5 * SIZE) == ["增长到达", "12.5%的"]
    assert broken("全年共接待3.4万人次", 6.5 * SIZE) == ["全年共接待", "3.4万人次"]


def test_a_web_address_longer_than_the_line_is_cut_after_a_slash():
    assert broken("见 https://a.example/boats/timetable", 12 * SIZE) == ["见 https://a.example/", "boats/timetable"]


def test_a_hyphenated_word_breaks_after_its_hyphen():
    assert broken("a well-known harbour", 7 * SIZE) == ["a well-known", "harbour"]
    assert broken("a well-known harbour", 4.5 * SIZE) == ["a well-", "known", "harbour"]


def test_a_soft_hyphen_breaks_a_word_and_takes_no_room_elsewhere():
    text = "har\u00adbour"
    assert broken(text, 100, hyphen=4) == [text]
    assert broken(text, 5.2 * SIZE * 0.53, hyphen=4) == ["har\u00ad", "bour"]


def test_spaces_vanish_at_a_line_end_and_stay_inside_a_line():
    assert broken("two  words here", 10 * SIZE * 0.53) == ["two  words", "here"]


def test_a_word_longer_than_the_line_is_cut_hard():
    assert broken("x" * 10, 4 * SIZE * 0.53) == ["xxxx", "xxxx", "xx"]


def test_the_indent_shortens_the_first_line_only_and_yields_in_a_narrow_column():
    assert broken("一二三四五六七八", 5 * SIZE, indent=2 * SIZE) == ["一二三", "四五六七八"]
    assert broken("一二三四", 3 * SIZE, indent=2 * SIZE) == ["一二三", "四"]


def test_an_empty_text_is_one_empty_line():
    assert lines_of("", 100) == [Line(0, 0, 0.0, 0.0, last=True)]


@pytest.mark.parametrize("unit", ["新闻，标题。", "x", "。", "（", "ab\u00ad", '"', "a-b.c/"])
def test_time_grows_with_the_length_and_not_faster(unit):
    def seconds(count: int) -> float:
        text = unit * (count // len(unit))
        start = time.process_time()
        break_lines(text, advances(text), 450)
        return time.process_time() - start

    seconds(1000)
    assert min(seconds(80_000), seconds(80_000)) < 20 * max(min(seconds(20_000), seconds(20_000)), 0.005)
