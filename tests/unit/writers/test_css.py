"""Themes as CSS: relative lengths, the reader's own colours, and both directions of writing."""

from __future__ import annotations

import dataclasses
import re

import pytest

from broadsheet.model import MARKS, Role
from broadsheet.plugin import Style
from broadsheet.writers.css import dark_sheet, style_sheet


def rules(css):
    return dict(re.findall(r"^(\S.*?) { (.*) }$", css, re.MULTILINE))


@pytest.fixture
def themed(sink):
    """The test theme with one style changed."""

    def call(role, **changes):
        theme = sink.theme()
        return dataclasses.replace(theme, styles={**theme.styles, role: dataclasses.replace(theme.styles[role], **changes)})

    return call


def test_lengths_are_ems_of_the_body_text(themed):
    css = rules(style_sheet(themed(Role.HEADING, size_pt=21, leading_pt=42, space_before_pt=10.5, space_after_pt=0, indent_em=1)))
    assert css[".heading"].startswith("font-size: 2em; line-height: 2; margin: 0.5em 0 0em; text-indent: 1em;")
    assert css[".paragraph"].startswith("font-size: 1em; line-height: 1.62; ")


def test_letters_are_indented_by_half_of_what_chinese_japanese_and_korean_are(themed):
    css = rules(style_sheet(themed(Role.PARAGRAPH, indent_em=2)))
    assert ("text-indent: 2em;" in css[".paragraph"], css[".lettered .paragraph"]) == (True, "text-indent: 1em;")


def test_selectors_are_such_as_the_oldest_readers_know(sink):
    selectors = [selector for selector in rules(style_sheet(sink.theme())) if re.search(r"[^\w .,]|@", selector)]
    assert selectors == []


def test_left_and_right_follow_the_direction_of_writing(themed):
    found = {align: rules(style_sheet(themed(Role.CREDIT, align=align)))[".credit"] for align in ("left", "right", "center", "justify")}
    assert {align: re.search(r"text-align: (\w+)", css)[1] for align, css in found.items()} == {
        "left": "start", "right": "end", "center": "center", "justify": "justify",
    }


def test_in_vertical_lines_the_space_before_a_block_is_on_its_right(themed):
    theme = themed(Role.QUOTE, size_pt=10, leading_pt=17, space_before_pt=5, space_after_pt=2)
    assert "margin: 0.5em 0 0.2em;" in rules(style_sheet(theme))[".quote"]
    assert "margin: 0 0.5em 0 0.2em;" in rules(style_sheet(theme, vertical=True))[".quote"]
    assert (rules(style_sheet(theme))[".close"], rules(style_sheet(theme, vertical=True))[".close"]) == ("margin-top: 0;", "margin-right: 0;")


def test_words_are_divided_only_where_the_theme_lets_them(themed):
    assert "hyphens: auto;" in rules(style_sheet(themed(Role.PARAGRAPH, hyphenate=True)))[".paragraph"]
    assert "hyphens: manual;" in rules(style_sheet(themed(Role.PARAGRAPH)))[".paragraph"]


def test_black_is_the_readers_a_grey_is_half_transparent_and_a_colour_is_itself(themed):
    css = {colour: rules(style_sheet(themed(Role.KICKER, colour=colour)))[".kicker"] for colour in ("#000000", "#333333", "#7a1f1f")}
    assert "color" not in css["#000000"] + css["#333333"]
    assert "opacity" not in css["#000000"] + css["#7a1f1f"]
    assert css["#333333"].endswith("opacity: 0.8;")
    assert css["#7a1f1f"].endswith("color: #7a1f1f;")


def test_in_the_dark_a_colour_is_as_light_as_it_was_dark(themed):
    theme = themed(Role.JUMP, colour="#7a1f1f")
    assert dark_sheet(theme) == "@media (prefers-color-scheme: dark) {\n  .jump { color: #e08585; }\n}\n"
    assert dark_sheet(themed(Role.JUMP, colour="#333333")) == ""


def test_marks_keep_the_size_the_line_and_the_tone_of_their_paragraph(sink):
    css = rules(style_sheet(sink.theme()))
    assert {role for role in Role if f".mark.{role}" in css} == MARKS
    assert css[".mark.dateline"] == (
        "font-size: inherit; line-height: inherit; margin: 0; text-indent: 0; color: inherit; opacity: 1; "
        "font-family: sans-serif; font-weight: bold; font-style: normal;"
    )


def test_a_role_without_a_style_gets_no_rule(sink):
    theme = dataclasses.replace(sink.theme(), styles={Role.PARAGRAPH: Style(size_pt=10, leading_pt=15)})
    assert [each for each in rules(style_sheet(theme)) if each.startswith(".")] == [".worded h1, .worded h2, .worded h3, .worded h4, .worded h5, .worded h6", ".clause", ".verse, p.table", ".paragraph", ".resumed", ".close"]
