"""Puts set lines on pages: titles stay with what follows, and no page begins or ends with a lonely line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.plugin import Style
    from broadsheet.writers.pdf.setting import Entry, SetBlock, SetLine

_TOGETHER = 2
_ROUNDING = 0.01


class Placed(NamedTuple):
    """A line with its style and the distance of its top from the page's text top, in points."""

    line: SetLine
    style: Style
    top: float


@dataclass(slots=True)
class Page:
    """What stands on one page; distances from the text's top, in points."""

    lines: list[Placed] = field(default_factory=list)
    entries: list[tuple[Entry, float]] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)


def paginate(blocks: Sequence[SetBlock], height: float) -> list[Page]:
    """The pages of a document, at least one.

    Args:
        blocks: the blocks in order.
        height: how much a page holds, in points.
    """
    filler = _Filler(height)
    for index, block in enumerate(blocks):
        filler.place(block, _needed(blocks, index, height))
    return filler.pages


class _Filler:
    def __init__(self, height: float) -> None:
        self.height = height
        self.pages = [Page()]
        self.used = 0.0
        self.after = 0.0

    def place(self, block: SetBlock, needed: float) -> None:
        space = max(self.after, block.space_before) if self.used else 0.0
        if self.used and self.used + space + needed > self.height + _ROUNDING:
            self._turn()
            space = 0.0
        if block.rule and self.used:
            self.pages[-1].rules.append(self.used + space * 0.5)
        self.used += space
        if block.entry:
            self.pages[-1].entries.append((block.entry, self.used))
        self._lines(block)
        self.after = block.style.space_after_pt

    def _lines(self, block: SetBlock) -> None:
        left = len(block.lines)
        while left:
            count = self._count(left, block.style.leading_pt)
            for line in block.lines[len(block.lines) - left :][:count]:
                self.pages[-1].lines.append(Placed(line, block.style, self.used))
                self.used += block.style.leading_pt
            left -= count
            if left:
                self._turn()

    def _count(self, left: int, leading: float) -> int:
        """How many of the lines left go on this page; 0 turns it."""
        fit = int((self.height - self.used + _ROUNDING) / leading)
        if fit >= left:
            return left
        if left - fit < _TOGETHER:
            fit = left - _TOGETHER
        if fit < _TOGETHER and self.used:
            return 0
        return max(fit, 1)

    def _turn(self) -> None:
        self.pages.append(Page())
        self.used = self.after = 0.0


def _needed(blocks: Sequence[SetBlock], index: int, height: float) -> float:
    """The room that a block's first lines need, with all that must stay with it; at most a page."""
    needed = 0.0
    while needed < height:
        block = blocks[index]
        chained = block.keep_with_next and index + 1 < len(blocks)
        needed += block.style.leading_pt * (len(block.lines) if chained else _first_lines(len(block.lines)))
        if not chained:
            break
        index += 1
        needed += max(block.style.space_after_pt, blocks[index].space_before)
    return needed if needed <= height else 0.0


def _first_lines(count: int) -> int:
    """How many lines must stand together at a block's head: two, or all of a block of three."""
    return count if count <= _TOGETHER + 1 else _TOGETHER
