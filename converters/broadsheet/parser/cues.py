"""What can be seen of a line that may be more than plain text: its form, its setting, its neighbours, the run of titles around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from broadsheet.galley import digitless
from broadsheet.model import FURNITURE, Role
from broadsheet.parser.evidence import NOTHING
from broadsheet.parser.weights import FORM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.galley import Form, Lines
    from broadsheet.parser.evidence import LineEvidence

_COUNTED_CHARS = (3, 4, 6, 8, 11, 15, 20, 26, 34, 46)
_COUNTED_WORDS = (1, 2, 3, 5, 8, 12, 17, 25)
_TEXT_LINES = (1, 2, 4, 8)
_RATIOS = (0.4, 0.7, 1.0, 1.5, 2.5)
_MOST_TITLES = 3
_MOST_TEXT_LINES = 9
#: So many lines of wrapped text are about as much as one paragraph on a line of its own.
_WRAPPED_LINE = 0.25
_MOST_COMMAS = 3
_FIRST_LINES = 3
_LONG_WORD = re.compile(r"\b[^\W\d_]{4,}")
_FEW_WORDS = 2
_LIKELY = 0.8
#: A cue of less weight, in log odds, is not worth telling; nor are more than so many.
_TELLING, _MOST_TOLD = 0.4, 4

_ENDS = {
    char: name
    for name, chars in {
        "asks": "?", "cries": "!", "colon": ":", "comma": ",;、", "quote": '"”»」』', "bracket": ")]】〉》", "dots": "…", "dash": "-—", "stop": ".。",
    }.items()
    for char in chars
}  # fmt: skip
_STARTS = {
    char: name for name, chars in {"quote": '"“«„「『', "bracket": "([【〈《", "dash": "-—–―─", "bullet": "•*·■▲▶●◆○□△・#"}.items() for char in chars
}  # fmt: skip
_INSIDE = (("colon", re.compile(r"(?<=.):(?=.)")), ("dash", re.compile("(?<=.)[—–―]")), ("quote", re.compile('["“”«»「」„]')), ("digit", re.compile(r"\d")), ("series", re.compile("、")))
#: Roles that a neighbour may have by its claims.
_NEIGHBOURS = frozenset(Role) - {Role.PARAGRAPH, Role.HEADLINE, Role.DATELINE}


class Cues:
    """The cues of each line, looked at when they are asked for.

    Args:
        lines: the printed lines.
        evidence: the claims on each.
    """

    def __init__(self, lines: Lines, evidence: Sequence[LineEvidence]) -> None:
        self._lines, self._evidence = lines, evidence
        self._kinds: dict[int, str] = {}

    def seen(self, index: int) -> tuple[tuple[str, ...], ...]:
        """The names of what is seen of a line, keys of `FORM`, in groups that come again on other lines."""
        form = self._lines.forms[index]
        return tuple(_form(form)), tuple(self._setting(index, form)), tuple(self._around(index, form)), tuple(self._claimed(index))

    def telling(self, index: int, role: Role) -> list[tuple[str, float]]:
        """The cues that say most for or against a role of a line, each with its weight, the heaviest first; none of a line of plain text."""
        if self._evidence[index] is NOTHING and not self._lines.title_like(index):
            return []
        weighed = [(cue, weight) for group in self.seen(index) for cue in group if abs(weight := FORM.get(cue, {}).get(role, 0.0)) >= _TELLING]
        return sorted(weighed, key=lambda one: (-abs(one[1]), one[0]))[:_MOST_TOLD]

    def _setting(self, index: int, form: Form) -> Iterator[str]:
        """What size, measure, indent and blank lines say."""
        lines, layout = self._lines, self._lines.layouts[index]
        wrap = "wrapped" if layout.measure else "whole"
        size = f"{up_to(_COUNTED_CHARS, len(form.text))} characters" if form.unspaced else f"{up_to(_COUNTED_WORDS, form.text.count(' ') + 1)} words"
        yield size
        yield f"{size} {wrap}"
        yield f"gaps {layout.gaps} {wrap}"
        yield f"script {'unspaced' if form.unspaced else 'spaced'} {wrap}"
        if form.gap < 0:
            yield "top of page"
        elif _parted(form, layout.gap, layout.gaps):
            yield f"gap above {layout.gaps} {wrap}"
        if index + 1 < len(lines) and _parted(lines.forms[index + 1], layout.gap, layout.gaps):
            yield f"gap below {layout.gaps} {wrap}"
        if form.indent:
            yield "indent more" if form.indent > layout.indent else "indent usual" if form.indent == layout.indent else "indent less"
        elif layout.indent:
            yield "flush"
        if lines.forced(index):
            yield "full"
        if index and lines.forced(index - 1):
            yield "full above"
        if index < _FIRST_LINES:
            yield f"line {index}"
        if lines.repeats.get(digitless(form.shade), 0) > 1:
            yield "repeated"

    def _around(self, index: int, form: Form) -> Iterator[str]:
        """What stands above and below."""
        lines = self._lines
        above, below = self._kind(index - 1), self._kind(index + 1)
        what = "title" if lines.title_like(index) else "text"
        yield what
        yield f"script {'unspaced' if form.unspaced else 'spaced'} {what}"
        yield f"above {above}"
        yield f"below {below}"
        yield f"{what} below {above}"
        yield f"{what} above {below}"
        yield f"between {above} and {below}"
        if form.stopped:
            yield f"stopped {what}"
        if form.inner:
            yield f"inner {what}"
        if what == "title":
            yield from self._among_titles(index, form)

    def _among_titles(self, index: int, form: Form) -> Iterator[str]:
        """The run of titles that a title stands in, what stands on either side of it, and how the title compares with its neighbours."""
        up, down = self._titles(index, -1), self._titles(index, 1)
        yield f"titles above {up}"
        yield f"titles below {down}"
        yield f"titles {up} and {down}"
        yield f"titles under {self._kind(index - 1 - up)}"
        yield f"titles over {self._kind(index + 1 + down)}"
        yield f"text below {self._text(index + 1 + down, 1)}"
        yield f"text above {self._text(index - 1 - up, -1)}"
        if down:
            yield f"as wide as the title below {up_to(_RATIOS, form.columns / self._lines.forms[index + 1].columns)}"
        if up:
            yield f"as wide as the title above {up_to(_RATIOS, form.columns / self._lines.forms[index - 1].columns)}"

    def _claimed(self, index: int) -> Iterator[str]:
        """What is claimed of its beginning and end."""
        line = self._evidence[index]
        if line is not NOTHING:
            yield from (f"tail {claim.role}" for claim in line.tails)
            yield from (f"head {claim.role}" for claim in line.heads)

    def _kind(self, index: int) -> str:
        """What a neighbour seems to be."""
        if not 0 <= index < len(self._lines):
            return "none"
        known = self._kinds.get(index)
        if known is None:
            known = self._kinds[index] = self._look(index)
        return known

    def _look(self, index: int) -> str:
        line, form = self._evidence[index], self._lines.forms[index]
        if line is not NOTHING:
            for role in (Role.JUMP, Role.DATELINE):
                if line.head(role) is not None:
                    return role
            likely = [(odds, role) for role, odds in line.odds.items() if odds > _LIKELY and role in _NEIGHBOURS]
            if likely:
                role = max(likely)[1]
                return "furniture" if role in FURNITURE else role
            if line.tails:
                return "closed"
        if self._lines.title_like(index):
            return "capitals" if form.capitals else "title"
        return "stopped" if form.stopped else "unstopped"

    def _titles(self, index: int, step: int) -> int:
        """How many titles follow on one another from the line, up to three."""
        at = index + step
        while 0 <= at < len(self._lines) and abs(at - index) <= _MOST_TITLES and self._lines.title_like(at):
            at += step
        return abs(at - index) - 1

    def _text(self, start: int, step: int) -> str:
        """How much text stands from a line on before the next title, in paragraphs of a line each."""
        lines, at, amount = self._lines, start, 0.0
        while 0 <= at < len(lines) and amount < _MOST_TEXT_LINES and not lines.title_like(at):
            amount += _WRAPPED_LINE if lines.layouts[at].measure else 1.0
            at += step
        return up_to(_TEXT_LINES, amount)


def up_to(bounds: Sequence[float], value: float) -> str:
    """The first bound that a value does not pass, in words."""
    place = bisect_left(bounds, value)
    return f"up to {bounds[place]}" if place < len(bounds) else f"over {bounds[-1]}"


def _parted(form: Form, gap: int, gaps: str) -> bool:
    """Whether a line is parted from the one above it by more than is usual."""
    return form.gap > gap or (form.gap > 0 and gaps != "apart")


def _form(form: Form) -> Iterator[str]:
    """What the characters say."""
    shade = form.shade
    last, first = shade[-1], shade[0]
    end = _ENDS.get(last) or ("digit" if last.isdigit() else "")
    if end:
        yield f"ends {end}"
    start = _STARTS.get(first) or ("digit" if first.isdigit() else "lower case" if first.islower() else "")
    if start:
        yield f"starts {start}"
    yield from (f"inside {name}" for name, pattern in _INSIDE if pattern.search(shade))
    if "," in shade:
        yield f"commas {min(shade.count(','), _MOST_COMMAS)} {'unspaced' if form.unspaced else 'spaced'}"
    if form.open:
        yield "open"
    if form.closing:
        yield "closing"
    if form.unspaced:
        if " " in shade:
            yield "parted"
    elif form.capitals:
        yield "capitals"
    elif shade.upper() != shade.lower():
        yield from _case(shade)


def _case(shade: str) -> Iterator[str]:
    """How many of the longer words begin with a capital."""
    words = _LONG_WORD.findall(shade)
    upper = sum(word[0].isupper() for word in words)
    if words:
        share = "all" if upper == len(words) else "most" if upper * 3 > len(words) * 2 else "some" if upper > 1 else "few"
        yield f"capitals {share}"
        if len(words) > _FEW_WORDS:
            yield f"capitals {share} of many"
