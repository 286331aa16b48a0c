"""Makes glyphs out of glyphs: composites in a TrueType font, and outlines as PDF operators where a font cannot hold them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.writers.pdf.fonts import Cast

_XY_WORDS = 0x0003
"""Component flags: the arguments are words, and offsets. Source: OpenType 1.9, glyf table."""


def with_casts(program: bytes, casts: Mapping[int, Cast]) -> bytes:
    """A TrueType font with composite glyphs behind its own, at the numbers that `casts` names.

    Args:
        program: the font; glyph numbers as in the face that the casts were made from.
        casts: glyph number to its parts; the numbers follow each other.
    """
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(program), recalcTimestamp=False, recalcBBoxes=False, lazy=False)
    glyf, widths, order = font["glyf"], font["hmtx"].metrics, list(font.getGlyphOrder())
    while len(order) < min(casts):
        order.append(f"gap{len(order)}")
        glyf.glyphs[order[-1]], widths[order[-1]] = _empty(), (0, 0)
    for code, cast in sorted(casts.items()):
        name = f"cast{code}"
        order.append(name)
        glyf.glyphs[name] = glyph = _composite(cast, order, glyf)
        widths[name] = (max(cast.advance, 0), glyph.xMin if cast.parts else 0)
    glyf.glyphOrder = order
    font.setGlyphOrder(order)
    font["maxp"].numGlyphs = len(order)
    font["hhea"].numberOfHMetrics = len(order)
    font["maxp"].maxComponentElements = max(font["maxp"].maxComponentElements, *(len(cast.parts) for cast in casts.values()))
    font["maxp"].maxComponentDepth += 1
    out = io.BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()


def outline(cast: Cast) -> str:
    """A cast glyph as PDF operators that fill it, in thousandths of an em."""
    pen = _Operators(1000 / cast.face.hb_face.upem)
    for part in cast.parts:
        pen.origin = (part.x, part.y)
        cast.face.hb_font.draw_glyph_with_pen(part.glyph, pen)
    return " ".join([*pen.done, "f"])


def _empty() -> Any:
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    return Glyph()


def _composite(cast: Cast, order: list[str], glyf: Any) -> Any:
    from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

    if not cast.parts:
        return _empty()
    glyph = Glyph()
    glyph.numberOfContours = -1
    glyph.components = []
    for part in cast.parts:
        component = GlyphComponent()
        component.glyphName, component.x, component.y, component.flags = order[part.glyph], part.x, part.y, _XY_WORDS
        glyph.components.append(component)
    boxes = [(glyf[order[part.glyph]], part) for part in cast.parts]
    inked = [(box, part) for box, part in boxes if box.numberOfContours]
    glyph.xMin = min((box.xMin + part.x for box, part in inked), default=0)
    glyph.yMin = min((box.yMin + part.y for box, part in inked), default=0)
    glyph.xMax = max((box.xMax + part.x for box, part in inked), default=0)
    glyph.yMax = max((box.yMax + part.y for box, part in inked), default=0)
    return glyph


class _Operators:
    """A pen that writes PDF path operators."""

    def __init__(self, scale: float) -> None:
        self.scale, self.origin = scale, (0, 0)
        self.done: list[str] = []
        self.now = (0.0, 0.0)

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the pens of fontTools are named so
        self._write("m", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._write("l", point)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._write("c", *points)

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802
        """A quadratic curve, which PDF writes as a cubic one."""
        self._write("c", *(((near[0] + 2 * control[0]) / 3, (near[1] + 2 * control[1]) / 3) for near in (self.now, end)), end)

    def closePath(self) -> None:  # noqa: N802
        self.done.append("h")

    def endPath(self) -> None:  # noqa: N802
        """An open path, which filling closes."""

    def _write(self, operator: str, *points: tuple[float, float]) -> None:
        self.now = points[-1]
        self.done += [f"{(value + shift) * self.scale:g}" for point in points for value, shift in zip(point, self.origin, strict=True)]
        self.done.append(operator)
