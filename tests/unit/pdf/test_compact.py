"""Small CFF fonts: fontTools reads them and draws what it draws of the large font."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from pylopdf_fonts_zh_cn import __file__ as fonts

from broadsheet.writers.pdf.embedding import _small
from broadsheet.writers.pdf.faces import opened

TEXT = "江上千灯，起桥边万客来。Aa0—…，ｱ々㐀"


@pytest.fixture(scope="module", params=["NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf"])
def path(request):
    return Path(fonts).with_name(request.param)


def small(path, text):
    """The small font of a text as fontTools reads it, and the numbers of its glyphs."""
    (face,) = opened(path, bold=False)
    glyphs = sorted({0, *(face.glyph(char) for char in text)})
    read = CFFFontSet()
    read.decompile(BytesIO(_small(face, glyphs)), None)
    return read[0], glyphs


def drawn(charstring):
    pen = RecordingPen()
    charstring.draw(pen)
    return pen.value, charstring.width


def test_a_small_font_draws_every_glyph_as_the_large_one_does(path):
    font, glyphs = small(path, TEXT)
    with TTFont(path) as large:
        outlines = large["CFF "].cff[0].CharStrings
        order = large.getGlyphOrder()
        for number, name in zip(glyphs, font.charset, strict=True):
            assert drawn(font.CharStrings[name]) == drawn(outlines[order[number]])


def test_its_glyphs_keep_their_numbers_as_cids(path):
    font, glyphs = small(path, TEXT)
    assert font.charset == [".notdef", *(f"cid{number:05}" for number in glyphs[1:])]
    assert font.ROS == ("Adobe", "Identity", 0)
    assert font.CIDCount == glyphs[-1] + 1


def test_what_was_cut_before_makes_no_difference(path):
    (face,) = opened(path, bold=False)
    glyphs = sorted({0, *(face.glyph(char) for char in TEXT)})
    face.outlines.clear()
    at_once = _small(face, glyphs)
    face.outlines.clear()
    for glyph in glyphs[1:]:
        _small(face, [0, glyph])
    assert _small(face, glyphs) == at_once
