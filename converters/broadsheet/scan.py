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
    _Sets = tuple[tuple[str, tuple[str, ...]], ...]
    _Try = Callable[[str], re.Match[str] | None]
    _Way = tuple[str, _Try, frozenset[str]]

#: Lines wider than this are looked at only at their head and end: no byline, folio or label is this long.
WHOLE_COLUMNS = 160
#: How much of a long line's head and end is looked at for what may open or close it.
EDGE_CHARS = 90

#: Sets that open a line, and sets that close one; each of the others is a line of its own.
HEADS = ("dateline", "jump_from", "question", "answer", "list_item", "editor_note", "caption", "lead_opening", "news_opening", "back_reference", "broken_start")
TAILS = ("tail_credit", "tail_byline", "tail_name", "sign_off", "tail_end", "jump_to", "picture_note")
WHOLE = (
    "byline", "bare_name", "signature", "closing_name", "affiliation", "credit", "column_label", "section_label", "kicker", "salutation",
    "running_head", "masthead", "editor_line", "index", "folio", "section", "heading", "subheadline", "end_mark",
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


def _scan(lines: Lines, language: Language) -> Mapping[str, dict[int, re.Match[str]]]:
    known = lines.kept.get("scan")
    if isinstance(known, tuple) and known[0] is language:
        return known[1]
    found: dict[str, dict[int, re.Match[str]]] = {name: {} for name in (*HEADS, *TAILS, *WHOLE)}
    ways = _table(tuple((name, language.patterns.get(name, ())) for name in found)).ways
    for index, form in enumerate(lines.forms):
        shade = form.shade
        heads, tails, whole = ways(shade[0], shade[-1])
        head = tail = shade
        if len(shade) > EDGE_CHARS:
            head, tail = shade[:EDGE_CHARS], shade[-EDGE_CHARS:]
        lacks = set(shade if form.columns <= WHOLE_COLUMNS else head).isdisjoint
        for name, match, need in heads:
            if not (need and lacks(need)) and (hit := match(head)) and hit.end() and index not in found[name]:
                found[name][index] = hit
        for name, search, _ in tails:
            if (hit := search(tail)) and hit.end() == len(tail) and index not in found[name]:
                found[name][index] = hit
        if form.columns <= WHOLE_COLUMNS:
            for name, search, need in whole:
                if not (need and lacks(need)) and (hit := search(shade)) and index not in found[name]:
                    found[name][index] = hit
    lines.kept["scan"] = language, found
    return found


class _Table:
    """The patterns of a profile, found by a line's first and last character."""

    def __init__(self, sets: _Sets) -> None:
        self._all = [(name, pattern, edges(pattern.pattern)) for name, patterns in sets for pattern in compiled(patterns)]
        self.ways = lru_cache(maxsize=1 << 14)(self._ways)

    def _ways(self, first: str, last: str) -> tuple[tuple[_Way, ...], tuple[_Way, ...], tuple[_Way, ...]]:
        """What to try on a line that begins and ends with these characters: of `HEADS`, of `TAILS`, of `WHOLE`."""
        first, last = edge_class(first), edge_class(last)
        fitting = [
            (name, pattern, edge.need)
            for name, pattern, edge in self._all
            if (edge.first is None or name in TAILS or first in edge.first) and (edge.last is None or name in HEADS or last in edge.last)
        ]
        heads = tuple((name, pattern.match, need) for name, pattern, need in fitting if name in HEADS)
        tails = tuple((name, pattern.search, need) for name, pattern, need in fitting if name in TAILS)
        return heads, tails, tuple((name, pattern.search, need) for name, pattern, need in fitting if name in WHOLE)


@lru_cache(maxsize=32)
def _table(sets: _Sets) -> _Table:
    """The table of a profile, made once a process."""
    return _Table(sets)
