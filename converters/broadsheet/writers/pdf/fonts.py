"""The type of one document: for every character its font resource, code and width, collected while the text is set."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.writers.pdf.faces import Face, chinese, find, latin

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Print nothing and take no room, in any font: joiners, marks of direction, variation selectors.
_IGNORABLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LINE_ENDS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
_DASHES = re.compile("——")
_APOSTROPHE = re.compile("(?<=[A-Za-z])’(?=[A-Za-z])")
_BOXES_PER_FONT = 255


class Sort(NamedTuple):
    """One character ready to print: the font resource's name, the code in it in hexadecimal, and the width in ems.

    `stroke` asks for stroked outlines (bold without a bold font).
    """

    font: str
    code: str
    advance: float
    stroke: bool = False


#: What control characters and line ends print.
NOTHING = Sort("", "", 0.0)


@dataclass(slots=True)
class Used:
    """One font resource of the PDF: a face (null: the boxes) and what is printed with it: code to text, code to width."""

    name: str
    face: Face | None
    chars: dict[int, str] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)


class TypeCase:
    """Hands out the sorts of one document and remembers which were used, in order.

    A code is a glyph's number. Where two characters share a glyph, the second goes into another resource of the same
    face, so that every code stands for one character and text copied from the PDF is the text that went in.
    """

    def __init__(self) -> None:
        self.used: list[Used] = []
        self._by_face: dict[Face | None, list[Used]] = {}
        self._cases: dict[tuple[str, bool, bool], _Lookup] = {}
        self._boxes: dict[str, Sort] = {}
        self.missing: list[str] = []
        self.unprintable: list[str] = []

    def sorts(self, text: str, family: str, *, bold: bool, cjk: bool) -> list[Sort]:
        """The sorts of a text, one a character."""
        case = self._cases.setdefault((family, bold, cjk), _Lookup(self, family, bold=bold, cjk=cjk))
        found = [case[char] for char in text]
        if not cjk:
            return found
        for match in _DASHES.finditer(text):
            found[match.start() : match.end()] = [NOTHING, self._dash(family, bold=bold)]
        for match in _APOSTROPHE.finditer(text):
            found[match.start()] = self.sorts("’", family, bold=bold, cjk=False)[0]
        return found

    def _dash(self, family: str, *, bold: bool) -> Sort:
        """The Chinese dash —— in one stroke two ems long; two em dashes would leave a gap."""
        face = chinese(family)
        return self._sort(face, face.glyph("\u2e3a"), "——", bold=bold)

    def hyphen(self, family: str, *, bold: bool) -> Sort:
        """The hyphen that a soft hyphen shows as at a line's end; it still copies as a soft hyphen."""
        face = latin(family, bold=bold)
        return self._sort(face, face.glyph("-"), "\u00ad", bold=bold)

    def make(self, char: str, family: str, *, bold: bool, cjk: bool) -> Sort:
        """The sort of a character seen for the first time; one that no font has becomes a box and is noted.

        A tab is a space; line ends and control characters print nothing, and the latter are noted.
        """
        if char == "\t":
            return self.make(" ", family, bold=bold, cjk=cjk)
        if _CONTROL.match(char):
            if char not in _LINE_ENDS and char not in self.unprintable:
                self.unprintable.append(char)
            return NOTHING
        if _IGNORABLE.match(char):
            return self._box(char, width=0)
        found = find(char, family, bold=bold, cjk=cjk)
        if found:
            return self._sort(*found, char, bold=bold)
        if char not in self._boxes:
            self.missing.append(char)
        return self._box(char, width=1000)

    def _sort(self, face: Face, glyph: int, char: str, *, bold: bool) -> Sort:
        used = self._resource(face, glyph, char)
        width = used.widths.setdefault(glyph, face.advance(glyph))
        return Sort(used.name, f"{glyph:04X}", width / 1000, stroke=bold and face.bold_by_stroke)

    def _resource(self, face: Face, glyph: int, char: str) -> Used:
        for used in self._by_face.setdefault(face, []):
            if used.chars.setdefault(glyph, char) == char:
                return used
        used = self._open(face)
        used.chars[glyph] = char
        return used

    def _box(self, char: str, *, width: int) -> Sort:
        if char not in self._boxes:
            boxes = self._by_face.setdefault(None, [])
            used = boxes[-1] if boxes and len(boxes[-1].chars) < _BOXES_PER_FONT else self._open(None)
            code = len(used.chars) + 1
            used.chars[code], used.widths[code] = char, width
            self._boxes[char] = Sort(used.name, f"{code:02X}", width / 1000)
        return self._boxes[char]

    def _open(self, face: Face | None) -> Used:
        used = Used(f"B{len(self.used) + 1}", face)
        self.used.append(used)
        self._by_face.setdefault(face, []).append(used)
        return used


class _Lookup(dict[str, Sort]):
    """Character to sort for one family, weight and script, filled as characters turn up."""

    def __init__(self, case: TypeCase, family: str, *, bold: bool, cjk: bool) -> None:
        super().__init__()
        self._case, self._family, self._bold, self._cjk = case, family, bold, cjk

    def __missing__(self, char: str) -> Sort:
        sort = self[char] = self._case.make(char, self._family, bold=self._bold, cjk=self._cjk)
        return sort


def natural_width(sorts: Sequence[Sort], size_pt: float) -> float:
    """The width of a row of sorts, in points."""
    return sum(sort.advance for sort in sorts) * size_pt
