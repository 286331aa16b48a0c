"""Roles that a format cannot show become the nearest that it can, and nothing goes in silence."""

from __future__ import annotations

import pytest

from broadsheet.degrade import NEAREST, degrade, nearest
from broadsheet.model import BLOCKS, SCHEMA_VERSION, Article, Block, Document, Kind, Mark, Role, SourceInfo
from broadsheet.report import Report

INFO = SourceInfo("x.txt", "text/plain", "utf-8", "", None)


def page(*blocks, furniture=()):
    return Document(SCHEMA_VERSION, INFO, articles=(Article("a1", Kind.NEWS, blocks),), furniture=furniture)


@pytest.mark.parametrize("role", sorted(BLOCKS))
def test_every_role_of_a_block_ends_at_paragraph(role):
    assert nearest(role, frozenset({Role.PARAGRAPH})) is Role.PARAGRAPH


@pytest.mark.parametrize(
    ("role", "rendered", "becomes"),
    [
        (Role.KICKER, {Role.HEADING}, Role.HEADING), (Role.HEADLINE, {Role.HEADING}, Role.HEADING), (Role.VERSE, {Role.QUOTE}, Role.QUOTE),
        (Role.TABLE, {Role.VERSE}, Role.VERSE), (Role.CREDIT, {Role.CAPTION}, Role.CAPTION), (Role.KICKER, {Role.KICKER}, Role.KICKER),
    ],
)
def test_the_nearest_rendered_role_is_taken(role, rendered, becomes):
    assert nearest(role, frozenset({*rendered, Role.PARAGRAPH})) is becomes


def test_the_table_covers_every_role_that_a_block_may_have():
    assert set(NEAREST) == BLOCKS - {Role.PARAGRAPH}


def test_changes_are_counted_by_role_and_the_text_stays():
    document = page(Block(Role.VERSE, "one", ((0, 3),)), Block(Role.VERSE, "two", ((4, 7),)), Block(Role.PARAGRAPH, "three", ((8, 13),)))
    report = Report()
    shown = degrade(document, frozenset({Role.PARAGRAPH}), format="tape", report=report)
    assert [(block.role, block.text) for block in shown.articles[0].blocks] == [(Role.PARAGRAPH, word) for word in ("one", "two", "three")]
    assert [one.message for one in report.diagnostics] == ["tape has no verse: 2 written as paragraph"]


def test_a_mark_that_cannot_be_shown_leaves_its_text():
    document = page(Block(Role.PARAGRAPH, "(AP) Fog.", ((0, 9),), marks=(Mark(Role.DATELINE, 0, 4),)))
    report = Report()
    (block,) = degrade(document, frozenset({Role.PARAGRAPH}), format="tape", report=report).articles[0].blocks
    assert (block.text, block.marks) == ("(AP) Fog.", ())
    assert [one.message for one in report.diagnostics] == ["tape does not mark a dateline: 1 written as plain text"]


def test_furniture_that_is_not_printed_is_left_out_and_said():
    report = Report()
    shown = degrade(page(furniture=(Block(Role.FOLIO, "A4", ((0, 2),)),)), frozenset({Role.PARAGRAPH}), format="tape", report=report)
    assert shown.furniture == ()
    assert [one.message for one in report.diagnostics] == ["tape does not print a folio: 1 left out"]


def test_a_writer_that_renders_everything_gets_the_very_document():
    document = page(Block(Role.VERSE, "one", ((0, 3),)), furniture=(Block(Role.FOLIO, "A4", ((4, 6),)),))
    report = Report()
    assert degrade(document, frozenset(Role), format="json", report=report) is document
    assert report.diagnostics == ()
