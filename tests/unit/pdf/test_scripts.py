"""Every script reads well and can be read back: right to left, joined, with marks, in each country's Han shapes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.errors import UsageError
from broadsheet.model import Article, Code, Kind, Role
from broadsheet.writers.pdf import PdfOptions
from broadsheet.writers.pdf.faces import opened
from broadsheet.writers.pdf.shelf import Look, Shelf, region_of

ARABIC = "أعلنت الحكومة اليوم عن خطة جديدة لدعم الأسر، ولا شك أنّ الأسعار ارتفعت بنسبة 2.5% في عام 2026 (وفقاً لوكالة Reuters News) بحسب بيان."
QUOTE = "وقال الوزير: «لن نسمح بأي زيادة قبل نهاية العام»، مضيفاً أنّ الميناء سيُفتح أمام ٦ عبّارات تنقل ١٢٠ راكباً."
PLAIN_ARABIC = "وقال الوزير إنّ الميناء القديم سيُفتح أمام ست عبّارات، وإنّ كل رحلة تنقل نحو 120 راكباً بعد صيانة دامت عامين."
HEBREW = "הרציף הישן הואר אתמול בערב מחדש, אמרה מרים כהן, שסבתה מכרה כאן לימונדה מאז 1961 ברציף."
KOREAN = "어젯밤 일곱 시, 옛 부두의 등불이 다시 켜졌다. “2년을 기다렸어요……” 한순이 씨(71)는 웃으며 말했다. 漢字로 쓰면 渡船이다."
GREEK = "Το παλιό λιμάνι άναψε ξανά τα φώτα του — «δύο χρόνια περιμέναμε», είπε η Μαρία. Κοστίζουν 2,50 €."
RUSSIAN = "Вчера на старой пристани снова зажглись огни. «Два года ждали», — говорит Анна Ручьёва. Билет стоит 2,50 ₽."
VIETNAMESE = "Bến phà cũ sáng đèn trở lại: e\u0301, x\u0323, A\u030a, q\u0307\u0323."
LATIN_FONTS = Path(pytest.importorskip("fontpkg_noto_serif").__file__).parent / "files"

needs_fonts = pytest.mark.skipif(
    any(find_spec(name) is None for name in ("pylopdf_fonts_ko", "pylopdf_fonts_jp", "pylopdf_fonts_zh_tw")),
    reason="the extra fonts is not installed",
)


def squeezed(text: str) -> str:
    return "".join(text.split())


def poppler(data: bytes) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    return subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


def logical(line: str) -> str:
    """A line of pdftotext in the order in which it is read: what it marks as left-to-right stands as it looks, after Arabic letters."""
    plain = re.sub("\u202a([^\u202a-\u202c]*)\u202c", lambda match: get_display("ع" + match[1], base_dir="R")[:-1], line)
    return re.sub("[\u202a-\u202c]", "", plain)


@pytest.mark.parametrize("text", [ARABIC, QUOTE, PLAIN_ARABIC], ids=["numbers and Latin", "quotes and digits", "plain"])
def test_arabic_comes_back_from_poppler_in_the_order_in_which_it_is_read(press, text):
    read = " ".join(logical(line) for line in poppler(press.run(press.paragraph(text, language="ar")).data).splitlines())
    assert squeezed(text) in squeezed(read)


def test_a_date_in_an_arabic_line_is_read_as_it_was_written(press):
    data = press.run(press.paragraph("صحيفة مرسى الصباح · 2025-11-12 · ص 3", language="ar")).data
    assert "2025-11-12" in poppler(data)
    with pypdfium2.PdfDocument(data) as pdf:
        assert "الصباح · 2025-11-12 · ص 3" in pdf[0].get_textpage().get_text_range()


@pytest.mark.parametrize("text", [PLAIN_ARABIC, HEBREW, PLAIN_ARABIC + " Reuters " + PLAIN_ARABIC], ids=["arabic", "hebrew", "with Latin"])
def test_right_to_left_text_comes_back_from_pdfium_with_its_spaces(press, text):
    with pypdfium2.PdfDocument(press.run(press.paragraph(text, language="ar")).data) as pdf:
        read = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert text in read


def test_a_joiner_that_prints_nothing_tears_no_persian_word(press):
    text = "او می\u200cخواهم پایان\u200cها"
    data = press.run(press.paragraph(text, language="fa")).data
    with pypdfium2.PdfDocument(data) as pdf:
        assert text in " ".join(pdf[0].get_textpage().get_text_range().split())
    assert "پایان\u200cها" in poppler(data)


@needs_fonts
def test_korean_comes_back_with_its_spaces(press):
    with pypdfium2.PdfDocument(press.run(press.paragraph(KOREAN, language="ko")).data) as pdf:
        assert KOREAN in " ".join(pdf[0].get_textpage().get_text_range().split())


@pytest.mark.parametrize(("text", "language"), [(GREEK, "el"), (RUSSIAN, "ru"), (VIETNAMESE, "vi")])
def test_greek_russian_and_letters_with_marks_come_back_as_they_were(press, text, language):
    printed = press.run(press.paragraph(text, language=language))
    assert text in " ".join(poppler(printed.data).split())
    assert squeezed(text) in squeezed(printed.pages[0])
    assert printed.diagnostics == ()


def test_a_letter_and_its_mark_are_one_glyph_with_room_for_one(press):
    def width(text):
        with pypdfium2.PdfDocument(press.run(press.paragraph(text + "|", language="en")).data) as pdf:
            page = pdf[0].get_textpage()
            at = next(i for i in range(page.count_chars()) if chr(pypdfium2.raw.FPDFText_GetUnicode(page, i)) == "|")
            return page.get_charbox(at)[0]

    assert width("q\u0307") == pytest.approx(width("q"), abs=0.01)


def test_an_arabic_paragraph_stands_at_the_right_and_a_latin_one_at_the_left(press):
    def left_edge(text, language):
        with pypdfium2.PdfDocument(press.run(press.document([press.block(Role.BYLINE, text)], language=language)).data) as pdf:
            page = pdf[0].get_textpage()
            return min(page.get_charbox(i)[0] for i in range(page.count_chars()) if page.get_charbox(i)[1] > 100)

    assert left_edge("كتب سامي", "ar") > 400
    assert left_edge("By Sam", "en") < 120
    assert left_edge("By Sam", "ar") < 120


def test_an_arabic_page_begins_with_the_column_at_the_right_and_says_so(press):
    def edges(language):
        text = "كلمة أخرى هنا " * 120 if language == "ar" else "another word here " * 120
        printed = press.run(press.paragraph(text, language=language), PdfOptions(columns=2, system_fonts=False))
        with pypdfium2.PdfDocument(printed.data) as pdf:
            page = pdf[0].get_textpage()
            boxes = [page.get_charbox(i) for i in range(page.count_chars()) if page.get_charbox(i)[1] > 100]
        with pikepdf.open(io.BytesIO(printed.data)) as pdf:
            return boxes[0][0], boxes[-1][0], str(pdf.Root.ViewerPreferences.get("/Direction", ""))

    assert edges("en")[0] < 150
    assert edges("en")[1] > 300
    assert edges("en")[2] == ""
    assert edges("ar")[0] > 450
    assert edges("ar")[1] < 300
    assert edges("ar")[2] == "/R2L"


def test_a_number_and_a_latin_name_run_from_left_to_right_inside_arabic(press):
    with pypdfium2.PdfDocument(press.run(press.paragraph("عام 2026 وكالة Reuters", language="ar")).data) as pdf:
        page = pdf[0].get_textpage()
        place = {chr(pypdfium2.raw.FPDFText_GetUnicode(page, i)): page.get_charbox(i)[0] for i in range(page.count_chars())}
    assert place["R"] < place["e"] < place["s"] < place["و"] < place["6"] < place["ع"]


def test_brackets_are_mirrored_where_text_runs_from_right_to_left(press):
    """The glyph that opens is the one that closes elsewhere; the text keeps its own characters."""
    data = press.run(press.paragraph("عام (أمس) هنا", language="ar")).data
    faces = Shelf((), system=False)
    arabic, _ = faces.find("ع", Look("serif", bold=False, cjk=False))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        maps = [font.ToUnicode.read_bytes().decode() for font in pdf.pages[0].Resources.Font.values()]
    codes = {glyph: text for found in maps for glyph, text in re.findall(r"<([0-9A-F]{4})> <([0-9A-F]{4})>", found)}
    assert codes[f"{arabic.glyph(')'):04X}"] == f"{ord('('):04X}"
    assert codes[f"{arabic.glyph('('):04X}"] == f"{ord(')'):04X}"


@pytest.mark.parametrize(("language", "region"), [
    ("zh-Hans", "SC"), ("zh", "SC"), ("zh-Hant", "TC"), ("zh-TW", "TC"), ("zh-Hant-HK", "TC"), ("yue", "TC"), ("ja", "JP"), ("ja-JP", "JP"),
    ("ko", "KR"), ("en", "SC"), (None, "SC"),
])
def test_the_language_says_whose_han_shapes_are_set(language, region):
    assert region_of(language) == region


def fonts(data: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {str(font.BaseFont)[8:] for page in pdf.pages for font in page.Resources.Font.values()}


@needs_fonts
@pytest.mark.parametrize(("language", "font"), [
    ("zh-Hans", "NotoSerifSC-Regular"), ("zh-Hant", "NotoSerifTC-Regular"), ("ja", "NotoSerifJP-Regular"), ("ko", "NotoSerifKR-Regular"),
])
def test_han_characters_take_the_shapes_of_the_documents_language(press, language, font):
    assert font in fonts(press.run(press.paragraph("直骨角", language=language)).data)


@needs_fonts
def test_an_article_in_another_language_has_its_own_shapes(press):
    document = press.document([press.block(Role.PARAGRAPH, "直骨角")])
    other = Article(id="a2", kind=Kind.NEWS, blocks=(press.block(Role.PARAGRAPH, "渡し船が再開した。"),), language="ja")
    made = press.run(type(document)(**{name: getattr(document, name) for name in document.__struct_fields__} | {"articles": (*document.articles, other)}))
    assert {"NotoSerifSC-Regular", "NotoSerifJP-Regular"} <= fonts(made.data)


def test_a_font_of_ones_own_comes_first_and_others_show_what_it_lacks(press):
    own = (LATIN_FONTS / "NotoSerif[wdth,wght].ttf",)
    used = fonts(press.run(press.paragraph("ferry 渡轮", language="en"), PdfOptions(fonts=own, system_fonts=False)).data)
    assert used == {"NotoSerif-Regular", "NotoSerifSC-Regular"}
    sans = Path(pytest.importorskip("fontpkg_noto_sans").__file__).parent / "files"
    used = fonts(press.run(press.paragraph("ferry 渡轮", language="en"), PdfOptions(fonts=(sans,), system_fonts=False)).data)
    assert used == {"NotoSans-Regular", "NotoSerifSC-Regular"}


@pytest.mark.parametrize("what", ["nothing", "text", "empty folder"])
def test_a_path_without_a_font_is_refused(press, tmp_path, what):
    path = tmp_path / "fonts"
    if what == "text":
        path.write_text("no font")
    elif what == "empty folder":
        path.mkdir()
    with pytest.raises(UsageError, match=r"no font here that a PDF may embed; name OpenType files or a folder of them"):
        press.run(press.paragraph("x"), PdfOptions(fonts=(path,)))


def test_a_font_whose_licence_forbids_it_is_not_embedded(tmp_path):
    from fontTools.ttLib import TTFont

    font = TTFont(LATIN_FONTS / "NotoSerif[wdth,wght].ttf")
    font["OS/2"].fsType = 2
    font.save(tmp_path / "closed.ttf")
    assert opened(tmp_path / "closed.ttf", bold=False) == ()


def collection(path: Path) -> Path:
    """A collection of two fonts: as many CJK fonts come."""
    from fontTools.ttLib import TTCollection, TTFont

    both = TTCollection()
    names = ("fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf"), ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf")
    both.fonts = [TTFont(Path(pytest.importorskip(package).__file__).parent / "files" / name) for package, name in names]
    both.save(path)
    return path


def test_every_font_of_a_collection_is_found(press, tmp_path):
    path = collection(tmp_path / "both.ttc")
    assert [face.family for face in opened(path, bold=True)] == ["serif", "sans"]
    document = press.document([press.block(Role.HEADLINE, "Ferry"), press.block(Role.PARAGRAPH, "ferry")], language="en")
    printed = press.run(document, PdfOptions(fonts=(path,), system_fonts=False))
    assert fonts(printed.data) == {"NotoSans-Bold", "NotoSerif-Regular", "NotoSans-Regular"}
    assert printed.pages == ["Ferryferry1"]


def test_a_glyph_of_several_parts_that_no_truetype_font_can_hold_is_drawn_and_comes_back(press, tmp_path):
    """A mark on a letter in a CFF font: outlines in a font of the PDF's own."""
    face = Path(pytest.importorskip("pylopdf_fonts_zh_cn").__file__).parent / "NotoSerifSC-Regular.otf"
    printed = press.run(press.paragraph("q\u0301x", language="en"), PdfOptions(fonts=(face,), system_fonts=False))
    assert b"/Subtype /Type3" in printed.data
    assert squeezed(printed.pages[0]).startswith("q\u0301x")


def test_the_systems_fonts_show_what_no_other_font_has_and_only_when_asked(press, monkeypatch, tmp_path):
    from broadsheet.writers.pdf import shelf as module

    shutil.copy(Path(pytest.importorskip("pylopdf_fonts_he").__file__).parent / "NotoSansHebrew-Variable.ttf", tmp_path)
    monkeypatch.setattr(module, "_OTHERS", {"serif": (), "sans": ()})
    monkeypatch.setattr(module, "_system_files", lambda: (tmp_path / "NotoSansHebrew-Variable.ttf",))
    module.shelf.cache_clear()
    try:
        found = press.run(press.paragraph("שלום", language="he"), PdfOptions(system_fonts=True))
        missed = press.run(press.paragraph("שלום", language="he"), PdfOptions(system_fonts=False))
    finally:
        module.shelf.cache_clear()
    assert found.diagnostics == ()
    assert [d.code for d in missed.diagnostics] == [Code.MISSING_GLYPH] * 4


def test_a_font_that_many_documents_use_is_cut_faster_and_to_the_same_bytes(press):
    document = press.paragraph("江上千灯起 harbour 2.5", language="zh-Hans")
    assert len({press.run(document).data for _ in range(12)}) == 1


def program(data: bytes, key: str) -> bytes:
    """The first font program of that kind on the first page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        descriptors = [font.DescendantFonts[0].FontDescriptor for font in pdf.pages[0].Resources.Font.values()]
        return next(descriptor[key].read_bytes() for descriptor in descriptors if key in descriptor)


def test_a_chinese_font_holds_only_the_glyphs_that_are_used_under_their_own_numbers(press):
    from fontTools.cffLib import CFFFontSet

    cff = CFFFontSet()
    cff.decompile(io.BytesIO(program(press.run(press.paragraph("江上灯江")).data, "/FontFile3")), None)
    face, _ = Shelf((), system=False).find("江", Look("serif", bold=False, cjk=True))
    assert cff[0].charset == [".notdef", *(f"cid{glyph:05d}" for glyph in sorted(face.glyph(char) for char in "江上灯"))]
    assert len(press.run(press.paragraph("江上灯江")).data) < 12_000


def test_a_font_with_composed_glyphs_is_read_by_another_library(press):
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(program(press.run(press.paragraph("q\u0307\u0323x", language="en")).data, "/FontFile2")), checkChecksums=2)
    glyf = font["glyf"]
    name = font.getGlyphOrder()[-1]
    points = glyf[name].getCoordinates(glyf)[0]
    assert len(glyf[name].components) == 3
    assert (glyf[name].xMin, glyf[name].yMax) == pytest.approx((min(x for x, _ in points), max(y for _, y in points)), abs=1)


def test_a_font_whose_glyphs_have_names_keeps_their_places(press, tmp_path):
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    def square(side):
        pen = T2CharStringPen(600, None)
        pen.moveTo((50, 0))
        for point in ((50 + side, 0), (50 + side, side), (50, side)):
            pen.lineTo(point)
        pen.closePath()
        return pen.getCharString()

    builder = FontBuilder(1000, isTTF=False)
    names = [".notdef", *(f"unused{i}" for i in range(40)), "small", "large"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord("a"): "small", ord("b"): "large"})
    builder.setupCFF("Squares", {}, {name: square(500 if name == "large" else 100) for name in names}, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "squares.otf")

    def ink(text):
        printed = press.run(press.paragraph(text, language="en"), PdfOptions(fonts=(tmp_path / "squares.otf",), system_fonts=False))
        assert printed.pages[0].startswith(text)
        with pypdfium2.PdfDocument(printed.data) as pdf:
            return sum(255 - value for value in pdf[0].render(scale=4, grayscale=True).buffer)

    assert ink("bbbb") > 5 * ink("aaaa") - 4 * ink("")


ANYTHING = st.text(st.one_of(st.sampled_from("漢字かなカ한글ᄒ\u1161ﬁéе\u0301אב\u05b8ابت\u0651\u200c\u200d\u200e\u202e\u2067\u2069ไทย\u0e34हि\u094dक😀👩\ufe0f12.,()«»—…“” \n\t\u00ad"), st.characters()), max_size=40)


@settings(max_examples=120, deadline=None)
@given(ANYTHING, st.sampled_from(["zh-Hans", "ja", "ko", "ar", "he", "en", "hi", None]), st.sampled_from(["horizontal", "vertical"]))
def test_no_text_in_no_direction_breaks_a_page(press, text, language, direction):
    printed = press.run(press.document([press.block(Role.HEADLINE, text), press.block(Role.PARAGRAPH, text * 3)], language=language),
                        PdfOptions(direction=direction, system_fonts=False))
    with pikepdf.open(io.BytesIO(printed.data)) as pdf:
        assert len(pdf.pages) >= 1
        assert pdf.check_pdf_syntax() == []
