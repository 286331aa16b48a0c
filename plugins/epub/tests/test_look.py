"""Style sheets, direction of writing, pictures and fonts."""

from __future__ import annotations

import importlib.util
import io
import re

import pytest
from fontTools.ttLib import TTFont

from broadsheet.model import Asset, Code, Role
from broadsheet.plugin import Context
from broadsheet.registry import load_registry
from broadsheet.report import Report

NS = {"x": "http://www.w3.org/1999/xhtml", "o": "http://www.idpf.org/2007/opf"}

japanese_fonts = pytest.mark.skipif(importlib.util.find_spec("pylopdf_fonts_jp") is None, reason="broadsheet[fonts] is not installed")


def rules(css, selector):
    """The declarations of one selector, as they stand."""
    return re.findall(rf"^{re.escape(selector)} {{ (.*) }}$", css, re.MULTILINE)


def test_the_style_sheet_follows_the_theme_in_relative_sizes(sink, opened):
    css = opened(sink.kitchen_sink()).text("style.css")
    (headline,) = rules(css, ".headline")
    assert headline.startswith("font-size: 1.9em; line-height: 1.3; ")
    assert "text-indent: 2em; text-align: justify;" in rules(css, ".paragraph")[0]
    assert rules(css, ".folio")[0].startswith("font-size: 0.762em;")
    assert not re.search(r"\dpt\b|\dpx\b(?! solid)", css.replace("1px solid", ""))


def test_old_readers_know_every_selector_for_some_leave_out_the_whole_sheet_for_one_that_they_do_not(sink, opened):
    book = opened(sink.kitchen_sink(), direction="vertical")
    for name in ("style.css", "vertical.css"):
        selectors = re.findall(r"^(.*?) \{", book.text(name), re.MULTILINE)
        assert len(selectors) > 30
        assert [selector for selector in selectors if not re.fullmatch(r"[\w ,.]+", selector)] == []


def test_black_and_grey_are_shades_of_the_readers_own_colour(sink, opened):
    css = opened(sink.kitchen_sink()).text("style.css")
    assert "opacity: 0.6;" in rules(css, ".folio")[0]
    assert "color" not in rules(css, ".paragraph")[0]
    assert "#" not in css


@pytest.mark.parametrize("theme", ["reading", "newspaper", "clipping", "large-print"])
def test_every_theme_gives_every_role_a_rule(sink, opened, theme):
    css = opened(sink.kitchen_sink(), Context(report=Report(), theme=load_registry(()).themes[theme])).text("style.css")
    assert [role for role in Role if not rules(css, f".{role}")] == []
    assert (theme == "large-print") == ("sans-serif" in rules(css, ".paragraph")[0])


def test_each_file_links_to_the_sheet_of_its_direction(opened, japanese):
    book = opened(japanese, direction="vertical")
    sheets = [tree.find(".//x:link", NS).get("href") for tree in (*book.chapters(), book.tree("nav.xhtml"), book.tree("cover.xhtml"))]
    assert sheets == ["vertical.css", "style.css", "vertical.css", "style.css"]
    assert "writing-mode: vertical-rl;" in book.text("vertical.css")
    assert "writing-mode" not in book.text("style.css")
    assert "margin: 0 0em 0 0.381em;" in rules(book.text("vertical.css"), ".byline")[0]  # 4 pt of 10.5 behind the block: on its left
    assert "margin: 0em 0 0.381em;" in rules(book.text("style.css"), ".byline")[0]


def test_pages_turn_as_the_lines_run(sink, opened, arabic, japanese):
    def turned(book):
        spine = book.package.find("o:spine", NS)
        return spine.get("page-progression-direction")

    assert turned(opened(arabic)) == "rtl"
    assert turned(opened(japanese)) == "ltr"
    vertical = opened(japanese, direction="vertical")
    assert turned(vertical) == "rtl"
    assert "verticalWriting" in vertical.said("schema:accessibilityFeature")
    assert [(each.get("name"), each.get("content")) for each in vertical.package.iterfind(".//o:meta", NS) if each.get("name", "generator") != "generator"] == [
        ("cover", "cover-image"), ("primary-writing-mode", "vertical-rl"),
    ]


def test_short_numbers_stand_upright_in_vertical_lines(opened, japanese):
    book = opened(japanese, direction="vertical")
    assert numbers(book, 0) == [
        ("abreast", "3"), ("upright", "2031"), ("abreast", "12"), ("upright", "300"), ("abreast", "3"), ("upright", "2030"), ("upright", "120"),
    ]
    assert numbers(book, 1) == []
    assert numbers(opened(japanese), 0) == []


def numbers(book, chapter):
    spans = book.chapters()[chapter].iterfind(".//x:span", NS)
    return [(span.get("class"), span.text) for span in spans if span.text and span.get("class") != "clause"]


def test_a_picture_stands_above_its_caption_which_says_what_it_shows(opened, arabic, context, picture):
    book = opened(arabic, context)
    figure = book.chapters()[0].find(".//x:figure", NS)
    image = figure[0]
    assert dict(image.attrib) == {"src": "images/001.png", "alt": "الجسر صباح أمس.", "width": "64", "height": "48"}
    assert [(each.get("class"), each.text) for each in figure[1]] == [("caption", "الجسر صباح أمس."), ("credit", "تصوير: ليلى")]
    assert book.archive.read("EPUB/images/001.png") == picture[1]
    assert context.report.diagnostics == ()


def test_without_its_picture_a_caption_stands_alone(opened, arabic):
    book = opened(arabic)
    assert book.chapters()[0].find(".//x:img", NS) is None
    assert "الجسر صباح أمس." in book.texts()
    assert not [name for name in book.files if name.startswith("images/")]


def test_a_picture_that_epub_does_not_know_or_that_no_caption_names_is_said(sink, opened, page):
    pictures = {"aa": b"II*\0tiff", "bb": b"GIF89a", "cc": b"RIFF\0\0\0\0WAVE"}
    kinds = {"aa": ("image/tiff", "plan.tif"), "bb": ("image/gif", "map.gif"), "cc": ("image/webp", "sound.webp")}
    assets = {sha: Asset(media_type=kind, name=name, width_px=1, height_px=1) for sha, (kind, name) in kinds.items()}
    context = Context(report=Report(), theme=sink.theme(), pictures=pictures)
    document = page(sink.block(Role.CAPTION, "图一", image="aa"), sink.block(Role.CAPTION, "图二", image="cc"), assets=assets)
    book = opened(document, context)
    assert book.texts() == ["图一", "图二"]
    assert [(each.code, each.message) for each in context.report.diagnostics] == [
        (Code.DEGRADED_ROLE, "the picture plan.tif is left out of the EPUB: image/tiff is not shown by its readers"),
        (Code.DEGRADED_ROLE, "the picture sound.webp is left out of the EPUB: image/webp is not shown by its readers"),
        (Code.DEGRADED_ROLE, "the picture map.gif is left out of the EPUB: no caption names it"),
    ]


def letters(book, name):
    font = TTFont(io.BytesIO(book.archive.read(f"EPUB/fonts/{name}")))
    return {chr(code) for code in font.getBestCmap()}


def test_fonts_are_embedded_only_when_asked(sink, opened):
    assert not [name for name in opened(sink.kitchen_sink()).files if name.startswith("fonts/")]


def test_the_fonts_hold_the_letters_of_the_book_and_no_others(sink, opened, page):
    book = opened(page(sink.block(Role.HEADLINE, "桥通了"), sink.block(Role.PARAGRAPH, "“Open”，at last"), language="zh-Hans"), fonts=True)
    fonts = sorted(name.removeprefix("fonts/") for name in book.files if name.startswith("fonts/"))
    assert fonts == ["NotoSansSC-Regular.otf", "NotoSerif-Regular.ttf", "NotoSerifSC-Regular.otf"]
    assert letters(book, "NotoSansSC-Regular.otf") == set("桥通了")
    assert letters(book, "NotoSerifSC-Regular.otf") == set("“”，" + "桥通了" + "目录")  # the contents are set in it too
    assert letters(book, "NotoSerif-Regular.ttf") == set("Open at las")
    assert {name: kind for item in book.package.iterfind(".//o:item", NS) for name, kind in [(item.get("href"), item.get("media-type"))] if "fonts" in name} == {
        "fonts/NotoSansSC-Regular.otf": "font/otf", "fonts/NotoSerifSC-Regular.otf": "font/otf", "fonts/NotoSerif-Regular.ttf": "font/ttf",
    }


@japanese_fonts
def test_each_language_is_set_in_its_own_faces_first(opened, japanese):
    css = opened(japanese, fonts=True).text("style.css")
    stacks = [(rule.split(".")[0], stack) for rule, stack in re.findall(r"^(.*\.paragraph.*) { font-family: ([^;]+); }$", css, re.MULTILINE)]
    assert stacks == [("", '"NotoSerifJP", "NotoSerif", serif'), (":lang(en) ", '"NotoSerif", serif')]
    named = set(re.findall(r'src: url\("([^"]+)"\)', css))
    assert named == {name for name in opened(japanese, fonts=True).files if name.startswith("fonts/")}


def test_arabic_letters_still_join_and_bold_is_a_face_of_its_own(opened, arabic):
    book = opened(arabic, fonts=True)
    font = TTFont(io.BytesIO(book.archive.read("EPUB/fonts/NotoSansArabic-Bold.ttf")))
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina"} <= features
    assert "fvar" not in font
    assert 'font-family: "NotoSansArabic"; font-weight: 700;' in book.text("style.css")


@japanese_fonts
def test_digits_of_vertical_lines_come_from_the_han_face(opened, japanese):
    assert set("0123") <= letters(opened(japanese, fonts=True, direction="vertical"), "NotoSerifJP-Regular.otf")
    assert not set("0123") & letters(opened(japanese, fonts=True), "NotoSerifJP-Regular.otf")


def test_a_character_that_no_font_has_is_said_once(sink, opened, page):
    context = sink.context()
    opened(page(sink.block(Role.PARAGRAPH, "\u200b😀\u0378"), sink.block(Role.HEADLINE, "😀")), context, fonts=True)
    assert [(each.code, each.message) for each in context.report.diagnostics] == [
        (Code.MISSING_GLYPH, "no font at hand has these characters; the reader's own must show them: \u0378 (U+0378), 😀 (U+1F600)"),
    ]
