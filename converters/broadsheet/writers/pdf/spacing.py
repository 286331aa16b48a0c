"""Spaces inside a line: between characters that justification opens, and between marks that stand too far apart."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from broadsheet.text import UNSPACED, is_han
from broadsheet.writers.pdf.breaker import HALF_EMPTY, NO_START

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from broadsheet.writers.pdf.fonts import Sort

#: Marks whose square is empty in its first half.
_OPENERS = "“‘（《〈「『【〔〖〘〚｛［〝"
#: Marks that stand in the first half of their square in Simplified Chinese, and in its middle elsewhere.
_LEFT_IN_CHINESE = "；：！？"
#: Marks that fill their square from top to foot: nothing comes closer below them in lines that run down the page.
_TALL = "！？"
#: What two meeting marks lose, in ems. Sources: CLREQ 3.1.6.1 and JLREQ 3.1.4.
TIGHTER_EM = 0.5
_SQUARE = 0.9
_APART = re.compile(rf"[{UNSPACED}]+|(?P<blanks>[ \t\xa0]+)")
_BLANKS = re.compile(r"[ \t]")
_TIED = re.compile(f"[{re.escape(_OPENERS)}]|([—…])(?=\\1)")


def meetings(text: str, sorts: Sequence[Sort], language: str | None) -> list[int]:
    """The offsets of characters after which half an em is taken out, because two marks of a full square meet there.

    Args:
        text: the text.
        sorts: its sorts, one a character.
        language: BCP 47 tag, or null; it says where colons stand in their squares.
    """
    found = (match.start() - 1 for match in _meeting((language or "zh").startswith("zh")).finditer(text))
    squares = [at for at in found if min(sorts[at].advance, sorts[at + 1].advance) > _SQUARE]
    return [at for at in squares if not (sorts[at].upright and text[at] in _TALL)]


@cache
def _meeting(chinese: bool) -> re.Pattern[str]:  # noqa: FBT001 - the key of a cache
    """Where two squares meet that are empty towards each other, or of which one is empty and the other a mark as well."""
    closers, openers = "".join(map(re.escape, sorted(HALF_EMPTY))), re.escape(_OPENERS)
    before = closers + (_LEFT_IN_CHINESE if chinese else "")
    return re.compile(f"(?<=[{before}])(?=[{closers}{openers}{_LEFT_IN_CHINESE}])|(?<=[{openers}])(?=[{openers}])")


def spread(text: str, room: float, *, limit: float, widest: float = math.inf) -> dict[int, float]:
    """How a justified line opens up.

    Space goes after spaces and around every character of a script without spaces, never inside a dash or an ellipsis.
    Where that is more than two ideographs can stand apart and still read (and copy) as one word, the rest goes to the
    looser places: spaces, after punctuation, and where scripts meet. A line that would have holes stays as it is.

    Args:
        text: the line.
        room: the width to fill, in points.
        limit: how far apart two ideographs may stand, in points.
        widest: how far any two characters may, in points.

    Returns:
        Offset in the line to the space after that character, in points.
    """
    if room <= 0:
        return {}
    places = _opening(text)
    if not places:
        return {}
    even = room / len(places)
    loose = [i for i in places if _is_loose(text[i], text[i + 1])] if even > limit else []
    if even <= limit or not loose:
        return dict.fromkeys(places, even) if even <= widest else {}
    rest = (room - limit * (len(places) - len(loose))) / len(loose)
    return dict.fromkeys(places, limit) | dict.fromkeys(loose, rest) if rest <= widest else {}


@lru_cache(maxsize=1 << 16)
def _is_loose(before: str, after: str) -> bool:
    return after not in NO_START and not (is_han(before) and is_han(after))


def _opening(text: str) -> list[int]:
    """The offsets of characters after which a line may open up."""
    if text.isascii():
        return [match.start() for match in _BLANKS.finditer(text, 0, len(text) - 1)]
    found: dict[int, None] = {}
    for match in _APART.finditer(text):
        start, end = match.span()
        found.update(dict.fromkeys(range(start if match["blanks"] or not start else start - 1, end)))
    for match in _TIED.finditer(text):
        found.pop(match.start(), None)
    found.pop(len(text) - 1, None)
    return list(found)


@cache
def divider(language: str | None) -> Callable[[str], Sequence[int]] | None:
    """What says where the words of a language may be divided; null where no pattern for it is known.

    Args:
        language: BCP 47 tag, or null.
    """
    import pyphen

    known = pyphen.language_fallback((language or "").replace("-", "_"))
    if not known:
        return None
    words = pyphen.Pyphen(lang=known, left=2, right=3)
    return lambda word: [int(place) for place in words.positions(word) if not place.data]  # none where spelling would change
