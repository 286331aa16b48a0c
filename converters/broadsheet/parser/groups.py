"""What is seen of a line, in groups of facts that come again on other lines, and the cues that each group gives."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Bounds of what is counted: a cue says between which of them a value lies.
COUNTED_CHARS = (3, 4, 6, 8, 11, 15, 20, 26, 34, 46)
COUNTED_WORDS = (1, 2, 3, 5, 8, 12, 17, 25)
TEXT_LINES = (1, 2, 4, 8)
RATIOS = (0.4, 0.7, 1.0, 1.5, 2.5)
COUNTED_SAID = (8, 14, 22, 34)
#: Shares of what a title speaks of.
SHARES = (0.0, 0.1, 0.2, 0.35, 0.6)


class Form(NamedTuple):
    """What the characters of a line say: how it ends and starts, what stands inside it, how it is written."""

    end: str
    start: str
    inside: tuple[str, ...]
    commas: int
    unspaced: bool
    open: bool
    closing: bool
    letters: tuple[str, ...]

    def names(self) -> Iterator[str]:
        """The cues, as keys of `FORM`."""
        if self.end:
            yield f"ends {self.end}"
        if self.start:
            yield f"starts {self.start}"
        yield from (f"inside {name}" for name in self.inside)
        if self.commas:
            yield f"commas {self.commas} {_script(self.unspaced)}"
        if self.open:
            yield "open"
        if self.closing:
            yield "closing"
        yield from self.letters


class Setting(NamedTuple):
    """What size, measure, indent and blank lines say of a line."""

    size: int
    unspaced: bool
    wrapped: bool
    gaps: str
    above: str
    gap_below: bool
    indent: str
    full: bool
    full_above: bool
    place: int
    repeated: bool

    def names(self) -> Iterator[str]:
        """The cues, as keys of `FORM`."""
        wrap = "wrapped" if self.wrapped else "whole"
        size = f"{_bound(COUNTED_CHARS, self.size)} characters" if self.unspaced else f"{_bound(COUNTED_WORDS, self.size)} words"
        yield size
        yield f"{size} {wrap}"
        yield f"gaps {self.gaps} {wrap}"
        yield f"script {_script(self.unspaced)} {wrap}"
        if self.above == "page":
            yield "top of page"
        elif self.above:
            yield f"gap above {self.gaps} {wrap}"
        if self.gap_below:
            yield f"gap below {self.gaps} {wrap}"
        if self.indent:
            yield self.indent
        if self.full:
            yield "full"
        if self.full_above:
            yield "full above"
        if self.place >= 0:
            yield f"line {self.place}"
        if self.repeated:
            yield "repeated"


class Around(NamedTuple):
    """What a line is, title or text, between what stands above and below."""

    title: bool
    unspaced: bool
    above: str
    below: str
    stopped: bool
    inner: bool

    def names(self) -> Iterator[str]:
        """The cues, as keys of `FORM`."""
        what = "title" if self.title else "text"
        yield what
        yield f"script {_script(self.unspaced)} {what}"
        yield f"above {self.above}"
        yield f"below {self.below}"
        yield f"{what} below {self.above}"
        yield f"{what} above {self.below}"
        yield f"between {self.above} and {self.below}"
        if self.stopped:
            yield f"stopped {what}"
        if self.inner:
            yield f"inner {what}"


class Titles(NamedTuple):
    """The run of titles that a title stands in, what stands on either side of it, and how the title compares with its neighbours."""

    up: int
    down: int
    under: str
    over: str
    text_below: int
    text_above: int
    ratio_below: int
    ratio_above: int

    def names(self) -> Iterator[str]:
        """The cues, as keys of `FORM`."""
        yield f"titles above {self.up}"
        yield f"titles below {self.down}"
        yield f"titles {self.up} and {self.down}"
        yield f"titles under {self.under}"
        yield f"titles over {self.over}"
        yield f"text below {_bound(TEXT_LINES, self.text_below)}"
        yield f"text above {_bound(TEXT_LINES, self.text_above)}"
        if self.down:
            yield f"as wide as the title below {_bound(RATIOS, self.ratio_below)}"
        if self.up:
            yield f"as wide as the title above {_bound(RATIOS, self.ratio_above)}"


class Claimed(NamedTuple):
    """What is claimed of a line, of its end and its beginning."""

    whole: tuple[str, ...]
    tails: tuple[str, ...]
    heads: tuple[str, ...]

    def names(self) -> Iterator[str]:
        """The cues, as keys of `FORM`."""
        yield from (f"whole {role}" for role in self.whole)
        yield from (f"tail {role}" for role in self.tails)
        yield from (f"head {role}" for role in self.heads)


class Said(NamedTuple):
    """The sorts of words that a short line has: who writes, where, when, in what column."""

    words: tuple[str, ...]
    size: int
    unspaced: bool

    def names(self) -> Iterator[str]:
        """The cues, as keys of `FORM`."""
        size = _bound(COUNTED_SAID, self.size)
        for word in self.words or ("nothing",):
            yield f"says {word}"
            yield f"says {word} in {size} {_script(self.unspaced)}"


class Echo(NamedTuple):
    """How much of what a title speaks of comes again in the text below it, and stood in the text above."""

    below: int
    above: int
    unspaced: bool

    def names(self) -> Iterator[str]:
        """The cues, as keys of `FORM`."""
        below, above, script = _bound(SHARES, self.below), _bound(SHARES, self.above), _script(self.unspaced)
        yield f"comes again {below} {script}"
        yield f"stood above {above} {script}"
        yield f"stood above {above} comes again {below} {script}"


#: What is seen of a line from one side; few lines differ in all of it, so that each is weighed only once.
Group = Form | Setting | Around | Titles | Claimed | Said | Echo


def up_to(bounds: Sequence[float], value: float) -> str:
    """The first bound that a value does not pass, in words."""
    return _bound(bounds, bisect_left(bounds, value))


def _bound(bounds: Sequence[float], place: int) -> str:
    return f"up to {bounds[place]}" if place < len(bounds) else f"over {bounds[-1]}"


def _script(unspaced: bool) -> str:  # noqa: FBT001 - a fact of the line
    return "unspaced" if unspaced else "spaced"
