"""Text as it is compared, and a page seen through it: widths, blanks and hyphens make no difference."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from broadsheet.lines import line_spans
from broadsheet.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.model import Span

_DROPPED = str.maketrans("", "", "\u200b\ufeff\u00ad-‐‑")
_EDGES = "()[]{}（）【】〔〕［］—–:：.。,，;；/<>"
#: Roles whose brackets and dashes are now counted with them, now not.
_EDGED = frozenset({Role.DATELINE, Role.SIGN_OFF, Role.CREDIT, Role.JUMP})
_SHOWN_CHARS = 36
_SOUGHT_CHARS = 12


def fold(text: str) -> str:
    """The text's characters for comparison: compatibility forms folded (NFKC), no blanks, no hyphens."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_DROPPED)


def folded(role: Role, text: str) -> str:
    """A block's or mark's text for comparison; datelines, sign-offs, credits and jumps go without edge punctuation."""
    return fold(text).strip(_EDGES) if role in _EDGED else fold(text)


class FoldedPage:
    """A page's folded text, with the way from its characters to the printed lines and back.

    Args:
        text: the page as it was read.
    """

    def __init__(self, text: str) -> None:
        self.source = text
        self._spans = [(start, end) for start, end, _ in line_spans(text)]
        self._starts = [start for start, _ in self._spans]
        pieces = [fold(text[start:end]) for start, end in self._spans]
        #: The folded offset at which each line begins; one more at the end.
        self._offsets = list(accumulate(map(len, pieces), initial=0))
        self.text = "".join(pieces)
        #: The lines that have visible characters, by their index.
        self.visible = [index for index, piece in enumerate(pieces) if piece]

    def at(self, offset: int) -> int:
        """The folded offset of an offset in the source."""
        line = bisect_right(self._starts, offset) - 1
        return self._offsets[line] + len(fold(self.source[self._starts[line] : offset]))

    def line_of(self, folded_offset: int) -> int:
        """The index of the line that a folded offset stands on."""
        last = self.visible[-1] if self.visible else 0
        return min(bisect_right(self._offsets, folded_offset) - 1, last)

    def lines_of(self, spans: Iterable[Span]) -> list[int]:
        """The lines on which the visible characters of source ranges stand, in the order of the ranges, each once in a row."""
        found: list[int] = []
        for start, end in spans:
            index = bisect_right(self._starts, start) - 1
            while index < len(self._starts) and self._starts[index] < end:
                piece = self.source[max(start, self._starts[index]) : min(end, self._spans[index][1])]
                if piece.strip() and (not found or found[-1] != index):
                    found.append(index)
                index += 1
        return found

    def lines_between(self, start: int, end: int) -> list[int]:
        """The visible lines on which a range of folded offsets stands."""
        return [index for index in range(self.line_of(start), self.line_of(end - 1) + 1) if self._offsets[index + 1] > self._offsets[index]]

    def words_at(self, folded_offset: int) -> str:
        """The first words of the source on the line of a folded offset, from there on, to show to a person."""
        return shown(self.source[self._back(folded_offset) : self._spans[self.line_of(folded_offset)][1]])

    def place_of(self, folded_text: str) -> int:
        """Where a folded text begins on the page, or its first words where it is broken there; -1 where neither stands on it."""
        place = self.text.find(folded_text)
        return place if place >= 0 else self.text.find(folded_text[:_SOUGHT_CHARS])

    def words_of(self, folded_text: str) -> str:
        """The first words of a folded text as the page prints them; the folded text where the page does not hold it."""
        place = self.place_of(folded_text)
        start = self._back(max(place, 0))
        words = shown(folded_text) if place < 0 else shown(self.source[start : start + 4 * _SHOWN_CHARS])
        return words if len(folded_text) >= len(fold(words)) else shown(_cut(words, len(folded_text)))

    def _back(self, folded_offset: int) -> int:
        """The offset in the source of a folded offset."""
        line = self.line_of(folded_offset)
        start, end = self._spans[line]
        missing = folded_offset - self._offsets[line]
        while missing > 0 and start < end:
            missing -= len(fold(self.source[start]))
            start += 1
        return start


def shown(text: str) -> str:
    """A text's first words on one line, 36 characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARS else line[:_SHOWN_CHARS].rstrip() + "…"


def _cut(words: str, length: int) -> str:
    """As many of the words as have that many folded characters."""
    end = next((end for end in range(1, len(words) + 1) if len(fold(words[:end])) >= length), len(words))
    return words[:end]
