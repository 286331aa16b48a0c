"""How well the boundaries between articles are found, and the breaks inside blocks undone: counts over printed lines."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Windows(Struct, frozen=True):
    """Windows of lines that were slid over a page, and those that the parse gets wrong by either measure."""

    windows: int = 0
    pk: int = 0
    window_diff: int = 0

    def __add__(self, other: Windows) -> Windows:
        return Windows(self.windows + other.windows, self.pk + other.pk, self.window_diff + other.window_diff)


class Joins(Struct, frozen=True):
    """Line ends inside a block: joined as the gold has them, not joined, and joined where the gold has two blocks."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    def __add__(self, other: Joins) -> Joins:
        return Joins(self.right + other.right, self.missed + other.missed, self.wrong + other.wrong)


def windows(lines: Sequence[int], gold: Iterable[int], parsed: Iterable[int]) -> Windows:
    """Pk and WindowDiff of the article boundaries on one page, as counts.

    The window is `k` lines, half the mean length of the gold's articles. Pk counts the windows whose two ends the gold
    has in one article and the parse in two, or the reverse (Beeferman, Berger and Lafferty 1999); WindowDiff those in
    which the number of boundaries differs (Pevzner and Hearst 2002).

    Args:
        lines: the visible lines of the page, by index.
        gold: the lines on which the gold's articles begin.
        parsed: those on which the parse's begin.
    """
    wanted, found = (_boundaries(lines, starts) for starts in (gold, parsed))
    k = max(round(len(lines) / (wanted[-1] + 1) / 2), 1) if lines else 1
    counts = [(wanted[i + k] - wanted[i], found[i + k] - found[i]) for i in range(len(lines) - k)]
    return Windows(len(counts), sum((a == 0) != (b == 0) for a, b in counts), sum(a != b for a, b in counts))


def _boundaries(lines: Sequence[int], starts: Iterable[int]) -> list[int]:
    """For each line the number of boundaries at or above it; the top of the page is none."""
    begins = bytearray(len(lines))
    for start in starts:
        place = bisect_left(lines, start)
        if 0 < place < len(lines):
            begins[place] = 1
    return list(accumulate(begins)) or [0]


def joins(gold: Iterable[Sequence[int]], parsed: Iterable[Sequence[int]]) -> Joins:
    """The line ends that lie inside blocks, compared where the gold knows both lines.

    Args:
        gold: the lines of each gold block, in order.
        parsed: the lines of each parsed block.
    """
    blocks = list(gold)
    known = {line for lines in blocks for line in lines}
    wanted = {pair for lines in blocks for pair in pairwise(lines)}
    found = {pair for lines in parsed for pair in pairwise(lines) if known.issuperset(pair)}
    return Joins(len(wanted & found), len(wanted - found), len(found - wanted))
