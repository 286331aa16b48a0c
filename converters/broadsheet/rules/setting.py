"""Lines whose setting is their meaning: verse in short even lines, the rows of a company's results."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import runs
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from broadsheet.form import Form
    from broadsheet.galley import Lines

_FIGURE = re.compile(r"(?<!\w)\d|\d\d")
_ROW_COLUMNS = 60
_TWO_CHARACTERS, _WORDS = 4, 26
_FEWEST_VERSES = 4
_VERSE_COLUMNS, _BARE_VERSE_COLUMNS, _SPACED_VERSE_COLUMNS = (8, 44), (6, 22), (10, 50)
#: Where a line of verse pauses, and where one may end.
_PAUSES, _STOPS = ",;，；、،؛", ".!?。！？؟:—…»”\"'"
#: Signatures and their date are short lines, too.
_DATED = re.compile("年.+月")
#: A short poem on one line, its poet behind it.
_SIGNED = re.compile(r"^[^\s。、，！？「」\d]{9,40}　{1,6}(?P<poet>(?:[（(][^（）()]{1,10}[）)])?[\u3040-\u9fff]{1,6}(?:　{1,3}[\u3040-\u9fff]{1,6}){0,2})$")
#: How wires send a company's results: `Net 1,442,000 vs 393,000`, a line each; and the dates of a dividend.
_VERSUS = re.compile(r" (?:vs|versus|gegen|contre)\b")
_RESULT = re.compile(r"[^\W\d_].*[\d,.]+ (?:[a-z]+ )*(?:vs|versus|gegen|contre)\.? (?:[a-z]+ )*[$£]?\d[^?!]*$")
_DIVIDEND = re.compile(r"(?:Pay(?:able)?|Record|Ex-div(?:idend)?)(?: date)? (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)$")
#: What the rows below are of.
_PERIOD = re.compile(r"(?:Year|Half[- ]year|(?:[A-Z][a-z]+|\d{1,2}(?:st|nd|rd|th)?) (?:mths|months|weeks|wks|qtr|quarter))\.?$", re.IGNORECASE)


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for runs of lines that are set as verse, and for rows of results."""
    del options
    forms = lines.forms
    names = {index for name in ("bare_name", "byline") for index in hits(lines, context.language, name)}
    short = [index for index, form in enumerate(forms) if form.columns <= _SPACED_VERSE_COLUMNS[1] and not lines.full[index]]
    for near in runs(short):
        if len(near) >= _FEWEST_VERSES:
            yield from _verses(lines, near, names)
    for run in runs([index for index, form in enumerate(forms) if form.unspaced and "　" in form.text and _SIGNED.match(form.text)]):
        for form in (forms[index] for index in run if len(run) > 1):
            yield Claim(form.start, form.end, Role.VERSE, 0.9, "a short poem and its poet, one of several")
            yield Claim(form.start + _SIGNED.match(form.text).start("poet"), form.end, Role.BYLINE, 0.9, "the poet behind a short poem")  # type: ignore[union-attr]  # it matched
    yield from _results(lines)


def _verses(lines: Lines, near: Sequence[int], names: Container[int]) -> Iterator[Claim]:
    """Claims for four short lines or more that are as long as one another, and pause or stop as verse does."""
    forms = lines.forms
    for run in runs([index for index in near if _is_verse(forms[index])], lambda above, below: _even(forms[above], forms[below])):
        stanza = run if forms[run[0]].unspaced else _stanza(lines, run)
        if len(stanza) >= _FEWEST_VERSES and (forms[run[0]].unspaced or _pauses([forms[index] for index in stanza])):
            yield from _claims(lines, stanza, 0.85, "short even lines, four or more in a row")
    for run in runs([index for index in near if index not in names and _is_bare_verse(forms[index])]):
        poem = _between_titles(lines, run, names)
        even = max(runs(run, lambda above, below: len(forms[above].text) == len(forms[below].text)), key=len)
        if len(even) >= _FEWEST_VERSES and len(even) * 2 > len(poem):
            yield from _claims(lines, even, 0.85, "one of four lines or more of as many characters")
        elif len(poem) >= _FEWEST_VERSES:
            yield from _claims(lines, poem, 0.7, "one of four lines or more without a stop, all short")


def _stanza(lines: Lines, run: Sequence[int]) -> Sequence[int]:
    """A run of lines without the titles and names at its ends, which are much shorter, or stand first and end with a full stop, or last without any."""
    forms = [lines.forms[index] for index in run]
    least = max(form.columns for form in forms) * 3 // 5
    start, end = 0, len(run)
    while start < end and (forms[start].columns < least or (not start and forms[start].shade[-1] == ".")):
        start += 1
    while end > start and (forms[end - 1].columns < least or forms[end - 1].shade[-1] not in _PAUSES + _STOPS):
        end -= 1
    return run[start:end]


def _between_titles(lines: Lines, run: Sequence[int], names: Container[int]) -> Sequence[int]:
    """A run of short lines without the title that stands first below a text, and the one that stands last above another, or above a poet's name."""
    first = bool(run[0]) and lines.forms[run[0] - 1].stopped
    last = run[-1] + 1 < len(lines) and (lines.forms[run[-1] + 1].stopped or run[-1] + 1 in names)
    return run[first : len(run) - last]


def _claims(lines: Lines, run: Sequence[int], weight: float, reason: str) -> Iterator[Claim]:
    for form in (lines.forms[index] for index in run):
        yield Claim(form.start, form.end, Role.VERSE, weight, reason)


def _results(lines: Lines) -> Iterator[Claim]:
    """Rows that compare two amounts, the period named beside them, and the dates of a dividend: text, however much they look like titles."""
    compared = {index for index, form in enumerate(lines.forms) if form.columns <= _ROW_COLUMNS and _VERSUS.search(form.shade) and _RESULT.search(form.shade)}
    dates = {index for index, form in enumerate(lines.forms) if _DIVIDEND.match(form.shade)}
    periods = {at for index in compared for at in (index - 1, index + 1) if 0 < at < len(lines) and _PERIOD.match(lines.forms[at].shade)}
    for index in sorted(compared | dates | periods):
        form = lines.forms[index]
        yield Claim(form.start, form.end, Role.PARAGRAPH, 0.95, "is a row of a company's results")


def _even(above: Form, below: Form) -> bool:
    """Whether two lines are as long as two of one poem: by the character in an unspaced script, more or less in others."""
    return above.unspaced == below.unspaced and abs(above.columns - below.columns) <= (_TWO_CHARACTERS if above.unspaced else _WORDS)


def _is_verse(form: Form) -> bool:
    if form.unspaced:
        low, high = _VERSE_COLUMNS
        return low <= form.columns <= high and not (form.inner or form.shade[0].isdigit()) and form.shade[-1] in _PAUSES + "。.!?"
    low, high = _SPACED_VERSE_COLUMNS
    return low <= form.columns <= high and form.shade[0] not in "([" and not form.capitals and not form.inner and not _FIGURE.search(form.shade)


def _pauses(run: Sequence[Form]) -> bool:
    """Whether every fourth line pauses, and most pause or stop."""
    pauses = sum(form.shade[-1] in _PAUSES for form in run)
    return pauses * 4 >= len(run) and (pauses + sum(form.shade[-1] in _STOPS for form in run)) * 5 >= len(run) * 3


def _is_bare_verse(form: Form) -> bool:
    """Whether a line may be one of a poem printed without punctuation, as poems in Chinese often are."""
    low, high = _BARE_VERSE_COLUMNS
    return form.unspaced and low <= form.columns <= high and not form.stopped and not _DATED.search(form.text) and all("\u3040" <= char <= "\u9fff" or char == "，" for char in form.text)


RULE = Rule(name="setting", summary="Finds verse and rows of results by how they are set.", roles=frozenset({Role.VERSE, Role.BYLINE, Role.PARAGRAPH}), propose=propose)
