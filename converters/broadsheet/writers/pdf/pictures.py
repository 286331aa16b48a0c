"""The pictures of a document: which bytes can be shown, and how large they stand in a measure."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A picture is not drawn coarser than this, in pixels an inch.
_LEAST_DPI = 150.0
_POINTS_AN_INCH = 72.0
#: The formats that PDF readers show.
_FORMATS = frozenset({"JPEG", "PNG"})


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture at the size that it is printed in, in points.

    `name` is the sha256 of its bytes; `image` is reportlab's reader of them; `caption` is what it shows, in words.
    """

    name: str
    image: Any
    width: float
    height: float
    caption: str = ""


class Album:
    """The pictures that can be shown, by the sha256 that captions name them with; each is opened once."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self._bytes = pictures
        self._opened: dict[str, Any] = {}

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
        image = self._open(name) if name in self._bytes else None
        if image is None or name is None:
            return None
        wide, high = image.getSize()
        scale = min(measure / wide, height / high, _POINTS_AN_INCH / _LEAST_DPI)
        return Picture(name, image, wide * scale, high * scale, caption)

    def _open(self, name: str | None) -> Any:
        if name is None:
            return None
        if name not in self._opened:
            self._opened[name] = _reader(self._bytes[name])
        return self._opened[name]


def _reader(data: bytes) -> Any:
    """Reportlab's reader of a picture; null where the bytes are damaged or of another format."""
    from PIL import Image, UnidentifiedImageError
    from reportlab.lib.utils import ImageReader

    try:
        with Image.open(BytesIO(data)) as image:
            if image.format not in _FORMATS:
                return None
            image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return ImageReader(BytesIO(data))
