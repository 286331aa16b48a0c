"""Lines whose setting is their meaning: verse in short even lines, tables in columns of figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Form, Lines

_CELLS = re.compile(r"\t| {2,}|　{1,}|(?<=\d) (?=\d)")
_FIGURE = re.compile(r"\d")
_NUMERAL = re.compile(r"[\d一二三四五六七八九十.,:]+")
_FEWEST_ROWS = 3
_ROW_COLUMNS = 60
_FEWEST_VERSES = 4
_VERSE_COLUMNS = (8, 44)


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for runs of lines that are set as verse or as a table."""
    del options, context
    yield from _runs(lines, _is_row, _FEWEST_ROWS, Role.TABLE, 0.93, "columns of figures, three rows or more")
    yield from _parallel_rows(lines)
    if not lines.layout.measure:
        yield from _runs(lines, _is_verse, _FEWEST_VERSES, Role.VERSE, 0.85, "short even lines, four or more in a row")


def _runs(lines: Lines, fits: object, fewest: int, role: Role, weight: float, reason: str) -> Iterator[Claim]:
    assert callable(fits)
    run: list[Form] = []
    for form in (*lines, None):
        if form is not None and fits(form) and (role is Role.TABLE or not run or abs(run[-1].columns - form.columns) <= 4):  # noqa: PLR2004 - two characters
            run.append(form)
            continue
        if len(run) >= fewest:
            for row in run:
                yield Claim(row.start, row.end, role, weight, reason)
        run = [form] if form is not None and fits(form) else []


def _parallel_rows(lines: Lines) -> Iterator[Claim]:
    """Three lines or more in a row that differ in their numbers only: the quarters of a match, the prices of a week."""
    run: list[Form] = []
    for form in (*lines, None):
        shape = _NUMERAL.sub("0", form.shade) if form is not None and _FIGURE.search(form.shade) and form.columns <= _ROW_COLUMNS else ""
        if run and shape and shape == _NUMERAL.sub("0", run[-1].shade):
            assert form is not None
            run.append(form)
            continue
        if len(run) >= _FEWEST_ROWS:
            for row in run:
                yield Claim(row.start, row.end, Role.TABLE, 0.95, "differs from the lines beside it in its numbers only")
        run = [form] if form is not None and shape else []


def _is_row(form: Form) -> bool:
    return not form.inner and len(_CELLS.findall(form.text)) >= 2 and len(_FIGURE.findall(form.text)) >= 2  # noqa: PLR2004 - three cells


def _is_verse(form: Form) -> bool:
    low, high = _VERSE_COLUMNS
    return form.unspaced and low <= form.columns <= high and not form.inner and form.text[-1] in "，。；！？,;!?、"


RULE = Rule(name="setting", summary="Finds verse and tables by how they are set.", roles=frozenset({Role.VERSE, Role.TABLE}), propose=propose)
