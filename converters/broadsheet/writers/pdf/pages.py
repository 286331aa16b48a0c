"""Makes up pages: bands of columns one below the other, and what stands where on them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.writers.pdf.columns import ROUNDING, Column, Galley, Place, Slice, chain, depth_of, feather, fill, holds, level, run, worth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadsheet.writers.pdf.pictures import Picture
    from broadsheet.writers.pdf.setting import Entry, SetBlock, SetLine


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
        least = chain(head, 0, full)
        first = body.block(0)
        if first:
            least += max(after, first.space_before) + max(worth(first), chain(body, 0, full))
        return self._space(head) + least <= full - self.used + ROUNDING or least > full

    def _flow(self, galley: Galley, columns: int) -> Iterator[Page]:
        at = Place(0, 0)
        while galley.block(at.block):
            space = self._space(galley) if at.line == 0 else 0.0
            room = self.frame.height - self.used - space
            filled = self._columns(galley, at, room) if columns > 1 else [fill(galley, at, room, self.frame.height, empty=not self.used)]
            if not any(column.slices for column in filled):
                yield self._turn()
                continue
            at = self._place(filled, space, columns)
            galley.drop(at.block)
            at = at._replace(block=0)
            if galley.block(0):
                yield self._turn()

    def _columns(self, galley: Galley, at: Place, room: float) -> list[Column]:
        """The columns of a band here: level where all of it has room, else full; none where it is not worth beginning."""
        whole = run(galley, at, room, self.frame)
        if holds(galley, whole):
            return level(galley, at, room, self.frame, whole)
        if not self.used:
            return run(galley, at, room, self.frame, empty=True)
        block = galley.block(at.block)
        return whole if block and room >= worth(block) else []

    def _space(self, galley: Galley) -> float:
        block = galley.block(0)
        return max(self.after, block.space_before) if self.used and block else 0.0

    def _place(self, filled: Sequence[Column], space: float, columns: int) -> Place:
        """Put filled columns on the page, below a space."""
        frame, top = self.frame, self.used + space
        depth = depth_of(filled)
        for number, column in enumerate(filled):
            left = frame.edge(number) if columns > 1 else 0.0
            more = feather(column, depth) if columns > 1 else [0.0] * len(column.slices)
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

    def _slice(self, piece: Slice, left: float, top: float) -> None:
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
