"""The type of one document: for every character its font resource, code and width, collected while the text is set."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from broadsheet.writers.pdf.shaping import Cluster, Part, is_complex, shape
from broadsheet.writers.pdf.shelf import Shelf, region_of, shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from broadsheet.writers.pdf.faces import Face

#: Print nothing and take no room, in any font: joiners, marks of direction, variation selectors.
_IGNORABLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LINE_ENDS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
_DASHES = re.compile("——")
_APOSTROPHE = re.compile("(?<=[A-Za-z])’(?=[A-Za-z])")
_BOXES_PER_FONT = 255
_LAST_CODE = 0xFFFF


class Sort(NamedTuple):
    """One character ready to print: the font resource's name, the code in it in hexadecimal, and the width in ems.

    Characters that are shown together (a letter and its marks, a ligature) have one sort, at the first of them, and
    `NOTHING` at the others. `stroke` asks for stroked outlines (bold without a bold font); `upright` marks what stands
    upright in a line that runs down the page, where its advance is its height.
    """

    font: str
    code: str
    advance: float
    stroke: bool = False
    upright: bool = False


#: What control characters and line ends print.
NOTHING = Sort("", "", 0.0)


class Cast(NamedTuple):
    """A glyph made of others, for a cluster that no single glyph of the face shows; `advance` in font units."""

    face: Face
    parts: tuple[Part, ...]
    advance: int


@dataclass(slots=True)
class Used:
    """One font resource of the PDF: a face and what is printed with it: code to text, code to width in thousandths of an em.

    `casts` are the codes whose glyphs are not the face's own; `upright` marks a font that runs down the page. Without a face it is the font of boxes and of outlines.
    """

    name: str
    face: Face | None
    chars: dict[int, str] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    casts: dict[int, Cast] = field(default_factory=dict)
    upright: bool = False


class TypeCase:
    """Hands out the sorts of one document and remembers which were used, in order.

    A code is a glyph's number. Where two characters share a glyph, the second goes into another resource of the same
    face, so that every code stands for one character and text copied from the PDF is the text that went in.

    Args:
        language: BCP 47 tag of the document, which decides whose shapes Han characters take.
        fonts: font files, and folders of them, that come before the installed ones.
        system_fonts: whether the system's font folders are searched for what no other font has.

    Raises:
        UsageError: one of `fonts` holds no font that may be embedded.
    """

    def __init__(self, language: str | None = None, fonts: tuple[Path, ...] = (), *, system_fonts: bool = False) -> None:
        self.language = language
        self._shelf: Shelf = shelf(fonts, region_of(language), system=system_fonts)
        self.used: list[Used] = []
        self._shapes: dict[tuple[Cast, str], Sort] = {}
        self._by_face: dict[Face | None, list[Used]] = {}
        self._cases: dict[tuple[str, bool, bool], _Lookup] = {}
        self._boxes: dict[str, Sort] = {}
        self.missing: list[str] = []
        self.unprintable: list[str] = []

    def sorts(self, text: str, family: str, *, bold: bool, cjk: bool, levels: Sequence[int] = ()) -> list[Sort]:
        """The sorts of a text, one a character.

        Args:
            text: the text.
            family: `serif` or `sans`.
            bold: whether it is bold.
            cjk: whether its paragraph is Chinese, Japanese or Korean.
            levels: which characters run from right to left (odd ones); empty where none do.
        """
        case = self._cases.setdefault((family, bold, cjk), _Lookup(self, family, bold=bold, cjk=cjk))
        if is_complex(text) or any(level % 2 for level in levels):
            found = self._shaped(text, case, levels or (0,) * len(text))
        else:
            found = [case[char] for char in text]
        if cjk:
            for match in _DASHES.finditer(text):
                found[match.start() : match.end()] = self._dash(family, bold=bold) or found[match.start() : match.end()]
            for match in _APOSTROPHE.finditer(text):
                found[match.start()] = self.sorts("’", family, bold=bold, cjk=False)[0]
        return found

    def _shaped(self, text: str, case: _Lookup, levels: Sequence[int]) -> list[Sort]:
        found = [NOTHING] * len(text)
        for start, end, face in self._runs(text, case, levels):
            run, right = text[start:end], levels[start] % 2 == 1
            if face is None or not (right or is_complex(run)):
                found[start:end] = [case[char] for char in run]
                continue
            for cluster in shape(face, run, right_to_left=right, language=self.language):
                piece = slice(start + cluster.start, start + cluster.end)
                found[piece] = self._cluster(face, cluster, text[piece], case, right=right) or [case[char] for char in text[piece]]
        return found

    def _runs(self, text: str, case: _Lookup, levels: Sequence[int]) -> Iterator[tuple[int, int, Face | None]]:
        """Ranges of one face and one level.

        Marks and joiners stay with the letter before them where its face has them, and so do, from right to left, spaces
        and punctuation: no other script's face draws them as well.
        """
        start, now = 0, None
        for at, char in enumerate(text):
            face = self._face_for(char, case, now, stays="MPZS" if levels[at] % 2 else "M")
            if at and (face is not now or levels[at] != levels[start]):
                yield start, at, now
                start = at
            now = face
        if text:
            yield start, len(text), now

    def _face_for(self, char: str, case: _Lookup, now: Face | None, *, stays: str) -> Face | None:
        """The face of a character; `stays` are the general categories that keep to the face before them."""
        if _CONTROL.match(char):
            return None
        if now and (_IGNORABLE.match(char) or (category(char)[0] in stays and now.glyph(char))):
            return now
        found = None if _IGNORABLE.match(char) else self._shelf.find(char, case.family, bold=case.bold, cjk=case.cjk)
        return found[0] if found else None

    def _cluster(self, face: Face, cluster: Cluster, text: str, case: _Lookup, *, right: bool) -> list[Sort]:
        """The sorts of characters that are shown together; none where the face lacks a glyph of them.

        Programs that read PDFs turn what runs from right to left, one glyph's text included: that text stands turned here.
        """
        if not all(part.glyph for part in cluster.parts) or _IGNORABLE.fullmatch(text):
            return []
        shown = text[::-1] if right else text
        first = cluster.parts[0]
        own = len(cluster.parts) == 1 and first[1:] == (0, 0) and face.thousandths(cluster.advance) == face.advance(first.glyph)
        sort = self._sort(face, first.glyph, shown, bold=case.bold) if own else self._cast(Cast(face, *cluster[2:]), shown, bold=case.bold)
        return [sort, *[NOTHING] * (len(text) - 1)]

    def _cast(self, cast: Cast, text: str, *, bold: bool) -> Sort:
        key = (cast, text)
        if key not in self._shapes:
            home, code = self._place(cast.face)
            home.chars[code], home.casts[code] = text, cast
            home.widths[code] = cast.face.thousandths(cast.advance)
            digits = 4 if home.face else 2
            stroke = bold and cast.face.bold_by_stroke
            self._shapes[key] = Sort(home.name, f"{code:0{digits}X}", home.widths[code] / 1000, stroke=stroke)
        return self._shapes[key]

    def _place(self, face: Face) -> tuple[Used, int]:
        """A free code for a cast glyph: in the face's own resource behind its glyphs, else in the font of outlines."""
        if face.castable:
            home = next(iter(self._by_face.get(face, ())), None) or self._open(face)
            code = face.count + len(home.casts)
            if code <= _LAST_CODE:
                return home, code
        home = self._drawn_font()
        return home, len(home.chars) + 1

    def _dash(self, family: str, *, bold: bool) -> list[Sort]:
        """The Chinese dash —— in one stroke two ems long; two em dashes would leave a gap. Empty where the face has none."""
        face = self._shelf.han(family, bold=bold)
        glyph = face.glyph("\u2e3a")
        return [NOTHING, self._sort(face, glyph, "——", bold=bold)] if glyph else []

    def hyphen(self, family: str, *, bold: bool) -> Sort:
        """The hyphen that a soft hyphen shows as at a line's end; it still copies as a soft hyphen."""
        face = self._shelf.latin(family, bold=bold)
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
        found = self._shelf.find(char, family, bold=bold, cjk=cjk)
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
            used = self._drawn_font()
            code = len(used.chars) + 1
            used.chars[code], used.widths[code] = char, width
            self._boxes[char] = Sort(used.name, f"{code:02X}", width / 1000)
        return self._boxes[char]

    def _drawn_font(self) -> Used:
        """The font of boxes and outlines, with room for one more."""
        fonts = self._by_face.setdefault(None, [])
        return fonts[-1] if fonts and len(fonts[-1].chars) < _BOXES_PER_FONT else self._open(None)

    def _open(self, face: Face | None) -> Used:
        used = Used(f"B{len(self.used) + 1}", face)
        self.used.append(used)
        self._by_face.setdefault(face, []).append(used)
        return used


class _Lookup(dict[str, Sort]):
    """Character to sort for one family, weight and script, filled as characters turn up."""

    def __init__(self, case: TypeCase, family: str, *, bold: bool, cjk: bool) -> None:
        super().__init__()
        self._case = case
        self.family, self.bold, self.cjk = family, bold, cjk

    def __missing__(self, char: str) -> Sort:
        sort = self[char] = self._case.make(char, self.family, bold=self.bold, cjk=self.cjk)
        return sort


def natural_width(sorts: Sequence[Sort], size_pt: float) -> float:
    """The width of a row of sorts, in points."""
    return sum(sort.advance for sort in sorts) * size_pt
