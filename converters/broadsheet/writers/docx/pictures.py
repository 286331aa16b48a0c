"""Pictures in the Word file: which of the document's can be drawn, and the drawing with its alternative text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from broadsheet.model import Code
from broadsheet.views import one_line
from broadsheet.writers.docx.markup import escape, paragraph
from broadsheet.writers.docx.styles import PICTURE, style_id
from broadsheet.writers.shared import NOT_XML, REPLACEMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.model import Document
    from broadsheet.plugin import Context

#: Media type to the file name's suffix and the bytes that such a picture begins with.
KINDS = {"image/jpeg": ("jpeg", b"\xff\xd8\xff"), "image/png": ("png", b"\x89PNG\r\n\x1a\n")}
_SCHEMA = "http://schemas.openxmlformats.org/drawingml/2006"
_EMU_PER_PT = 12700
#: A picture is printed with at least this many dots an inch: a small one is not blown up.
_DOTS_PER_INCH = 150
_PT_PER_INCH = 72
_TALLEST = 0.6  # of the text's height
_DRAWING = (
    '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:docPr id="{number}" name="{name}" descr="{descr}"/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{a}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic xmlns:a="{a}">'
    '<a:graphicData uri="{pic}"><pic:pic xmlns:pic="{pic}">'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr="{descr}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


class Picture(NamedTuple):
    """A picture that goes into the file: its relation, its place in the archive, its media type, its bytes, its size in pixels."""

    relation: str
    member: str
    media_type: str
    data: bytes
    name: str
    width_px: int
    height_px: int


def drawable(document: Document, context: Context) -> Mapping[str, Picture]:
    """The pictures that captions name and whose bytes are at hand, by their sha256, in the order in which they are used.

    What is at hand and can not be drawn is said in the report; its caption stands alone, as that of a missing one.
    """
    found: dict[str, Picture] = {}
    for sha in dict.fromkeys(_named(document)):
        asset, data = document.assets.get(sha), context.pictures.get(sha)
        if asset is None or data is None:
            continue
        suffix, head = KINDS.get(asset.media_type, ("", b""))
        if suffix and data.startswith(head) and min(asset.width_px, asset.height_px) > 0:
            number = len(found) + 1
            found[sha] = Picture(f"picture{number}", f"media/image{number}.{suffix}", asset.media_type, data, NOT_XML.sub(REPLACEMENT, asset.name), asset.width_px, asset.height_px)
        else:
            context.report.add(Code.CAPTION_WITHOUT_PICTURE, f"the picture {asset.name or sha} is no JPEG or PNG with a size; its caption stands alone")
    return found


def drawing(picture: Picture, number: int, words: str, box_pt: tuple[float, float]) -> str:
    """A paragraph with the picture.

    Args:
        picture: what to draw.
        number: counts the document's drawings from 1.
        words: the caption, which says the picture to those who do not see it.
        box_pt: width and height that the text has here, in points.
    """
    width, height = _size(picture, box_pt)
    facts = {
        "cx": round(width * _EMU_PER_PT), "cy": round(height * _EMU_PER_PT), "number": number,
        "name": escape(picture.name or picture.member), "descr": escape(one_line(words)), "relation": picture.relation,
        "a": f"{_SCHEMA}/main", "pic": f"{_SCHEMA}/picture",
    }
    return paragraph(style_id(PICTURE), _DRAWING.format(**facts))


def _named(document: Document) -> Iterator[str]:
    for article in document.articles:
        yield from (block.image for block in article.blocks if block.image)


def _size(picture: Picture, box_pt: tuple[float, float]) -> tuple[float, float]:
    width = min(box_pt[0], picture.width_px * _PT_PER_INCH / _DOTS_PER_INCH)
    height = width * picture.height_px / picture.width_px
    scale = min(1.0, box_pt[1] * _TALLEST / height)
    return width * scale, height * scale
