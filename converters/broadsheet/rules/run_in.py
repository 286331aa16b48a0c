"""Run-in leads: a short first sentence that works as a title and stays in its paragraph."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from operator import eq
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
#: Run-in titles of one text are built alike, and stand no farther apart than this.
_REACH_LINES, _ALIKE_CHARS = 12, 2


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for first sentences that read as titles, where another one near by is built alike."""
    del options
    found = {index: match[0] for index, form in enumerate(lines.forms) if form.inner and (match := _LEAD.match(form.shade)) and _SHORTEST <= match.end() <= _LONGEST}
    pairs = [pair for pair in pairwise(found) if pair[1] - pair[0] <= _REACH_LINES and _built_alike(found[pair[0]], found[pair[1]])]
    for index in sorted({*chain.from_iterable(pairs)}):
        start = lines.forms[index].start
        yield Claim(start, start + len(found[index]), Role.RUN_IN, 0.8, "a short first sentence that works as a title, as another near it")
    yield from _of_the_profile(lines, context)


def _built_alike(one: str, other: str) -> bool:
    """Whether two sentences begin with the same words, or are as long and share as many characters in their places."""
    if one[:_ALIKE_CHARS] == other[:_ALIKE_CHARS]:
        return True
    return len(one) == len(other) and sum(map(eq, one[:-1], other[:-1])) >= _ALIKE_CHARS


def _of_the_profile(lines: Lines, context: Context) -> Iterator[Claim]:
    """Foyer rural. — La projection…: what a language's papers set before the text of a short piece; no bullet or sign belongs to it."""
    datelines = hits(lines, context.language, "dateline")
    leads = {index: match for index, match in hits(lines, context.language, "run_in").items() if index not in datelines}
    if len(leads) >= _ENOUGH:
        for index, match in leads.items():
            start = lines.forms[index].start
            yield Claim(start + match.start("form"), start + match.end("form"), Role.RUN_IN, 0.85, "names the subject before the text, as other pieces here do")


RULE = Rule(name="run_in", summary="Marks first sentences that work as titles.", roles=frozenset({Role.RUN_IN}), propose=propose)
