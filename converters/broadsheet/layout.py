"""How the lines of a file are set: the measure that they are broken to, what indents and blank lines mean."""

from __future__ import annotations

import re
from bisect import bisect_left
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
        characters: whether measure and slack count characters, each alike, and not display columns.
    """

    measure: int
    slack: int
    gaps: Gaps
    gap: int
    indent: int
    wide: bool
    characters: bool = False


def find_layout(forms: Sequence[Form]) -> Layout:
    """The layout that explains the lines best."""
    measure, slack, characters = _measure(forms)
    gaps, gap = _gaps(forms, measure)
    return Layout(measure, slack, gaps, gap, _indent(forms), gaps == "apart" and _wide_gaps_part(forms, gap), characters)


def _measure(forms: Sequence[Form]) -> tuple[int, int, bool]:
    """The measure, the slack, and whether they are in characters; zeros where lines are not broken to one."""
    if len(forms) < _FEWEST_LINES:
        return 0, 0, False
    unspaced = sum(form.unspaced for form in forms) * 2 > len(forms)
    widths = sorted(form.columns + form.indent for form in forms)
    top, near = _top(widths, slack := 4 if unspaced else 12)
    if unspaced:
        lengths = sorted(map(_characters, forms))
        longest, full = _top(lengths, slack // 2)
        if full > near and full * 2 >= len(lengths) and _NARROWEST_MEASURE <= longest * 2 <= _WIDEST_MEASURE:
            return _commonest_width(lengths, longest), slack // 2, True
    if not _NARROWEST_MEASURE <= top <= _WIDEST_MEASURE or near * (2 if unspaced else 3) < len(widths):
        return 0, 0, False
    if unspaced:
        return _commonest_width(widths, top), slack, False
    # The line above one that starts in lower case was broken by the measure, not by its end.
    # (One in fifty may be a running head.)
    broken = [a.columns + a.indent for a, b in pairwise(forms) if b.text[0].islower() and b.gap <= 0]
    return (sorted(broken)[-1 - len(broken) // 50] if len(broken) * 6 > len(forms) else top), slack, False


def _top(widths: Sequence[int], slack: int) -> tuple[int, int]:
    """The widest of the sorted widths, strays aside, and how many come near it."""
    top = widths[int(len(widths) * 0.97)]
    return top, len(widths) - bisect_left(widths, top - slack)


def _characters(form: Form) -> int:
    """How many characters a line of an unspaced script takes with its indent, which is set in full squares."""
    return len(form.text) + form.indent // 2


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
    indents = Counter(form.indent for form in forms if form.indent)
    if not indents:
        return 0
    indent, count = indents.most_common(1)[0]
    return indent if count >= 2 and len(forms) * 0.02 < count < len(forms) * 0.95 else 0  # noqa: PLR2004 - one is no habit


def forced(layout: Layout, form: Form, below: Form) -> bool:
    """Whether a line was ended by the measure: the next word would not have fitted on it."""
    if not layout.measure:
        return False
    if layout.characters:
        return _characters(form) >= layout.measure - layout.slack
    width = form.columns + form.indent
    if form.unspaced or below.unspaced:
        return width >= layout.measure - layout.slack + (0 if form.unspaced else 1)
    word = _WORD.match(below.text)
    return width + 1 + (display_width(word.group()) if word else 0) > layout.measure
