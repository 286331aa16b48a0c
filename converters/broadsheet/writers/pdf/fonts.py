"""The type of one document: for every character its font resource, code and width, collected while the text is set."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from broadsheet.writers.pdf.shaping import Cluster, Part, is_complex, shape, upright_glyph
from broadsheet.writers.pdf.shelf import Look, Shelf, region_of, shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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
#: Numbers, and single capitals, short enough to stand in one square of a line that runs down the page.
_UPRIGHT_NUMBER = re.compile(r"(?<![0-9A-Za-z.,:/%-])(?:[0-9]{1,2}|[A-Z])(?![0-9A-Za-z.,:/%-])")
_OUTLINES_PER_FONT = 255
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


_PLAIN = Look("sans", bold=False, cjk=False)


class Punch(NamedTuple):
    """What a glyph's sorts have in common: its face and whether it stands upright, its number, a sort without its resource.

    `sorts` are those made so far, by the names of their resources.
    """

    home: tuple[Face, bool]
    glyph: int
    sort: tuple[str, float, bool, bool]
    sorts: dict[str, Sort]


class Cast(NamedTuple):
    """A glyph made of others, for a cluster that no single glyph of the face shows; `advance` in font units."""

    face: Face
    parts: tuple[Part, ...]
    advance: int


@dataclass(slots=True)
class Used:
    """One font resource of the PDF: a face and what is printed with it: code to text, code to width in thousandths of an em.

    `widths` are those of `casts`, the codes whose glyphs are not the face's own; `upright` marks a font that runs down the
    page. Without a face it is a font of outlines.
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
        self._shelf: Shelf = shelf(fonts, system=system_fonts)
        self.used: list[Used] = []
        self._shapes: dict[tuple[Cast, str, bool], Sort] = {}
        self._by_face: dict[tuple[Face | None, bool], list[Used]] = {}
        self._cases: dict[Look, _Lookup] = {}
        self._hyphens: dict[Look, Sort] = {}
        self.missing: dict[str, None] = {}
        self.unprintable: list[str] = []

    def punches(self, look: Look) -> Mapping[str, Punch | None]:
        """Character to punch for one look."""
        return _punches(self._shelf, look)

    def sorts(
        self, text: str, family: str, *, bold: bool, cjk: bool, levels: Sequence[int] = (), down: bool = False,
        language: str | None = None,
    ) -> list[Sort]:
        """The sorts of a text, one a character.

        Args:
            text: the text.
            family: `serif` or `sans`.
            bold: whether it is bold.
            cjk: whether its paragraph is Chinese, Japanese or Korean.
            levels: which characters run from right to left (odd ones); empty where none do.
            down: whether its line runs down the page.
            language: BCP 47 tag, or null for the document's.
        """
        language = language or self.language
        look = Look(family, bold, cjk, region_of(language), down)
        case = self._cases.setdefault(look, _Lookup(self, look))
        if is_complex(text) or any(level % 2 for level in levels):
            found = self._shaped(text, case, levels or (0,) * len(text), language)
        else:
            found = list(map(case.__getitem__, text))
        if cjk:
            for match in _DASHES.finditer(text):
                found[match.start() : match.end()] = self._dash(look) or found[match.start() : match.end()]
            for match in _APOSTROPHE.finditer(text):
                found[match.start()] = self.sorts("’", family, bold=bold, cjk=False)[0]
        if cjk and down:
            for match in _UPRIGHT_NUMBER.finditer(text):
                found[match.start() : match.end()] = self._number(match[0], look)
        return found

    def _shaped(self, text: str, case: _Lookup, levels: Sequence[int], language: str | None) -> list[Sort]:
        found = [NOTHING] * len(text)
        for start, end, face in self._runs(text, case, levels):
            run, right = text[start:end], levels[start] % 2 == 1
            if face is None or not (right or is_complex(run)):
                found[start:end] = [case[char] for char in run]
                continue
            for cluster in _with_joiners(run, shape(face, run, right_to_left=right, language=language)):
                piece = slice(start + cluster.start, start + cluster.end)
                found[piece] = self._cluster(face, cluster, text[piece], case.look, right=right) or [case[char] for char in text[piece]]
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
        found = None if _IGNORABLE.match(char) else self._shelf.find(char, case.look)
        return found[0] if found else None

    def _cluster(self, face: Face, cluster: Cluster, text: str, look: Look, *, right: bool) -> list[Sort]:
        """The sorts of characters that are shown together; none where the face lacks a glyph of them.

        Programs that read PDFs turn what runs from right to left, one glyph's text included: that text stands turned here.
        """
        if not all(part.glyph for part in cluster.parts) or _IGNORABLE.match(text):
            return []
        shown = text[::-1] if right else text
        first = cluster.parts[0]
        own = len(cluster.parts) == 1 and first[1:] == (0, 0) and face.thousandths(cluster.advance) == face.advance(first.glyph)
        sort = self._sort(face, first.glyph, shown, look) if own else self._cast(Cast(face, *cluster[2:]), shown, look)
        return [sort, *[NOTHING] * (len(text) - 1)]

    def _number(self, digits: str, look: Look) -> list[Sort]:
        """A number of one or two digits, side by side in the square of one character."""
        face = self._shelf.digits(look)
        parts: list[Part] = []
        at = 0
        for digit in digits:
            glyph = face.glyph(digit)
            parts.append(Part(glyph, at, 0))
            at += face.hb_font.get_glyph_h_advance(glyph)
        return [*[NOTHING] * (len(digits) - 1), self._cast(Cast(face, tuple(parts), at), digits, look, upright=True)]

    def _cast(self, cast: Cast, text: str, look: Look, *, upright: bool = False) -> Sort:
        key = (cast, text, upright)
        if key not in self._shapes:
            home, code = self._place(cast.face, upright=upright)
            home.chars[code], home.casts[code] = text, cast
            home.widths[code] = cast.face.thousandths(cast.advance)
            digits = 4 if home.face else 2
            advance = 1.0 if home.upright else home.widths[code] / 1000
            self._shapes[key] = Sort(home.name, f"{code:0{digits}X}", advance, look.bold and cast.face.bold_by_stroke, home.upright)
        return self._shapes[key]

    def _place(self, face: Face, *, upright: bool) -> tuple[Used, int]:
        """A free code for a cast glyph: in the face's own resource behind its glyphs, else in the font of outlines."""
        if face.castable:
            home = next(iter(self._by_face.get((face, upright), ())), None) or self._open(face, upright=upright)
            code = face.count + len(home.casts)
            if code <= _LAST_CODE:
                return home, code
        home = self._drawn_font()
        return home, len(home.chars) + 1

    def _dash(self, look: Look) -> list[Sort]:
        """The Chinese dash —— in one stroke two ems long; two em dashes would leave a gap. Empty where the face has none."""
        face = self._shelf.han(look)
        glyph = face.glyph("\u2e3a")
        return [NOTHING, self._sort(face, glyph, "——", look)] if glyph else []

    def hyphen(self, family: str, *, bold: bool) -> Sort:
        """The hyphen that a soft hyphen shows as at a line's end; it still copies as a soft hyphen."""
        look = Look(family, bold, cjk=False)
        if look not in self._hyphens:
            face = self._shelf.latin(look)
            self._hyphens[look] = self._sort(face, face.glyph("-"), "\u00ad", look)
        return self._hyphens[look]

    def make(self, char: str, look: Look) -> Sort:
        """The sort of a character seen for the first time; one that no font has becomes a box and is noted.

        A tab is a space; line ends and control characters print nothing, and the latter are noted.
        """
        if char == "\t":
            return self._cases[look][" "]
        if _CONTROL.match(char):
            if char not in _LINE_ENDS and char not in self.unprintable:
                self.unprintable.append(char)
            return NOTHING
        if _IGNORABLE.match(char):
            return self._silent(char)
        self.missing[char] = None
        return self._box(char)

    def printed(self, punch: Punch, text: str) -> Sort:
        """The sort of a glyph that stands for a text: under the first resource where its code means nothing else."""
        home, glyph, sort, sorts = punch
        for used in self._by_face.get(home, ()):
            if used.chars.setdefault(glyph, text) == text:
                break
        else:
            used = self._open(home[0], upright=home[1])
            used.chars[glyph] = text
        return sorts.get(used.name) or sorts.setdefault(used.name, Sort(used.name, *sort))

    def _sort(self, face: Face, glyph: int, text: str, look: Look) -> Sort:
        return self.printed(punched(face, glyph, look), text)

    def _box(self, char: str) -> Sort:
        """A box one em wide, made of the sign that a font keeps for glyphs that it lacks."""
        face = self._shelf.sign_face()
        margin = (face.hb_face.upem - face.hb_font.get_glyph_h_advance(0)) // 2
        return self._cast(Cast(face, (Part(0, margin, 0),), face.hb_face.upem), char, _PLAIN)

    def _silent(self, char: str) -> Sort:
        """A sort that prints nothing and takes no room, from which its character can still be copied."""
        return self._cast(Cast(self._shelf.sign_face(), (), 0), char, _PLAIN)

    def _drawn_font(self) -> Used:
        """The font of outlines, with room for one more."""
        fonts = self._by_face.setdefault((None, False), [])
        return fonts[-1] if fonts and len(fonts[-1].chars) < _OUTLINES_PER_FONT else self._open(None)

    def _open(self, face: Face | None, *, upright: bool = False) -> Used:
        used = Used(f"B{len(self.used) + 1}", face, upright=upright)
        self.used.append(used)
        self._by_face.setdefault((face, upright), []).append(used)
        return used


def _with_joiners(text: str, clusters: Iterable[Cluster]) -> list[Cluster]:
    """The clusters in the order of the text; what prints nothing belongs to the cluster before it, so that no word is torn."""
    done: list[Cluster] = []
    for cluster in sorted(clusters):
        if done and all(_IGNORABLE.match(char) for char in text[cluster.start : cluster.end]):
            done[-1] = done[-1]._replace(end=cluster.end)
        else:
            done.append(cluster)
    return done


class _Lookup(dict[str, Sort]):
    """Character to sort for one look, filled as characters turn up."""

    def __init__(self, case: TypeCase, look: Look) -> None:
        super().__init__()
        self._case, self._punches, self.look = case, case.punches(look), look

    def __missing__(self, char: str) -> Sort:
        punch = self._punches[char]
        sort = self[char] = self._case.printed(punch, char) if punch else self._case.make(char, self.look)
        return sort


class _Punches(dict[str, Punch | None]):
    """Character to punch for one look, the same in all documents of one shelf; null for what is no plain glyph."""

    def __init__(self, shelf: Shelf, look: Look) -> None:
        super().__init__()
        self._shelf, self._look = shelf, look

    def __missing__(self, char: str) -> Punch | None:
        plain = not (_CONTROL.match(char) or _IGNORABLE.match(char))
        found = self._shelf.find(char, self._look) if plain else None
        punch = self[char] = _punch(*found, char, self._look) if found else None
        return punch


@cache
def _punches(shelf: Shelf, look: Look) -> _Punches:
    return _Punches(shelf, look)


def _punch(face: Face, glyph: int, char: str, look: Look) -> Punch:
    standing = upright_glyph(face, char) if look.down else 0
    return punched(face, standing or glyph, look, upright=standing > 0)


def punched(face: Face, glyph: int, look: Look, *, upright: bool = False) -> Punch:
    """The punch of a glyph of a face."""
    advance = 1.0 if upright else face.advance(glyph) / 1000
    return Punch((face, upright), glyph, (f"{glyph:04X}", advance, look.bold and face.bold_by_stroke, upright), {})


def natural_width(sorts: Sequence[Sort], size_pt: float) -> float:
    """The width of a row of sorts, in points."""
    return sum(sort.advance for sort in sorts) * size_pt
