"""Characters: the shadow, the seams, the widths."""

from __future__ import annotations

import pytest

from broadsheet.text import PAIRS, display_width, is_han, is_unspaced, seam_glue, shadow


def test_the_shadow_folds_widths_and_blanks_and_keeps_the_rest():
    assert shadow("（Ａ１，　张\u00a0三：ｄon’t。") == "(A1, 张 三:don't。"


@pytest.mark.parametrize(
    ("before", "after", "glue"),
    [("操", "心", ""), ("。", "他", ""), ("n", "中", ""), ("中", "T", ""), ("n", "D", " "), (",", "a", " "), ("-", "t", ""), ("/", "o", ""), ("-", "–", " "), ("s", "“", " "), ("か", "ら", ""), ("1", "8", " ")],
)
def test_a_seam_is_decided_by_its_two_characters(before, after, glue):
    assert seam_glue(before, after) == glue


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("中文", 4), ("Ａ", 2), ("e\u0301", 1), ("", 0), ("中a", 3)])
def test_a_width_counts_wide_characters_twice_and_accents_not(text, columns):
    assert display_width(text) == columns


def test_han_and_unspaced_scripts():
    assert [char for char in "中〇𠮷あA，。é" if is_han(char)] == ["中", "〇", "𠮷"]
    assert [char for char in "中あA，é—" if is_unspaced(char)] == ["中", "あ", "，", "—"]


def test_a_pair_has_two_different_halves():
    assert all(opener != closer for opener, closer in PAIRS.items())
