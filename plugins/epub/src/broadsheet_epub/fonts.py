"""The fonts of the book, on request: of each face of the PDF's fonts, the letters that the book uses.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from broadsheet.model import MARKS, Code, Role
from broadsheet_epub.container import Item
from broadsheet_epub.letters import Letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from broadsheet.model import Block
    from broadsheet.plugin import Theme
    from broadsheet.report import Report
    from broadsheet.writers.pdf.faces import Face

    Text = tuple[str, bool, Sequence[Block]]

_DIGITS = frozenset("0123456789")
#: Kinds of characters that print nothing, so that no font need have them.
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs", "Mn"})


def embedded_fonts(texts: Iterable[Text], main: str, theme: Theme, report: Report) -> tuple[list[Item], str]:
    """The font files, and the CSS that sets each language's text in them.

    Args:
        texts: of each chapter the language, whether its lines run downwards, and the blocks.
        main: the language of the book; its rules come without a condition, for readers that know none.
        theme: says which role is set in which family and weight.
        report: gets one `missing-glyph` for all characters that no font has.
    """
    letters: defaultdict[str, set[str]] = defaultdict(set)
    faces: dict[str, Face] = {}
    stacks: dict[tuple[str, str], list[str]] = {}
    missing: set[str] = set()
    for (language, down, family, bold), used in sorted(_used(texts, theme).items()):
        found, lost = _faces(used, Letters(language, family, bold), down=down)
        missing |= lost
        stack = stacks.setdefault((language, family), [])
        for face, own in found:
            faces.setdefault(face.name, face)
            letters[face.name] |= own
            stack += [name] if (name := _family(face)) not in stack else []
    if missing:
        names = ", ".join(f"{char} (U+{ord(char):04X})" for char in sorted(missing))
        report.add(Code.MISSING_GLYPH, f"no font at hand has these characters; the reader's own must show them: {names}")
    cut = [(face, *_subset(face, letters[name])) for name, face in sorted(faces.items())]
    items = [Item(f"font-{face.name}", f"fonts/{face.name}.{kind}", f"font/{kind}", data) for face, data, kind in cut]
    rules = [_font_face(face, item.file) for (face, _, _), item in zip(cut, items, strict=True)]
    ranked = sorted(stacks.items(), key=lambda stack: (stack[0][0] != main, stack[0]))
    rules += [_stack("" if language == main else f":lang({language}) ", family, names, theme) for (language, family), names in ranked]
    return items, "\n".join(rules) + "\n"


def _used(texts: Iterable[Text], theme: Theme) -> Mapping[tuple[str, bool, str, bool], set[str]]:
    """The characters of each language, family and weight."""
    used: defaultdict[tuple[str, bool, str, bool], set[str]] = defaultdict(set)
    for language, down, blocks in texts:
        for block in blocks:
            style = theme.styles[block.role]
            used[language, down, style.family, style.bold].update(block.text)
            for mark in block.marks:
                face = theme.styles[mark.role]
                used[language, down, face.family, face.bold].update(block.text[mark.start : mark.end])
    return used


def _faces(used: set[str], fonts: Letters, *, down: bool) -> tuple[list[tuple[Face, set[str]]], set[str]]:
    """The faces that show some characters, the language's own first, and what none shows.

    In lines that run downwards numbers are set in the Han face too: its digits are made to stand below each other.
    """
    own = fonts.own
    found: dict[Face, set[str]] = {}
    missing = set()
    for char in sorted(used):
        face = (own, own.glyph(char)) if down and char in _DIGITS else fonts.find(char)
        if face:
            found.setdefault(face[0], set()).add(char)
        elif unicodedata.category(char) not in _UNSEEN:
            missing.add(char)
    return sorted(found.items(), key=lambda each: (each[0] is not own, each[0].name)), missing


def _subset(face: Face, letters: Iterable[str]) -> tuple[bytes, str]:
    """The font with only these letters, and what joins them, at the face's place on its axes; and which kind of file it is."""
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    wanted.unicode_set.set({ord(letter) for letter in letters})
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    for tag, value in face.pins:
        wanted.pin_axis_location(face.hb_face, tag, value)
    cut = hb.subset(face.hb_face, wanted)
    return bytes(cut.blob.data), "otf" if "CFF " in cut.table_tags else "ttf"


def _family(face: Face) -> str:
    """What the style sheet calls the face: regular and bold of a family share the name."""
    return face.name.split("-", maxsplit=1)[0]


def _font_face(face: Face, file: str) -> str:
    return f'@font-face {{ font-family: "{_family(face)}"; font-weight: {face.weight}; font-style: normal; src: url("{file}"); }}'


def _stack(condition: str, family: str, names: Sequence[str], theme: Theme) -> str:
    """The rule that sets a language's text in its faces; the reader's own font is the last resort."""
    roles = [role for role in Role if role in theme.styles and theme.styles[role].family == family]
    found = [*(f".{role}" for role in roles), *(f".mark.{role}" for role in roles if role in MARKS)]
    found += ["nav"] if theme.styles[Role.PARAGRAPH].family == family else []
    selectors = ", ".join(f"{condition}{each}" for each in found)
    stack = ", ".join([*(f'"{name}"' for name in names), "serif" if family == "serif" else "sans-serif"])
    return f"{selectors} {{ font-family: {stack}; }}"
