"""Shapes what single glyphs cannot show: joined letters, marks on letters, ligatures, all cut into clusters of characters."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.writers.pdf.faces import Face

#: Marks, and the scripts whose letters join, move or turn: the rest is set a glyph a character.
_COMPLEX = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd\u0f00-\u109f\u1100-\u11ff\u1780-\u18af\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ua840-\uabff\ud7b0-\ud7ff\ufb1d-\ufdff\ufe00-\ufe0f\ufe20-\ufe2f\ufe70-\ufefc\U00010800-\U00011fff\U000e0100-\U000e01ef]"
)

#: Characters that stand upright whatever the face has, and those that never do. Source: after Unicode's UAX 50.
_STANDING = re.compile("[·※℃\u1100-\u11ff\u2460-\u24ff\u25a0-\u26ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffef\U00020000-\U0003ffff]")
_LYING = frozenset("—\u2e3a-")


class Part(NamedTuple):
    """One glyph of a cluster, and how far it stands from the cluster's origin, in font units."""

    glyph: int
    x: int
    y: int


class Cluster(NamedTuple):
    """Characters that are shown together (`text[start:end]`): their glyphs, and how far the next cluster is, in font units."""

    start: int
    end: int
    parts: tuple[Part, ...]
    advance: int


def is_complex(text: str) -> bool:
    """Whether a text holds anything that must be shaped."""
    return _COMPLEX.search(text) is not None


def shape(face: Face, text: str, *, right_to_left: bool, language: str | None) -> Iterator[Cluster]:
    """The clusters of a run of text in one face and one direction, in no order that matters.

    Args:
        face: the face that shows it.
        text: the run.
        right_to_left: whether it runs so; its brackets are mirrored then.
        language: BCP 47 tag, which picks a language's own letter forms.
    """
    import uharfbuzz as hb

    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    if language:
        buffer.language = language
    hb.shape(face.hb_font, buffer)
    starts = sorted({info.cluster for info in buffer.glyph_infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    placed = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    for start, glyphs in groupby(placed, key=lambda glyph: int(glyph[0].cluster)):
        yield _cluster(start, ends[start], glyphs)


def upright_glyph(face: Face, char: str) -> int:
    """The glyph of a character that stands upright in a line that runs down the page; 0 for one that lies on its side.

    Full-width characters stand, in the form that the face has for such lines; so does what it has such a form for.
    Source: after Unicode's UAX 50.
    """
    import uharfbuzz as hb

    buffer = hb.Buffer()
    buffer.add_str(char)
    buffer.guess_segment_properties()
    buffer.direction = "ttb"
    hb.shape(face.hb_font, buffer)
    glyph = int(buffer.glyph_infos[0].codepoint)
    stands = _STANDING.match(char) is not None or (char not in _LYING and glyph != face.glyph(char))
    return glyph if stands else 0


def _cluster(start: int, end: int, glyphs: Iterator[tuple[Any, Any]]) -> Cluster:
    at = 0
    parts: list[Part] = []
    for info, position in glyphs:
        parts.append(Part(info.codepoint, at + position.x_offset, position.y_offset))
        at += position.x_advance
    return Cluster(start, end, tuple(parts), at)
