"""How the lines of a file are set: the measure that they are broken to, what indents and blank lines mean."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from broadsheet.text import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.galley import Form

Gaps = Literal["none", "apart", "blocks", "stories"]

#: A measure wider than this is no column of a newspaper but a paragraph that ended there.
_WIDEST_MEASURE = 130
_FEWEST_LINES = 5
#: Nor is one narrower than this: nine Chinese characters; shorter lines are verse.
_NARROWEST_MEASURE = 18
_WORD = re.compile(r"\S+")


class Layout(Struct, frozen=True):
    """How a file is set.

    Args:
        measure: the display columns of a full line; 0 where each paragraph stands on one line.
        slack: how many columns a full line may fall short of the measure, where that does not depend on the next word.
        gaps: what blank lines mean: `none` stand anywhere; `apart`: they stand between all lines and say nothing;
            `blocks`: they part paragraphs and titles; `stories`: they part articles.
        gap: the number of blank lines that usually stand between two lines that are parted.
        wide: whether wider gaps than usual part articles, where blank lines stand between all lines.
        indent: the display columns that the first line of a paragraph is set in by; 0 where none is.
    """

    measure: int
    slack: int
    gaps: Gaps
    gap: int
    indent: int
    wide: bool


def find_layout(forms: Sequence[Form]) -> Layout:
    """The layout that explains the lines best."""
    measure, slack = _measure(forms)
    gaps, gap = _gaps(forms, measure)
    return Layout(measure, slack, gaps, gap, _indent(forms), gaps == "apart" and _wide_gaps_part(forms, gap))


def _measure(forms: Sequence[Form]) -> tuple[int, int]:
    """The measure, and the slack; (0, 0) where lines are not broken to one."""
    if len(forms) < _FEWEST_LINES:
        return 0, 0
    unspaced = sum(form.unspaced for form in forms) * 2 > len(forms)
    widths = sorted(form.columns + form.indent for form in forms)
    top = widths[int(len(widths) * 0.97)]
    slack = 4 if unspaced else 12
    near = sum(width >= top - slack for width in widths)
    if not _NARROWEST_MEASURE <= top <= _WIDEST_MEASURE or near * (2 if unspaced else 3) < len(widths):
        return 0, 0
    if unspaced:
        return _commonest_width(widths, top), slack
    # The line above one that starts in lower case was broken by the measure, not by its end.
    # (One in fifty may be a running head.)
    broken = [a.columns + a.indent for a, b in pairwise(forms) if b.text[0].islower() and b.gap <= 0]
    return (sorted(broken)[-1 - len(broken) // 50] if len(broken) * 6 > len(forms) else top), slack


def _commonest_width(widths: Sequence[int], top: int) -> int:
    counts = Counter(widths)
    return max(range(max(top - 4, 1), top + 1), key=lambda width: (counts[width] + counts[width - 1], width))


def _gaps(forms: Sequence[Form], measure: int) -> tuple[Gaps, int]:
    parted = [form.gap for form in forms if form.gap > 0]
    inner = sum(form.gap >= 0 for form in forms)
    if not parted:
        return "none", 0
    gap = Counter(parted).most_common(1)[0][0]
    if len(parted) >= inner * 0.9:
        return "apart", gap
    if measure:
        return "blocks", gap
    below = [form for form in forms if form.gap > 0]
    titles = sum(not form.stopped and not form.inner for form in below)
    return ("stories" if titles * 10 >= len(below) * 7 else "blocks"), gap


def _wide_gaps_part(forms: Sequence[Form], gap: int) -> bool:
    """Whether two wider gaps or more stand above short unstopped lines, and seldom above others."""
    below = [form for form in forms if form.gap > gap]
    return len(below) > 1 and sum(not form.stopped and not form.inner for form in below) * 10 >= len(below) * 7


def _indent(forms: Sequence[Form]) -> int:
    """The commonest indent, where it sets some lines apart from the others."""
    indents = Counter(form.indent for form in forms if form.indent > 1)
    if not indents:
        return 0
    indent, count = indents.most_common(1)[0]
    return indent if count >= 2 and len(forms) * 0.02 < count < len(forms) * 0.95 else 0  # noqa: PLR2004 - one is no habit


def forced(layout: Layout, form: Form, below: Form) -> bool:
    """Whether a line was ended by the measure: the next word would not have fitted on it."""
    if not layout.measure:
        return False
    width = form.columns + form.indent
    if form.unspaced or below.unspaced:
        return width >= layout.measure - layout.slack + (0 if form.unspaced else 1)
    word = _WORD.match(below.text)
    return width + 1 + (display_width(word.group()) if word else 0) > layout.measure
