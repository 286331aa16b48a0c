"""Seams: how strongly each line goes on with the one above it, with reasons."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.parser.evidence import NOTHING
from broadsheet.parser.seam_cues import LONG_PARAGRAPHS, TextSeam, text_seam, title_seam
from broadsheet.parser.weights import LINE, SEAM, TITLE_SEAM
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.form import Form
    from broadsheet.galley import Lines
    from broadsheet.parser.evidence import LineEvidence
    from broadsheet.plugin import Language

_SERIES = re.compile(r"[\u4e00-\u9fff]{1,2}、")
_DASHES = re.compile(r"(?:——|—|――|--)")
_CONNECTIVE = re.compile(r"(?:\b(?:of|the|to|and|in|for|a|an|on|at|by|with|from|as|but|or|und|der|die|das|in|von|zu|et|de|la|le|y|el)|[的和与及向对为在、，,])$", re.IGNORECASE)
_FOUR = re.compile("[\u4e00-\u9fff]{4}")
_LONG_COLUMNS = 80
#: A newspaper page holds about so much text.
_REACH_CHARS = 6_000
#: A bullet like that of the line beside it begins an item.
_LISTED = 2.0


class Seams:
    """The seam above each line, looked at when it is asked for.

    Args:
        lines: the lines.
        evidence: the claims on them.
        above: for each line the index of the line that it would go on with (furniture and interlopers passed over);
            -1 where there is none.
        language: the profile that knows what no sentence begins with.
    """

    def __init__(self, lines: Lines, evidence: Sequence[LineEvidence], above: Sequence[int], language: Language | None) -> None:
        self._lines, self._evidence, self._above = lines, evidence, above
        self._broken = hits(lines, language, "broken_start")
        self._seen: dict[int, tuple[str, ...]] = {}
        self._titles: dict[int, float] = {}

    def text(self, index: int) -> float:
        """The evidence, as log odds, that a paragraph runs over the seam."""
        up = self._above[index]
        if up < 0:
            return _NONE_ABOVE
        seam = text_seam(self._lines, up, index, closed=bool(self._evidence[up].tails), broken=index in self._broken)
        return _of_cues(self.seen(index)) + _of_seam(seam)

    def title(self, index: int) -> float:
        """The same for a title."""
        known = self._titles.get(index)
        if known is None:
            known = self._titles[index] = self._title(self._above[index], index)
        return known

    def _title(self, up: int, index: int) -> float:
        if up < 0:
            return _NONE_ABOVE
        return _sum(TITLE_SEAM, (*_title_seen(self._lines, up, index, self.seen(index)), *title_seam(self._lines, up, index)))

    def start(self, index: int) -> float:
        """What speaks against a title that begins below the seam: none begins in lower case."""
        return LINE["lower_case_title"] if self._lines.forms[index].shade[0].islower() and self._above[index] >= 0 else 0.0

    def reasons(self, index: int) -> tuple[str, ...]:
        """What was seen that speaks for going on, in words."""
        if self._above[index] < 0:
            return ()
        return tuple(_WORDS[name] for name in self.seen(index) if SEAM[name] > 0 and name in _WORDS)

    def seen(self, index: int) -> tuple[str, ...]:
        """The names of the cues at the seam, keys of `SEAM`."""
        known = self._seen.get(index)
        if known is None:
            up = self._above[index]
            known = self._seen[index] = tuple(self._look(up, index))
        return known

    def _look(self, above: int, index: int) -> list[str]:
        lines = self._lines
        form, layout = lines.forms[above], lines.layouts[index]
        up, here = self._evidence[above], self._evidence[index]
        closed = any(claim.role in _CLOSING for claim in up.tails)
        stopped = form.stopped or closed
        seen = _setting_cues(lines, above, index, stopped=stopped)
        if stopped:
            seen.append("stopped" if closed or not (seen and seen[0] in _FULL_AND_STOPPED) else "unstopped")
        else:
            # Cut at column ends, a lead with its dateline may be as short as a title.
            opener = form.unspaced and layout.gaps == "apart" and (up.head(Role.DATELINE) or up.head(Role.JUMP))
            seen.append("title_above" if not layout.measure and lines.titles[above] and not opener else "unstopped")
            if form.inner and not (layout.measure and "not_forced" not in seen):
                seen.append("inner_unstopped")
            elif form.columns > _LONG_COLUMNS and not layout.measure:
                seen.append("long_unstopped")
            if form.shade[-1] == ":":
                seen.append("colon")
        self._letters(above, index, seen, stopped=stopped)
        if here is not NOTHING and (here.head(Role.DATELINE) or here.head(Role.JUMP) or here.odds.get(Role.LIST_ITEM, 0.0) > _LISTED):
            seen.append("dateline")
        return seen

    def _letters(self, above: int, index: int, seen: list[str], *, stopped: bool) -> None:
        """What the characters on both sides say."""
        lines = self._lines
        form, below = lines.forms[above], lines.forms[index]
        if form.open and not (stopped and form.shade[-1] not in "。."):
            seen.append("open_pair")
            if below.closing:
                seen.append("pair_closed")
        first = below.shade[0]
        if first.islower():
            seen.append("lower_case")
        elif index in self._broken:
            seen.append("series_start" if _SERIES.match(below.shade) else "broken_start")
        if stopped:
            return
        last = form.shade[-1]
        if last in "-\u00ad‐=⸗¬" and len(form.shade) > 1 and form.shade[-2].isalpha() and first.islower():
            seen.append("hyphen")
        if last.isdigit() and first.isdigit():
            seen.append("number")
        # At the end of a full line of text words are cut as a matter of course, so that one seen elsewhere says nothing.
        cut = lines.full[above] and not (lines.titles[above] and lines.titles[index])
        if form.unspaced and below.unspaced and not cut and _elsewhere(lines, form, below):
            seen.append("seen_elsewhere")


@lru_cache(maxsize=16_384)
def _of_cues(seen: tuple[str, ...]) -> float:
    return _sum(SEAM, seen)


@lru_cache(maxsize=65_536)
def _of_seam(seam: TextSeam) -> float:
    return _sum(SEAM, seam.names())


def _sum(weights: Mapping[str, float], seen: Sequence[str]) -> float:
    """The weights of what was seen; a cue that the fit found to say nothing has none."""
    return sum(weights.get(name, 0.0) for name in seen)


#: Where a sentence ends with a full line, a paragraph does, too, or it was chance.
_FULL_AND_STOPPED = ("forced_stopped", "forced_run_on")
_NONE_ABOVE = -9.0
_CLOSING = (Role.SIGN_OFF, Role.BYLINE, Role.CREDIT, Role.JUMP)


_WORDS = {
    "inner_unstopped": "a sentence ends inside the line above, but none at its end",
    "open_pair": "a quotation mark or bracket is open",
    "pair_closed": "it closes what the line above opened",
    "broken_start": "no sentence begins like this",
    "series_start": "it goes on with a series",
    "lower_case": "it begins in lower case",
    "hyphen": "the line above ends in a hyphen",
    "number": "a number runs over the seam",
    "seen_elsewhere": "the words at the seam stand together elsewhere",
    "forced": "the line above is full",
}


def _setting_cues(lines: Lines, above: int, index: int, *, stopped: bool) -> list[str]:
    """What measure, indent and blank lines say."""
    form, below, layout = lines.forms[above], lines.forms[index], lines.layouts[index]
    seen: list[str] = []
    if layout.measure:
        if not lines.full[above] and above == index - 1:
            seen.append("not_forced")
        else:
            long = lines.sentences > LONG_PARAGRAPHS and not lines.titles[index]
            seen.append("forced" if not stopped else "forced_run_on" if long else "forced_stopped")
    if layout.indent:
        seen += ["indented"] if below.indent >= layout.indent else ["not_indented"] if layout.measure else []
    if below.page != form.page:
        seen.append("top_of_page")
    elif below.gap > 0 and layout.gaps != "apart":
        seen.append("gap_stories" if layout.gaps == "stories" else "gap" if stopped or not layout.measure else "gap_unstopped")
    elif below.gap > layout.gap and layout.gaps == "apart":
        seen.append("wide_gap")
    elif layout.gaps == "blocks" and layout.measure:
        seen.append("same_block")
    return seen


def _elsewhere(lines: Lines, form: Form, below: Form) -> bool:
    """Whether the characters at the seam stand together near by; only then is it a word cut in two.

    Four of them, if all are ideographs; else, with punctuation at the seam such as 心|事、, one before and two after it.
    """
    low, high = max(form.end - _REACH_CHARS, 0), below.start + _REACH_CHARS
    word = form.text[-2:] + below.text[:2]
    if not _FOUR.fullmatch(word):
        word = form.text[-1] + below.text[:2]
        return len(word) == 3 and lines.text.find(word, low, high) >= 0  # noqa: PLR2004 - one before, two after
    if not lines.spoken(word[1:3], low, high):
        return False
    return lines.text.find(word, low, high) >= 0 or lines.text.find(form.text[-1] + below.text[:3], low, high) >= 0


def _title_setting(lines: Lines, above: int, index: int) -> list[str]:
    """What measure and blank lines say of a title that may go on."""
    layout = lines.layouts[index]
    found = ["apart"] if layout.gaps == "apart" else ["gap"] if lines.forms[index].gap > 0 else []
    if not layout.measure:
        return [*found, "clause" if lines.forms[index].unspaced else "unwrapped"]
    full = ["forced"] if lines.full[above] else ["full_below"] if lines.full[index] else []
    return [*found, "measure", *full]


def _title_seen(lines: Lines, above: int, index: int, seen: tuple[str, ...]) -> list[str]:
    """The cues for a title that goes on, keys of `TITLE_SEAM`."""
    form, below = lines.forms[above], lines.forms[index]
    found = ["base", *_title_setting(lines, above, index)]
    if form.capitals != below.capitals:
        found.append("other_case")
    elif form.capitals:
        found.append("same_case")
    found += [name for name in ("lower_case", "open_pair", "seen_elsewhere") if name in seen]
    if _CONNECTIVE.search(form.shade):
        found.append("connective")
    if form.stopped:
        found.append("stopped_above")
    if _DASHES.match(below.shade) or "dateline" in seen:
        found.append("dash_start")
    return found
