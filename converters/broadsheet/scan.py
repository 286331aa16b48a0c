"""Where the pattern sets of a profile match: every line is looked at once, and only the patterns that its characters allow are tried."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from broadsheet.edges import edge_class, edges
from broadsheet.facts import compiled

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

    from broadsheet.galley import Lines
    from broadsheet.plugin import Language

    Hits = Mapping[int, re.Match[str]]
    _Found = dict[str, dict[int, re.Match[str]]]
    _Sets = tuple[tuple[str, tuple[str, ...]], ...]
    _Try = Callable[[str], re.Match[str] | None]
    _Ways = tuple[tuple[str, _Try, frozenset[str]], ...]

#: Lines wider than this are looked at only at their head and end: no byline, folio or label is this long.
WHOLE_COLUMNS = 160
#: How much of a long line's head and end is looked at for what may open or close it.
EDGE_CHARS = 90

#: Sets that open a line, and sets that close one; each of the others is a line of its own.
HEADS = ("dateline", "opening_byline", "run_in", "jump_from", "question", "answer", "list_item", "editor_note", "standfirst", "caption", "lead_opening", "news_opening", "back_reference", "broken_start")
TAILS = ("tail_credit", "tail_byline", "tail_name", "sign_off", "tail_end", "jump_to", "picture_note")
WHOLE = (
    "byline", "bare_name", "bare_agency", "signature", "office_signature", "date_signature", "closing_name", "affiliation", "credit", "column_label", "section_label", "notice", "kicker", "salutation",
    "running_head", "masthead", "editor_line", "index", "folio", "section", "heading", "subheadline", "end_mark", "series", "document", "deck", "scene", "graphic_credit",
)  # fmt: skip
def hits(lines: Lines, language: Language | None, name: str) -> Hits:
    """Each line that a pattern of a set matches, with the match; the first pattern of the set that does is the one that counts.

    A set of `HEADS` matches at the line's beginning, within its first 90 characters; one of `TAILS` up to its end, within
    its last 90 (positions are those in the last 90); one of `WHOLE` lines of 160 columns at most.

    Args:
        lines: the printed lines.
        language: the profile whose patterns are meant.
        name: the name of the set.
    """
    return _scan(lines, language)[name] if language else {}


def _scan(lines: Lines, language: Language) -> _Found:
    """The hits of every set of a profile, found once for the lines."""
    known: tuple[Language, _Found] | None = lines.kept.get("scan")
    if known is None or known[0] is not language:
        known = lines.kept["scan"] = language, _found(lines, language)
    return known[1]


def _found(lines: Lines, language: Language) -> _Found:
    found: _Found = {name: {} for name in (*HEADS, *TAILS, *WHOLE)}
    ways = _table(tuple((name, language.patterns.get(name, ())) for name in found)).ways
    for index, form in enumerate(lines.forms):
        shade = form.shade
        heads, tails, whole = ways(shade[0], shade[-1])
        head = tail = shade
        if len(shade) > EDGE_CHARS:
            head, tail = shade[:EDGE_CHARS], shade[-EDGE_CHARS:]
        short = form.columns <= WHOLE_COLUMNS
        lacks = set(shade if short else head).isdisjoint
        tail_lacks = lacks if tail is head else set(tail).isdisjoint
        for name, match, need in heads:
            if not (need and lacks(need)) and (hit := match(head)) and hit.end():
                found[name].setdefault(index, hit)
        for name, search, need in tails:
            if not (need and tail_lacks(need)) and (hit := search(tail)) and hit.end() == len(tail):
                found[name].setdefault(index, hit)
        for name, search, need in whole if short else ():
            if not (need and lacks(need)) and (hit := search(shade)):
                found[name].setdefault(index, hit)
    return found


class _Table:
    """The patterns of a profile, found by a line's first and last character.

    Characters that the same patterns may begin with (or end with) are alike, so that few pairs of them need be known.
    """

    def __init__(self, sets: _Sets) -> None:
        self._all = [(name, pattern, edges(pattern.pattern)) for name, patterns in sets for pattern in compiled(patterns)]
        self._begun: dict[str, frozenset[int]] = {}
        self._ended: dict[str, frozenset[int]] = {}
        self._known: dict[tuple[frozenset[int], frozenset[int]], tuple[_Ways, _Ways, _Ways]] = {}

    def ways(self, first: str, last: str) -> tuple[_Ways, _Ways, _Ways]:
        """What to try on a line that begins and ends with these characters: of `HEADS`, of `TAILS`, of `WHOLE`."""
        begun = self._begun.get(first)
        if begun is None:
            begun = self._begun[first] = self._allowing(edge_class(first), 0, TAILS)
        ended = self._ended.get(last)
        if ended is None:
            ended = self._ended[last] = self._allowing(edge_class(last), 1, HEADS)
        ways = self._known.get((begun, ended))
        if ways is None:
            fitting = [self._all[number] for number in sorted(begun & ended)]
            ways = self._known[begun, ended] = (
                tuple((name, pattern.match, edge.need) for name, pattern, edge in fitting if name in HEADS),
                tuple((name, pattern.search, edge.need) for name, pattern, edge in fitting if name in TAILS),
                tuple((name, pattern.search, edge.need) for name, pattern, edge in fitting if name in WHOLE),
            )
        return ways

    def _allowing(self, char: str, side: int, free: tuple[str, ...]) -> frozenset[int]:
        """The patterns that may begin (side 0) or end (side 1) with a character; the sets in `free` may in any case."""
        return frozenset(
            number for number, (name, _, edge) in enumerate(self._all) if name in free or (chars := edge[side]) is None or char in chars
        )


@lru_cache(maxsize=32)
def _table(sets: _Sets) -> _Table:
    """The table of a profile, made once a process."""
    return _Table(sets)
