"""Puts the used fonts into the PDF: subsets cut by HarfBuzz, glyphs drawn as outlines, and the map back to text."""

from __future__ import annotations

import zlib
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from broadsheet.writers.pdf.casting import outline, with_casts
from broadsheet.writers.pdf.compact import read, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from broadsheet.writers.pdf.faces import Face
    from broadsheet.writers.pdf.fonts import Used

#: The tables that a TrueType font needs inside a PDF; the others are left out.
_DROPPED = ("GSUB", "GPOS", "GDEF", "OS/2", "post", "name", "cmap", "STAT", "gasp", "meta", "DSIG", "VORG", "BASE", "vhea", "vmtx")
#: How hard zlib tries: with texts and codes, more effort saves a twentieth and doubles the time.
FAST = 3
_EM = 1000
_SYMBOLIC = 4
_CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n{low} {high}\nendcodespacerange\n"
)
_CMAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def embed(doc: Any, used: Iterable[Used]) -> None:
    """Add every used font to a reportlab document, under its resource name."""
    fonts = doc.idToObject["BasicFonts"].dict
    for one in used:
        font = _type3(doc, one) if one.face is None else _type0(doc, one, one.face)
        fonts[one.name] = doc.Reference(font, f"font:{one.name}")


def to_unicode(chars: Mapping[int, str], *, digits: int) -> str:
    """The CMap that says which character each code stands for.

    Args:
        chars: code to character.
        digits: how many hexadecimal digits a code has: 2 or 4.
    """
    rows = [_row(code, char, digits) for code, char in sorted(chars.items())]
    blocks = (rows[i : i + 100] for i in range(0, len(rows), 100))
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return _CMAP_HEAD.format(low=f"<{'0' * digits}>", high=f"<{'F' * digits}>") + body + _CMAP_TAIL


@lru_cache(maxsize=1 << 16)
def _row(code: int, text: str, digits: int) -> str:
    return f"<{code:0{digits}X}> <{_utf16(text)}>"


def _utf16(text: str) -> str:
    """UTF-16 in hexadecimal; half of a surrogate pair, which no text may hold, becomes U+FFFD."""
    safe = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return safe.encode("utf-16-be").hex().upper()


def _type0(doc: Any, used: Used, face: Face) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

    program, outlines = _program(face, used)
    name = PDFName(f"{_tag(used)}+{face.name}")
    system = PDFDictionary({"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0})
    cid = {
        "Type": PDFName("Font"), "Subtype": PDFName("CIDFontType0" if outlines == "cff" else "CIDFontType2"), "BaseFont": name,
        "CIDSystemInfo": system, "FontDescriptor": doc.Reference(_descriptor(doc, face, name, program, outlines)),
        "DW": 1000, "W": _widths(used, face),
    }
    if used.upright:
        cid["DW2"] = PDFArray([face.standing_origin(), -_EM])
    if outlines == "glyf":
        cid["CIDToGIDMap"] = PDFName("Identity")
    return PDFDictionary({
        "Type": PDFName("Font"), "Subtype": PDFName("Type0"), "BaseFont": name, "Encoding": PDFName("Identity-V" if used.upright else "Identity-H"),
        "DescendantFonts": PDFArray([doc.Reference(PDFDictionary(cid))]),
        "ToUnicode": doc.Reference(_stream(to_unicode(used.chars, digits=4))),
    })


def _widths(used: Used, face: Face) -> str:
    """The widths that are no whole em, each run of neighbouring codes in one array."""
    widths = [(code, _width(used, face, code)) for code in sorted(used.chars)]
    odd = [(code, width) for code, width in widths if width != _EM]
    runs = groupby(enumerate(odd), key=lambda item: item[1][0] - item[0])
    rows = ([pair for _, pair in run] for _, run in runs)
    return "[" + " ".join(f"{row[0][0]} [{' '.join(str(width) for _, width in row)}]" for row in rows) + "]"


def _width(used: Used, face: Face, code: int) -> int:
    return used.widths[code] if code in used.casts else face.advance(code)


def _descriptor(doc: Any, face: Face, name: object, program: bytes, outlines: str) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

    ascent, descent = face.metrics()
    key = "FontFile3" if outlines == "cff" else "FontFile2"
    extra = {"Subtype": PDFName("CIDFontType0C")} if outlines == "cff" else {"Length1": len(program)}
    return PDFDictionary({
        "Type": PDFName("FontDescriptor"), "FontName": name, "Flags": _SYMBOLIC, "FontBBox": PDFArray([-1000, -1000, 3000, 2000]),
        "ItalicAngle": 0, "Ascent": ascent, "Descent": descent, "CapHeight": 714, "StemV": 80,
        key: doc.Reference(_stream(program, **extra)),
    })


def _program(face: Face, used: Used) -> tuple[bytes, str]:
    """The font file with only the glyphs used, their numbers kept, and whether its outlines are `cff` or `glyf`."""
    parts = (part.glyph for cast in used.casts.values() for part in cast.parts)
    glyphs = {0, *parts, *(code for code in used.chars if code not in used.casts)}
    small = None if face.castable else _small(face, sorted(glyphs))
    if small:
        return small, "cff"
    cut = _cut(face, glyphs, keep_numbers=True)
    if "CFF " in cut.table_tags:
        return bytes(cut.reference_table("CFF ").data), "cff"
    program = bytes(cut.blob.data)
    return with_casts(program, used.casts) if used.casts else program, "glyf"


def _small(face: Face, glyphs: Sequence[int]) -> bytes | None:
    """A CFF font without empty places, of outlines that are cut once a process; null where the face's cannot be taken apart."""
    lacking = [glyph for glyph in glyphs if glyph not in face.outlines]
    if lacking:
        lacking = sorted({0, *lacking})  # every cut has the first
        cut = _cut(face, set(lacking), keep_numbers=False)
        found = read(bytes(cut.reference_table("CFF ").data))
        if not found or len(found.outlines) != len(lacking):  # others belong to some of them
            return None
        face.outlines.update(zip(lacking, found.outlines, strict=True))
        face.facts[:] = [found.facts]
    return write(face.name, face.facts[0], face.outlines, glyphs)


def _cut(face: Face, glyphs: set[int], *, keep_numbers: bool) -> Any:
    """HarfBuzz's subset of a face."""
    import uharfbuzz as hb

    wanted, flags = hb.SubsetInput(), hb.SubsetFlags
    wanted.glyph_set.set(glyphs)
    wanted.drop_table_tag_set.update(_tags(_DROPPED))
    wanted.flags = flags.NO_HINTING | flags.NO_LAYOUT_CLOSURE | flags.CFF_IDENTITY_CHARSET | flags.NOTDEF_OUTLINE | flags.DOWNGRADE_CFF2
    wanted.flags |= flags.RETAIN_GIDS if keep_numbers else flags.DESUBROUTINIZE
    for tag, value in face.pins:
        wanted.pin_axis_location(face.hb_face, tag, value)
    return hb.subset(face.hb_face, wanted)


def _type3(doc: Any, used: Used) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

    last = max(used.chars)
    procs = {
        f"outline{code}": doc.Reference(_stream(f"{used.widths[code]} 0 -1000 -1000 3000 2000 d1 {outline(cast)}"))
        for code, cast in used.casts.items()
    }
    names = [PDFName(f"outline{code}") for code in sorted(used.chars)]
    return PDFDictionary({
        "Type": PDFName("Font"), "Subtype": PDFName("Type3"), "FontBBox": PDFArray([-1000, -1000, 3000, 2000]),
        "FontMatrix": PDFArray([0.001, 0, 0, 0.001, 0, 0]), "CharProcs": PDFDictionary(procs), "FirstChar": 1, "LastChar": last,
        "Encoding": PDFDictionary({"Type": PDFName("Encoding"), "Differences": PDFArray([1, *names])}),
        "Widths": PDFArray([used.widths[code] for code in sorted(used.chars)]), "Resources": PDFDictionary({}),
        "ToUnicode": doc.Reference(_stream(to_unicode(used.chars, digits=2))),
    })


def _stream(content: str | bytes, **entries: object) -> Any:
    """A compressed stream; CFF outlines repeat little, and are only written in fewer bits, which takes a quarter of the time."""
    from reportlab.pdfbase.pdfdoc import PDFName, PDFStream

    packer = zlib.compressobj(FAST, strategy=zlib.Z_HUFFMAN_ONLY if "Subtype" in entries else zlib.Z_DEFAULT_STRATEGY)
    data = content.encode("ascii") if isinstance(content, str) else content
    stream = PDFStream(content=packer.compress(data) + packer.flush(), filters=[])
    stream.dictionary["Filter"] = PDFName("FlateDecode")
    for key, value in entries.items():
        stream.dictionary[key] = value
    return stream


def _tag(used: Used) -> str:
    """The six letters that mark a subset; they differ from resource to resource."""
    number = int(used.name[1:])
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(5, -1, -1))


def _tags(names: Iterable[str]) -> set[int]:
    return {int.from_bytes(name.encode("ascii"), "big") for name in names}
