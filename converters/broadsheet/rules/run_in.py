"""Run-in leads: a short first sentence that works as a title and stays in its paragraph."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines

# Four to fourteen characters, no comma, and the text goes on after the full stop. With kana in it, it is a plain sentence.
_LEAD = re.compile(r"[^\s。,，、:;!?()“”《》ぁ-ヺ]{1,6}(?:“[^”]{1,8}”)?[^\s。,，、:;!?()“”《》ぁ-ヺ]{0,10}。(?=.{12})")
_SHORTEST, _LONGEST = 5, 16
_ENOUGH = 2
#: Run-in titles of one text are phrases of about one length, and stand no farther apart than this.
_REACH_LINES, _ALIKE_CHARS = 12, 4
#: Words of plain sentences, which Chinese titles do without.
_PLAIN = frozenset("是的了最在有没沒不都就也才还還被让讓他她我你们們这這那请請")


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for first sentences that read as titles, where another stands near by."""
    del options
    found = {index: match.end() for index, form in enumerate(lines.forms) if form.inner and (match := _LEAD.match(form.shade)) and _is_phrase(match[0])}
    pairs = [pair for pair in pairwise(found) if pair[1] - pair[0] <= _REACH_LINES and abs(found[pair[0]] - found[pair[1]]) <= _ALIKE_CHARS]
    for index in sorted({*chain.from_iterable(pairs)}):
        start = lines.forms[index].start
        yield Claim(start, start + found[index], Role.RUN_IN, 0.8, "a short first sentence that works as a title, as another near it")
    yield from _of_the_profile(lines, context)


def _is_phrase(sentence: str) -> bool:
    """Whether a short sentence is worded as titles are."""
    return _SHORTEST <= len(sentence) <= _LONGEST and _PLAIN.isdisjoint(sentence)


def _of_the_profile(lines: Lines, context: Context) -> Iterator[Claim]:
    """Foyer rural. — La projection…: what a language's papers set before the text of a short piece; no bullet or sign belongs to it."""
    datelines = hits(lines, context.language, "dateline")
    leads = {index: match for index, match in hits(lines, context.language, "run_in").items() if index not in datelines and not (index and lines.full[index - 1] and not lines.forms[index - 1].stopped)}
    if len(leads) >= _ENOUGH:
        for index, match in leads.items():
            start = lines.forms[index].start
            yield Claim(start + match.start("form"), start + match.end("form"), Role.RUN_IN, 0.85, "names the subject before the text, as other pieces here do")


RULE = Rule(name="run_in", summary="Marks first sentences that work as titles.", roles=frozenset({Role.RUN_IN}), propose=propose)
