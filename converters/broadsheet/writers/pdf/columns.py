"""Fills columns: titles stay with their text, no lonely line at an edge, and columns that end level."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from itertools import pairwise
from math import inf
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
#: How many lines less and more than an equal share columns are tried to be deep, and how many ends of each.
_SHALLOWER, _DEEPER, _TRIES = 2, 12, 12
#: The price of a lonely line at a column's head, and at its foot, and of a column that ends a line higher than the deepest:
#: by gaps that are opened, within the first line, and in every further one.
_WIDOW, _ORPHAN, _FEATHERED, _SHORT, _UNEVEN = 4.0, 2.0, 0.2, 0.5, 20.0
#: How much of a line may be added between two paragraphs so that a column ends level with the others.
_FEATHER = 0.4


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

    A line may stand alone at a column's edge only where columns of some depth end within a line of each other by that.
    """
    cuts = list(_cuts(galley, at))
    lines = [block.style.leading_pt for number in range(cuts[-1].place.block) if (block := galley.block(number)) and not block.picture]
    line = min(lines, default=1.0)

    def filled(chosen: Sequence[_Cut]) -> list[Column]:
        ends = _best(chosen, frame.columns, height, line)
        return [_column(galley, chosen[start], chosen[end]) for start, end in pairwise(ends)] or whole

    strict = filled([cut for cut in cuts if not cut.price])
    if _rest(strict) <= line + ROUNDING or depth_of(strict) <= line * (_TOGETHER + 1) + ROUNDING:
        return strict
    loose = filled(cuts)
    return loose if _rest(loose) <= line + ROUNDING else strict


class _Cut(NamedTuple):
    """A place where a column may end and the next one begin.

    `foot` is where the one ends and `head` where the other begins, in points from the first line, were all of it one
    column; `price` says how much the cut is to be avoided. `gaps` counts the gaps between blocks above, as `feather` weighs
    them, first without and then with one that is cut away here.
    """

    place: Place
    foot: float
    head: float
    price: float
    gaps: tuple[int, int]


def _cuts(galley: Galley, at: Place) -> Iterator[_Cut]:
    """Every place where what is left of a galley may be cut, its beginning and its end among them."""
    foot = after = 0.0
    gaps = 0
    before: SetBlock | None = None
    number = at.block
    while block := galley.block(number):
        start = 0 if before else at.line
        space = max(after, block.space_before) if before else 0.0
        beyond = gaps + ((2 if space else 1) if before else 0)
        if not (before and before.keep_with_next):
            yield _Cut(Place(number, start), foot, foot + space, 0.0, (gaps, beyond))
        for line, price in _inner(block, start, titled=before is not None and before.keep_with_next):
            depth = foot + space + (line - start) * block.style.leading_pt
            yield _Cut(Place(number, line), depth, depth, price, (beyond, beyond))
        foot += space + (len(block.lines) - start) * block.style.leading_pt
        after, gaps, before, number = block.style.space_after_pt, beyond, block, number + 1
    yield _Cut(Place(number, 0), foot, foot, 0.0, (gaps, gaps))


def _inner(block: SetBlock, start: int, *, titled: bool) -> Iterator[tuple[int, float]]:
    """The lines before which a block may be cut, and at what price, whether a title stands above it or not.

    One line may go alone to the next column where it is no short one, and stay alone where no title stands above it.
    """
    count = len(block.lines) - start
    if block.whole or block.keep_with_next:
        return
    for line in range(1, count) if count > _TOGETHER else ():
        head, foot = line < _TOGETHER, count - line < _TOGETHER
        if not (head and titled) and not (foot and _is_short(block)):
            yield start + line, _ORPHAN if head else _WIDOW if foot else 0.0


def _is_short(block: SetBlock) -> bool:
    """Whether the last line of a block fills less of the measure than half of the line before."""
    *_, before, last = (sum(sort.advance for sort in line.sorts) for line in block.lines)
    return last < before / 2


def _best(cuts: Sequence[_Cut], columns: int, height: float, line: float) -> list[int]:
    """The cuts, by number, that make columns end most nearly level; none where no depth that is tried holds everything.

    For every depth that the first or the last column may have, from an equal share upwards, the cheapest way is found to cut
    into so many columns that are no deeper.
    """
    share = (cuts[-1].foot - cuts[0].head) / columns
    depths = {round(depth, 2) for cut in cuts for depth in (cut.foot - cuts[0].head, cuts[-1].foot - cut.head)}
    best, ends = inf, [0]
    for depth in sorted(depths):
        if share - _SHALLOWER * line < depth <= min(height, share + _DEEPER * line) + ROUNDING and best > _SHORT * columns:
            best, ends = _cheapest(cuts, columns, depth, line, best) or (best, ends)
    return ends


def _cheapest(cuts: Sequence[_Cut], columns: int, depth: float, line: float, limit: float) -> tuple[float, list[int]] | None:
    """The price and the cuts, by number, of the best columns that are no deeper than a depth; null where none cost less than a limit."""
    feet, last = [cut.foot for cut in cuts], len(cuts) - 1
    ways: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for left in range(columns - 1, -1, -1):
        coming: dict[int, tuple[float, list[int]]] = {}
        for start, (price, way) in ways.items():
            full = bisect_right(feet, cuts[start].head + depth + ROUNDING) - 1
            tried = range(full, max(full - _TRIES, start), -1) if left and full > start else (last,) if full >= last else ()
            for end in tried:
                total = price + cuts[end].price + _unevenness(cuts[start], cuts[end], depth, line)
                if total < min(limit, coming.get(end, (limit,))[0]):
                    coming[end] = (total, [*way, end])
        ways = coming
    return ways.get(last)


def _unevenness(start: _Cut, end: _Cut, depth: float, line: float) -> float:
    """What it costs that a column is less deep than the others: little up to one line, nothing where it can be feathered."""
    rest = (depth - max(end.foot - start.head, 0.0)) / line
    room = max(end.gaps[0] - start.gaps[1], 0) * _FEATHER
    if rest <= room:
        return rest * _FEATHERED
    return rest * _SHORT + (rest - 1.0 if rest > 1.0 + room else 0.0) * _UNEVEN


def _column(galley: Galley, start: _Cut, end: _Cut) -> Column:
    """The column from one cut to another."""
    slices: list[Slice] = []
    used = after = 0.0
    at = start.place
    while at < end.place and (block := galley.block(at.block)):
        space = max(after, block.space_before) if slices else 0.0
        until = end.place.line if at.block == end.place.block else len(block.lines)
        slices.append(Slice(block, at.line, until, used + space, space))
        used += space + (until - at.line) * block.style.leading_pt
        after = block.style.space_after_pt
        at = Place(at.block + 1, 0)
    return Column(slices, used, end.place)


def depth_of(filled: Sequence[Column]) -> float:
    """How deep the deepest of several columns is, in points."""
    return max(column.depth for column in filled)


def _rest(filled: Sequence[Column]) -> float:
    """How much the column that ends highest ends above the others, when all has been done to level it."""
    depth = depth_of(filled)
    return max(depth - column.depth - sum(feather(column, depth)) for column in filled)


def feather(column: Column, depth: float) -> list[float]:
    """The space to add before each block of a column so that it ends level, never so much that it shows.

    A column that can't be made level, but comes to end within a line of the others, is given what it takes. Where blocks stand apart anyway twice as much is added as between paragraphs that do not.
    """
    weights = [(2 if piece.space else 1) if place else 0 for place, piece in enumerate(column.slices)]
    rest, count = depth - column.depth, sum(weights)
    if not count:
        return [0.0] * len(weights)
    line = column.slices[-1].block.style.leading_pt
    most = count * line * _FEATHER
    added = rest if rest <= most else most if line < rest <= most + line else 0.0
    return [added / count * weight for weight in weights]
