"""Seams: how strongly each line goes on with the one above it, with reasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet.facts import pattern_set
from broadsheet.model import Role
from broadsheet.parser.weights import LINE, SEAM, TITLE_SEAM

if TYPE_CHECKING:
    from broadsheet.galley import Form, Lines
    from broadsheet.parser.evidence import LineEvidence
    from broadsheet.plugin import Language

_SERIES = re.compile(r"[\u4e00-\u9fff]{1,2}、")
_DASHES = re.compile(r"(?:——|—|――|--)")
_CONNECTIVE = re.compile(r"(?:\b(?:of|the|to|and|in|for|a|an|on|at|by|with|from|as|but|or|und|der|die|das|in|von|zu|et|de|la|le|y|el)|[的和与及向对为在、，,])$", re.IGNORECASE)
_LONG_COLUMNS = 80
_REACH_CHARS = 20_000
#: A bullet like that of the line beside it begins an item.
_LISTED = 2.0


class Seam(Struct, frozen=True):
    """Between a line and the one above it.

    Args:
        text: the evidence, as log odds, that a paragraph runs over the seam.
        title: the same for a title.
        start: what speaks against a title that begins below it; none begins in lower case.
        reasons: what was seen, in words.
    """

    text: float
    title: float
    reasons: tuple[str, ...]
    start: float = 0.0


_FIRST = Seam(-9.0, -9.0, ())


def find_seams(lines: Lines, evidence: list[LineEvidence], above: list[int], language: Language | None) -> list[Seam]:
    """The seam above each line.

    Args:
        lines: the lines.
        evidence: the claims on them.
        above: for each line the index of the line that it would go on with (furniture and interlopers passed over);
            -1 where there is none.
        language: the profile that knows what no sentence begins with.
    """
    return [_FIRST if up < 0 else _seam(lines, evidence, up, index, language) for index, up in enumerate(above)]


def _seam(lines: Lines, evidence: list[LineEvidence], up: int, index: int, language: Language | None) -> Seam:
    seen = _seen(lines, evidence[up], evidence[index], up, index, language)
    title = _title_seen(lines, up, index, seen)
    reasons = tuple(_WORDS[name] for name in seen if SEAM[name] > 0 and name in _WORDS)
    return Seam(sum(SEAM[name] for name in seen), sum(TITLE_SEAM[name] for name in title), reasons, LINE["lower_case_title"] if "lower_case" in seen else 0.0)


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


def _seen(lines: Lines, up: LineEvidence, here: LineEvidence, above: int, index: int, language: Language | None) -> list[str]:
    """The names of the cues at the seam, keys of `SEAM`."""
    form, below = lines[above], lines[index]
    layout = lines.layout
    stopped = form.stopped or any(claim.role in (Role.SIGN_OFF, Role.BYLINE, Role.CREDIT, Role.JUMP) for claim in up.tails)
    seen = _setting_cues(lines, above, index, stopped=stopped)
    if stopped:
        seen.append("stopped" if "forced_stopped" not in seen else "unstopped")
    else:
        # Cut at column ends, a lead with its dateline may be as short as a title.
        opener = form.unspaced and layout.gaps == "apart" and (up.head(Role.DATELINE) or up.head(Role.JUMP))
        seen.append("title_above" if lines.title_like(above) and not (layout.measure or opener) else "unstopped")
        if form.inner and not (layout.measure and "not_forced" not in seen):
            seen.append("inner_unstopped")
        elif form.columns > _LONG_COLUMNS and not layout.measure:
            seen.append("long_unstopped")
        if form.shade[-1] == ":":
            seen.append("colon")
    seen += _letter_cues(lines, form, below, language, stopped=stopped)
    if here.head(Role.DATELINE) or here.head(Role.JUMP) or here.odds.get(Role.LIST_ITEM, 0.0) > _LISTED:
        seen.append("dateline")
    return seen


def _setting_cues(lines: Lines, above: int, index: int, *, stopped: bool) -> list[str]:
    """What measure, indent and blank lines say."""
    form, below, layout = lines[above], lines[index], lines.layout
    seen: list[str] = []
    if layout.measure:
        if not lines.forced(above) and above == index - 1:
            seen.append("not_forced")
        else:
            seen.append("forced_stopped" if stopped else "forced")
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


def _letter_cues(lines: Lines, form: Form, below: Form, language: Language | None, *, stopped: bool) -> list[str]:
    """What the characters on both sides say."""
    seen: list[str] = []
    if form.open and not (stopped and form.shade[-1] not in "。."):
        seen.append("open_pair")
        if below.closing:
            seen.append("pair_closed")
    start = below.shade
    if start[0].islower():
        seen.append("lower_case")
    elif any(pattern.match(start) for pattern in pattern_set(language, "broken_start")):
        seen.append("series_start" if _SERIES.match(start) else "broken_start")
    if not stopped:
        if form.shade[-1] in "-\u00ad‐" and len(form.shade) > 1 and form.shade[-2].isalpha() and start[0].islower():
            seen.append("hyphen")
        if form.shade[-1].isdigit() and start[0].isdigit():
            seen.append("number")
        if form.unspaced and below.unspaced and _elsewhere(lines.text, form, below):
            seen.append("seen_elsewhere")
    return seen


def _elsewhere(text: str, form: Form, below: Form) -> bool:
    """Whether the four characters at the seam stand together near by; only then is it a word cut in two."""
    word = form.text[-2:] + below.text[:2]
    if len(word) < 4 or not all("\u4e00" <= char <= "\u9fff" for char in word):  # noqa: PLR2004 - two on either side
        return _listed(text, form, below)
    low, high = max(form.end - _REACH_CHARS, 0), below.start + _REACH_CHARS
    return text.find(word, low, high) >= 0 or text.find(form.text[-1] + below.text[:3], low, high) >= 0


def _listed(text: str, form: Form, below: Form) -> bool:
    """The same with punctuation at the seam, such as 心|事、: the characters around it must stand elsewhere, too."""
    word = form.text[-1] + below.text[:2]
    low, high = max(form.end - _REACH_CHARS, 0), below.start + _REACH_CHARS
    return len(word) == 3 and text.find(word, low, high) >= 0  # noqa: PLR2004 - one before, two after


def _title_setting(lines: Lines, above: int, index: int) -> list[str]:
    """What measure and blank lines say of a title that may go on."""
    layout = lines.layout
    found = ["apart"] if layout.gaps == "apart" else ["gap"] if lines[index].gap > 0 else []
    if not layout.measure:
        return [*found, "clause" if lines[index].unspaced else "unwrapped"]
    full = ["forced"] if lines.forced(above) else ["full_below"] if lines.forced(index) else []
    return [*found, "measure", *full]


def _title_seen(lines: Lines, above: int, index: int, seen: list[str]) -> list[str]:
    """The cues for a title that goes on, keys of `TITLE_SEAM`."""
    form, below = lines[above], lines[index]
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
