"""What a pattern begins with, ends with and needs is read off it, and never says too little."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.edges import edge_class, edges
from broadsheet.languages import load_languages

PATTERNS = sorted({pattern for language in load_languages() for patterns in language.patterns.values() for pattern in patterns})


@pytest.mark.parametrize(
    ("pattern", "first", "last"),
    [
        ("^责任?编辑:", "责", ":"),
        ("^(?:By|BY) [A-C]", "B", "ABC"),
        (r"^\(?\d{1,2}版$", "(0123456789", "版"),
        ("^(?=x)[ab]c?$", "ab", "abc"),
        ("a|b", "ab", "ab"),
    ],
)
def test_a_pattern_tells_what_it_begins_and_ends_with(pattern: str, first: str, last: str) -> None:
    found = edges(pattern)
    assert found.first == frozenset(first)
    assert found.last == frozenset(last)


@pytest.mark.parametrize("pattern", ["[^。]{2}", ".x?", "x?", "(?i:a)", r"\w+", ""])
def test_what_may_begin_with_anything_says_so(pattern: str) -> None:
    assert edges(pattern).first is None


def test_what_a_match_cannot_do_without_is_known() -> None:
    assert edges("^.{2,8}(?:日报|晚报)$").need == frozenset("报")
    assert edges("^.{2,8}(?:报纸|期刊)$").need == frozenset("报刊")
    assert edges("^.*$").need == frozenset()
    assert edges("^a?.$").need == frozenset()


@given(st.sampled_from(PATTERNS), st.text(st.sampled_from("责任编辑本报记者张三新华社北京６6月日电（()）:：·—ByJane Doe,.上接第版图為为٣٤가나文の"), min_size=1, max_size=14))
def test_every_match_of_every_profile_keeps_to_the_edges_of_its_pattern(pattern: str, text: str) -> None:
    match = re.search(pattern, text)
    if match is None or not match.group():
        return
    found = edges(pattern)
    assert found.first is None or edge_class(match.group()[0]) in found.first
    assert found.last is None or edge_class(match.group()[-1]) in found.last
    assert not found.need or not found.need.isdisjoint(match.group())


@pytest.mark.parametrize("language", load_languages(), ids=lambda language: language.code)
def test_the_examples_of_every_profile_keep_to_the_edges(language) -> None:
    for name, kinds in language.examples.items():
        for text in kinds.get("yes", ()):
            for pattern in language.patterns[name]:
                match = re.search(pattern, text)
                if match and match.group():
                    found = edges(pattern)
                    assert found.first is None or edge_class(match.group()[0]) in found.first
                    assert found.last is None or edge_class(match.group()[-1]) in found.last
                    assert not found.need or not found.need.isdisjoint(match.group())
