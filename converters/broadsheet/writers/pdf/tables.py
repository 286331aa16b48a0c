"""Tables: which characters belong to which cell, and rows with their cells below each other where a column has room for them."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.model import Role
from broadsheet.writers.pdf.fonts import natural_width
from broadsheet.writers.shared import faithful_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.model import Block
    from broadsheet.writers.pdf.fonts import Sort
    from broadsheet.writers.pdf.setting import SetLine

#: The space between two columns, in ems.
_GUTTER_EM = 1.5
#: A table of so few cells may have as many holes.
_FEW = 9
_FIGURES = re.compile(r"[\d.,:/%‰℃°$€£¥￥+±–−-]*\d[\d.,:/%‰℃°$€£¥￥+±–−-]*")
_WIDE_BLANKS = re.compile(r"[ \xa0]{2,}|\s*[\t\u2003\u3000]\s*")
_BLANKS = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")


class Cell(NamedTuple):
    """A cell, by its row and column from 0, and the part of a text, or of a line, that belongs to it."""

    row: int
    column: int
    start: int
    end: int


class Grid(NamedTuple):
    """How many rows and columns a table has, and whether its first row says what stands below."""

    rows: int
    columns: int
    head: bool


class Row(NamedTuple):
    """A row on one line: its sorts, the space after some of them, in points, and its cells."""

    sorts: Sequence[Sort]
    gaps: dict[int, float]
    cells: Sequence[Cell]


def told_rows(block: Block) -> Sequence[Sequence[str]]:
    """The cells of a table: those that it names where they are faithful, else what blanks part in every line; none where that is not sure.

    It is sure where every line has as many parts with wide blanks between them, or with any blanks and a column of figures. What
    is mostly holes is no table.
    """
    if block.role is not Role.TABLE or block.rows:
        named = faithful_rows(block)
        count = sum(map(len, named))
        holes = len(named) * max(map(len, named), default=0) - count
        return named if holes <= max(count, _FEW) else ()
    lines = [line.strip() for line in block.text.splitlines() if line.strip()]
    for blanks in (_WIDE_BLANKS, _BLANKS):
        rows = [blanks.split(line) for line in lines]
        even = len(rows) > 1 and len({len(row) for row in rows}) == 1 and len(rows[0]) > 1
        if even and (blanks is _WIDE_BLANKS or any(all(map(_FIGURES.fullmatch, column)) for column in zip(*rows, strict=True))):
            return rows
    return ()


def grid_of(rows: Sequence[Sequence[str]]) -> Grid:
    """The grid of a table; its first row is a head where it names no figure, and each of the others does."""
    first, *others = rows
    head = bool(others) and not any(map(_DIGIT.search, first)) and all(any(map(_DIGIT.search, row)) for row in others)
    return Grid(len(rows), max(map(len, rows)), head)


def cells_of(text: str, rows: Sequence[Sequence[str]]) -> list[Cell]:
    """Where the cells of a table stand in its text, of which they hold every character but the blanks; empty ones are left out."""
    found = []
    at = 0
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            letters = "".join(cell.split())
            if not letters:
                continue
            while text[at].isspace():
                at += 1
            start = at
            for _ in letters:
                while text[at].isspace():
                    at += 1
                at += 1
            found.append(Cell(row, column, start, at))
    return found


def pieces(cells: Sequence[Cell], start: int, end: int) -> list[Cell]:
    """The parts of cells that stand in one line of the text, from its first character to its last; blanks go with the cell before."""
    found: list[Cell] = []
    number = max(bisect_right(cells, start, key=lambda cell: cell.start) - 1, 0)
    while number < len(cells) and (not found or cells[number].start < end):
        until = cells[number + 1].start if number + 1 < len(cells) else end
        found.append(cells[number]._replace(start=cells[number].start - start if found else 0, end=min(until, end) - start))
        number += 1
    return found


def aligned(text: str, sorts: Sequence[Sort], cells: Sequence[Cell], *, measure: float, size: float) -> list[Row]:
    """The rows of a table on a line each, with columns of figures ending below each other, the others beginning so.

    Args:
        text: the text.
        sorts: its sorts, one a character.
        cells: where its cells stand.
        measure: the width that there is, in points.
        size: the size of the type, in points.

    Returns:
        Nothing where there are no cells, a row is wider than the measure, or a cell stands on two lines.
    """
    if not cells:
        return []
    widths = {cell: natural_width(sorts[cell.start : cell.end], size) for cell in cells}
    wide = [0.0] * (max(cell.column for cell in cells) + 1)
    words = set()
    for cell, width in widths.items():
        wide[cell.column] = max(wide[cell.column], width)
        if cell.row and not _FIGURES.fullmatch(text, cell.start, cell.end):
            words.add(cell.column)
    gutter = _GUTTER_EM * size
    if sum(wide) + gutter * (len(wide) - 1) > measure or any("\n" in text[cell.start : cell.end] for cell in cells):
        return []
    edges = list(accumulate((width + gutter for width in wide), initial=0.0))
    starts = {cell: edges[cell.column] + (0.0 if cell.column in words else wide[cell.column] - width) for cell, width in widths.items()}
    return [_row(list(row), sorts, starts, widths) for _, row in groupby(cells, key=lambda cell: cell.row)]


def part(line: SetLine, cell: Cell, size: float) -> SetLine:
    """The part of a line that belongs to a cell, where it stands in the line; `size` is the type's, in points."""
    before = natural_width(line.sorts[: cell.start], size) + sum(gap for at, gap in line.gaps.items() if at < cell.start)
    gaps = {at - cell.start: gap for at, gap in line.gaps.items() if cell.start <= at < cell.end - 1}
    return line._replace(sorts=line.sorts[cell.start : cell.end], x=line.x + before, gaps=gaps, cells=())


def _row(row: Sequence[Cell], sorts: Sequence[Sort], starts: dict[Cell, float], widths: dict[Cell, float]) -> Row:
    made: list[Sort] = []
    gaps: dict[int, float] = {}
    placed = []
    at = 0.0
    for cell in row:
        if made:
            gaps[len(made) - 1] = starts[cell] - at
        placed.append(cell._replace(start=len(made), end=len(made) + cell.end - cell.start))
        made += sorts[cell.start : cell.end]
        at = starts[cell] + widths[cell]
    return Row(made, gaps, placed)
