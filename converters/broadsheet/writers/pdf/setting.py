"""Sets the blocks of a document as lines: which style, which type, which breaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from broadsheet import views
from broadsheet.model import FURNITURE, TITLES, Role
from broadsheet.writers.pdf.bidi import Direction, direction, reading_runs
from broadsheet.writers.pdf.breaker import HALF_EMPTY, SOFT_HYPHEN, break_lines
from broadsheet.writers.pdf.fonts import Sort, TypeCase, natural_width
from broadsheet.writers.pdf.spacing import TIGHTER_EM, divider, meetings, spread
from broadsheet.writers.pdf.tables import aligned, cells_of, grid_of, pieces, told_rows
from broadsheet.writers.pdf.titles import title_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.model import Block
    from broadsheet.plugin import Style
    from broadsheet.writers.pdf.pictures import Picture
    from broadsheet.writers.pdf.tables import Cell, Grid

#: What ends a line inside a block's text.
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CJK_LETTERS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")
_LETTERS = re.compile(r"[^\W\d_]+")
#: Roles whose lines are made about equally long.
_EVEN = frozenset({*TITLES, Role.HEADING}) - {Role.STANDFIRST}
#: Marks whose own family and weight show inside a paragraph; the others look like the text around them.
_SHOWN = frozenset({Role.DATELINE, Role.RUN_IN})
_CJK_LANGUAGES = ("zh", "ja", "ko", "yue")
#: Languages whose full stops and commas stand in the middle of their square.
_CENTRED = ("zh-Hant", "zh-TW", "zh-HK", "zh-MO")
_OUTLINE_CHARS = 160
#: Ideographs further apart than this, in ems, are taken for separate words by programs that read PDFs.
_TIGHT_EM = 0.09
#: A line whose spaces would become wider than this, in ems, is not justified.
_WIDEST_EM = 1.5


class SetLine(NamedTuple):
    """One line ready to print: its sorts, its left edge from the text's left edge, and the space after some sorts; in points.

    `runs` are the pieces of a line that turns direction, in the order in which they are read; empty where it does not.
    `start` is the place of its first character in the line of text that it was broken from, and `cells` are the parts of it
    that belong to the cells of a table.
    """

    sorts: Sequence[Sort]
    x: float
    gaps: Mapping[int, float]
    runs: Sequence[tuple[int, int]] = ()
    start: int = 0
    cells: Sequence[Cell] = ()


class Entry(NamedTuple):
    """A bookmark: what it says, how deep it stands, from 0, and the name of the place that it leads to."""

    title: str
    level: int
    key: str


class SetBlock(NamedTuple):
    """One block as lines; spaces in points.

    `rule` asks for a thin line above, which parts articles. `article` is the article's number, counted from 0, null for
    furniture; `language` is the block's; `link` is the key of the place that the block leads to,
    and `text` what it says. A `whole` block is not torn where a column can hold it. A `picture` has one empty line as high as itself, whose `x` is its left edge.
    A table whose cells are known has a `grid`.
    """

    lines: Sequence[SetLine]
    style: Style
    space_before: float
    keep_with_next: bool
    role: Role = Role.PARAGRAPH
    article: int | None = None
    language: str | None = None
    entry: Entry | None = None
    rule: bool = False
    whole: bool = False
    link: str | None = None
    text: str = ""
    picture: Picture | None = None
    grid: Grid | None = None


class _Manner(NamedTuple):
    """How a text is set in lines: its style, the measure and the first line's indent in points, its language and script.

    `even` asks for lines of about the same length, as titles have.
    """

    style: Style
    measure: float
    indent: float
    language: str | None
    cjk: bool
    even: bool = False

    @property
    def half_empty(self) -> bool:
        """Whether marks stand in one half of their square: not in Traditional Chinese, where they stand in its middle."""
        return self.cjk and not (self.language or "").startswith(_CENTRED)


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets blocks with the styles of one theme, taking type from one case.

    `hang` lets punctuation hang beyond the edge; `down` makes lines run down the page.
    """

    case: TypeCase
    styles: Mapping[Role, Style]
    hang: bool = False
    down: bool = False

    def block(self, block: Block, language: str | None, style: Style, measure: float) -> SetBlock:
        """One block as lines. Control characters print nothing; every kind of line end in the text breaks a line.

        Args:
            block: what to set.
            language: BCP 47 tag, or null.
            style: how it looks.
            measure: the width of the lines, in points.
        """
        cjk = is_cjk(block.text, language)
        turns = {row: direction(block.text[slice(*row)], language) for row in _rows(block.text)}
        sorts: list[Sort] = []
        for piece, mark in views.inline_parts(block):
            look = self._inline(style, mark.role if mark else None)
            sorts += self._sorts(piece, look, cjk=cjk, levels=_levels(turns, len(sorts), len(piece)), language=language)
        continued = any(mark.role is Role.CONTINUED for mark in block.marks)
        indent = 0.0 if continued else style.indent_em * style.size_pt * (1.0 if cjk else 0.5)
        rows = () if self.down or any(turns.values()) else told_rows(block)
        cells = cells_of(block.text, rows)
        straight = aligned(block.text, sorts, cells, measure=measure, size=style.size_pt)
        lines = [SetLine(row.sorts, 0.0, row.gaps, cells=row.cells) for row in straight]
        for (start, end), turn in {} if lines else turns.items():
            manner = _Manner(style, measure, 0.0 if lines else indent, language, cjk, even=block.role in _EVEN)
            made = self._row(block.text[start:end], sorts[start:end], manner, turn)
            lines += (_parted(line, cells, start) for line in made) if cells else made
        keep = style.keep_with_next and block.role not in FURNITURE
        return SetBlock(
            lines=lines, style=style, space_before=style.space_before_pt, keep_with_next=keep, role=block.role, language=language,
            grid=grid_of(rows) if cells else None,
        )

    def one_line(self, text: str, style: Style, measure: float) -> SetLine | None:
        """A text on one line, cut with an ellipsis where it is wider than the measure; null for an empty text."""
        cjk, turn = is_cjk(text, None), direction(text, None)
        sorts = self._sorts(text, style, cjk=cjk, levels=turn.levels if turn else ())
        if natural_width(sorts, style.size_pt) > measure:
            dots = self._sorts("…", style, cjk=cjk)
            while natural_width(sorts + dots, style.size_pt) > measure:
                sorts.pop()
            text, sorts = text[: len(sorts)] + "…", sorts + dots
        return next(self._row(text, sorts, _Manner(style, measure, 0.0, None, cjk), direction(text, None)), None) if sorts else None

    def _inline(self, style: Style, role: Role | None) -> Style:
        if role not in _SHOWN or role is None:
            return style
        return replace(style, family=self.styles[role].family, bold=self.styles[role].bold)

    def _sorts(self, text: str, style: Style, *, cjk: bool, levels: Sequence[int] = (), language: str | None = None) -> list[Sort]:
        return self.case.sorts(text, style.family, bold=style.bold, cjk=cjk, levels=levels, down=self.down, language=language)

    def _row(self, text: str, sorts: list[Sort], manner: _Manner, turn: Direction | None) -> Iterator[SetLine]:
        style, measure, size = manner.style, manner.measure, manner.style.size_pt
        divide = divider(manner.language) if style.hyphenate and not (manner.cjk or turn) else None
        hyphen = self.case.hyphen(style.family, bold=style.bold) if divide or SOFT_HYPHEN in text else None
        advances = [sort.advance * size for sort in sorts]
        tighter = meetings(text, sorts, manner.language) if manner.half_empty else []
        for at in tighter:
            advances[at] -= TIGHTER_EM * size
        lines = partial(
            break_lines, text, advances, indent=manner.indent, hyphen=hyphen.advance * size if hyphen else 0.0, divide=divide,
            overhang=TIGHTER_EM * size if manner.half_empty else 0.0, hang=self.hang,
        )
        found = title_lines(text, advances, lines, measure, size) if manner.even else lines(measure)
        for start, end, width, lead, last, divided in found:
            piece = sorts[start:end]
            room = measure - lead - width
            if hyphen and divided:
                piece.append(hyphen)
            elif hyphen and not last and text[end - 1 : end] == SOFT_HYPHEN:
                piece[-1] = hyphen
                room -= hyphen.advance * size
            gaps = {at - start: -TIGHTER_EM * size for at in tighter[bisect_left(tighter, start) : bisect_left(tighter, end - 1)]}
            if style.align == "justify" and not last:
                opened = spread(text[start:end], room, limit=_TIGHT_EM * size, widest=_WIDEST_EM * size)
                made = SetLine(piece, lead, opened | {at: gap + opened.get(at, 0.0) for at, gap in gaps.items()}, start=start)
            else:
                share = {"center": 0.5, "right": 1.0}.get(style.align, 0.0)
                beyond = TIGHTER_EM * size if share == 1.0 and manner.half_empty and text[end - 1 : end] in HALF_EMPTY else 0.0
                made = SetLine(piece, lead + max(room, 0.0) * share + beyond, gaps, start=start)
            if turn:
                made = _turned(made, text[start:end], turn.order(text, start, end), measure if turn.base else None, size)
            yield made


def is_cjk(text: str, language: str | None) -> bool:
    """Whether a text is Chinese, Japanese or Korean: by its letters, and by the language where they don't say."""
    by_language = (language or "").lower().split("-")[0] in _CJK_LANGUAGES
    ours = len("".join(_CJK_LETTERS.findall(text))) * (4 if by_language else 2)
    if ours >= len(text) > 0:  # there are no more letters than that
        return True
    if not ours:
        return by_language and not _LETTERS.search(text)
    return ours >= len("".join(_LETTERS.findall(text)))


def _turned(line: SetLine, text: str, order: Sequence[int], mirrored_in: float | None, size: float) -> SetLine:
    """The line with its sorts as they stand from left to right; in a measure that is mirrored, the other way round."""
    gaps = {now: line.gaps[i] for now, i in enumerate(order) if i in line.gaps}
    made = SetLine([line.sorts[i] for i in order], line.x, gaps, reading_runs(text, order))
    if mirrored_in is None:
        return made
    return made._replace(x=mirrored_in - made.x - natural_width(made.sorts, size) - sum(gaps.values()))


def _parted(line: SetLine, cells: Sequence[Cell], start: int) -> SetLine:
    """The line with its parts that belong to cells; `start` is where the text that it was broken from begins in the block's."""
    first = start + line.start
    return line._replace(cells=pieces(cells, first, first + len(line.sorts)))


def _levels(turns: Mapping[tuple[int, int], Direction | None], start: int, length: int) -> list[int]:
    """The levels of a piece of a block, whose lines run as `turns` says; empty where none runs from right to left."""
    if not any(turns.values()):
        return []
    found = [0] * (start + length)
    for (begin, end), turn in turns.items():
        if turn:
            found[begin:end] = turn.levels
    return found[start : start + length]


def _rows(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in _LINE_END.finditer(text):
        yield at, match.start()
        at = match.end()
    yield at, len(text)


def bookmark(title: str) -> str:
    """A title as a bookmark says it: on one line, and not too long."""
    clean = views.one_line(title)
    return clean if len(clean) <= _OUTLINE_CHARS else clean[:_OUTLINE_CHARS].rstrip() + "…"
