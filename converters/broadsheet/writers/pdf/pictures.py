"""The pictures of a document: which bytes can be shown, and how large they stand in a measure."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A picture is not drawn coarser than this, in pixels an inch.
_LEAST_DPI = 150.0
_POINTS_AN_INCH = 72.0
#: The formats that PDF readers show.
_FORMATS = frozenset({"JPEG", "PNG"})
_SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}


class Bitmap(NamedTuple):
    """A picture as it was given: its bytes, JPEG or not, and its size in pixels."""

    data: bytes
    is_jpeg: bool
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture at the size that it is printed in, in points.

    `name` is the sha256 of its bytes; `caption` is what it shows, in words.
    """

    name: str
    bitmap: Bitmap | None
    width: float
    height: float
    caption: str = ""


class Album:
    """The pictures that can be shown, by the sha256 that captions name them with; each is opened once."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self._bytes = pictures
        self._opened: dict[str, Bitmap | None] = {}

    def picture(self, name: str | None, caption: str, *, measure: float, height: float) -> Picture | None:
        """A picture as large as the measure and the height allow, never coarser than 150 pixels an inch.

        Args:
            name: the sha256, or null.
            caption: what the picture shows.
            measure: the width that it may take, in points.
            height: the height that it may take, in points.

        Returns:
            Null where nobody gave the bytes, or they are no JPEG or PNG.
        """
        if name is None or name not in self._bytes:
            return None
        if name not in self._opened:
            self._opened[name] = _open(self._bytes[name])
        bitmap = self._opened[name]
        if bitmap is None:
            return None
        scale = min(measure / bitmap.width, height / bitmap.height, _POINTS_AN_INCH / _LEAST_DPI)
        return Picture(name, bitmap, bitmap.width * scale, bitmap.height * scale, caption)


def embed_bitmap(doc: Any, name: str, bitmap: Bitmap) -> str:
    """Put a picture into a reportlab document, once; a JPEG goes in as it is.

    Returns:
        The name of its resource.
    """
    resource = str(doc.getXObjectName(name))
    if not doc.hasForm(name):
        doc.addForm(name, _jpeg(bitmap) if bitmap.is_jpeg else _pixels(doc, name, bitmap))
    return resource


def _open(data: bytes) -> Bitmap | None:
    """The picture; null where the bytes are damaged or of another format."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as image:
            if image.format not in _FORMATS:
                return None
            image.load()
            return Bitmap(data, image.format == "JPEG", *image.size)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _jpeg(bitmap: Bitmap) -> Any:
    from PIL import Image
    from reportlab.pdfbase.pdfdoc import PDFArray

    with Image.open(BytesIO(bitmap.data)) as image:
        mode, adobe = image.mode, "adobe" in image.info
    stream = _stream(bitmap, bitmap.data, "DCTDecode", _SPACES.get(mode, "DeviceRGB"))
    if mode == "CMYK" and adobe:  # Adobe's programs store the inks turned round
        stream.dictionary["Decode"] = PDFArray([1, 0] * 4)
    return stream


def _pixels(doc: Any, name: str, bitmap: Bitmap) -> Any:
    from PIL import Image

    with Image.open(BytesIO(bitmap.data)) as image:
        clear = "transparency" in image.info or "A" in image.mode
        grey = image.mode in {"1", "L", "LA"}
        mode = "L" if grey else "RGB"
        shown = image.convert("RGBA") if clear else image
        stream = _stream(bitmap, zlib.compress(shown.convert(mode).tobytes()), "FlateDecode", _SPACES[mode])
        if clear:
            veil = _stream(bitmap, zlib.compress(shown.getchannel("A").tobytes()), "FlateDecode", "DeviceGray")
            stream.dictionary["SMask"] = doc.Reference(veil, f"veil:{name}")
    return stream


def _stream(bitmap: Bitmap, content: bytes, packing: str, space: str) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

    entries = {
        "Type": PDFName("XObject"), "Subtype": PDFName("Image"), "Width": bitmap.width, "Height": bitmap.height,
        "ColorSpace": PDFName(space), "BitsPerComponent": 8, "Filter": PDFName(packing),
    }
    return PDFStream(PDFDictionary(entries), content, filters=[])
