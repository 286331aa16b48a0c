"""The font files that come with the installation, opened once a process, and which of them shows a character."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_EM = 1000

#: Characters that Chinese and Latin fonts both have but draw differently; the paragraph decides.
SHARED = frozenset("“”‘’—…·‥※→←↑↓°×÷§")
_WIDE = re.compile(r"[\u2460-\u24ff\u2500-\u26ff\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")


@dataclass(frozen=True, eq=False)
class Face:
    """One font file at one weight.

    `hb_face` and `hb_font` are HarfBuzz's; `weight` is null for a font that has only one; `bold_by_stroke` says that
    bold text is made by stroking the outlines, because the family has no bold file.
    """

    name: str
    hb_face: Any
    hb_font: Any
    weight: int | None
    bold_by_stroke: bool = False

    def glyph(self, char: str) -> int:
        """The glyph's number, 0 where the font has none."""
        return int(self.hb_font.get_nominal_glyph(ord(char)) or 0)

    def advance(self, glyph: int) -> int:
        """The glyph's width in thousandths of an em, as the PDF states it."""
        return self._thousandths(self.hb_font.get_glyph_h_advance(glyph))

    def metrics(self) -> tuple[int, int]:
        """Ascent and descent in thousandths of an em."""
        extents = self.hb_font.get_font_extents("ltr")
        return self._thousandths(extents.ascender), self._thousandths(extents.descender)

    def _thousandths(self, units: float) -> int:
        return int(round(units * _EM / self.hb_face.upem))  # noqa: RUF046 - HarfBuzz is untyped


@cache
def open_face(package: str, path: str, name: str, weight: int | None = None, *, bold_by_stroke: bool = False) -> Face:
    """Open a font file of an installed package, mapped into memory.

    Args:
        package: the import name of the package that carries it.
        path: the file's path inside the package.
        name: the PostScript name that the PDF gives it.
        weight: where to pin a variable font's weight axis (100 to 900).
        bold_by_stroke: whether bold text is made from it by stroking.
    """
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(files(package).joinpath(path))))
    font = hb.Font(face)
    if weight is not None:
        font.set_variations({"wght": weight, "wdth": 100})
    return Face(name=name, hb_face=face, hb_font=font, weight=weight, bold_by_stroke=bold_by_stroke)


@cache
def latin(family: str, *, bold: bool) -> Face:
    """The face for Latin, Cyrillic and Greek; `family` is `serif` or `sans`."""
    weight = 700 if bold else 400
    cut = "Bold" if bold else "Regular"
    if family == "serif":
        return open_face("fontpkg_noto_serif", "files/NotoSerif[wdth,wght].ttf", f"NotoSerif-{cut}", weight)
    return open_face("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", f"NotoSans-{cut}", weight)


@cache
def chinese(family: str) -> Face:
    """The face for Chinese characters and their punctuation, and for kana; `family` is `serif` or `sans`."""
    name = "NotoSerifSC-Regular" if family == "serif" else "NotoSansSC-Regular"
    return open_face("pylopdf_fonts_zh_cn", f"{name}.otf", name, bold_by_stroke=True)


def find(char: str, family: str, *, bold: bool, cjk: bool) -> tuple[Face, int] | None:
    """The face that shows a character, and its glyph there; null where no font has it.

    Args:
        char: one character.
        family: `serif` or `sans`; the other one is the last resort.
        bold: whether the text is bold.
        cjk: whether the paragraph is Chinese, Japanese or Korean, which decides whose curly quotes and dashes are set.
    """
    wide = _WIDE.match(char) is not None or (cjk and char in SHARED)
    for name in (family, "sans" if family == "serif" else "serif"):
        faces = (latin(name, bold=bold), chinese(name))
        for face in reversed(faces) if wide else faces:
            glyph = face.glyph(char)
            if glyph:
                return face, glyph
    return None
