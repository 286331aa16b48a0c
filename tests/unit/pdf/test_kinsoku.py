"""No forbidden mark at a line's edge: the longest Chinese seed page, with its own fonts, at forty widths of column."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from broadsheet.outline import from_outline
from broadsheet.writers.pdf import setting
from broadsheet.writers.pdf.breaker import break_lines
from broadsheet.writers.pdf.fonts import TypeCase
from broadsheet.writers.pdf.setting import Setter
from broadsheet.writers.pdf.spacing import divider
from broadsheet.writers.pdf.titles import title_lines

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
WIDTHS = [60 + step * 440 / 39 for step in range(40)]
NEVER_FIRST = set("，。、；：？！”’）》】〉」』〕…—～·％‰℃")
NEVER_LAST = set("“‘（《【〈「『〔＄￥")


@pytest.fixture(scope="module")
def page():
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("zh-[0-9]*.outline"))]
    return from_outline(max(texts, key=len))


@pytest.fixture
def broken(monkeypatch):
    """What the setter breaks into lines: texts with their lines, of a title those that it takes in the end."""
    found = {}

    def noted(text, *arguments, **more):
        lines = break_lines(text, *arguments, **more)
        found[text] = lines
        return lines

    def chosen(text, *arguments):
        found[text] = title_lines(text, *arguments)
        return found[text]

    monkeypatch.setattr(setting, "break_lines", noted)
    monkeypatch.setattr(setting, "title_lines", chosen)
    return found


@pytest.mark.parametrize("hang", [False, True], ids=["in the column", "hanging"])
@pytest.mark.parametrize("theme", ["reading", "newspaper"])
def test_no_line_of_the_longest_seed_page_begins_or_ends_with_a_forbidden_mark(page, broken, themes, theme, hang):
    setter = Setter(TypeCase("zh-Hans", system_fonts=False), themes[theme].styles, hang=hang)
    starts, ends = [], []
    for width in WIDTHS:
        for block in (block for article in page.articles for block in article.blocks):
            broken.clear()
            setter.block(block, "zh-Hans", themes[theme].styles[block.role], width)
            starts += [text[line.start] for text, lines in broken.items() for line in lines[1:]]
            ends += [text[line.end - 1] for text, lines in broken.items() for line in lines[:-1]]
    assert len(starts) > 3_000
    assert [mark for mark in starts if mark in NEVER_FIRST] == []
    assert [mark for mark in ends if mark in NEVER_LAST] == []


def test_hanging_punctuation_stands_beyond_the_edge_and_the_line_is_full():
    text = "渡轮今夜又开，人人欢喜。"
    plain = break_lines(text, [10.0] * len(text), 60)
    hung = break_lines(text, [10.0] * len(text), 60, hang=True)
    assert [text[line.start : line.end] for line in plain] == ["渡轮今夜又", "开，人人欢", "喜。"]
    assert [text[line.start : line.end] for line in hung] == ["渡轮今夜又开，", "人人欢喜。"]
    assert hung[0].width == 60


def test_a_half_empty_mark_may_stand_half_beyond_the_edge():
    text = "渡轮今夜又开，人"
    first, second = break_lines(text, [10.0] * len(text), 65, overhang=5)
    assert (text[first.start : first.end], text[second.start : second.end]) == ("渡轮今夜又开，", "人")
    assert first.width == 65
    assert break_lines(text, [10.0] * len(text), 64, overhang=5)[0].end == 5


@pytest.mark.parametrize(("text", "measure", "lines"), [
    ("灯火——江上", 30, ["灯", "火——", "江上"]),
    ("灯火……江上", 30, ["灯", "火……", "江上"]),
    ("mot juste !", 50, ["mot", "juste !"]),
    ("at last – said", 40, ["at", "last –", "said"]),
    ("キャット", 30, ["キャッ", "ト"]),
    ("说：“好。”她", 40, ["说：", "“好。”", "她"]),
])
def test_dashes_ellipses_small_kana_and_marks_after_a_space_stay_with_what_they_follow(text, measure, lines):
    width = [10.0 if ord(char) > 0x2e80 or char in "—…“”" else 5.0 for char in text]
    assert [text[line.start : line.end] for line in break_lines(text, width, measure)] == lines


def test_a_character_wider_than_the_column_makes_no_empty_line_after_it():
    lines = break_lines("灯火", [10.0, 10.0], 8)
    assert [(line.start, line.end, line.last) for line in lines] == [(0, 1, False), (1, 2, True)]


def titled(text, measure):
    widths = [10.0] * len(text)
    lines = title_lines(text, widths, lambda width: break_lines(text, widths, width), measure, 10)
    return [text[line.start : line.end] for line in lines]


@pytest.mark.parametrize(("title", "lines"), [
    ("老码头灯火再亮 六艘渡轮迎客", ["老码头灯火再亮", "六艘渡轮迎客"]),
    ("市民议事厅里议出“错峰停车”", ["市民议事厅里议出", "“错峰停车”"]),
    ("区图书馆新馆延长开放至晚十时", ["区图书馆新馆延", "长开放至晚十时"]),
    ("老码头灯火再亮", ["老码头灯火再亮"]),
    ("县里印发《冷链建设行动》", ["县里印发", "《冷链建设行动》"]),
    ("灯火再亮 六艘渡轮今夜迎客", ["灯火再亮", "六艘渡轮今夜迎客"]),
])
def test_a_title_ends_its_lines_where_it_pauses_and_else_in_its_middle(title, lines):
    assert titled(title, 110) == lines


def test_a_word_is_divided_only_where_the_line_would_stay_open():
    def divided(text, measure):
        lines = break_lines(text, [5.0] * len(text), measure, hyphen=3, divide=lambda _: [3])
        return [text[line.start : line.end] + "-" * line.divided for line in lines]

    assert divided("the harbour lights", 40) == ["the har-", "bour", "lights"]
    assert divided("the harbour lights", 56) == ["the harbour", "lights"]
    assert divided("harbour of Harwich", 52) == ["harbour of", "Harwich"]


@pytest.mark.parametrize(("language", "word", "parts"), [
    ("en", "merchants", "mer-chants"), ("de-AT", "Hafenbehörde", "Ha-fen-be-hörde"), ("fr", "embarcadère", "em-bar-ca-dère"),
    ("es", "embarcadero", "em-bar-ca-dero"), ("ru", "пристань", "при-стань"),
])
def test_words_are_divided_as_their_language_divides_them(language, word, parts):
    places = divider(language)(word)
    assert "-".join(word[start:end] for start, end in pairwise([0, *places, len(word)])) == parts


def test_a_language_without_patterns_divides_nothing_and_no_language_changes_a_spelling():
    assert [divider(language) for language in ("zh-Hans", "ja", "ar", None)] == [None] * 4
    assert divider("hu")("asszonnyal") == []  # asz-szony-nyal would be another spelling


def test_an_address_is_not_divided():
    text = "see harbour.example/timetable"
    lines = break_lines(text, [5.0] * len(text), 60, hyphen=3, divide=lambda _: [3])
    assert not any(line.divided for line in lines)


def test_no_more_than_two_lines_in_a_row_are_divided():
    text = "sea " + "harbour " * 12
    lines = break_lines(text, [5.0] * len(text), 45, hyphen=3, divide=lambda _: [3])
    runs = "".join("-" if line.divided else " " for line in lines).split()
    assert max(len(run) for run in runs) == 2
