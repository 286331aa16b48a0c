"""Themes: the built-in ones are whole and readable, and a broken one says everything that is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

import pytest

from broadsheet.errors import UsageError
from broadsheet.model import Role
from broadsheet.themes import contrast, load_themes, parse_theme, theme_problems

THEMES = load_themes()
TEXT = files("broadsheet.themes").joinpath("reading.toml").read_text("utf-8")


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_built_in_theme_is_whole(theme):
    assert list(theme_problems(theme)) == []
    assert set(theme.styles) == set(Role)
    assert theme.summary.endswith(".")


def test_reading_is_a_calm_a4_page():
    reading = THEMES[[theme.name for theme in THEMES].index("reading")]
    assert (reading.page["width_pt"], reading.page["height_pt"]) == (595.28, 841.89)
    assert reading.styles[Role.PARAGRAPH].size_pt == 10.5
    assert reading.styles[Role.PARAGRAPH].indent_em == 2
    assert reading.styles[Role.HEADLINE].size_pt > reading.styles[Role.HEADING].size_pt > reading.styles[Role.PARAGRAPH].size_pt
    assert reading.styles[Role.HEADLINE].keep_with_next


def test_every_colour_can_be_read_on_white_paper():
    assert min(contrast(style.colour) for theme in THEMES for style in theme.styles.values()) >= 4.5
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#ffffff") == pytest.approx(1)
    assert contrast("#777777") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("change", "said"), [
    ({"size_pt": 300.0, "leading_pt": 310.0}, ["paragraph.size_pt must be from 5 to 96, not 300", "paragraph.leading_pt must be from 6 to 144, not 310"]),
    ({"leading_pt": 8.0}, ["paragraph.leading_pt 8 is less than size_pt 10.5"]),
    ({"family": "comic"}, ["paragraph.family 'comic' is none of serif, sans"]),
    ({"align": "middle"}, ["paragraph.align 'middle' is none of left, center, right, justify"]),
    ({"colour": "red"}, ["paragraph.colour 'red' is not #rrggbb"]),
    ({"colour": "#cccccc"}, ["paragraph.colour #cccccc is too pale on white (contrast 1.6, at least 4.5)"]),
    ({"indent_em": -1.0}, ["paragraph.indent_em must be from 0 to 8, not -1"]),
])
def test_a_style_out_of_bounds_is_named(change, said):
    theme = THEMES[0]
    broken = replace(theme, styles={**theme.styles, Role.PARAGRAPH: replace(theme.styles[Role.PARAGRAPH], **change)})
    assert list(theme_problems(broken)) == said


def test_a_page_without_room_for_text_is_named():
    theme = THEMES[0]
    assert list(theme_problems(replace(theme, page={**theme.page, "margin_inner_pt": 280.0, "margin_outer_pt": 280.0}))) == [
        "page leaves 35.28 x 701.89 pt for text, at least 72 each way",
    ]


def test_a_role_without_a_style_is_named():
    theme = THEMES[0]
    styles = {role: style for role, style in theme.styles.items() if role not in {Role.VERSE, Role.QUOTE}}
    assert list(theme_problems(replace(theme, styles=styles))) == ["no style for verse, quote"]


@pytest.mark.parametrize(("old", "new", "said"), [
    ("[page]", "[page", "not a theme"),
    ("[styles.verse]", "[styles.sonnet]", "sonnet"),
    ("size_pt = 10.5", "size = 10.5", "unknown keys"),
    ("size_pt = 10.5", 'size_pt = "large"', "not a theme"),
    ("width_pt = 595.28", "", "width_pt"),
    ("[styles.verse]\n", "[styles.noise2]\n", "noise2"),
])
def test_a_broken_file_is_refused_with_its_name(old, new, said):
    with pytest.raises(UsageError, match=said) as refused:
        parse_theme(TEXT.replace(old, new, 1), where="mine.toml")
    assert refused.value.where == "mine.toml"
