"""Cohesion: whether the text below a title speaks of what stands above it, which tells headings from headlines."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import standing_labels
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.galley import Lines

#: How much text on either side is compared, in characters.
_ABOVE_CHARS, _BELOW_CHARS = 900, 320
_FEWEST_TOKENS = 9
#: The share at which a heading and a headline are equally likely, and how fast the odds grow with it. Set on the English
#: wire pages (inside against between articles) and checked on the seed page.
_EVEN_SHARE, _SLOPE = 0.15, 10.0
_LEAST, _MOST = 0.3, 0.85


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines that could be titles: heading where both sides share strings, headline where they don't."""
    del options
    back, datelines = hits(lines, context.language, "back_reference"), hits(lines, context.language, "dateline")
    # What a dateline opens is a story of its own, however much it speaks of the one above.
    labels = standing_labels(lines, context)
    titles = [index for index in range(1, len(lines) - 1) if lines.begins_title(index) and index + 1 not in datelines and index not in labels]
    for index, share in shares(lines, titles):
        form = lines.forms[index]
        weight = min(max(1 / (1 + math.exp(-_SLOPE * (share - _EVEN_SHARE))), _LEAST), _MOST)
        reason = f"{share:.0%} of what is below stands above, too"
        yield Claim(form.start, form.end, Role.HEADING, weight, reason)
        yield Claim(form.start, form.end, Role.HEADLINE, 1 - weight, reason)
    for index in titles:
        if index + 1 in back:
            yield Claim(lines.forms[index].start, lines.forms[index].end, Role.HEADING, 0.65, "the text below refers back")


def shares(lines: Lines, titles: Sequence[int]) -> Iterator[tuple[int, float]]:
    """For each title, how much of what it and the text below it speak of also stands above it.

    Args:
        lines: the printed lines.
        titles: the indices of lines that could be titles.

    Yields:
        The index and the share, from 0 to 1; titles with too little text below to tell are left out.
    """
    earlier = lines.earlier
    widths = [0, *accumulate(len(form.text) for form in lines.forms)]
    for index in titles:
        # What is spoken of below for the first time there was last spoken of above the title, in the window or farther up.
        below = earlier[index : _below(lines, index)]
        count = sum(bisect_left(lasts, index) for lasts in below)
        if count >= _FEWEST_TOKENS:
            # The window above begins with the line on which the characters run out.
            top = max(bisect_right(widths, widths[index] - _ABOVE_CHARS) - 1, 0)
            yield index, (count - sum(bisect_left(lasts, top) for lasts in below)) / count


def _below(lines: Lines, index: int) -> int:
    """The line after the last that a title is compared with: as far as the next title, and not too far."""
    text = False
    chars = _BELOW_CHARS
    for at in range(index, len(lines)):
        title = lines.titles[at]
        if title and text:
            return at
        text = text or not title
        chars -= len(lines.forms[at].text)
        if chars <= 0:
            return at + 1
    return len(lines)


RULE = Rule(
    name="cohesion", summary="Tells headings from headlines by what both sides speak of.",
    roles=frozenset({Role.HEADING, Role.HEADLINE}), propose=propose,
)  # fmt: skip
