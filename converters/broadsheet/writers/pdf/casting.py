"""Makes glyphs out of glyphs: composites in a TrueType font, and outlines as PDF operators where a font cannot hold them."""

from __future__ import annotations

from struct import iter_unpack, pack, pack_into, unpack_from
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.writers.pdf.fonts import Cast

# Flags of a component: its arguments are words, and offsets; more components follow. Source: OpenType 1.9, glyf table.
_XY_WORDS, _MORE = 0x0003, 0x0020
_LONG_OFFSETS = 1
_MAGIC = 0xB1B0AFBA


class _Tables(dict[str, bytearray]):
    """The tables of a font file by tag, whose numbers can be read and written in place. Source: OpenType 1.9."""

    def get_word(self, tag: str, at: int) -> int:
        return int(unpack_from(">H", self[tag], at)[0])

    def set_word(self, tag: str, at: int, value: int) -> None:
        pack_into(">H", self[tag], at, value)


def with_casts(program: bytes, casts: Mapping[int, Cast]) -> bytes:
    """A TrueType font with composite glyphs behind its own, at the numbers that `casts` names.

    Args:
        program: the font; glyph numbers as in the face that the casts were made from.
        casts: glyph number to its parts; the numbers follow each other.
    """
    import uharfbuzz as hb

    face = hb.Face(hb.Blob(program))
    tables = _Tables({tag: bytearray(face.reference_table(tag).data) for tag in face.table_tags})
    count, first = tables.get_word("maxp", 4), min(casts)
    offsets, widths = _offsets(tables, count), _metrics(tables, count)
    offsets += [offsets[-1]] * (first - count)
    widths += [(0, 0)] * (first - count)
    for _, cast in sorted(casts.items()):
        box = _box(cast)
        tables["glyf"] += _composite(cast, box)
        offsets.append(len(tables["glyf"]))
        widths.append((max(cast.advance, 0), box[0]))
    tables["loca"] = bytearray(pack(f">{len(offsets)}I", *offsets))
    tables["hmtx"] = bytearray(b"".join(pack(">Hh", *width) for width in widths))
    tables.set_word("head", 50, _LONG_OFFSETS)
    tables.set_word("hhea", 34, len(widths))
    tables.set_word("maxp", 4, len(widths))
    tables.set_word("maxp", 28, max(tables.get_word("maxp", 28), *(len(cast.parts) for cast in casts.values())))
    tables.set_word("maxp", 30, tables.get_word("maxp", 30) + 1)
    return _file(tables)


def outline(cast: Cast) -> str:
    """A cast glyph as PDF operators that fill it, in thousandths of an em."""
    pen = _Operators(1000 / cast.face.hb_face.upem)
    for part in cast.parts:
        pen.origin = (part.x, part.y)
        cast.face.hb_font.draw_glyph_with_pen(part.glyph, pen)
    return " ".join([*pen.done, "f"])


def _offsets(tables: _Tables, count: int) -> list[int]:
    """Where each glyph begins in the table glyf, and where the last one ends."""
    if tables.get_word("head", 50) == _LONG_OFFSETS:
        return list(unpack_from(f">{count + 1}I", tables["loca"]))
    return [half * 2 for half in unpack_from(f">{count + 1}H", tables["loca"])]


def _metrics(tables: _Tables, count: int) -> list[tuple[int, int]]:
    """The width and the left edge of each glyph, in font units; the last width stands for those that are left out."""
    full = tables.get_word("hhea", 34)
    pairs: list[tuple[int, int]] = list(iter_unpack(">Hh", bytes(tables["hmtx"][: full * 4])))
    edges = unpack_from(f">{count - full}h", tables["hmtx"], full * 4)
    return pairs + [(pairs[-1][0], edge) for edge in edges]


def _box(cast: Cast) -> tuple[int, int, int, int]:
    """The least x and y and the greatest x and y of a cast glyph, in font units."""
    found = [(cast.face.hb_font.get_glyph_extents(part.glyph), part) for part in cast.parts]
    inked = [(extents, part) for extents, part in found if extents and extents.width]
    return (
        min((extents.x_bearing + part.x for extents, part in inked), default=0),
        min((extents.y_bearing + extents.height + part.y for extents, part in inked), default=0),
        max((extents.x_bearing + extents.width + part.x for extents, part in inked), default=0),
        max((extents.y_bearing + part.y for extents, part in inked), default=0),
    )


def _composite(cast: Cast, box: tuple[int, int, int, int]) -> bytes:
    """A glyph of others, as the table glyf holds it; nothing where it shows nothing."""
    if not cast.parts:
        return b""
    record = pack(">5h", -1, *box)
    for number, part in enumerate(cast.parts, start=1):
        record += pack(">HHhh", _XY_WORDS | (_MORE if number < len(cast.parts) else 0), part.glyph, part.x, part.y)
    return record + bytes(-len(record) % 4)


def _file(tables: _Tables) -> bytes:
    """The font file: a directory of its tables, then the tables."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    directory = pack(">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    tables["head"][8:12] = bytes(4)
    at = len(directory) + 16 * count
    body = b""
    for tag, table in sorted(tables.items()):
        padded = bytes(table) + bytes(-len(table) % 4)
        directory += pack(">4sIII", tag.encode(), _checksum(padded), at + len(body), len(table))
        body += padded
    file = bytearray(directory + body)
    head = directory.index(b"head")
    pack_into(">I", file, int(unpack_from(">I", file, head + 8)[0]) + 8, (_MAGIC - _checksum(bytes(file))) & 0xFFFFFFFF)
    return bytes(file)


def _checksum(data: bytes) -> int:
    return int(sum(unpack_from(f">{len(data) // 4}I", data))) & 0xFFFFFFFF


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
