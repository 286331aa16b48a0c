"""Which of the fonts at hand shows a character: the reader's own first, then installed packages, then the system's."""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.errors import UsageError
from broadsheet.writers.pdf.faces import BOLD, REGULAR, Face, opened, packaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Characters that Chinese and Latin fonts both have but draw differently; the paragraph decides.
SHARED = frozenset("“”‘’—…·‥※→←↑↓°×÷§")
_WIDE = re.compile(r"[\u1100-\u11ff\u2460-\u24ff\u2500-\u26ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_SUFFIXES = frozenset({".otf", ".ttf", ".ttc", ".otc"})
_SPECIAL = re.compile(r"Italic|Oblique|Math|Mono|Condensed|Narrow")

_LATIN = {
    "serif": ("fontpkg_noto_serif", "files/NotoSerif[wdth,wght].ttf", "NotoSerif"),
    "sans": ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", "NotoSans"),
}
#: Scripts with letters of their own that come as small packages.
_OTHERS = {
    "serif": (
        ("pylopdf_fonts_ar", "NotoNaskhArabic-Variable.ttf", "NotoNaskhArabic"),
        ("pylopdf_fonts_he", "NotoSerifHebrew-Variable.ttf", "NotoSerifHebrew"),
    ),
    "sans": (
        ("pylopdf_fonts_ar", "NotoSansArabic-Variable.ttf", "NotoSansArabic"),
        ("pylopdf_fonts_he", "NotoSansHebrew-Variable.ttf", "NotoSansHebrew"),
    ),
}
#: Region of a Han typeface to the package that carries it; only the first is installed with Broadsheet.
_HAN = {"SC": "pylopdf_fonts_zh_cn", "JP": "pylopdf_fonts_jp", "KR": "pylopdf_fonts_ko", "TC": "pylopdf_fonts_zh_tw"}
_TRADITIONAL = re.compile(r"(?i)(?:zh-(?:.*-)?(?:hant|tw|hk|mo)|yue)(?:-|$)")


def region_of(language: str | None) -> str:
    """Whose shapes Han characters take: `SC`, `TC`, `JP` or `KR`, by a BCP 47 tag; `SC` where it does not say."""
    tag = language or ""
    if _TRADITIONAL.match(tag):
        return "TC"
    return {"ja": "JP", "ko": "KR"}.get(tag.split("-")[0].lower(), "SC")


class Look(NamedTuple):
    """What decides which glyph a character gets.

    `family` is `serif` or `sans`, the other one is the last resort; `cjk` says whether the paragraph is Chinese, Japanese or
    Korean, which decides whose curly quotes and dashes are set; `region` whose shapes Han characters take; `down` whether
    the line runs down the page.
    """

    family: str
    bold: bool
    cjk: bool
    region: str = "SC"
    down: bool = False


class Shelf:
    """The fonts of one installation, in the order in which they are asked.

    Args:
        fonts: font files, and folders of them, that come before all others.
        system: whether the system's font folders come last.

    Raises:
        UsageError: one of `fonts` holds no font that may be embedded.
    """

    def __init__(self, fonts: tuple[Path, ...], *, system: bool) -> None:
        self._own = tuple(file for path in fonts for file in _given(path))
        self._system = system
        self._found: dict[tuple[str, Look], tuple[Face, int] | None] = {}

    def find(self, char: str, look: Look) -> tuple[Face, int] | None:
        """The face that shows a character, and its glyph there; null where no font has it."""
        key = (char, look)
        if key not in self._found:
            candidates = ((face, face.glyph(char)) for face in self._faces(char, look))
            self._found[key] = next(((face, glyph) for face, glyph in candidates if glyph), None)
        return self._found[key]

    def latin(self, look: Look) -> Face:
        """The face of Latin letters and digits."""
        return self._sure("-", look._replace(cjk=False))

    def han(self, look: Look) -> Face:
        """The face of Han characters, whose dash is two ems long."""
        return self._sure("\u4e00", look)

    def digits(self, look: Look) -> Face:
        """A face of digits that can be set side by side as one glyph."""
        face = self.latin(look)
        return face if face.castable else packaged(*_LATIN[look.family], bold=look.bold) or self.sign_face()

    def sign_face(self) -> Face:
        """The face that signs for missing characters are made from; always the same, whatever fonts are given."""
        face = packaged(*_LATIN["sans"], bold=False)
        assert face, "the fonts that Broadsheet requires are installed"
        return face

    def _sure(self, char: str, look: Look) -> Face:
        found = self.find(char, look)
        assert found, "the fonts that Broadsheet requires are installed"
        return found[0]

    def _faces(self, char: str, look: Look) -> Iterator[Face]:
        yield from _ranked(self._own, look)
        wide = _WIDE.match(char) is not None or (look.cjk and char in SHARED)
        for name in (look.family, "sans" if look.family == "serif" else "serif"):
            latin = packaged(*_LATIN[name], bold=look.bold)
            han = [_han(region, name, bold=look.bold) for region in _regions(char, look.region)]
            others = [packaged(*other, bold=look.bold) for other in _OTHERS[name]]
            order = [*han, latin, *others] if wide else [latin, *others, *han]
            yield from (face for face in order if face)
        if self._system:
            yield from _ranked(_system_files(), look)


@cache
def shelf(fonts: tuple[Path, ...], *, system: bool) -> Shelf:
    """The shelf of these choices, filled once a process; see `Shelf`."""
    return Shelf(fonts, system=system)


def _regions(char: str, region: str) -> tuple[str, ...]:
    first = "KR" if _HANGUL.match(char) else region
    return (first, *(other for other in _HAN if other != first))


def _han(region: str, family: str, *, bold: bool) -> Face | None:
    name = f"Noto{family.title()}{region}-Regular"
    return packaged(_HAN[region], f"{name}.otf", name, bold=bold)


def _ranked(paths: tuple[Path, ...], look: Look) -> list[Face]:
    """The faces of some files: plain before slanted and narrow ones, then the nearest in family, weight and region."""
    faces = [face for path in paths for face in opened(path, bold=look.bold)]
    ours = re.compile(rf"(?i)(?:cjk|han|sans|serif){look.region}(?![a-z])")
    weight = BOLD if look.bold else REGULAR

    def distance(face: Face) -> tuple[bool, bool, int, bool]:
        return bool(_SPECIAL.search(face.name)), face.family != look.family, abs(face.weight - weight), not ours.search(face.name)

    return sorted(faces, key=distance)


def _given(path: Path) -> tuple[Path, ...]:
    found = tuple(_fonts_in((path,))) if path.is_dir() else (path,) if path.is_file() else ()
    if not any(opened(file, bold=False) for file in found):
        raise UsageError("no font here that a PDF may embed", where=str(path), todo="name OpenType files or a folder of them")
    return found


@cache
def _system_files() -> tuple[Path, ...]:
    return tuple(_fonts_in(_system_folders()))


def _system_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",)
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts")


def _fonts_in(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file())
