"""Fills columns: titles stay with their text, no lonely line at an edge, and columns that end level."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadsheet.writers.pdf.pages import Frame
    from broadsheet.writers.pdf.setting import SetBlock

_TOGETHER = 2
#: A rounding error in sums of heights, in points, that must not push a line to the next column.
ROUNDING = 0.01
#: Columns that do not end on the page start only where this many lines have room.
_WORTH_LINES = 5
#: How many ways to fill columns are looked at side by side.
_WAYS = 10
#: How much of a line may be added between two paragraphs so that a column ends level with the others.
_FEATHER = 0.3


class Slice(NamedTuple):
    """The lines `start` to `end` of a block, `top` points below the head of its column, after a space."""

    block: SetBlock
    start: int
    end: int
    top: float
    space: float


class Place(NamedTuple):
    """How far a galley has been used: the next block, counted from its head, and the next line of it."""

    block: int
    line: int


class Column(NamedTuple):
    """One filled column, how deep it is, and where the next one goes on."""

    slices: list[Slice]
    depth: float
    end: Place


class Galley:
    """Blocks in one measure, read as they are needed and forgotten once they are placed."""

    def __init__(self, blocks: Iterable[SetBlock]) -> None:
        self._coming = iter(blocks)
        self._read: deque[SetBlock] = deque()

    def block(self, number: int) -> SetBlock | None:
        """The block at a place, counted from the first that is not placed yet; null after the last."""
        while len(self._read) <= number:
            block = next(self._coming, None)
            if block is None:
                return None
            self._read.append(block)
        return self._read[number]

    def drop(self, count: int) -> None:
        """Forget blocks that are placed."""
        for _ in range(count):
            self._read.popleft()


def fill(galley: Galley, at: Place, height: float, full: float, *, empty: bool = False) -> Column:
    """One column of at most this height, on pages of a `full` one; on an `empty` page it takes a line, however small it is."""
    slices: list[Slice] = []
    used = after = 0.0
    while block := galley.block(at.block):
        start = not slices and empty
        space = max(after, block.space_before) if slices else 0.0
        if not start and at.line == 0 and used + space + chain(galley, at.block, full) > height + ROUNDING:
            break
        leading, left = block.style.leading_pt, len(block.lines) - at.line
        fit = int((height - used - space + ROUNDING) / leading)
        taken = 0 if block.whole and fit < left else _count(left, fit)
        if not taken:
            if not start:
                break
            taken = max(min(left, fit), 1)
        slices.append(Slice(block, at.line, at.line + taken, used + space, space))
        used += space + taken * leading
        after = block.style.space_after_pt
        if taken < left:
            return Column(slices, used, Place(at.block, at.line + taken))
        at = Place(at.block + 1, 0)
    return Column(slices, used, at)


def _count(left: int, fit: int) -> int:
    """How many of the lines left go here, where so many fit; 0 leaves them all to the next column."""
    if fit >= left:
        return left
    if left - fit < _TOGETHER:
        fit = left - _TOGETHER
    return fit if fit >= _TOGETHER else 0


def chain(galley: Galley, index: int, height: float) -> float:
    """The room that a block's first lines need, with all that must stay with it; 0 where that is more than the height."""
    needed = 0.0
    while needed < height and (block := galley.block(index)):
        following = galley.block(index + 1) if block.keep_with_next else None
        needed += block.style.leading_pt * (len(block.lines) if following or block.whole else _first_lines(len(block.lines)))
        if not following:
            break
        index += 1
        needed += max(block.style.space_after_pt, following.space_before)
    return needed if needed <= height else 0.0


def worth(block: SetBlock) -> float:
    """The least room in which columns that begin with a block are worth beginning."""
    return block.style.leading_pt * (1 if block.picture else _WORTH_LINES)


def _first_lines(number: int) -> int:
    """How many lines must stand together at a block's head: two, or all of a block of three."""
    return number if number <= _TOGETHER + 1 else _TOGETHER


def run(galley: Galley, at: Place, height: float, frame: Frame, *, empty: bool = False) -> list[Column]:
    """All columns of a frame at one height, each going on where the one before ended."""
    filled = []
    for _ in range(frame.columns):
        filled.append(fill(galley, at, height, frame.height, empty=empty))
        at = filled[-1].end
    return filled


def holds(galley: Galley, filled: Sequence[Column]) -> bool:
    """Whether columns hold all that is left of a galley."""
    return galley.block(filled[-1].end.block) is None


def level(galley: Galley, at: Place, height: float, frame: Frame, whole: list[Column]) -> list[Column]:
    """The columns that end most nearly level and hold all that is left of the galley; `whole` is known to hold it.

    Column by column, several depths about an equal share of what is left are tried, and of all ways to come to the same
    place the most level one is kept.
    """
    block = galley.block(at.block)
    line = block.style.leading_pt if block and not block.picture else 0.0
    total = sum(column.depth for column in whole)
    ways: dict[Place, list[Column]] = {at: []}
    for number in range(frame.columns, 1, -1):
        coming: dict[Place, list[Column]] = {}
        for place, filled in ways.items():
            share = (total - sum(column.depth for column in filled)) / number
            for column in _tries(galley, place, share, line, height, frame.height):
                way = [*filled, column]
                if column.end not in coming or _spread(way) < _spread(coming[column.end]):
                    coming[column.end] = way
        ways = dict(sorted(coming.items(), key=lambda item: _spread(item[1]))[:_WAYS])
    ends = [[*filled, fill(galley, place, height, frame.height)] for place, filled in ways.items()]
    return min((whole, *(way for way in ends if holds(galley, way))), key=lambda way: (_rest(way), depth_of(way)))


def _tries(galley: Galley, at: Place, share: float, line: float, height: float, full: float) -> Iterator[Column]:
    """Columns of about a share of what is left: a little less, a little more, and with all that must stay together next."""
    rooms = [share - 0.5 * line, share + 0.5 * line, share + 1.5 * line, share + 2.5 * line]
    found = [fill(galley, at, min(height, room), full) for room in rooms]
    last = found[-1]
    following = galley.block(last.end.block)
    if following and not last.end.line:
        space = max(last.slices[-1].block.style.space_after_pt, following.space_before) if last.slices else 0.0
        room = last.depth + space + chain(galley, last.end.block, full)
        found.append(fill(galley, at, min(height, room), full))
    yield from (column for column in found if column.slices)


def depth_of(filled: Sequence[Column]) -> float:
    """How deep the deepest of several columns is, in points."""
    return max(column.depth for column in filled)


def _spread(filled: Sequence[Column]) -> float:
    """How much the deepest column is deeper than the least deep one."""
    return depth_of(filled) - min(column.depth for column in filled)


def _rest(filled: Sequence[Column]) -> float:
    """How much the column that ends highest ends above the others, when all has been done to level it."""
    depth = depth_of(filled)
    return max(depth - column.depth - sum(feather(column, depth)) for column in filled)


def feather(column: Column, depth: float) -> list[float]:
    """The space to add before each block of a column so that it ends level; none where that would show.

    Where blocks stand apart anyway twice as much is added as between paragraphs that do not.
    """
    weights = [(2 if piece.space else 1) if place else 0 for place, piece in enumerate(column.slices)]
    unit = (depth - column.depth) / max(sum(weights), 1)
    shows = not weights or unit > column.slices[-1].block.style.leading_pt * _FEATHER
    return [0.0 if shows else unit * weight for weight in weights]
