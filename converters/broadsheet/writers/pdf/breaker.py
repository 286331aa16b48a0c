"""Breaks a text into lines: Chinese and Japanese line-edge rules, whole words, numbers kept with their units."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: Never at the start of a line. Sources: W3C CLREQ 3.1.4.1 and JLREQ, classes cl-02 to cl-07, cl-09 to cl-11 and cl-13.
NO_START = frozenset(
    "，。、；：？！”’）》〉」』】〕〗〙〛｠｝］〞〟＂＇．｡､｣,.;:?!)]}%»›"  # full stops, commas, closing brackets and quotation marks
    "‼⁇⁈⁉·・･‐–—―…‥～〜゠／"  # middle dots, dashes, ellipses, wave dashes
    "々〻〱ヽヾゝゞー゛゜ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯｰ"  # repetition and small kana
    "％‰℃℉°′″￠¢"  # what follows a number
)
#: Never at the end of a line. Sources: CLREQ 3.1.4.1 and JLREQ, classes cl-01 and cl-12.
NO_END = frozenset("“‘（《〈「『【〔〖〘〚｟｛［〝｢([{«‹¥￥$£€№＃＄￡￦")
#: May stand beyond the right edge where punctuation hangs. Source: JLREQ 3.8.2, classes cl-06 and cl-07.
HANGING = frozenset("，。、．,.")
#: Marks whose square is empty in its second half, so that it may stand beyond the edge, or before another mark.
HALF_EMPTY = frozenset("，。、．”’）》〉」』】〕〗〙〛｝］〞〟")
SOFT_HYPHEN = "\u00ad"
#: A rounding error in sums of widths, in points, that must not push a word to the next line.
_SLACK = 0.01
#: A word is divided only where the line would else stay open by more than this part of the measure,
_OPEN_SHARE = 0.08
#: and after no more than this many divided lines.
_DIVIDED_LINES = 2

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
_WORD = rf"(?:{_W}|(?!{_TAIL})-|[.,:;!?%)\]}}’‐·°′″](?={_W})|–(?=\d)|[(\[{{$£€](?={_W}))+"
_COUNTED = r"(?:(?<=\d)[%％‰℃°]?[万亿千百]{0,2}(?:[年月日时分秒岁元米吨克度人个名家次项条件届位场％]|(?<=[万亿千百％‰℃]))?)?"
# Openers, one core, closers, with what spaces stand between them: what may never be torn apart. Then the spaces that
# vanish at a line's end.
_UNIT = re.compile(
    rf"(?P<solid>(?:[{_END}]+[{_SPACE}]*+)*+"
    rf"(?:第?{_WORD}{_COUNTED}(?:{SOFT_HYPHEN}|{_TAIL})?|—+|[^{_SPACE}{_START}{_END}][{_EXTENDERS}]*)?"
    rf"(?:[{_SPACE}]*+[{_START}]+)*)[{_SPACE}]*"
)
# Where a unit surely begins, whatever stands before: between two ideographs or kana of which the first counts nothing, and
# behind a space after a word.
_COMMON = r"\u3041-\u309a\u30a1-\u30fa\u4e00-\u9fff"
JOINT = re.compile(
    rf"(?<=[{_COMMON}])(?<![万亿千百{_START}])(?=[{_COMMON}])(?![{_START}])|(?<=[^{_SPACE}{_END}][{_SPACE}])(?=[^{_SPACE}{_START}])"
)
_BLANK = re.compile(rf"[{_SPACE}]")
#: How far before a line's likely end such a place is looked for.
_JOINT_CHARS = 60
_STRAIGHT = re.compile('"')
_MARKS = "".join(sorted(NO_START | NO_END)) + "-'"
_LETTERS = re.compile(r"[^\W\d_]{5,}")


class Line(NamedTuple):
    """One line: `text[start:end]`, its width, the indent before it, whether it ends the text; widths in points.

    What stands beyond the edge is not part of the width. `divided` says that a hyphen must be printed after it, which is
    part of the width.
    """

    start: int
    end: int
    width: float
    indent: float
    last: bool
    divided: bool = False


def break_lines(
    text: str, advances: Sequence[float], measure: float, *, indent: float = 0.0, hyphen: float = 0.0, overhang: float = 0.0,
    hang: bool = False, divide: Callable[[str], Sequence[int]] | None = None,
) -> list[Line]:
    """The lines of one text without line ends, in time linear in its length.

    A unit wider than the measure is broken where no rule is hurt, and, where there is no such place, hard.

    Args:
        text: the text.
        advances: the width of each character, in points; 0 for soft hyphens and combining marks.
        measure: the width of a line, in points.
        indent: how far the first line is indented, in points; given up where it would leave less than half the line.
        hyphen: the width of the hyphen that a soft hyphen, or a divided word, shows at a line's end, in points.
        overhang: how much of a half-empty mark may stand beyond the edge, in points.
        hang: whether full stops and commas may stand beyond the edge altogether.
        divide: gives the places, rising, where a word may be divided; null divides none.
    """
    return _Breaker(text, advances, measure, indent if indent * 2 <= measure else 0.0, hyphen, overhang, hang, divide).lines()


class _Breaker:
    """The state of one run: where the open line starts, and where its last solid character ends."""

    def __init__(
        self, text: str, advances: Sequence[float], measure: float, indent: float, hyphen: float, overhang: float, hang: bool,  # noqa: FBT001
        divide: Callable[[str], Sequence[int]] | None,
    ) -> None:
        self.text, self.measure, self.indent, self.hyphen = text, measure, indent, hyphen
        self.overhang, self.hang, self.divide = overhang, hang, divide
        self.at = _sums(advances)
        self.done: list[Line] = []
        self.start = self.solid = 0

    def lines(self) -> list[Line]:
        shadow = _paired(self.text)
        at = 0
        while at < len(shadow):
            at = self._line(shadow, self._joint(shadow, at))
        if self.done and self.start == self.solid:  # the last character has been cut off already
            self.done[-1] = self.done[-1]._replace(last=True)
        else:
            self._close(self.solid, self.solid, last=True)
        return self.done

    def _joint(self, shadow: str, at: int) -> int:
        """Where to look on from: the last place that surely fits and surely begins a unit; all before it needs no look."""
        room = self._room() - (self.hyphen if SOFT_HYPHEN in shadow else 0.0)
        full = min(bisect_right(self.at, self.at[self.start] + room) - 1, len(shadow))
        for joint in range(full, max(at, full - _JOINT_CHARS), -1):
            if JOINT.match(shadow, joint):
                self.solid = joint - (1 if _BLANK.match(shadow, joint - 1) else 0)
                return joint
        return at

    def _line(self, shadow: str, at: int) -> int:
        """Takes units into the open line until one ends it; where the next unit begins."""
        closed = len(self.done)
        for match in _UNIT.finditer(shadow, at):
            if match.end() > match.start():
                start, end = match.span("solid")
                if not self._fits(end):
                    self._make_room(start, end)
                self.solid = end
                if len(self.done) > closed:
                    return match.end()
        return len(shadow)

    def _fits(self, end: int) -> bool:
        width = self.at[end] - self.at[self.start]
        room = self._room()
        if width > room:
            return width - self._beyond(end) <= room
        return width + self.hyphen <= room or self.text[end - 1 : end] != SOFT_HYPHEN

    def _beyond(self, end: int) -> float:
        """How far the last character may stand beyond the edge."""
        last = self.text[end - 1 : end]
        if self.hang and last in HANGING:
            return self.at[end] - self.at[end - 1]
        return self.overhang if last in HALF_EMPTY else 0.0

    def _room(self) -> float:
        return self.measure - (0.0 if self.done else self.indent) + _SLACK

    def _make_room(self, start: int, end: int) -> None:
        """Ends the open line before the unit, or in it; a unit that no line holds is cut where the line is full."""
        if self._divides(start, end) and self._fits(end):
            return
        if self.at[end] - self.at[start] + self.hyphen - self._beyond(end) <= self.measure and start > self.start:
            self._close(self.solid, start)
        while not self._fits(end):
            cut = self._cut(start, end)
            if cut is None:
                self._close(self.solid, start)
            else:
                self._close(cut, cut)

    def _divides(self, start: int, end: int) -> bool:
        """Divides the unit's word at the line's end where that fills an open line; whether it did."""
        room = self._room() - self.hyphen
        if self.divide is None or self.at[self.solid] - self.at[self.start] > room + self.hyphen - self.measure * _OPEN_SHARE:
            return False
        if len(self.done) >= _DIVIDED_LINES and all(line.divided for line in self.done[-_DIVIDED_LINES:]):
            return False
        word = _LETTERS.search(self.text, start, end)
        if not word or self.text[start : word.start()].strip(_MARKS) or self.text[word.end() : end].strip(_MARKS):
            return False  # no address, no name of a file
        for place in reversed(self.divide(word[0])):
            cut = place + word.start()
            if self.at[cut] - self.at[self.start] <= room:
                self._close(cut, cut, divided=True)
                return True
        return False

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
        return not (joined or self.text[cut : cut + 1] in NO_START or self.text[cut - 1] in NO_END)

    def _close(self, end: int, following: int, *, last: bool = False, divided: bool = False) -> None:
        indent = 0.0 if self.done else self.indent
        width = self.at[end] - self.at[self.start] + (self.hyphen if divided else 0.0)
        if width > self._room():
            width -= min(width - self.measure + indent, self._beyond(end))
        self.done.append(Line(self.start, end, width, indent, last, divided))
        self.start = self.solid = following


def hurt(text: str, lines: Sequence[Line]) -> bool:
    """Whether lines begin or end where no line may, because the measure left no other way."""
    return any(text[line.start] in NO_START for line in lines[1:]) or any(text[line.end - 1] in NO_END for line in lines[:-1])


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
    return [0.0, *accumulate(advances)]
