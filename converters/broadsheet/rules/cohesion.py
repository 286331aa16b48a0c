"""Cohesion: whether the text below a title speaks of what stands above it, which tells headings from headlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.facts import pattern_set
from broadsheet.galley import tokens
from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines

#: How much text on either side is compared, in characters, and how many lines at most.
_ABOVE_CHARS, _BELOW_CHARS, _LINES = 900, 320, 40
#: A token that stands more often than once in this many lines is everybody's.
_COMMON_SHARE = 0.06
_FEWEST_TOKENS = 6


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines that could be titles: heading where both sides share rare strings, headline where they don't."""
    del options
    back = pattern_set(context.language, "back_reference")
    for index in range(1, len(lines) - 1):
        if not lines.title_like(index):
            continue
        share = shared(lines, index)
        form, below = lines[index], lines[index + 1]
        if share is not None:
            weight = min(max(0.5 + (share - 0.12) * 2.2, 0.2), 0.9)
            reason = f"{share:.0%} of the rare strings below stand above, too"
            yield Claim(form.start, form.end, Role.HEADING, weight, reason)
            yield Claim(form.start, form.end, Role.HEADLINE, 1 - weight, reason)
        if any(pattern.match(below.shade) for pattern in back):
            yield Claim(form.start, form.end, Role.HEADING, 0.65, "the text below refers back")


def shared(lines: Lines, index: int) -> float | None:
    """The share of the rare tokens of a title and what follows it that also stand above it; null where there are too few."""
    above = _window(lines, range(index - 1, max(index - 1 - _LINES, -1), -1), _ABOVE_CHARS)
    below = _window(lines, range(index, min(index + _LINES, len(lines))), _BELOW_CHARS)
    ceiling = max(len(lines) * _COMMON_SHARE, 8)
    rare = {token for token in below if lines.grams[token] <= ceiling}
    if len(rare) < _FEWEST_TOKENS:
        return None
    return len(rare & above) / len(rare)


def _window(lines: Lines, indices: range, chars: int) -> set[str]:
    found: set[str] = set()
    for index in indices:
        found.update(tokens(lines[index]))
        chars -= len(lines[index].text)
        if chars <= 0:
            break
    return found


RULE = Rule(
    name="cohesion", summary="Tells headings from headlines by what both sides speak of.",
    roles=frozenset({Role.HEADING, Role.HEADLINE}), propose=propose,
)  # fmt: skip
