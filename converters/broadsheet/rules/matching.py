"""Claims from a profile's patterns: on a whole line, at its head, or at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.facts import pattern_set
from broadsheet.plugin import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Form, Lines
    from broadsheet.model import Role
    from broadsheet.plugin import Context

#: Lines wider than this are looked at only at their head and end: no byline, folio or label is this long.
WHOLE_COLUMNS = 160
#: How much of a long line's end is looked at for what may close it.
TAIL_CHARS = 90


def whole(lines: Lines, context: Context, name: str, role: Role, weight: float, reason: str) -> Iterator[Claim]:
    """A claim for each line that a pattern of the set matches from its first character, for the whole line."""
    patterns = pattern_set(context.language, name)
    if not patterns:
        return
    for form in lines:
        if form.columns <= WHOLE_COLUMNS and any(pattern.search(form.shade) for pattern in patterns):
            yield Claim(form.start, form.end, role, weight, reason)


def opening(lines: Lines, context: Context, name: str, role: Role, weight: float, reason: str) -> Iterator[Claim]:
    """A claim for each line that starts with a pattern of the set, for the whole line."""
    for form, _ in heads(lines, context, name):
        yield Claim(form.start, form.end, role, weight, reason)


def heads(lines: Lines, context: Context, name: str) -> Iterator[tuple[Form, int]]:
    """Each line that starts with a pattern of the set, and the length of what matched."""
    patterns = pattern_set(context.language, name)
    for form in lines:
        shade = form.shade[:TAIL_CHARS]
        for pattern in patterns:
            match = pattern.match(shade)
            if match and match.end():
                yield form, match.end()
                break


def tails(lines: Lines, context: Context, name: str) -> Iterator[tuple[Form, int]]:
    """Each line that ends with a pattern of the set, and where in the line the match starts."""
    patterns = pattern_set(context.language, name)
    for form in lines:
        offset = max(len(form.shade) - TAIL_CHARS, 0)
        shade = form.shade[offset:] if offset else form.shade
        for pattern in patterns:
            match = pattern.search(shade)
            if match and match.end() == len(shade):
                start = offset + match.start()
                yield form, start + len(form.shade[start:]) - len(form.shade[start:].lstrip())
                break
