"""Lines that run down the page: order, upright and lying type, rotated dashes, line edges, the headline at the right."""

from __future__ import annotations

import io
import itertools
import shutil
import subprocess
from importlib.util import find_spec

import pikepdf
import pypdfium2
import pytest

from broadsheet.model import Role
from broadsheet.themes import load_themes
from broadsheet.writers.pdf import PdfOptions
from broadsheet.writers.pdf.breaker import NO_END, NO_START
from broadsheet.writers.pdf.faces import packaged
from broadsheet.writers.pdf.shaping import upright_glyph

DOWN = PdfOptions(direction="vertical", system_fonts=False)
CHINESE = "昨晚七点，老码头的灯又亮了——“等了两年……终于又能坐渡船回家！”陈阿婆说。新渡轮（共6艘）每班可载客120人，票价2.5元，12月6日起周末加开《江上夜读》专船，A线也停靠harbour站。"
JAPANESE = "記者が港で取材したところ、新しい渡し船「あかつき」は、二〇二六年六月六日の夜七時に運航を始めた。乗客は約120人で、SNSでの予約も受け付ける——と船長は語る。"


def squeezed(text: str) -> str:
    return "".join(text.split())


def places(data: bytes) -> list[tuple[str, float, float]]:
    """Every character of the first page with the middle of its box, from left and foot, in the order in which PDFium reads them."""
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0].get_textpage()
        boxes = [(chr(pypdfium2.raw.FPDFText_GetUnicode(page, i)), page.get_charbox(i)) for i in range(page.count_chars())]
    return [(char, (left + right) / 2, (foot + top) / 2) for char, (left, foot, right, top) in boxes if not char.isspace()]


@pytest.mark.parametrize(("text", "language"), [(CHINESE, "zh-Hans"), (CHINESE, "zh-Hant"), (JAPANESE, "ja")])
def test_the_text_comes_back_in_order(press, text, language):
    data = press.run(press.paragraph(text * 5, language=language), DOWN).data
    with pypdfium2.PdfDocument(data) as pdf:
        assert squeezed(text * 5) in squeezed(pdf[0].get_textpage().get_text_range())
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    assert squeezed(text * 5) in squeezed(done.stdout.decode())


def test_lines_run_down_and_follow_each_other_leftwards(press):
    found = places(press.run(press.paragraph("江上千灯起桥边万客来" * 20), DOWN).data)[:200]
    lines: list[list[float]] = [[]]
    for (_, x, y), (_, before, _) in zip(found, found[:1] + found, strict=False):
        if abs(x - before) > 5:
            assert x < before
            lines.append([])
        lines[-1].append(y)
    assert len(lines) > 3
    assert all(line == sorted(line, reverse=True) for line in lines)


def test_the_headline_stands_at_the_right(press):
    blocks = [press.block(Role.HEADLINE, "灯火再亮"), press.block(Role.PARAGRAPH, "江上。" * 40)]
    found = places(press.run(press.document(blocks), DOWN).data)
    assert min(x for char, x, _ in found[:4]) > max(x for char, x, _ in found[4:-1])
    assert found[0][1] > 450


def test_latin_words_lie_on_their_side_and_short_numbers_stand(press):
    found = places(press.run(press.paragraph("灯harbour与12月灯", language="zh-Hans"), DOWN).data)
    place = {char: (x, y) for char, x, y in found}
    assert place["h"][1] > place["a"][1] > place["u"][1]
    assert abs(place["h"][0] - place["u"][0]) < 4
    data = press.run(press.paragraph("灯12月"), DOWN).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        standing = [font for font in pdf.pages[0].Resources.Font.values() if font.Encoding == "/Identity-V"]
        maps = " ".join(font.ToUnicode.read_bytes().decode() for font in standing)
    assert "<00310032>" in maps


@pytest.mark.parametrize("char", "，。、：；！？（）《》「」『』…ー")
def test_punctuation_takes_its_form_for_such_lines(char):
    face = packaged("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf", "NotoSerifSC-Regular", bold=False)
    assert upright_glyph(face, char) not in {0, face.glyph(char)}


@pytest.mark.parametrize("char", "—⸺aB.-")
def test_dashes_and_letters_lie(char):
    face = packaged("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf", "NotoSerifSC-Regular", bold=False)
    assert upright_glyph(face, char) == 0


def test_no_line_begins_or_ends_with_a_forbidden_mark(press):
    data = press.run(press.paragraph(CHINESE * 12), DOWN).data
    found = places(data)[:-1]
    first = [char for (char, x, _), (_, before, _) in zip(found[1:], found, strict=False) if abs(x - before) > 12]
    last = [char for (char, x, _), (_, after, _) in itertools.pairwise(found) if abs(x - after) > 12]
    assert len(first) > 10
    assert not set(first) & NO_START
    assert not set(last) & NO_END


def test_running_heads_and_folios_stay_across(press):
    blocks = [press.block(Role.HEADLINE, "长篇"), *[press.block(Role.PARAGRAPH, CHINESE * 4)] * 12]
    with pypdfium2.PdfDocument(press.run(press.document(blocks, publication="海港晨报"), DOWN).data) as pdf:
        assert len(pdf) > 1
        page = pdf[1].get_textpage()
        text = page.get_text_range()
        boxes = [page.get_charbox(text.replace("\r\n", "\r\n").index("海港晨报") + i) for i in range(4)]
    assert boxes[0][2] <= boxes[1][0] + 1 < boxes[3][0]
    assert abs(boxes[0][1] - boxes[3][1]) < 3


def test_columns_stand_below_each_other(press):
    options = PdfOptions(direction="vertical", columns=2, system_fonts=False)
    found = places(press.run(press.paragraph("江上千灯起桥边万客来。" * 60), options).data)[:-1]
    upper = [y for _, _, y in found[:200]]
    lower = [y for _, _, y in found[-100:]]
    assert min(upper) > max(lower)


@pytest.mark.parametrize("theme", load_themes(), ids=lambda theme: theme.name)
def test_every_theme_can_be_set_so_without_losing_text(press, theme):
    from broadsheet.plugin import Context
    from broadsheet.report import Report
    from broadsheet.writers.pdf import PDF

    blocks = [press.block(Role.HEADLINE, "灯火再亮"), press.block(Role.BYLINE, "林小满"), *[press.block(Role.PARAGRAPH, CHINESE)] * 6]
    out = io.BytesIO()
    PDF.write(press.document(blocks, publication="海港晨报"), out, DOWN, Context(report=Report(), theme=theme))
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        text = squeezed("".join(page.get_textpage().get_text_range() for page in pdf))
    assert text.count(squeezed(CHINESE)[:8]) == text.count(squeezed(CHINESE)[-8:]) == 6


def test_a_latin_page_can_be_set_so_too(press):
    text = "The ferry came back on Tuesday night."
    with pypdfium2.PdfDocument(press.run(press.paragraph(text * 4, language="en"), DOWN).data) as pdf:
        assert squeezed(text * 4) in squeezed(pdf[0].get_textpage().get_text_range())


needs_fonts = pytest.mark.skipif(find_spec("pylopdf_fonts_jp") is None, reason="the extra fonts is not installed")


@needs_fonts
def test_japanese_and_chinese_marks_are_those_of_their_own_fonts(press):
    for language, region in (("ja", "JP"), ("zh-Hant", "TC")):
        with pikepdf.open(io.BytesIO(press.run(press.paragraph("灯、。", language=language), DOWN).data)) as pdf:
            names = {str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()}
        assert any(f"NotoSerif{region}-Regular" in name for name in names)


def test_the_list_of_contents_runs_down_the_page_too(press):
    articles = [[press.block(Role.HEADLINE, title), press.block(Role.PARAGRAPH, CHINESE)] for title in ("灯火再亮", "船票新价")]
    options = PdfOptions(direction="vertical", contents="front", system_fonts=False)
    found = places(press.run(press.document(*articles), options).data)
    last_of_title = next(x for char, x, _ in found if char == "亮")
    (number,) = [y for char, x, y in found if char == "1" and abs(x - last_of_title) < 4]
    assert number < 150


def test_a_closing_quote_comes_closer_to_a_full_stop_but_not_to_an_exclamation_mark(press):
    def squares(text):
        place = {char: y for char, _, y in places(press.run(press.paragraph(f"家一{text}在一"), DOWN).data)}
        return (place["家"] - place["在"]) / 10.5  # the type size of reading

    assert squares("！”") == pytest.approx(squares("") + 2, abs=0.1)
    assert squares("。”") == pytest.approx(squares("") + 1.5, abs=0.1)
