"""Breaks a text into lines: Chinese line-edge rules, whole Latin words, numbers kept with their units."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Never at the start of a line.
NO_START = frozenset("，。、；：？！”’）》〉」』】〕｝…～·％‰℃々〻ー゛゜,.;:?!)]}%»›＂＇．ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
#: Never at the end of a line.
NO_END = frozenset("“‘（《〈「『【〔｛([{«‹¥￥$£€№＄￡")
SOFT_HYPHEN = "\u00ad"
#: A rounding error in sums of widths, in points, that must not push a word to the next line.
_SLACK = 0.01

#: A web address that must be cut is cut after one of these, if one stands among the last characters that fit.
_ADDRESS_PARTS = frozenset("/-_&?=.")
_ADDRESS_CHARS = 16

_SPACE = r" \t\u1680\u2000-\u2006\u2008-\u200b\u205f\u3000"
_START = "".join(map(re.escape, sorted(NO_START)))
_END = "".join(map(re.escape, sorted(NO_END)))
_CJK = r"\u2e80-\u2fdf\u3001-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2014\u2026\u2460-\u2473\U00020000-\U0003ffff"
_W = rf"[^{_SPACE}{_START}{_END}{_CJK}{SOFT_HYPHEN}\-]"
_EXTENDERS = r"\u0300-\u036f\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAIL = r"(?:(?<=[^\W\d_]{2})-(?=[^\W\d_]{2}))"
_WORD = rf"(?:{_W}|(?!{_TAIL})-|[.,:;!?%)\]}}’](?={_W})|[(\[{{$£€](?={_W}))+"
_COUNTED = r"(?:(?<=\d)[%％‰℃°]?[万亿千百]{0,2}(?:[年月日时分秒岁元米吨克度人个名家次项条件届位场％]|(?<=[万亿千百％‰℃]))?)?"
# Openers, one core, closers: what may never be torn apart; then the spaces that vanish at a line's end.
_UNIT = re.compile(
    rf"(?P<solid>[{_END}]*(?:第?{_WORD}{_COUNTED}(?:{SOFT_HYPHEN}|{_TAIL}|—+)?|—+|[^{_SPACE}{_START}{_END}][{_EXTENDERS}]*)?[{_START}]*)[{_SPACE}]*"
)
_STRAIGHT = re.compile('"')


class Line(NamedTuple):
    """One line: `text[start:end]`, its natural width, the indent before it, and whether it ends the text; widths in points."""

    start: int
    end: int
    width: float
    indent: float
    last: bool


def break_lines(text: str, advances: Sequence[float], measure: float, *, indent: float = 0.0, hyphen: float = 0.0) -> list[Line]:
    """The lines of one text without line ends, in time linear in its length.

    A unit wider than the measure is broken where no rule is hurt, and, where there is no such place, hard.

    Args:
        text: the text.
        advances: the width of each character, in points; 0 for soft hyphens and combining marks.
        measure: the width of a line, in points.
        indent: how far the first line is indented, in points; given up where it would leave less than half the line.
        hyphen: the width of the hyphen that a soft hyphen shows as at a line's end, in points.
    """
    return _Breaker(text, advances, measure, indent if indent * 2 <= measure else 0.0, hyphen).lines()


class _Breaker:
    """The state of one run: where the open line starts, and where its last solid character ends."""

    def __init__(self, text: str, advances: Sequence[float], measure: float, indent: float, hyphen: float) -> None:
        self.text, self.measure, self.indent, self.hyphen = text, measure, indent, hyphen
        self.at = _sums(advances)
        self.done: list[Line] = []
        self.start = self.solid = 0

    def lines(self) -> list[Line]:
        for start, end in units(self.text):
            if not self._fits(end):
                self._make_room(start, end)
            self.solid = end
        self._close(self.solid, self.solid, last=True)
        return self.done

    def _fits(self, end: int) -> bool:
        tail = self.hyphen if self.text[end - 1 : end] == SOFT_HYPHEN else 0.0
        return self.at[end] - self.at[self.start] + tail <= self._room()

    def _room(self) -> float:
        return self.measure - (0.0 if self.done else self.indent) + _SLACK

    def _make_room(self, start: int, end: int) -> None:
        """Ends the open line before the unit; a unit that no line holds is cut where the line is full."""
        if self.at[end] - self.at[start] + self.hyphen <= self.measure and start > self.start:
            self._close(self.solid, start)
        while not self._fits(end):
            cut = self._cut(start, end)
            if cut is None:
                self._close(self.solid, start)
            else:
                self._close(cut, cut)

    def _cut(self, start: int, end: int) -> int | None:
        """Where to cut a unit that is too wide; null to end the line before it."""
        low = max(start, self.start)
        full = min(bisect_right(self.at, self.at[self.start] + self._room()) - 1, end)
        for cut in range(full, max(low, full - _ADDRESS_CHARS), -1):
            if self.text[cut - 1] in _ADDRESS_PARTS and self._may_cut(cut):
                return cut
        for cut in range(full, low, -1):
            if self._may_cut(cut):
                return cut
        if low > self.start:
            return None
        return max(full, low + 1)

    def _may_cut(self, cut: int) -> bool:
        joined = self.at[cut + 1] == self.at[cut] if cut + 1 < len(self.at) else False
        pair = self.text[cut - 1 : cut + 1]
        return not (joined or pair in {"——", "……"} or self.text[cut : cut + 1] in NO_START or self.text[cut - 1] in NO_END)

    def _close(self, end: int, following: int, *, last: bool = False) -> None:
        indent = 0.0 if self.done else self.indent
        self.done.append(Line(self.start, end, self.at[end] - self.at[self.start], indent, last))
        self.start = self.solid = following


def units(text: str) -> Iterator[tuple[int, int]]:
    """The unbreakable pieces of a text as half-open ranges; the spaces between them belong to none."""
    for match in _UNIT.finditer(_paired(text)):
        if match.end() > match.start():
            yield match.span("solid")


def _paired(text: str) -> str:
    """The text with straight double quotation marks as opening and closing ones in turn: a shadow of the same length."""
    if '"' not in text:
        return text
    turn = iter(range(len(text)))
    return _STRAIGHT.sub(lambda _: "”" if next(turn) % 2 else "“", text)


def _sums(advances: Sequence[float]) -> list[float]:
    total = 0.0
    sums = [0.0]
    for advance in advances:
        total += advance
        sums.append(total)
    return sums
