"""Sets the blocks of a document as lines: which style, which type, which breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from broadsheet import views
from broadsheet.model import FURNITURE, Role
from broadsheet.text import is_han, is_unspaced
from broadsheet.writers.pdf.bidi import Direction, direction, reading_runs
from broadsheet.writers.pdf.breaker import NO_START, SOFT_HYPHEN, break_lines
from broadsheet.writers.pdf.fonts import Sort, TypeCase, natural_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.model import Block
    from broadsheet.plugin import Style
    from broadsheet.writers.pdf.pictures import Picture

#: What ends a line inside a block's text.
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CJK_LETTER = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTER = re.compile(r"[^\W\d_]")
#: Marks whose own family and weight show inside a paragraph; the others look like the text around them.
_SHOWN = frozenset({Role.DATELINE, Role.RUN_IN})
_CJK_LANGUAGES = ("zh", "ja", "ko", "yue")
_OUTLINE_CHARS = 160
#: Ideographs further apart than this, in ems, are taken for separate words by programs that read PDFs.
_TIGHT_EM = 0.09


class SetLine(NamedTuple):
    """One line ready to print: its sorts, its left edge from the text's left edge, and the space after some sorts; in points.

    `runs` are the pieces of a line that turns direction, in the order in which they are read; empty where it does not.
    """

    sorts: Sequence[Sort]
    x: float
    gaps: Mapping[int, float]
    runs: Sequence[tuple[int, int]] = ()


class Entry(NamedTuple):
    """A bookmark: what it says, how deep it stands, from 0, and the name of the place that it leads to."""

    title: str
    level: int
    key: str


@dataclass(frozen=True, slots=True)
class SetBlock:
    """One block as lines; spaces in points.

    `rule` asks for a thin line above, which parts articles. `article` is the article's number, counted from 0, null for
    furniture; `language` is the block's. A `picture` has one empty line as high as itself, whose `x` is its left edge.
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
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets blocks with the styles of one theme, taking type from one case."""

    case: TypeCase
    styles: Mapping[Role, Style]

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
            sorts += self._sorts(piece, look, cjk=cjk, levels=_levels(turns, len(sorts), len(piece)))
        continued = any(mark.role is Role.CONTINUED for mark in block.marks)
        indent = 0.0 if continued else style.indent_em * style.size_pt * (1.0 if cjk else 0.5)
        lines: list[SetLine] = []
        for (start, end), turn in turns.items():
            lines += self._row(block.text[start:end], sorts[start:end], style, measure, indent if not lines else 0.0, turn)
        keep = style.keep_with_next and block.role not in FURNITURE
        return SetBlock(
            lines=lines, style=style, space_before=style.space_before_pt, keep_with_next=keep, role=block.role, language=language,
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
        return next(self._row(text, sorts, style, measure, 0.0, direction(text, None)), None) if sorts else None

    def _inline(self, style: Style, role: Role | None) -> Style:
        if role not in _SHOWN or role is None:
            return style
        return replace(style, family=self.styles[role].family, bold=self.styles[role].bold)

    def _sorts(self, text: str, style: Style, *, cjk: bool, levels: Sequence[int] = ()) -> list[Sort]:
        return self.case.sorts(text, style.family, bold=style.bold, cjk=cjk, levels=levels)

    def _row(
        self, text: str, sorts: list[Sort], style: Style, measure: float, indent: float, turn: Direction | None,
    ) -> Iterator[SetLine]:
        size = style.size_pt
        hyphen = self.case.hyphen(style.family, bold=style.bold) if SOFT_HYPHEN in text else None
        advances = [sort.advance * size for sort in sorts]
        lines = break_lines(text, advances, measure, indent=indent, hyphen=hyphen.advance * size if hyphen else 0.0)
        for start, end, width, lead, last, _ in lines:
            piece = sorts[start:end]
            room = measure - lead - width
            if hyphen and not last and text[end - 1 : end] == SOFT_HYPHEN:
                piece[-1] = hyphen
                room -= hyphen.advance * size
            if style.align == "justify" and not last:
                made = SetLine(piece, lead, spread(text[start:end], room, limit=_TIGHT_EM * size))
            else:
                share = {"center": 0.5, "right": 1.0}.get(style.align, 0.0)
                made = SetLine(piece, lead + max(room, 0.0) * share, {})
            if turn:
                made = _turned(made, text[start:end], turn.order(text, start, end))
                width = natural_width(made.sorts, size) + sum(made.gaps.values())
                made = made._replace(x=measure - made.x - width) if turn.base else made  # as in a mirror
            yield made


def spread(text: str, room: float, *, limit: float) -> dict[int, float]:
    """How a justified line opens up.

    Space goes after spaces and around every character of a script without spaces, never inside a dash or an ellipsis.
    Where that is more than two ideographs can stand apart and still read (and copy) as one word, the rest goes to the
    looser places: spaces, after punctuation, and where scripts meet.

    Args:
        text: the line.
        room: the width to fill, in points.
        limit: how far apart two ideographs may stand, in points.

    Returns:
        Offset in the line to the space after that character, in points.
    """
    places = [i for i in range(len(text) - 1) if _opens(text[i], text[i + 1])]
    if not places or room <= 0:
        return {}
    even = room / len(places)
    loose = [i for i in places if text[i + 1] not in NO_START and not (is_han(text[i]) and is_han(text[i + 1]))]
    if even <= limit or not loose:
        return dict.fromkeys(places, even)
    rest = (room - limit * (len(places) - len(loose))) / len(loose)
    return dict.fromkeys(places, limit) | dict.fromkeys(loose, rest)


def is_cjk(text: str, language: str | None) -> bool:
    """Whether a text is Chinese, Japanese or Korean: by its letters, and by the language where they don't say."""
    by_language = (language or "").lower().split("-")[0] in _CJK_LANGUAGES
    ours = len(_CJK_LETTER.findall(text))
    letters = len(_LETTER.findall(text))
    if not letters:
        return by_language
    return ours * (4 if by_language else 2) >= letters


def _opens(before: str, after: str) -> bool:
    if before in "—…" and before == after:
        return False
    return before in " \t\xa0\u3000" or is_unspaced(before) or is_unspaced(after)


def _turned(line: SetLine, text: str, order: Sequence[int]) -> SetLine:
    """The line with its sorts in another order: as they stand from left to right."""
    gaps = {now: line.gaps[i] for now, i in enumerate(order) if i in line.gaps}
    return SetLine([line.sorts[i] for i in order], line.x, gaps, reading_runs(text, order))


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
