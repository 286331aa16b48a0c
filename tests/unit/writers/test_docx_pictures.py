"""Pictures in DOCX files, read back by python-docx."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import pytest
from docx.oxml.ns import qn
from msgspec.structs import replace

from broadsheet.model import Asset, Code, Role
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet.writers.docx import DOCX, DocxOptions

SHA, OTHER = "a" * 64, "b" * 64
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64)


def png(width, height):
    """A grey picture of that many pixels."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x90" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def page(sink):
    """A document of captions, each with the picture that it names."""
    def call(*captions, **assets):
        blocks = tuple(sink.block(Role.CAPTION, text, image=image) for text, image in captions)
        article = replace(sink.kitchen_sink().articles[0], blocks=blocks)
        return replace(sink.empty(), articles=(article,), language="en", assets={SHA: Asset("image/png", "bridge.png", 600, 400)} | assets)

    return call


@pytest.fixture
def written(registry):
    """The file and what was said, in a theme of the package."""
    def call(document, pictures, theme="reading", **options):
        out, report = io.BytesIO(), Report()
        DOCX.write(document, out, DocxOptions(**options), Context(report=report, theme=registry.themes[theme], pictures=pictures))
        return out.getvalue(), report.diagnostics

    return call


def shapes(data):
    return docx.Document(io.BytesIO(data)).inline_shapes


def test_a_picture_is_drawn_above_its_caption_and_kept_with_it(page, written):
    data, said = written(page(("The bridge, reopened.", SHA)), {SHA: png(600, 400)})
    word = docx.Document(io.BytesIO(data))
    assert [(each.style.name, each.text) for each in word.paragraphs] == [("Picture", ""), ("Photo Caption", "The bridge, reopened.")]
    assert word.styles["Picture"].paragraph_format.keep_with_next
    assert said == ()


def test_the_caption_is_what_a_screen_reader_says_of_the_picture(page, written):
    data, _ = written(page(('The "old" bridge\n& its <pier>', SHA)), {SHA: png(600, 400)})
    properties = shapes(data)[0]._inline.docPr
    assert (properties.get("descr"), properties.get("name"), properties.get("id")) == ('The "old" bridge & its <pier>', "bridge.png", "1")


def test_the_pictures_bytes_are_in_the_file_as_they_are(page, written):
    picture = png(600, 400)
    data, _ = written(page(("The bridge.", SHA)), {SHA: picture})
    word = docx.Document(io.BytesIO(data))
    relation = word.inline_shapes[0]._inline.graphic.graphicData.pic.blipFill.blip.embed
    assert word.part.related_parts[relation].blob == picture
    entry = zipfile.ZipFile(io.BytesIO(data)).getinfo("word/media/image1.png")
    assert entry.compress_type == zipfile.ZIP_STORED


def test_a_picture_that_two_captions_name_is_in_the_file_once_and_drawn_twice(page, written):
    data, _ = written(page(("One.", SHA), ("Two.", SHA)), {SHA: png(60, 40)})
    assert [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "media" in name] == ["word/media/image1.png"]
    assert [shape._inline.docPr.get("id") for shape in shapes(data)] == ["1", "2"]


@pytest.mark.parametrize(("pixels", "theme", "points"), [
    ((300, 200), "reading", (144.0, 96.0)),  # 150 dots an inch
    ((3000, 2000), "reading", (451.3, 300.9)),  # as wide as the text
    ((3000, 2000), "newspaper", (158.4, 105.6)),  # as wide as a column
    ((1000, 8000), "reading", (52.6, 421.1)),  # 60 hundredths of the text's height
])
def test_a_picture_fits_its_column_and_is_never_blown_up(sink, page, written, pixels, theme, points):
    document = page(("The bridge.", SHA), **{SHA: Asset("image/png", "bridge.png", *pixels)})
    article = replace(document.articles[0], blocks=(*document.articles[0].blocks, sink.block(Role.PARAGRAPH, "It reopened.")))
    document = replace(document, articles=(article,))
    shape = shapes(written(document, {SHA: png(6, 4)}, theme)[0])[0]
    assert (round(shape.width.pt, 1), round(shape.height.pt, 1)) == points


def test_an_article_that_only_shows_pictures_has_them_across_all_columns(page, written):
    document = page(("The bridge.", SHA), **{SHA: Asset("image/png", "bridge.png", 3000, 2000)})
    assert round(shapes(written(document, {SHA: png(6, 4)}, "newspaper")[0])[0].width.pt) == 511


def test_a_jpeg_is_drawn_too(page, written):
    data, said = written(page(("The bridge.", SHA), **{SHA: Asset("image/jpeg", "bridge.jpg", 600, 400)}), {SHA: JPEG})
    assert "word/media/image1.jpeg" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert (len(shapes(data)), said) == (1, ())


def test_a_picture_that_nobody_gave_leaves_its_caption_alone(page, written):
    data, said = written(page(("The bridge.", SHA), ("The pier.", OTHER)), {})
    assert [each.text for each in docx.Document(io.BytesIO(data)).paragraphs] == ["The bridge.", "The pier."]
    assert (len(shapes(data)), said) == (0, ())


@pytest.mark.parametrize(("asset", "data"), [
    (Asset("image/webp", "bridge.webp", 600, 400), b"RIFF"),
    (Asset("image/png", "bridge.webp", 600, 400), b"RIFF"),
    (Asset("image/png", "bridge.webp", 0, 400), png(6, 4)),
])
def test_what_word_cannot_draw_is_left_out_and_said(page, written, asset, data):
    made, said = written(page(("The bridge.", SHA), **{SHA: asset}), {SHA: data})
    assert len(shapes(made)) == 0
    assert [(each.code, each.message) for each in said] == [(
        Code.CAPTION_WITHOUT_PICTURE, "the picture bridge.webp is no JPEG or PNG with a size; its caption stands alone",
    )]


def test_an_article_that_opens_with_a_picture_has_its_rule_above_it(page, written):
    document = page(("One.", SHA))
    second = replace(document.articles[0], id="a2")
    data, _ = written(replace(document, articles=(*document.articles, second)), {SHA: png(60, 40)})
    body = docx.Document(io.BytesIO(data)).paragraphs
    assert [(each.style.name, each._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None) for each in body] == [
        ("Picture", False), ("Photo Caption", False), ("Spacer", True), ("Picture", False), ("Photo Caption", False),
    ]
