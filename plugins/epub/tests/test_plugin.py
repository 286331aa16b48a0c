"""What the plugin says of itself, and how it behaves as one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import broadsheet_epub
from broadsheet.errors import UsageError
from broadsheet.model import Code, Role
from broadsheet.options import option_fields
from broadsheet.plugin import API, Context
from broadsheet.report import Report
from broadsheet_epub import EPUB

HERE = Path(__file__).resolve().parent


def test_the_plugin_states_the_contract_that_it_was_made_for_and_registers_one_writer():
    assert broadsheet_epub.broadsheet_api == API
    assert [(record.name, record.suffix, record.media_type) for record in broadsheet_epub.register_writers()] == [
        ("epub", ".epub", "application/epub+zip"),
    ]
    assert [(field.key, field.choices) for field in option_fields(EPUB.options)] == [
        ("cover", ()), ("direction", ("horizontal", "vertical")), ("fonts", ()), ("furniture", ("end", "none")),
    ]


def test_the_distribution_has_the_entry_point_and_the_licence_that_it_says():
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text())["project"]
    assert project["entry-points"] == {"broadsheet": {"epub": "broadsheet_epub"}}
    assert project["license"] == "AGPL-3.0-or-later"
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (HERE.parent / "LICENSE").read_text()


def test_a_missing_theme_is_refused_with_advice(sink):
    with pytest.raises(UsageError, match="needs a theme; give one with --theme"):
        sink.written(EPUB, sink.empty(), into=Context(report=Report()))


def test_characters_that_xml_forbids_are_shown_as_replacements_and_said_once(sink, opened):
    context = sink.context()
    book = opened(sink.kitchen_sink(control="\0\ud800"), context)
    assert "前\ufffd\ufffd后：没有标题的短文。" in book.texts()
    assert [each.code for each in context.report.diagnostics] == [Code.CONTROL_CHARACTERS]


def test_furniture_is_left_out_only_when_asked_and_never_in_silence(sink, opened):
    context = sink.context()
    assert "furniture.xhtml" not in opened(sink.kitchen_sink(), context, furniture="none").files
    assert [(each.code, "6 blocks" in each.message) for each in context.report.diagnostics] == [(Code.DEGRADED_ROLE, True)]


def test_an_ordinary_page_leaves_nothing_to_say(sink, opened, arabic, japanese, context):
    for document in (sink.kitchen_sink(), sink.empty(), arabic, japanese):
        opened(document, context)
    assert context.report.diagnostics == ()


def test_a_vertical_book_that_cannot_be_says_so(opened, page, sink, arabic, context):
    book = opened(arabic, context, direction="vertical")
    assert "vertical.css" not in book.files
    assert [each.message for each in context.report.diagnostics] == ["the EPUB's lines stay horizontal: ar is not set vertically"]
    assert {role for role in Role if role not in EPUB.renders} == set()
