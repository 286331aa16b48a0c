"""Pictures as PNG, read by Pillow and by zlib, which looks at the checksum."""

from __future__ import annotations

import io
import zlib

import pytest

from broadsheet_epub.png import BLACK, Band, png

PIL = pytest.importorskip("PIL.Image", reason="Pillow is not installed")


def looked_at(width, height, *bands):
    """The greys of the picture, row by row."""
    image = PIL.open(io.BytesIO(png(width, height, bands)))
    image.load()
    assert image.size == (width, height)
    greys = image.convert("L").tobytes()
    return [[*greys[at : at + width]] for at in range(0, len(greys), width)]


def test_a_picture_without_bands_is_white():
    assert looked_at(3, 2) == [[255, 255, 255], [255, 255, 255]]


def test_bands_stand_where_they_are_put_in_the_shades_that_they_have():
    rows = looked_at(3, 5, Band(1, bytes([0, BLACK, 0, 1])), Band(3, bytes([0, 14, 13, 12]) + bytes([0, 0, 7, BLACK])))
    assert rows == [[255, 255, 255], [0, 255, 238], [255, 255, 255], [17, 34, 51], [255, 136, 0]]


def test_a_band_may_fill_the_picture_and_follow_another_at_once():
    assert looked_at(1, 2, Band(0, bytes([0, BLACK])), Band(1, bytearray([0, 5]))) == [[0], [170]]


def test_the_stream_is_whole_and_its_checksum_right_after_any_white():
    noise = bytes((7 * at * at + at) % 16 if at % 701 else 0 for at in range(701 * 90))
    picture = png(700, 9000, [Band(100, noise), Band(4000, noise), Band(8910, noise)])
    start = picture.index(b"IDAT") + 4
    size = int.from_bytes(picture[start - 8 : start - 4], "big")
    rows = zlib.decompress(picture[start : start + size])
    white = bytes(701)
    assert rows == white * 100 + noise + white * (4000 - 190) + noise + white * (8910 - 4090) + noise
    assert zlib.crc32(picture[start - 4 : start + size]) == int.from_bytes(picture[start + size : start + size + 4], "big")
