"""Where the pattern sets of a profile match: every line is looked at once, and only the patterns that its edges allow are tried."""

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
    _Try = tuple[str, Callable[[str], re.Match[str] | None]]

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
_KINDS = {"heads": HEADS, "tails": TAILS, "whole": WHOLE}


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
    if isinstance(known, dict) and known["language"] is language:
        return known["hits"]
    found: dict[str, dict[int, re.Match[str]]] = {name: {} for name in (*HEADS, *TAILS, *WHOLE)}
    heads, tails, whole = (_table(_sets(language, names), kind) for kind, names in _KINDS.items())
    for index, form in enumerate(lines.forms):
        shade = form.shade
        first, last = shade[0], shade[-1]
        long = len(shade) > EDGE_CHARS
        for name, match in heads.ways(first, last):
            if index not in found[name] and (hit := match(shade[:EDGE_CHARS] if long else shade)) and hit.end():
                found[name][index] = hit
        tail = shade[-EDGE_CHARS:] if long else shade
        for name, search in tails.ways(first, last):
            if index not in found[name] and (hit := search(tail)) and hit.end() == len(tail):
                found[name][index] = hit
        if form.columns <= WHOLE_COLUMNS:
            for name, search in whole.ways(first, last):
                if index not in found[name] and (hit := search(shade)):
                    found[name][index] = hit
    lines.kept["scan"] = {"language": language, "hits": found}
    return found


class _Table:
    """The patterns of some sets, found by a line's first and last character."""

    def __init__(self, sets: _Sets, *, by_first: bool = True, by_last: bool = True) -> None:
        self._all = [
            (name, pattern.match if name in HEADS else pattern.search, *edges(pattern.pattern))
            for name, patterns in sets
            for pattern in compiled(patterns)
        ]
        self._firsts = frozenset[str]().union(*(first for *_, first, _ in self._all if first and by_first))
        self._lasts = frozenset[str]().union(*(last for *_, last in self._all if last and by_last))
        self._known: dict[tuple[str, str], tuple[_Try, ...]] = {}

    def ways(self, first: str, last: str) -> tuple[_Try, ...]:
        """What to try on a line that begins and ends with these characters."""
        key = (_known(first, self._firsts), _known(last, self._lasts))
        ways = self._known.get(key)
        if ways is None:
            ways = self._known[key] = tuple(
                (name, match)
                for name, match, firsts, lasts in self._all
                if (firsts is None or not self._firsts or key[0] in firsts) and (lasts is None or not self._lasts or key[1] in lasts)
            )
        return ways


def _known(char: str, chars: frozenset[str]) -> str:
    """The character itself if it stands in any set, else one sign for all that do not: so the table stays small."""
    if char in chars:
        return char
    char = edge_class(char)
    return char if char in chars else ""


def _sets(language: Language, names: tuple[str, ...]) -> _Sets:
    return tuple((name, language.patterns.get(name, ())) for name in names)


@lru_cache(maxsize=64)
def _table(sets: _Sets, kind: str) -> _Table:
    """The table of a profile's sets of one kind, made once a process."""
    return _Table(sets, by_first=kind != "tails", by_last=kind != "heads")
