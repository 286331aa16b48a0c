"""Makes up pages: bands of columns that end level, titles that stay with their text, no lonely line at an edge."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadsheet.writers.pdf.pictures import Picture
    from broadsheet.writers.pdf.setting import Entry, SetBlock, SetLine

_TOGETHER = 2
_ROUNDING = 0.01
#: How exactly the level of columns is sought, in points.
_STEP = 1.0
#: Columns that do not end on the page start only where this many lines have room.
_WORTH_LINES = 5
#: How much of a line may be added at one place so that a column ends level with the others: where blocks stand apart anyway,
#: and between paragraphs that do not.
_FEATHER_APART = 0.6
_FEATHER = 0.15


@dataclass(frozen=True, slots=True)
class Frame:
    """Where text stands on the paper, in points: the paper, the text's left and upper edge, its size, and its columns.

    `measure` is how long lines are, `height` how far they follow each other. Where they run `down` the page, and follow
    each other leftwards, that is the height and the width of the text on the paper, and columns stand below each other.
    `leftward` puts the first column at the right, where a right-to-left script begins.
    """

    size: tuple[float, float]
    left: float
    top: float
    measure: float
    height: float
    columns: int = 1
    gutter: float = 0.0
    column_rule: bool = False
    down: bool = False
    leftward: bool = False

    @property
    def right(self) -> float | None:
        """The right edge of the text where lines run down the page; null where they run across."""
        return self.left + self.height if self.down else None

    @property
    def across(self) -> Frame:
        """The same frame with lines that run across the page."""
        return replace(self, measure=self.height, height=self.measure, down=False) if self.down else self

    @property
    def column(self) -> float:
        """The width of one column."""
        return (self.measure + self.gutter) / self.columns - self.gutter

    def edge(self, number: int) -> float:
        """The left edge of a column, counted from 0 in the order in which they are read, in points from the text's left edge."""
        place = self.columns - 1 - number if self.leftward else number
        return place * (self.column + self.gutter)


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the page from margin to margin: blocks across it, then blocks in columns that end level.

    `turn` lets it begin on a page of its own. `body` is read once, as pages need it.
    """

    across: Sequence[SetBlock]
    body: Iterable[SetBlock]
    turn: bool = False


class Placed(NamedTuple):
    """A line of a block; the left edge of its column and its upper edge, in points from the text's left and upper edge."""

    line: SetLine
    block: SetBlock
    x: float
    top: float


class Rule(NamedTuple):
    """A thin line from one point to another, in points from the text's left and upper edge."""

    x: float
    top: float
    to_x: float
    to_top: float


class Hung(NamedTuple):
    """A picture with its left and upper edge, in points from the text's left and upper edge."""

    picture: Picture
    block: SetBlock
    x: float
    top: float


class Mark(NamedTuple):
    """Where a bookmark leads to, in points from the text's left and upper edge."""

    entry: Entry
    x: float
    top: float


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    lines: list[Placed] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Hung] = field(default_factory=list)


class _Slice(NamedTuple):
    """The lines `start` to `end` of a block, `top` points below the head of its column, after a space."""

    block: SetBlock
    start: int
    end: int
    top: float
    space: float


class _Place(NamedTuple):
    """How far a galley has been used: the next block, counted from its head, and the next line of it."""

    block: int
    line: int


class _Column(NamedTuple):
    """One filled column, how deep it is, and where the next one goes on."""

    slices: list[_Slice]
    depth: float
    end: _Place


def paginate(bands: Iterable[Band], frame: Frame) -> Iterator[Page]:
    """The pages of a document, at least one, each given as soon as it is full."""
    maker = _Maker(frame)
    for band in bands:
        yield from maker.band(band)
    yield maker.page


class _Maker:
    """The page that is being made up: how much of its height is used, and the space that must follow."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.page = Page()
        self.used = self.after = 0.0

    def band(self, band: Band) -> Iterator[Page]:
        """Set one band; pages that it fills are given."""
        head, body = Galley(band.across), Galley(band.body)
        if not (head.block(0) or body.block(0)):
            return
        after = band.across[-1].style.space_after_pt if band.across else 0.0
        if self.used and (band.turn or not self._has_room(head, after, body)):
            yield self._turn()
        yield from self._flow(head, 1)
        yield from self._flow(body, self.frame.columns)

    def _has_room(self, head: Galley, after: float, body: Galley) -> bool:
        """Whether blocks that stand across, with a space after them, have room here together with the first lines below."""
        if not head.block(0):
            return True
        full = self.frame.height
        least = _chain(head, 0, full)
        first = body.block(0)
        if first:
            least += max(after, first.space_before) + max(_worth(first), _chain(body, 0, full))
        return self._space(head) + least <= full - self.used + _ROUNDING or least > full

    def _flow(self, galley: Galley, columns: int) -> Iterator[Page]:
        at = _Place(0, 0)
        while galley.block(at.block):
            space = self._space(galley) if at.line == 0 else 0.0
            room = self.frame.height - self.used - space
            filled = self._columns(galley, at, room) if columns > 1 else [_fill(galley, at, room, self.frame.height, empty=not self.used)]
            if not any(column.slices for column in filled):
                yield self._turn()
                continue
            at = self._place(filled, space, columns)
            galley.drop(at.block)
            at = at._replace(block=0)
            if galley.block(0):
                yield self._turn()

    def _columns(self, galley: Galley, at: _Place, room: float) -> list[_Column]:
        """The columns of a band here: level where all of it has room, else full; none where it is not worth beginning."""
        whole = _run(galley, at, room, self.frame)
        if _holds(galley, whole):
            return _level(galley, at, room, self.frame, whole)
        if not self.used:
            return _run(galley, at, room, self.frame, empty=True)
        block = galley.block(at.block)
        return whole if block and room >= _worth(block) else []

    def _space(self, galley: Galley) -> float:
        block = galley.block(0)
        return max(self.after, block.space_before) if self.used and block else 0.0

    def _place(self, filled: Sequence[_Column], space: float, columns: int) -> _Place:
        """Put filled columns on the page, below a space."""
        frame, top = self.frame, self.used + space
        depth = max(column.depth for column in filled)
        for number, column in enumerate(filled):
            left = frame.edge(number) if columns > 1 else 0.0
            more = _feather(column, depth) if columns > 1 else [0.0] * len(column.slices)
            for place, (piece, extra) in enumerate(zip(column.slices, accumulate(more), strict=True)):
                down = top + piece.top + extra
                if piece.block.rule and piece.start == 0 and (place or (self.used and not number)):
                    y = down - (piece.space if place else space) / 2
                    wide = not place or columns == 1
                    self.page.rules.append(Rule(0.0, y, frame.measure, y) if wide else Rule(left, y, left + frame.column, y))
                self._slice(piece, left, down)
            if number and frame.column_rule and column.slices:
                x = max(left, frame.edge(number - 1)) - frame.gutter / 2
                self.page.rules.append(Rule(x, top, x, top + depth))
        self.used = top + depth
        last = next(column for column in reversed(filled) if column.slices)
        self.after = last.slices[-1].block.style.space_after_pt
        return last.end

    def _slice(self, piece: _Slice, left: float, top: float) -> None:
        block = piece.block
        if piece.start == 0:
            self.page.marks += [Mark(block.entry, left, top)] if block.entry else []
        if block.picture:
            self.page.pictures.append(Hung(block.picture, block, left + block.lines[0].x, top))
            return
        leading = block.style.leading_pt
        lines = islice(block.lines, piece.start, piece.end)
        self.page.lines += [Placed(line, block, left, top + number * leading) for number, line in enumerate(lines)]

    def _turn(self) -> Page:
        full, self.page = self.page, Page()
        self.used = self.after = 0.0
        return full


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


def _fill(galley: Galley, at: _Place, height: float, full: float, *, empty: bool = False) -> _Column:
    """One column of at most this height, on pages of a `full` one; on an `empty` page it takes a line, however small it is."""
    slices: list[_Slice] = []
    used = after = 0.0
    while block := galley.block(at.block):
        start = not slices and empty
        space = max(after, block.space_before) if slices else 0.0
        if not start and at.line == 0 and used + space + _chain(galley, at.block, full) > height + _ROUNDING:
            break
        leading, left = block.style.leading_pt, len(block.lines) - at.line
        fit = int((height - used - space + _ROUNDING) / leading)
        taken = 0 if block.whole and fit < left else _count(left, fit)
        if not taken:
            if not start:
                break
            taken = max(min(left, fit), 1)
        slices.append(_Slice(block, at.line, at.line + taken, used + space, space))
        used += space + taken * leading
        after = block.style.space_after_pt
        if taken < left:
            return _Column(slices, used, _Place(at.block, at.line + taken))
        at = _Place(at.block + 1, 0)
    return _Column(slices, used, at)


def _count(left: int, fit: int) -> int:
    """How many of the lines left go here, where so many fit; 0 leaves them all to the next column."""
    if fit >= left:
        return left
    if left - fit < _TOGETHER:
        fit = left - _TOGETHER
    return fit if fit >= _TOGETHER else 0


def _chain(galley: Galley, index: int, height: float) -> float:
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


def _worth(block: SetBlock) -> float:
    """The least room in which columns that begin with a block are worth beginning."""
    return block.style.leading_pt * (1 if block.picture else _WORTH_LINES)


def _first_lines(number: int) -> int:
    """How many lines must stand together at a block's head: two, or all of a block of three."""
    return number if number <= _TOGETHER + 1 else _TOGETHER


def _run(galley: Galley, at: _Place, height: float, frame: Frame, *, empty: bool = False) -> list[_Column]:
    """All columns of a frame at one height, each going on where the one before ended."""
    filled = []
    for _ in range(frame.columns):
        filled.append(_fill(galley, at, height, frame.height, empty=empty))
        at = filled[-1].end
    return filled


def _holds(galley: Galley, filled: Sequence[_Column]) -> bool:
    return galley.block(filled[-1].end.block) is None


def _level(galley: Galley, at: _Place, height: float, frame: Frame, whole: list[_Column]) -> list[_Column]:
    """The columns of the smallest height that holds all that is left of the galley; `whole` is known to hold it."""
    low, high = sum(column.depth for column in whole) / frame.columns, height
    block = galley.block(at.block)
    middle = low + (block.style.leading_pt if block else 0.0)  # a line more than an equal share is enough as a rule
    while high - low > _STEP:
        middle = middle if low < middle < high else (low + high) / 2
        tried = _run(galley, at, middle, frame)
        if _holds(galley, tried):
            whole, high = tried, min(middle, max(column.depth for column in tried))
        else:
            low = middle
    for number in range(frame.columns - 1):
        evened = _evened(galley, at, high, frame, whole, number)
        if _holds(galley, evened):
            return evened
    return whole


def _evened(galley: Galley, at: _Place, height: float, frame: Frame, whole: Sequence[_Column], kept: int) -> list[_Column]:
    """The first columns as they are, and in each other no more than its share of what is left, to a line, so that none is short."""
    filled = list(whole[:kept])
    at = filled[-1].end if filled else at
    left = sum(column.depth for column in whole[kept:])
    for number in range(frame.columns - kept, 0, -1):
        block = galley.block(at.block)
        line = block.style.leading_pt if block and not block.picture else 0.0
        filled.append(_fill(galley, at, min(height, left / number + line - 2 * _ROUNDING), frame.height))
        at, left = filled[-1].end, left - filled[-1].depth
    return filled


def _feather(column: _Column, depth: float) -> list[float]:
    """The space to add before each block of a column so that it ends level; none where that would show.

    It goes where blocks stand apart anyway; where they do not, only very little is added between paragraphs.
    """
    apart = [place > 0 and piece.space > 0 for place, piece in enumerate(column.slices)]
    share = _FEATHER_APART if any(apart) else _FEATHER
    places = apart if any(apart) else [place > 0 for place in range(len(apart))]
    extra = (depth - column.depth) / max(sum(places), 1)
    worth = extra <= column.slices[-1].block.style.leading_pt * share if column.slices else False
    return [extra if worth and place else 0.0 for place in places]
