"""Lines whose setting is their meaning: verse in short even lines, tables in columns of figures, the rows of a company's results."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from broadsheet.galley import Form, Lines

_CELLS = re.compile(r"\t| {2,}|　{1,}|(?<=\d) (?=\d)")
_FIGURE = re.compile(r"\d")
_NUMERAL = re.compile(r"[\d一二三四五六七八九十.,:]+")
_NUMBER = re.compile(r"(?<!\S)\d+(?!\S)")
_SCORE_NUMBERS = 4
_FEWEST_ROWS = 3
_ROW_COLUMNS = 60
_TWO_CHARACTERS, _THREE_WORDS = 4, 18
_FEWEST_VERSES = 4
_LONGEST_VERSE = 46
#: How rows of figures are told: prices and weights end in one, matches have a score, programmes begin with a time.
_FIGURES = {
    "a figure at the end": re.compile(r"^[^\W\d][^\d]*(?: ?\d[\d.,/:]*[^\W\d_]{0,2}[.%]?)+ ?(?:[^\W\d_]{1,4}|[°℃度£$€¥円元])?$"),
    "a score": re.compile(r"[^\W\d].*(?<![\d.])\d{1,3} ?[-–—:∶比对對] ?\d{1,3}(?![\d.])"),
    "a time at the beginning": re.compile(r"^[^\w\s]{0,2}(?:\w{1,3} )?\d{1,2}(?:[:.]\d\d|[时時点點시h])(?!\d)"),
}
_VERSE_COLUMNS = (8, 44)
_BARE_VERSE_COLUMNS = (8, 22)
#: How wires send a company's results: `Net 1,442,000 vs 393,000`, a line each; and the dates of a dividend.
_RESULT = re.compile(r"[^\W\d_].*[\d,.]+ (?:[a-z]+ )*(?:vs|versus|gegen|contre)\.? (?:[a-z]+ )*[$£]?\d[^?!]*$")
_DIVIDEND = re.compile(r"(?:Pay(?:able)?|Record|Ex-div(?:idend)?)(?: date)? (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)$")
#: What the rows below are of.
_PERIOD = re.compile(r"(?:Year|Half[- ]year|(?:[A-Z][a-z]+|\d{1,2}(?:st|nd|rd|th)?) (?:mths|months|weeks|wks|qtr|quarter))\.?$", re.IGNORECASE)


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for runs of lines that are set as verse or as a table."""
    del options, context
    figured = [index for index, form in enumerate(lines.forms) if _FIGURE.search(form.shade)]
    rows = [index for index in figured if _is_row(lines.forms[index])]
    yield from _claims(lines, _runs(rows), _FEWEST_ROWS, Role.TABLE, 0.93, "columns of figures, three rows or more")
    scores = [index for index in rows if len(_NUMBER.findall(lines.forms[index].shade)) >= _SCORE_NUMBERS]
    even = _runs(scores, lambda above, below: len(_NUMBER.findall(lines.forms[above].shade)) == len(_NUMBER.findall(lines.forms[below].shade)))
    yield from _claims(lines, even, 2, Role.TABLE, 0.93, "two rows of as many numbers: a score")
    alike = _runs(figured, lambda above, below: _alike(lines.forms[above], lines.forms[below]))
    yield from _claims(lines, alike, _FEWEST_ROWS, Role.TABLE, 0.95, "differs from the lines beside it in its numbers only")
    loose = [index for index in figured if _stands_loose(lines, index)]
    for name, pattern in _FIGURES.items():
        figures = [index for index in loose if pattern.search(lines.forms[index].shade)]
        yield from _claims(lines, _runs(figures), _FEWEST_ROWS, Role.TABLE, 0.92, f"one of three lines or more with {name}")
    verses = [index for index, form in enumerate(lines.forms) if not lines.layouts[index].measure and _is_verse(form)]
    even = _runs(verses, lambda above, below: _even(lines.forms[above], lines.forms[below]))
    yield from _claims(lines, even, _FEWEST_VERSES, Role.VERSE, 0.85, "short even lines, four or more in a row")
    bare = [index for index, form in enumerate(lines.forms) if _is_bare_verse(form) and not lines.full[index]]
    alike = _runs(bare, lambda above, below: len(lines.forms[above].text) == len(lines.forms[below].text))
    yield from _claims(lines, alike, _FEWEST_VERSES, Role.VERSE, 0.85, "one of four lines or more of as many characters")
    yield from _results(lines)


def _runs(indices: Sequence[int], fits: Callable[[int, int], bool] = lambda _above, _below: True) -> Iterator[list[int]]:
    """Runs of lines that stand on one another, each fitting the one above it."""
    run: list[int] = []
    for index in indices:
        if run and not (run[-1] == index - 1 and fits(run[-1], index)):
            yield run
            run = []
        run.append(index)
    yield run


def _claims(lines: Lines, runs: Iterable[list[int]], fewest: int, role: Role, weight: float, reason: str) -> Iterator[Claim]:
    for run in runs:
        if len(run) >= fewest:
            for form in (lines.forms[index] for index in run):
                yield Claim(form.start, form.end, role, weight, reason)


def _results(lines: Lines) -> Iterator[Claim]:
    """Rows that compare two amounts, the period named beside them, and the dates of a dividend: text, however much they look like titles."""
    compared = {index for index, form in enumerate(lines.forms) if form.columns <= _ROW_COLUMNS and _RESULT.search(form.shade)}
    dates = {index for index, form in enumerate(lines.forms) if _DIVIDEND.match(form.shade)}
    periods = {at for index in compared for at in (index - 1, index + 1) if 0 < at < len(lines) and _PERIOD.match(lines.forms[at].shade)}
    for index in sorted(compared | dates | periods):
        form = lines.forms[index]
        yield Claim(form.start, form.end, Role.PARAGRAPH, 0.95, "is a row of a company's results")


def _alike(above: Form, below: Form) -> bool:
    """Whether two lines differ in their numbers only: the quarters of a match, the prices of a week."""
    if max(above.columns, below.columns) > _ROW_COLUMNS or (above.shade[-1] != below.shade[-1] and not _NUMERAL.fullmatch(above.shade[-1])):
        return False  # most lines are told apart by their ends
    return _NUMERAL.sub("0", above.shade) == _NUMERAL.sub("0", below.shade)


def _is_row(form: Form) -> bool:
    return not form.inner and len(_CELLS.findall(form.text)) >= 2 and len(_FIGURE.findall(form.text)) >= 2  # noqa: PLR2004 - three cells


def _stands_loose(lines: Lines, index: int) -> bool:
    """Whether a line is short, and was not broken by the measure on either side."""
    return not lines.full[index] and not (index and lines.full[index - 1]) and lines.forms[index].columns <= _ROW_COLUMNS


def _even(above: Form, below: Form) -> bool:
    """Whether two lines are as long as two of one poem: by the character in an unspaced script, more or less in others."""
    return above.unspaced == below.unspaced and abs(above.columns - below.columns) <= (_TWO_CHARACTERS if above.unspaced else _THREE_WORDS)


def _is_verse(form: Form) -> bool:
    low, high = _VERSE_COLUMNS
    if not form.unspaced:
        return form.columns <= _LONGEST_VERSE and not form.capitals and form.text[-1] in ",;:—!?.،؛" and not _FIGURE.search(form.text)
    return low <= form.columns <= high and not form.inner and form.text[-1] in "，。；！？,;!?、"


def _is_bare_verse(form: Form) -> bool:
    """Whether a line may be one of a poem printed without punctuation, as poems in Chinese often are."""
    low, high = _BARE_VERSE_COLUMNS
    return form.unspaced and low <= form.columns <= high and not form.stopped and all("\u4e00" <= char <= "\u9fff" for char in form.text)


RULE = Rule(name="setting", summary="Finds verse, tables and rows of results by how they are set.", roles=frozenset({Role.VERSE, Role.TABLE, Role.PARAGRAPH}), propose=propose)
