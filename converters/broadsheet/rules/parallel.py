"""Parallel lines: headings of one article are made alike, and the lines of a listing follow on one another."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, pairwise
from operator import eq
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.form import Form
    from broadsheet.galley import Lines

_OPENING_CHARS = 4
_LISTING_LINES = 3
#: Lines of verse, and of lists, end so.
_CLAUSE_ENDS = frozenset(",;:。")
#: What stands at the head of an article and in no listing.
_HEADS = ("byline", "bare_name", "column_label", "dateline", "subheadline", "heading")
#: Four to ten characters, then the first comma or colon.
_CLAUSE = re.compile("[^,:]{4,10}([,:])(?=.)")
#: So many in a row are no chance: headlines often begin with who speaks and a colon, and seldom have a comma.
_FEWEST_ALIKE = {",": 2, ":": 3}
#: A section heading in an unspaced script is not longer than this, and its fellow is as long, or by one character longer or shorter.
_HEADING_CHARS = 16
#: What stands between headings and is none.
_BETWEEN = (*_HEADS, "section_label", "notice", "signature", "office_signature", "date_signature", "closing_name", "credit", "caption", "list_item", "question", "answer", "jump_from", "jump_to", "folio", "running_head", "editor_line", "masthead", "index", "section")
#: Over text, so few may be a masthead, a kicker, a headline of two lines and a deck.
_TITLE_LINES = 6


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for titles below which the text opens alike, and for runs of short lines that no text follows."""
    del options
    titles = [index for index in range(len(lines)) if lines.titles[index]]
    yield from _same_openings(lines, titles, context)
    yield from _built_alike(lines, titles, context)
    yield from _pairs(lines, titles, context)
    yield from _listings(lines, [index for index in titles if not lines.layouts[index].measure], context)


def _same_openings(lines: Lines, titles: list[int], context: Context) -> Iterator[Claim]:
    datelines = hits(lines, context.language, "dateline")
    below = {index: _opening(lines.forms[index + 1]) for index in titles if index + 1 < len(lines) and not lines.titles[index + 1]}
    counts = Counter(below.values())
    for index, opening in below.items():
        if counts[opening] > 1 and index + 1 not in datelines:
            form = lines.forms[index]
            yield Claim(form.start, form.end, Role.HEADING, 0.75, "the text below opens like that below another short line")


def _built_alike(lines: Lines, titles: list[int], context: Context) -> Iterator[Claim]:
    """The section headings of a Chinese feature pair off: as many characters, then a comma or colon, and so the next."""
    opened = {at - 1 for name in ("dateline", "byline", "bare_name") for at in hits(lines, context.language, name)}
    marks = [(index, _first_clause(lines.forms[index])) for index in titles if index not in opened]
    for mark, fewest in _FEWEST_ALIKE.items():
        for run in _same([(index, clause) for index, clause in marks if clause is None or clause[0] == mark]):
            if len(run) >= fewest:
                for form in (lines.forms[index] for index in run):
                    yield Claim(form.start, form.end, Role.HEADING, 0.9, "its first clause is as long as those of the titles beside it")


def _pairs(lines: Lines, titles: list[int], context: Context) -> Iterator[Claim]:
    """破局 below 困局, 一张新菜单 below 一条旧铁路: short titles, each alone over text, that answer one another character by character."""
    others = {index for name in _BETWEEN for index in hits(lines, context.language, name)}
    opened = {index - 1 for name in ("dateline", "byline", "bare_name", "signature") for index in hits(lines, context.language, name)}
    shown = [index for index in titles if index not in others]
    alone = {index for index in shown if index not in opened} - {at + step for at in shown for step in (-1, 1)}
    pairs = [pair for pair in pairwise(shown) if alone.issuperset(pair) and _answers(*(lines.forms[index] for index in pair))]
    for form in (lines.forms[index] for index in sorted({*chain.from_iterable(pairs)})):
        yield Claim(form.start, form.end, Role.HEADING, 0.93, "answers another short title, character by character")
        yield Claim(form.start, form.end, Role.HEADLINE, 0.15, "answers another short title, character by character")


def _answers(one: Form, other: Form) -> bool:
    """Whether two short titles of an unspaced script have characters in common in the same places, or where they begin or end."""
    above, below = one.shade, other.shade
    if not (one.unspaced and other.unspaced) or max(len(above), len(below)) > _HEADING_CHARS or {above[-1], below[-1]} & _CLAUSE_ENDS:
        return False
    if len(above) == len(below):
        return any(map(eq, above, below))
    return abs(len(above) - len(below)) == 1 and (above[0] == below[0] or above[-1] == below[-1])


def _first_clause(form: Form) -> tuple[str, int] | None:
    """The first comma or colon of a title of an unspaced script, and how many characters stand before it; null where there is none."""
    match = _CLAUSE.match(form.shade) if form.unspaced else None
    return (match[1], match.end() - 1) if match else None


def _same(clauses: list[tuple[int, tuple[str, int] | None]]) -> Iterator[list[int]]:
    """Runs of titles, one after the other, with first clauses of one length."""
    run: list[int] = []
    last: tuple[str, int] | None = None
    for index, clause in clauses:
        if clause is None or clause != last:
            yield run
            run = []
        if clause is not None:
            run.append(index)
        last = clause
    yield run


def _opening(form: Form) -> str:
    """How a line opens: four characters of an unspaced script, as much as three words of another."""
    return form.shade[:_OPENING_CHARS] if form.unspaced else form.shade[: _OPENING_CHARS * 4]


def _listings(lines: Lines, titles: list[int], context: Context) -> Iterator[Claim]:
    heads = {index for name in _HEADS for index in hits(lines, context.language, name) if not lines.forms[index - 1].shade.endswith(":")}
    run: list[int] = []
    for index in (*titles, -1):
        fits = index >= 0 and not lines.forms[index].capitals and index not in heads
        if fits and (not run or run[-1] == index - 1):
            run.append(index)
            continue
        over_text = bool(run) and run[-1] + 1 < len(lines) and lines.forms[run[-1] + 1].stopped
        if run and len(run) >= (_TITLE_LINES if over_text else _LISTING_LINES) and run[-1] + 1 not in heads:
            for item in run:
                yield Claim(lines.forms[item].start, lines.forms[item].end, Role.PARAGRAPH, 0.85, "stands in a run of short lines that no text follows")
        run = [index] if fits else []


RULE = Rule(
    name="parallel", summary="Tells headings and listings by lines that are made alike.",
    roles=frozenset({Role.HEADING, Role.HEADLINE, Role.PARAGRAPH}), propose=propose,
)  # fmt: skip
