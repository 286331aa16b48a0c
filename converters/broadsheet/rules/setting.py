"""Lines whose setting is their meaning: verse in short even lines, the rows of a company's results."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.galley import Form, Lines

_FIGURE = re.compile(r"\d")
_ROW_COLUMNS = 60
_TWO_CHARACTERS, _THREE_WORDS = 4, 18
_FEWEST_VERSES = 4
_LONGEST_VERSE = 46
_VERSE_COLUMNS = (8, 44)
_BARE_VERSE_COLUMNS = (8, 22)
#: How wires send a company's results: `Net 1,442,000 vs 393,000`, a line each; and the dates of a dividend.
_RESULT = re.compile(r"[^\W\d_].*[\d,.]+ (?:[a-z]+ )*(?:vs|versus|gegen|contre)\.? (?:[a-z]+ )*[$£]?\d[^?!]*$")
_DIVIDEND = re.compile(r"(?:Pay(?:able)?|Record|Ex-div(?:idend)?)(?: date)? (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)$")
#: What the rows below are of.
_PERIOD = re.compile(r"(?:Year|Half[- ]year|(?:[A-Z][a-z]+|\d{1,2}(?:st|nd|rd|th)?) (?:mths|months|weeks|wks|qtr|quarter))\.?$", re.IGNORECASE)


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for runs of lines that are set as verse, and for rows of results."""
    del options, context
    verses = [index for index, form in enumerate(lines.forms) if not lines.layouts[index].measure and _is_verse(form)]
    even = runs(verses, lambda above, below: _even(lines.forms[above], lines.forms[below]))
    yield from _claims(lines, even, _FEWEST_VERSES, Role.VERSE, 0.85, "short even lines, four or more in a row")
    bare = [index for index, form in enumerate(lines.forms) if _is_bare_verse(form) and not lines.full[index]]
    alike = runs(bare, lambda above, below: len(lines.forms[above].text) == len(lines.forms[below].text))
    yield from _claims(lines, alike, _FEWEST_VERSES, Role.VERSE, 0.85, "one of four lines or more of as many characters")
    yield from _results(lines)


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


RULE = Rule(name="setting", summary="Finds verse and rows of results by how they are set.", roles=frozenset({Role.VERSE, Role.PARAGRAPH}), propose=propose)
