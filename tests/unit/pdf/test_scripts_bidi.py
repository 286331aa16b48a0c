"""The order of text that runs from right to left, compared with the reference implementation of another project."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.writers.pdf.bidi import base_level, direction, levels, reading_runs, visual_order

LETTERS = "ab12,.- +%$()[]<>«»،؟:/אבתשאמר٣٤\u0651\u05b8漢，。"
CONTROLS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def shown(text: str, base: int) -> str:
    return "".join(text[i] for i in visual_order(text, levels(text, base), base))


def printed(text: str) -> str:
    """Without the controls, which print nothing: where they stand does not matter."""
    return "".join(char for char in text if char not in CONTROLS)


@settings(max_examples=600, deadline=None)
@given(st.text(LETTERS, max_size=18), st.integers(0, 1))
def test_printed_text_stands_as_in_the_other_implementation(text, base):
    assert shown(text, base) == get_display(text, base_dir="LR"[base])


@settings(max_examples=600, deadline=None)
@given(st.text(LETTERS + CONTROLS, max_size=18), st.integers(0, 1))
def test_controls_and_isolates_work_as_in_the_other_implementation(text, base):
    assert printed(shown(text, base)) == printed(get_display(text, base_dir="LR"[base]))


@pytest.mark.parametrize(("text", "language", "level"), [
    ("أعلنت الحكومة", None, 1), ("Reuters - أعلنت الحكومة", "ar", 1), ("Reuters - أعلنت الحكومة", None, 0), ("Reuters", "ar", 0),
    ("2026", "ar", 1), ("2026", "en", 0), ("שלום Reuters", "en", 1), ("江上 שלום", "zh", 0), ("", None, 0),
])
def test_a_paragraph_runs_as_its_language_and_its_letters_say(text, language, level):
    assert base_level(text, language) == level


@pytest.mark.parametrize(("text", "seen"), [
    ("صباح 2025-11-12 ص 3", "3 ص 2025-11-12 حابص"), ("צהריים 2025-11-12", "2025-11-12 םיירהצ"), ("صباح 12-11 ص", "ص 11-12 حابص"),
])
def test_a_date_keeps_its_year_first_behind_arabic_letters_and_other_figures_turn(text, seen):
    turn = direction(text, "ar")
    assert "".join(text[at] for at in turn.order(text, 0, len(text))) == seen


def test_text_that_runs_from_left_to_right_needs_nothing():
    assert direction("江上千灯 harbour, 2.5%", "zh-Hans") is None


@settings(max_examples=300, deadline=None)
@given(st.text("abc אבג12 ()", max_size=24), st.integers(0, 1))
def test_the_pieces_of_a_line_hold_every_character_once_and_begin_in_reading_order(text, base):
    order = visual_order(text, levels(text, base), base)
    runs = reading_runs(text, order)
    assert sorted(i for start, end in runs for i in range(start, end)) == list(range(len(text)))
    assert [order[start] for start, _ in runs] == sorted(order[start] for start, _ in runs)


def test_words_are_pieces_of_their_own_where_they_run_from_right_to_left():
    text = "אב, גד Red Sea"
    order = visual_order(text, levels(text, 1), 1)
    runs = ["".join(text[order[i]] for i in range(*run)).strip() for run in reading_runs(text, order)]
    assert [run for run in runs if run] == ["בא", ",", "דג", "Red Sea"]


def test_time_grows_with_the_length_and_not_faster():
    import time

    def seconds(count: int) -> float:
        text = "عام 2026 (Reuters) قال «نعم» " * count
        start = time.process_time()
        visual_order(text, levels(text, 1), 1)
        return time.process_time() - start

    seconds(100)
    assert min(seconds(2000), seconds(2000)) < 20 * max(min(seconds(500), seconds(500)), 0.005)
