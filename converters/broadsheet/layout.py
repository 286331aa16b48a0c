"""How the lines of a file are set: the measure that they are broken to, what indents and blank lines mean."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from broadsheet.text import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.form import Form

Gaps = Literal["none", "apart", "blocks", "stories"]

#: A measure wider than this is no column of a newspaper but a paragraph that ended there.
_WIDEST_MEASURE = 130
_FEWEST_LINES = 5
#: So many lines make a style of their own in a file of two.
_FEWEST_STYLED = 12
#: A full line may fall short by so many squares, for what may not begin or end a line; or by a long word.
_SQUARES, _WORD_SLACK = 2, 12
#: Titles and last lines of paragraphs are short, and rows of tables may be long: so many are full, so many longer.
_FULL_SHARE, _LONGER_SHARE = 0.42, 0.15
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


def find_layouts(forms: Sequence[Form]) -> list[Layout]:
    """The layout of each line: one for all, or two where the file begins or ends in another style."""
    cut = _cut(forms)
    parts = (forms[:cut], forms[cut:]) if cut else (forms,)
    return [layout for part in parts for layout in [find_layout(part)] * len(part)]


def find_layout(forms: Sequence[Form]) -> Layout:
    """The layout that explains the lines best."""
    measure, slack, characters = _measure(forms)
    indent = _indent(forms)
    gaps, gap = _gaps(forms, measure, indent)
    wide = gaps in ("apart", "blocks") and _wide_gaps_part(forms, gap)
    return Layout(measure, slack, gaps, gap, indent, wide, characters)


def _cut(forms: Sequence[Form]) -> int:
    """Where lines broken to a measure meet paragraphs of a line each; 0 where the file is of one style."""
    long = [index for index, form in enumerate(forms) if form.columns > _WIDEST_MEASURE]
    if not long:
        return 0
    for start, end in ((0, long[0]), (long[-1] + 1, len(forms))):
        if end - start < _FEWEST_STYLED:
            continue
        layout = find_layout(forms[start:end])
        full = [index for index in range(start, end - 1) if forced(layout, forms[index], forms[index + 1])]
        if len(full) * 3 > end - start:
            # A paragraph's last line is seldom full, and what stands below it may be a title of the other style.
            return min(full[-1] + 2, end) if start == 0 else full[0]
    return 0


def _measure(forms: Sequence[Form]) -> tuple[int, int, bool]:
    """The measure, the slack, and whether they are in characters; zeros where lines are not broken to one."""
    if len(forms) < _FEWEST_LINES:
        return 0, 0, False
    widths = sorted(form.columns + form.indent for form in forms)
    if sum(form.unspaced for form in forms) * 2 <= len(forms):
        return _measure_of_words(forms, widths), _WORD_SLACK, False
    near, measure = _fullest(widths, 2 * _SQUARES, _NARROWEST_MEASURE, _WIDEST_MEASURE)
    lengths = sorted(map(_characters, forms))
    full, longest = _fullest(lengths, _SQUARES, _NARROWEST_MEASURE // 2, _WIDEST_MEASURE // 2)
    if full > near:
        return longest, _SQUARES, True
    return measure, 2 * _SQUARES, False


def _fullest(widths: Sequence[int], slack: int, narrowest: int, widest: int) -> tuple[int, int]:
    """How many lines are full, and the measure that makes them so; zeros where too few are, or too many are longer."""
    counts = Counter(widths)

    def full(width: int) -> int:
        return bisect_right(widths, width) - bisect_left(widths, width - slack)

    best = max((width for width in counts if narrowest <= width <= widest), key=lambda width: (full(width), width), default=0)
    if not best or full(best) < len(widths) * _FULL_SHARE or len(widths) - bisect_right(widths, best) > len(widths) * _LONGER_SHARE:
        return 0, 0
    return full(best), max(range(max(best - slack, 1), best + 1), key=lambda width: (counts[width] + counts[width - 1], width))


def _measure_of_words(forms: Sequence[Form], widths: Sequence[int]) -> int:
    """The measure of a script with blanks: the line above one that starts in lower case was broken by it, not by its own end."""
    usual = Counter(form.gap for form in forms).most_common(1)[0][0]
    broken = sorted(a.columns + a.indent for a, b in pairwise(forms) if b.text[0].islower() and b.gap <= usual)
    if len(broken) * 6 > len(forms):
        measure = broken[-1 - len(broken) // 50]  # one in fifty may be a running head
        wrapped = _NARROWEST_MEASURE <= measure <= _WIDEST_MEASURE and len(widths) - bisect_right(widths, measure) <= len(widths) * _LONGER_SHARE
        return measure if wrapped else 0
    cased = sum(form.text.upper() != form.text.lower() for form in forms)
    if cased * 2 > len(forms):
        return 0  # in a script with capitals, broken lines would begin in lower case
    top = widths[int(len(widths) * 0.97)]
    full = [form for form in forms if form.columns + form.indent >= top - _WORD_SLACK]
    # Where most full lines end a sentence, they are paragraphs of like length.
    broken_off = sum(not form.stopped for form in full) * 2 > len(full)
    return top if _NARROWEST_MEASURE <= top <= _WIDEST_MEASURE and broken_off and len(full) * 3 >= len(widths) else 0


def _characters(form: Form) -> int:
    """How many characters a line of an unspaced script takes with its indent, which is set in full squares."""
    return len(form.text) + form.indent // 2


def _gaps(forms: Sequence[Form], measure: int, indent: int) -> tuple[Gaps, int]:
    parted = [form.gap for form in forms if form.gap > 0]
    inner = sum(form.gap >= 0 for form in forms)
    if not parted:
        return "none", 0
    gap = Counter(parted).most_common(1)[0][0]
    if len(parted) >= inner * 0.9:
        return "apart", gap
    below = [form for form in forms if form.gap > 0]
    if measure:
        # Where indents tell paragraphs, blank lines are free to part stories, and do where no paragraph stands below them.
        return ("stories" if indent and sum(form.indent == indent for form in below) * 4 <= len(below) else "blocks"), gap
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
