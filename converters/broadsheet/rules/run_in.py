"""Run-in leads: a short first sentence that works as a title and stays in its paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines

# Four to fourteen characters, no comma, and the text goes on after the full stop. With kana in it, it is a plain sentence.
_LEAD = re.compile(r"[^\s。,，、:;!?()“”《》ぁ-ヺ]{1,6}(?:“[^”]{1,8}”)?[^\s。,，、:;!?()“”《》ぁ-ヺ]{0,10}。(?=.{12})")
_SHORTEST, _LONGEST = 5, 16
_ENOUGH = 2


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for first sentences that read as titles, where the page has more than one."""
    del options, context
    found = [(form, match.end()) for form in lines if form.inner and (match := _LEAD.match(form.shade)) and _SHORTEST <= match.end() <= _LONGEST]
    if len(found) >= _ENOUGH:
        for form, length in found:
            yield Claim(form.start, form.start + length, Role.RUN_IN, 0.8, "a short first sentence that works as a title")


RULE = Rule(name="run_in", summary="Marks first sentences that work as titles.", roles=frozenset({Role.RUN_IN}), propose=propose)
