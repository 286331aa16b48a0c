"""The made pages: every character in one block, the same page for the same seed, and pages that look like what they are named after."""

from __future__ import annotations

import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from corpora import outside
from shapes import SHAPES, gold_row, pages

from broadsheet.evaluation.gold import from_json
from broadsheet.model import FURNITURE, Role

every_shape = pytest.mark.parametrize("shape", SHAPES)
needs_corpora = pytest.mark.skipif(outside() is None, reason="BROADSHEET_CORPORA is not set: too few stories")


def printed(made, block):
    return [made.text[start:end] for start, end in block.spans]


def texts(made, role):
    return ["".join(printed(made, block)) for block in made.blocks if block.role is role]


@every_shape
def test_every_visible_character_lies_in_exactly_one_block(shape):
    for made in pages(shape, 6, seed=1):
        times = Counter(at for block in made.blocks for start, end in block.spans for at in range(start, end))
        assert set(times.values()) == {1}
        assert [char for at, char in enumerate(made.text) if at not in times and not char.isspace()] == []


@every_shape
def test_each_span_is_one_printed_line_without_blanks_at_its_ends(shape):
    for made in pages(shape, 6, seed=1):
        lines = [line.strip() for line in made.text.splitlines() if line.strip()]
        assert [made.text[start:end] for start, end in sorted(span for block in made.blocks for span in block.spans)] == lines


@every_shape
def test_a_page_is_the_same_for_the_same_seed_and_another_for_another(shape):
    first = pages(shape, 2, seed=5)
    assert pages(shape, 2, seed=5) == first
    assert [made.text for made in pages(shape, 2, seed=6)] != [made.text for made in first]


@every_shape
def test_a_page_holds_three_articles_or_more_in_order_and_no_title_twice(shape):
    for made in pages(shape, 6, seed=2):
        numbers = [block.article for block in made.blocks if block.article >= 0]
        assert numbers == sorted(numbers)
        assert set(numbers) == set(range(len(made.facts)))
        assert len(made.facts) >= (1 if shape == "web" else 3)
        titles = texts(made, Role.HEADLINE)
        assert len(set(titles)) == len(titles)


@every_shape
def test_only_furniture_stands_outside_the_articles(shape):
    assert all((block.role in FURNITURE) == (block.article < 0) for made in pages(shape, 6, seed=3) for block in made.blocks)


@every_shape
def test_the_gold_row_says_where_every_article_starts(shape):
    for made in pages(shape, 6, seed=4):
        starts = [min(block.spans[0][0] for block in made.blocks if block.article == number) for number in range(len(made.facts))]
        gold = from_json(gold_row(made))
        assert [article.start for article in gold.articles] == [gold.page.at(start) for start in starts]


@every_shape
def test_what_the_facts_say_stands_on_the_page(shape):
    for made in pages(shape, 6, seed=5):
        page = re.sub(r"[\s-]", "", made.text)
        if shape.startswith("ocr-"):
            continue  # misread
        for facts in made.facts:
            said = [*facts.names, *(text for _, text in facts.marks), *(one.raw for one in (facts.dateline, facts.sign_off) if one)]
            assert [one for one in said if re.sub(r"[\s-]", "", one) not in page] == []


def test_old_pages_divide_a_fifth_of_their_lines():
    lines = [line for made in pages("ocr-de", 12, seed=1) for block in made.blocks if block.role is Role.PARAGRAPH for line in printed(made, block)]
    assert 0.14 <= sum(line.endswith("-") for line in lines) / len(lines) <= 0.26
    assert max(len(line) for line in lines) <= 60


@needs_corpora
def test_openers_of_1998_come_as_often_as_counted():
    datelines = [facts.dateline for made in pages("daily-1998", 60, seed=1) for facts in made.facts]
    found = [one.raw for one in datelines if one]
    assert 0.35 <= len(found) / len(datelines) <= 0.55
    assert 0.1 <= sum(raw == "本报讯" for raw in found) / len(found) <= 0.28
    assert 0.35 <= sum("新华社" in raw for raw in found) / len(found) <= 0.55


@needs_corpora
def test_pages_of_today_come_in_many_languages():
    assert {made.language for made in pages("modern", 30, seed=1)} >= {"ar", "de", "en", "es", "fr", "ja", "ko", "ru", "tr", "zh-Hans", "zh-Hant"}
    assert {made.language for made in pages("web", 30, seed=1)} >= {"cs", "da", "hi", "is", "it", "lt", "nb", "nl", "pl"}


def test_in_broken_columns_a_paragraph_goes_on_below_a_blank_line():
    broken = [
        made.text[above[1] : below[0]]
        for made in pages("daily-2026", 20, seed=1) for block in made.blocks if block.role is Role.PARAGRAPH for above, below in pairwise(block.spans)
    ]
    assert any(gap.count("\n") == 2 for gap in broken)


def test_furniture_may_stand_in_the_middle_of_a_paragraph():
    def around(made, block):
        return [other.role for other in made.blocks if other is not block and block.spans[0][0] < other.spans[0][0] < block.spans[-1][0]]

    interlopers = {role for made in pages("daily-2026", 60, seed=1) for block in made.blocks for role in around(made, block)}
    assert interlopers
    assert interlopers <= {Role.FOLIO, Role.RUNNING_HEAD, Role.MASTHEAD}
