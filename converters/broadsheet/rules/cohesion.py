"""Cohesion: whether the text below a title speaks of what stands above it, which tells headings from headlines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from broadsheet.facts import pattern_set
from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines

#: How much text on either side is compared, in characters.
_ABOVE_CHARS, _BELOW_CHARS = 900, 320
_FEWEST_TOKENS = 9
#: The share at which a heading and a headline are equally likely, and how fast the odds grow with it. Set on the English
#: wire pages (inside against between articles) and checked on the seed page.
_EVEN_SHARE, _SLOPE = 0.10, 14.0
_LEAST, _MOST = 0.3, 0.85


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines that could be titles: heading where both sides share rare strings, headline where they don't."""
    del options
    back, datelines = pattern_set(context.language, "back_reference"), pattern_set(context.language, "dateline")
    for index in range(1, len(lines) - 1):
        if not lines.title_like(index):
            continue
        form, below = lines[index], lines[index + 1]
        if any(pattern.match(below.shade[:90]) for pattern in datelines):
            continue  # what a dateline opens is a story of its own, however much it speaks of the one above
        share = shared(lines, index)
        if share is not None:
            weight = min(max(1 / (1 + math.exp(-_SLOPE * (share - _EVEN_SHARE))), _LEAST), _MOST)
            reason = f"{share:.0%} of what is rare below stands above, too"
            yield Claim(form.start, form.end, Role.HEADING, weight, reason)
            yield Claim(form.start, form.end, Role.HEADLINE, 1 - weight, reason)
        if any(pattern.match(below.shade) for pattern in back):
            yield Claim(form.start, form.end, Role.HEADING, 0.65, "the text below refers back")


def shared(lines: Lines, index: int) -> float | None:
    """How much of a title and what follows it also stands above it, the rarer a string the more it counts.

    Returns:
        A share from 0 to 1; null where there is too little text to tell.
    """
    below = _window(lines, range(index, len(lines)), _BELOW_CHARS, whole=True)
    if len(below) < _FEWEST_TOKENS:
        return None
    above = _window(lines, range(index - 1, -1, -1), _ABOVE_CHARS, whole=False)
    total = math.log(len(lines) + 1)
    worth = {token: max(total - math.log(lines.spread[token]), 0.0) for token in below}
    weight = sum(worth.values())
    return sum(worth[token] for token in below & above) / weight if weight else None


def _window(lines: Lines, indices: range, chars: int, *, whole: bool) -> set[str]:
    """The tokens of the lines next to a place; with `whole`, only as far as the next title."""
    found: set[str] = set()
    text = False
    for index in indices:
        if whole and text and lines.title_like(index):
            break
        found.update(lines.tokens[index])
        text = text or not lines.title_like(index)
        chars -= len(lines[index].text)
        if chars <= 0:
            break
    return found


RULE = Rule(
    name="cohesion", summary="Tells headings from headlines by what both sides speak of.",
    roles=frozenset({Role.HEADING, Role.HEADLINE}), propose=propose,
)  # fmt: skip
