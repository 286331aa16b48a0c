"""Themes: the built-in ones are whole and readable, and a broken one says everything that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from broadsheet.errors import UsageError
from broadsheet.model import TITLES, Role
from broadsheet.plugin import Layout, Style
from broadsheet.themes import contrast, load_themes, parse_theme, theme_problems
from broadsheet.themes.check import BOUNDS, LAYOUT_BOUNDS

THEMES = load_themes()
READING = next(theme for theme in THEMES if theme.name == "reading")


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
    ({"size_pt": 300.0, "leading_pt": 310.0}, ["styles.paragraph.size_pt must be from 5 to 96, not 300", "styles.paragraph.leading_pt must be from 6 to 144, not 310"]),
    ({"leading_pt": 8.0}, ["styles.paragraph.leading_pt 8 is less than size_pt 10.5"]),
    ({"family": "comic"}, ["styles.paragraph.family 'comic' is none of serif, sans"]),
    ({"align": "middle"}, ["styles.paragraph.align 'middle' is none of left, center, right, justify"]),
    ({"colour": "red"}, ["styles.paragraph.colour 'red' is not #rrggbb"]),
    ({"colour": "#cccccc"}, ["styles.paragraph.colour #cccccc is too pale on white (contrast 1.6, at least 4.5)"]),
    ({"indent_em": -1.0}, ["styles.paragraph.indent_em must be from 0 to 8, not -1"]),
])
def test_a_style_out_of_bounds_is_named(change, said):
    theme = READING
    broken = replace(theme, styles={**theme.styles, Role.PARAGRAPH: replace(theme.styles[Role.PARAGRAPH], **change)})
    assert list(theme_problems(broken)) == said


def test_a_page_without_room_for_text_is_named():
    theme = READING
    assert list(theme_problems(replace(theme, page={**theme.page, "margin_inner_pt": 280.0, "margin_outer_pt": 280.0}))) == [
        "page leaves 35.28 x 701.89 pt for text, at least 72 each way",
    ]


def test_a_role_without_a_style_is_named():
    theme = READING
    styles = {role: style for role, style in theme.styles.items() if role not in {Role.VERSE, Role.QUOTE}}
    assert list(theme_problems(replace(theme, styles=styles))) == ["no style for verse, quote"]


@pytest.mark.parametrize(("text", "said"), [
    ("[page", "mine.toml: is not TOML"),
    ('base = "newspapr"', "mine.toml: base: no theme called 'newspapr'; did you mean newspaper?"),
    ("[styles.paragraf]", "mine.toml: styles: no role called 'paragraf'; did you mean paragraph?"),
    ("[styles.verse]\nsize = 9", "mine.toml: styles.verse: no key called 'size'; did you mean size_pt?"),
    ('[styles.verse]\nsize_pt = "large"', "mine.toml: styles.verse.size_pt wants a number, not 'large'"),
    ("[text]\nlayout = 1", "mine.toml: text: no key called 'layout'"),
    ("[layout]\ncolums = 3", "mine.toml: layout: no key called 'colums'; did you mean columns or column_rule?"),
    ("[layout]\ncolumns = 9\nmargin = 1", "mine.toml: layout: no key called 'margin'; known: article_rule"),
    ("[layout]\ncolumns = 9", "layout.columns must be from 1 to 6, not 9"),
    ('[layout]\narticle_start = "column"', "layout.article_start 'column' is none of flow, page"),
    ('base = "newspaper"\n[layout]\ncolumns = 6', "layout.columns 6 leaves 70.2133 pt for each, at least 72"),
    ("[page]\nwidth = 400", "mine.toml: page: no key called 'width'; did you mean width_pt?"),
    ("[page]\nwidth_pt = true", "page.width_pt must be a number, not True"),
    ("pages = 3", "mine.toml: no key called 'pages'; did you mean page?"),
    ("page = 3", "mine.toml: page must be a table, [page]"),
    ("[styles]\nverse = 3", "mine.toml: styles.verse must be a table, [styles.verse]"),
    ("name = 3", "mine.toml: name must be a text"),
    ('base = ""\n[styles.verse]', "styles.verse.size_pt is missing"),
    ('base = ""', "no style for kicker, headline"),
])
def test_a_broken_file_is_refused_with_its_name_the_key_and_the_nearest_known_one(text, said):
    with pytest.raises(UsageError, match=re.escape(said)) as refused:
        parse_theme(text, where="mine.toml")
    assert refused.value.where.startswith("mine.toml")


def test_all_mistakes_of_a_file_are_said_at_once():
    with pytest.raises(UsageError) as refused:
        parse_theme('[page]\nwidth_pt = 1\n[styles.verse]\nsize = 9\nalign = "middle"', where="mine.toml")
    assert [word for word in ("page.width_pt", "'size'", "styles.verse.align") if word not in str(refused.value)] == []


def test_a_file_says_only_what_differs_from_reading():
    mine = parse_theme("[styles.headline]\nsize_pt = 22", where="our-paper.toml")
    reading = by_name("reading")
    assert mine.name == "our-paper"
    assert mine.styles[Role.HEADLINE] == replace(reading.styles[Role.HEADLINE], size_pt=22.0)
    assert {role for role in Role if mine.styles[role] != reading.styles[role]} == {Role.HEADLINE}
    assert (mine.page, mine.layout) == (reading.page, reading.layout)


def test_a_file_may_start_from_another_theme_and_override_any_part():
    mine = parse_theme('base = "newspaper"\nname = "Ours"\n[layout]\ncolumns = 4\n[page]\nwidth_pt = 842', where="x.toml")
    newspaper = by_name("newspaper")
    assert mine.name == "Ours"
    assert mine.layout == replace(newspaper.layout, columns=4)
    assert mine.page == {**newspaper.page, "width_pt": 842.0}
    assert mine.styles == newspaper.styles


def test_the_text_table_reaches_every_style_that_says_nothing_else():
    mine = parse_theme("[text]\nsize_pt = 12\nitalic = true", where="x.toml")
    assert mine.styles[Role.PARAGRAPH].size_pt == 12
    assert mine.styles[Role.HEADLINE].size_pt == by_name("reading").styles[Role.HEADLINE].size_pt
    assert all(style.italic for style in mine.styles.values())


def test_every_bounded_length_and_every_choice_is_a_field():
    assert set(LAYOUT_BOUNDS) | {"article_start", "contents"} == {
        one.name for one in fields(Layout) if one.type != "bool"
    }
    assert set(BOUNDS) == {one.name for one in fields(Style) if one.type == "float"}


def test_newspaper_has_narrow_columns_with_titles_across_them():
    newspaper = by_name("newspaper")
    assert newspaper.layout.columns == 3
    assert {role for role, style in newspaper.styles.items() if style.across} == set(TITLES)


def test_clipping_gives_each_article_a_page_and_says_where_it_was_printed():
    assert by_name("clipping").layout.article_start == "page"
    assert by_name("clipping").layout.source_line


def test_large_print_is_large_sans_ragged_and_black():
    styles = by_name("large-print").styles
    printed = [styles[role] for role in Role]
    assert min(style.size_pt for style in printed) >= 16
    assert min(style.leading_pt / style.size_pt for style in printed) >= 1.4
    assert {style.family for style in printed} == {"sans"}
    assert {style.align for style in printed} == {"left"}
    assert min(contrast(style.colour) for style in printed) >= 12
    assert not any(style.italic or style.hyphenate for style in printed)


def test_the_theme_file_that_the_readme_shows_is_one():
    readme = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    shown = re.search(r"<!-- example: theme -->\n```toml\n(.*?)```", readme, re.DOTALL)
    mine = parse_theme(shown[1], where="README.md")
    assert (mine.name, mine.layout.columns, mine.styles[Role.HEADLINE].size_pt) == ("our-paper", 4, 30)
    assert mine.layout == replace(by_name("newspaper").layout, columns=4)


def by_name(name):
    return next(theme for theme in THEMES if theme.name == name)
