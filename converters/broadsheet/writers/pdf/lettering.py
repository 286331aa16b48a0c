"""The PDF operators that print lines of type: across, in pieces that turn, or down the page."""

from __future__ import annotations

from functools import cache
from itertools import compress, count, groupby, pairwise, repeat
from operator import attrgetter, ne
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.plugin import Style
    from broadsheet.writers.pdf.setting import SetLine

#: How thick the stroke is that makes bold type, in ems: thicker, and dense characters close up. Its corners are round.
_STROKE_EM = 0.027
#: The slant of italic type, as a tangent.
_SLANT = 0.2126
#: How far the baseline of type that lies on its side stands left of the middle of its line, in ems: half a capital's height.
_LYING_EM = 0.36


_TYPE = attrgetter("font", "stroke")
#: What the operators have set: the font, whether outlines are stroked, the space after each character.
_State = tuple[str, bool, float]
_NOTHING_SET: _State = ("", False, 0.0)

def across(line: SetLine, style: Style, left: float, y: float) -> Iterator[str]:
    """The operators that print one line from left to right, its left edge and baseline at these points."""
    if not line.sorts:
        return
    slant = _SLANT if style.italic else 0
    state = _NOTHING_SET
    yield f"BT {rgb(style.colour)} rg"
    for start, end, x in _read_runs(line, style.size_pt):
        yield f"1 0 {slant:g} 1 {left + x:.3f} {y:.3f} Tm"
        for wanted, codes in _codes(line, start, end):
            yield from _switch(state, wanted, style)
            yield f"<{codes}> Tj"
            state = wanted
    yield from _switch(state, (state[0], False, 0.0), style)
    yield "ET"


def down(line: SetLine, style: Style, middle: float, top: float) -> Iterator[str]:
    """The operators that print one line from top to foot; type that does not stand upright lies on its right side.

    Args:
        line: the line; its `x` is the way down to where it begins.
        style: how it looks.
        middle: where the middle of the line stands, in points from the left.
        top: where lines begin, in points from the foot.
    """
    if not line.sorts:
        return
    slant = _SLANT if style.italic else 0
    lying = middle - _LYING_EM * style.size_pt
    state = _NOTHING_SET
    yield f"BT {rgb(style.colour)} rg"
    edges = _edges(line, style.size_pt)
    at = 0
    for upright, run in groupby(line.sorts, key=lambda sort: sort.upright):
        start, at = at, at + len(list(run))
        y = top - edges[start]
        yield f"1 0 {slant:g} 1 {middle:.3f} {y:.3f} Tm" if upright else f"0 -1 1 {-slant:g} {lying:.3f} {y:.3f} Tm"
        for wanted, codes in _codes(line, start, at):
            turned = (*wanted[:2], -wanted[2]) if upright else wanted  # down the page, a negative space adds
            yield from _switch(state, turned, style)
            yield f"<{codes}> Tj"
            state = turned
    yield from _switch(state, (state[0], False, 0.0), style)
    yield "ET"


@cache
def rgb(colour: str) -> str:
    """A colour `#rrggbb` as the three numbers of a PDF operator."""
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))


def _edges(line: SetLine, size: float) -> list[float]:
    """Where each sort begins, and where the last one ends, in points from the line's own beginning."""
    edges = [line.x]
    for i, sort in enumerate(line.sorts):
        edges.append(edges[-1] + sort.advance * size + line.gaps.get(i, 0.0))
    return edges


def _read_runs(line: SetLine, size: float) -> Iterator[tuple[int, int, float]]:
    """The pieces of a line in the order in which they are read, each with its left edge."""
    if not line.runs:
        yield 0, len(line.sorts), line.x
        return
    edges = _edges(line, size)
    yield from ((start, end, edges[start]) for start, end in line.runs)


def _codes(line: SetLine, start: int, end: int) -> Iterator[tuple[_State, str]]:
    """The codes of the sorts from one place to another, as far as they are printed in one state."""
    sorts = line.sorts[start:end]
    codes = [sort.code for sort in sorts]
    states = list(zip(map(_TYPE, sorts), map(line.gaps.get, range(start, end), repeat(0.0)), strict=True))
    if not all(codes):  # what prints nothing changes nothing
        codes, states = list(filter(None, codes)), list(compress(states, codes))
    turns = [0, *compress(count(1), map(ne, states, states[1:])), len(codes)]
    for begin, until in pairwise(turns):
        if begin < until:
            (font, stroke), space = states[begin]
            yield (font, stroke, space), "".join(codes[begin:until])


def _switch(now: _State, wanted: _State, style: Style) -> Iterator[str]:
    """The operators that change font, stroke and the space after each character."""
    if wanted[0] != now[0]:
        yield f"/{wanted[0]} {style.size_pt:g} Tf"
    if wanted[1] != now[1]:
        yield f"2 Tr 1 j {rgb(style.colour)} RG {style.size_pt * _STROKE_EM:.3f} w" if wanted[1] else "0 Tr"
    if wanted[2] != now[2]:
        yield f"{wanted[2]:.4f} Tc"
