"""Where the lines of a title end: where the title itself pauses, and else so that they are about equally long."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from broadsheet.writers.pdf.breaker import NO_START, SOFT_HYPHEN, Line, hurt, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: What a line's end costs: at a pause nothing, elsewhere so much, and inside quotation marks or brackets more. One line that
#: is shorter than the longest by the whole measure costs 1.
_ANYWHERE, _QUOTED = 0.35, 0.7
_PAIR = 2
_OPENING = frozenset("“‘（《〈「『【〔([{«")
_CLOSING = frozenset("”’）》〉」』】〕)]}»")


def title_lines(
    text: str, advances: Sequence[float], lines: Callable[[float], Sequence[Line]], measure: float, size: float,
) -> Sequence[Line]:
    """The best lines of a title, as few as the measure allows.

    Args:
        text: the title.
        advances: the width of each character, in points.
        lines: breaks it in a measure, in points.
        measure: the widest measure, in points.
        size: the size of the type, in points; narrower measures are tried in steps of half of it.
    """
    widest = lines(measure)
    if len(widest) == 1:
        return widest
    if len(widest) == _PAIR and not widest[0].indent:
        return min([widest, *_pairs(text, advances, measure)], key=lambda found: _cost(text, found, measure))
    steps = int((measure - measure / len(widest)) / (size / 2))
    tried = (lines(measure - step * size / 2) for step in range(1, steps + 1))
    good = [found for found in tried if len(found) == len(widest) and not hurt(text, found)]
    return min([widest, *good], key=lambda found: _cost(text, found, measure))


def _pairs(text: str, advances: Sequence[float], measure: float) -> Iterator[Sequence[Line]]:
    """Every way to set a title in two lines, first lines that could hold more among them."""
    at = [0.0, *accumulate(advances)]
    pieces = list(units(text))
    last = pieces[-1][1]
    for (_, end), (start, _) in pairwise(pieces):
        upper, lower = at[end], at[last] - at[start]
        if max(upper, lower) <= measure and text[end - 1] != SOFT_HYPHEN:
            yield (Line(0, end, upper, 0.0, last=False), Line(start, last, lower, 0.0, last=True))


def _cost(text: str, lines: Sequence[Line], measure: float) -> float:
    widths = [line.width for line in lines]
    return sum(_pause(text, one.end, other.start) for one, other in pairwise(lines)) + (max(widths) - min(widths)) / measure


def _pause(text: str, end: int, start: int) -> float:
    """What it costs to end a line before one offset and to begin the next at another."""
    before = text[:end]
    inside = sum(char in _OPENING for char in before) - sum(char in _CLOSING for char in before)
    if inside > 0:
        return _QUOTED
    return 0.0 if end < start or text[end - 1] in NO_START or text[start : start + 1] in _OPENING else _ANYWHERE
