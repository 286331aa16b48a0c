"""Bylines: who wrote it, on a line of its own, after the dateline, or in brackets at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.facts import pattern_set
from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import heads, tails, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines that name their author, and for the parts of lines that do."""
    del options
    yield from whole(lines, context, "byline", Role.BYLINE, 0.98, "names the reporter, and nothing else")
    yield from whole(lines, context, "bare_name", Role.BYLINE, 0.6, "is a name and nothing else")
    yield from whole(lines, context, "affiliation", Role.BYLINE, 0.6, "says where the author belongs")
    for form, start in tails(lines, context, "tail_byline"):
        yield Claim(form.start + start, form.end, Role.BYLINE, 0.95, "the reporter in brackets at the end")
    for form, start in tails(lines, context, "tail_name"):
        yield Claim(form.start + start, form.end, Role.BYLINE, 0.8, "a name in brackets at the end")
    reporters = pattern_set(context.language, "reporter")
    for form, length in heads(lines, context, "dateline"):
        match = next((m for p in reporters if (m := p.match(form.shade[length : length + 120]))), None)
        if match:
            start, end = match.span("names")
            yield Claim(form.start + length + start, form.start + length + end, Role.BYLINE, 0.95, "the reporters after the dateline")


RULE = Rule(name="byline", summary="Finds who wrote an article.", roles=frozenset({Role.BYLINE}), propose=propose)
