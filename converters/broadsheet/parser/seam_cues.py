"""What can be seen at the seam between two lines, in few and plain terms: the ends that meet there, and how they are set."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.parser.groups import up_to

if TYPE_CHECKING:
    from broadsheet.galley import Lines

_SHARES = (0.3, 0.5, 0.7, 0.85, 0.95, 1.0, 1.1)
_COLUMNS = (8, 16, 24, 40, 60, 90, 140, 250)
#: Whether the line below is indented, and the line above.
_INDENTED = (("nn", "ny"), ("yn", "yy"))
_RATIOS = (0.3, 0.5, 0.75, 0.95, 1.06, 1.35, 2.0, 3.0)
#: With so many ends of sentences inside lines to one at a paragraph's end, paragraphs are long.
LONG_PARAGRAPHS = 1.2
_MOST_LINES = 4
_CHARS = (4, 8, 12, 16, 20, 24, 28, 32, 36)
_NAMED = {
    char: name
    for name, chars in {"quote": "\"'“”»«„「」『』", "bracket": "()[]【】〈〉《》", "dash": "-–—―", "comma": ",、", "stop": ".。!?！？…", "colon": ":;", "bullet": "•*·"}.items()
    for char in chars
}


class TextSeam(NamedTuple):
    """A seam that a paragraph may run over; few seams differ in all of this, so that each kind is weighed only once."""

    gaps: str
    wrap: str
    script: str
    end: str
    gap: str
    size: str
    full: bool
    title_above: bool
    title_below: bool
    last: str
    first: str
    stopped_below: bool
    inner_below: bool
    full_below: bool
    inner: bool
    open: bool
    closing: bool
    broken: bool
    indents: str
    narrow: str
    far: bool
    long: bool

    def names(self) -> tuple[str, ...]:
        """What is seen, as keys of `SEAM`."""
        end, script, wrap = self.end, self.script, self.wrap
        ends = f"{end} {wrap}"
        return (
            f"{self.gaps} {self.gap} {script} {ends}", f"filled {self.size} {script} {ends}", f"full {_yes(self.full)} {script} {ends}",
            f"titles {_yes(self.title_above, self.title_below)} {script} {ends}", f"starts {self.first} {end}", f"ends {self.last} {script}", f"meets {self.last} {self.first}",
            f"below {_yes(self.stopped_below, self.inner_below)} {ends}", f"inner {_yes(self.inner, self.title_above)} {ends}",
            f"pair {_yes(self.open, self.closing)} {end}", f"broken {_yes(self.broken)} {script} {end}",
            f"indents {self.indents} {ends}",
            f"narrow {self.narrow} {script} {end}", f"far {_yes(self.far)} {end}", f"long {_yes(self.long)} {script} {ends}",
            f"both full {_yes(self.full, self.full_below, self.title_below)} {ends}",
        )  # fmt: skip


def text_seam(lines: Lines, above: int, index: int, *, closed: bool, broken: bool) -> TextSeam:
    """What is seen at a seam.

    Args:
        lines: the printed lines.
        above: the line that a paragraph may come from.
        index: the line that it may go on with.
        closed: whether a claim closes the line above, though no sentence ends with it.
        broken: whether the line below begins as no sentence does.
    """
    form, below, layout = lines.forms[above], lines.forms[index], lines.layouts[index]
    titles, full = lines.titles, lines.full
    if layout.measure:
        wrap, size, near = "wrapped", up_to(_SHARES, (form.columns + form.indent) / layout.measure), narrow(lines, above, index)
    else:
        wrap, size, near = "whole", up_to(_COLUMNS, form.columns), "unknown"
    parted = below.gap > layout.gap or (below.gap > 0 and layout.gaps != "apart")
    gap = "page" if below.page != form.page else "gap" if parted else "no gap"
    return TextSeam(
        layout.gaps, wrap, "unspaced" if form.unspaced else "spaced", "stopped" if form.stopped else "closed" if closed else "unstopped", gap, size,
        full[above], titles[above], titles[index], _kind(form.shade[-1]), _kind(below.shade[0]), below.stopped, below.inner, full[index],
        form.inner, form.open != "", below.closing, broken, _INDENTED[below.indent > 0][form.indent > 0] if layout.indent else "none", near,
        above != index - 1, lines.sentences > LONG_PARAGRAPHS,
    )  # fmt: skip


def title_seam(lines: Lines, above: int, index: int) -> tuple[str, ...]:
    """What is seen at a seam that a title may run over, as keys of `TITLE_SEAM`."""
    form, below = lines.forms[above], lines.forms[index]
    script = "unspaced" if form.unspaced else "spaced"
    kind = f"{script} {'wrapped' if lines.layouts[index].measure else 'whole'}"
    ratio = up_to(_RATIOS, form.columns / below.columns)
    up = min(lines.titles_above[above] + 1, _MOST_LINES) if lines.titles[above] else 0
    down = min(lines.titles_below[index] + 1, _MOST_LINES) if lines.titles[index] else 0
    widest = max(lines.forms[at].columns for at in range(above - up + 1, index + down)) if up and down else 0
    fits = ("n" if lines.overflows(above, widest) else "y") if widest else "unknown"
    return (
        f"narrow {narrow(lines, above, index)} {script}", f"fits {fits} {script}", f"fits {fits} {kind} {up + down}", f"as wide {ratio} {script}", f"as wide {ratio} {kind}",
        f"run {up} {down} {kind}", f"capitals {_yes(form.capitals, below.capitals)}",
        f"characters above {up_to(_CHARS, len(form.text))} {script}", f"characters below {up_to(_CHARS, len(below.text))} {script}",
        f"ends {_kind(form.shade[-1])} {script}", f"starts {_kind(below.shade[0])} {script}", f"pair {_yes(form.open != '', below.closing)} {script}",
        f"parted {_yes(' ' in form.shade, ' ' in below.shade)} alike {_yes(len(form.text) == len(below.text))} {script}", f"stopped below {_yes(below.stopped)} {script}",
        f"place {_place(lines, above)} {script}",
    )  # fmt: skip


def _place(lines: Lines, above: int) -> str:
    """What stands above the run of titles that a line belongs to."""
    first = above - lines.titles_above[above]
    over = lines.forms[first - 1] if first else None
    return "none" if over is None else "stopped" if over.stopped else "unstopped"


def narrow(lines: Lines, above: int, index: int) -> str:
    """Whether two lines stand in one run of lines set narrower than the text, and whether the upper is full in its measure."""
    if above != index - 1 or not lines.narrow[above] or not lines.narrow[index]:
        return "unknown"
    return "full" if lines.overflows(above, lines.narrow[above]) else "short"


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    """What a character at a line's edge is."""
    if char in _NAMED:
        return _NAMED[char]
    return "lower" if char.islower() else "upper" if char.isupper() else "digit" if char.isdigit() else "letter" if char.isalpha() else "other"


def _yes(*facts: bool) -> str:
    """Facts as a word of y and n."""
    return "".join("y" if fact else "n" for fact in facts)
