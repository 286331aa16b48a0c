"""Diagnostics are one line each, with file, line and column; positions count from 1."""

from __future__ import annotations

import pytest

from broadsheet.cli.say import Voice, position, table
from broadsheet.errors import InputError
from broadsheet.model import Code, Diagnostic, Severity

WARNING = Diagnostic(Code.SUSPECTED_LOSS, Severity.WARNING, "the column ends in mid-sentence", source=(9, 12))
NOTE = Diagnostic(Code.MIXED_WIDTH, Severity.INFO, "both widths", source=(0, 1))
TEXT = "one\ntwo\r\nthree\n"


@pytest.mark.parametrize(("offset", "place"), [(0, "p.txt:1:1"), (2, "p.txt:1:3"), (4, "p.txt:2:1"), (9, "p.txt:3:1"), (13, "p.txt:3:5"), (None, "p.txt")])
def test_an_offset_becomes_line_and_column(offset, place):
    assert position("p.txt", [0, 4, 9, 15], offset) == place


def test_warnings_are_said_and_notes_only_counted(capsys):
    voice = Voice()
    voice.diagnostics([WARNING, NOTE], where="p.txt", text=TEXT)
    voice.count()
    assert capsys.readouterr().err == (
        "warning: suspected-loss: the column ends in mid-sentence (p.txt:3:1)\n1 note; --verbose shows it\n"
    )


def test_verbose_says_notes_too(capsys):
    voice = Voice(verbose=True)
    voice.diagnostics([NOTE], where="p.txt", text=TEXT)
    voice.count()
    assert capsys.readouterr().err == "note: mixed-width: both widths (p.txt:1:1)\n"


def test_quiet_says_errors_only_and_still_counts_warnings(capsys):
    voice = Voice(quiet=True)
    voice.diagnostics([WARNING, NOTE], where="p.txt", text=TEXT)
    voice.count()
    voice.error(InputError("is empty", where="q.txt"))
    assert capsys.readouterr().err == "error: q.txt: is empty\n"
    assert voice.warnings == 1


def test_characters_that_move_the_cursor_never_reach_the_terminal(capsys):
    Voice().line("a\x1b[2Jb\nc")
    assert capsys.readouterr().err == "a\ufffd[2Jb\ufffdc\n"


def test_a_table_lines_up_wide_characters():
    assert table([("桥", "x"), ("abc", "y")]) == "桥   x\nabc  y\n"
