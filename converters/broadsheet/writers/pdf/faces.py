"""Opens font files of every OpenType kind, once a process, and measures their glyphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.writers.pdf.compact import Outline

_EM = 1000
_BOLD_WEIGHT = 600
#: The weights that text is set in.
REGULAR, BOLD = 400, 700
#: `OS/2.fsType`: the bit that forbids to embed the font. Source: OpenType 1.9, OS/2 table.
_FORBIDDEN = 0x0002
_OUTLINES = ("glyf", "CFF ", "CFF2")
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9-]")
_SANS = re.compile(r"sans|gothic|hei|kaku|grotes|helvet|arial|dotum|mono", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Face:
    """One font file at one weight.

    `hb_face` and `hb_font` are HarfBuzz's; `pins` says where its axes stand, empty for a static font; `bold_by_stroke`
    says that bold text is made by stroking the outlines, because the family has no bold; `castable` that new glyphs can
    be composed of its own, which `count` are (its outlines are TrueType's). `weight` runs from 100 to 900. `outlines` are
    those that have been cut, and `facts` what the font says of them all.
    """

    name: str
    hb_face: Any
    hb_font: Any
    pins: tuple[tuple[str, float], ...] = ()
    bold_by_stroke: bool = False
    castable: bool = False
    family: str = "serif"
    weight: int = 400
    count: int = 0
    outlines: dict[int, Outline] = field(default_factory=dict)
    facts: list[bytes] = field(default_factory=list)
    _widths: dict[int, int] = field(default_factory=dict)

    @property
    def weighted(self) -> bool:
        """Whether the font varies in weight."""
        return any(tag == "wght" for tag, _ in self.pins)

    def glyph(self, char: str) -> int:
        """The glyph's number, 0 where the font has none."""
        return int(self.hb_font.get_nominal_glyph(ord(char)) or 0)

    def advance(self, glyph: int) -> int:
        """The glyph's width in thousandths of an em, as the PDF states it."""
        if glyph not in self._widths:
            self._widths[glyph] = self.thousandths(self.hb_font.get_glyph_h_advance(glyph))
        return self._widths[glyph]

    def metrics(self) -> tuple[int, int]:
        """Ascent and descent in thousandths of an em."""
        extents = self.hb_font.get_font_extents("ltr")
        return self.thousandths(extents.ascender), self.thousandths(extents.descender)

    def standing_origin(self) -> int:
        """How far above the baseline a line that runs down the page enters an upright character, in thousandths of an em.

        A Latin face has no such measure: its capitals stand in the middle of the square.
        """
        han = self.glyph("\u4e00")
        if han:
            return self.thousandths(self.hb_font.get_glyph_v_origin(han)[1])
        return _EM // 2 + self.thousandths(self.hb_font.get_glyph_extents(self.glyph("1")).y_bearing) // 2

    def thousandths(self, units: float) -> int:
        """Font units as thousandths of an em."""
        return int(round(units * _EM / self.hb_face.upem))  # noqa: RUF046 - HarfBuzz is untyped


@cache
def packaged(package: str, path: str, name: str, *, bold: bool) -> Face | None:
    """A font file of an installed package; null where the package is not installed.

    Args:
        package: the import name of the package that carries it.
        path: the file's path inside the package.
        name: its PostScript name without the weight, which the PDF gives it.
        bold: whether the bold of the family is wanted; a static font makes it by stroking.
    """
    try:
        file = files(package).joinpath(path)
    except ModuleNotFoundError:
        return None
    face = _faced(_blob(str(file)), 0, bold=bold, name=name)
    return packaged(package, path, name, bold=False) if bold and not face.weighted else face


@cache
def opened(path: Path, *, bold: bool) -> tuple[Face, ...]:
    """The faces of a font file or collection that a PDF may embed: those with outlines, whose licence bits allow it.

    Args:
        path: an OpenType font, static or variable, or a collection of them.
        bold: whether a variable font is set to its bold.
    """
    import uharfbuzz as hb

    blob = _blob(str(path))
    faces = [_faced(blob, index, bold=bold) for index in range(hb.Face(blob).count)]
    if bold and not any(face.weighted for face in faces):
        return opened(path, bold=False)
    return tuple(face for face in faces if _embeddable(face.hb_face))


def _blob(path: str) -> Any:
    import uharfbuzz as hb

    return hb.Blob.from_file_path(path)


def _faced(blob: Any, index: int, *, bold: bool, name: str = "") -> Face:
    import uharfbuzz as hb

    face = hb.Face(blob, index)
    font = hb.Font(face)
    pins = tuple((axis.tag, _pinned(axis, bold=bold)) for axis in face.axis_infos)
    font.set_variations(dict(pins))
    weighted = any(tag == "wght" for tag, _ in pins)
    own = name or _NOT_A_NAME.sub("", face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or "") or f"Font{index}"
    if weighted:
        own = f"{own.split('-')[0]}-{'Bold' if bold else 'Regular'}"
    weight = (BOLD if bold else REGULAR) if weighted else _weight(face)
    return Face(
        name=own, hb_face=face, hb_font=font, pins=pins, bold_by_stroke=weight < _BOLD_WEIGHT, castable="glyf" in face.table_tags,
        count=face.glyph_count, family="sans" if _SANS.search(own) else "serif", weight=weight,
    )


def _pinned(axis: Any, *, bold: bool) -> float:
    if axis.tag == "wght":
        return float(min(max(BOLD if bold else REGULAR, axis.min_value), axis.max_value))
    return float(axis.default_value)


def _weight(face: Any) -> int:
    return int.from_bytes(bytes(face.reference_table("OS/2").data)[4:6], "big")


def _embeddable(face: Any) -> bool:
    kind = int.from_bytes(bytes(face.reference_table("OS/2").data)[8:10], "big")
    return not kind & _FORBIDDEN and any(tag in face.table_tags for tag in _OUTLINES)
