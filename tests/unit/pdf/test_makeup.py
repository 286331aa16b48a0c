"""What the themes and the options of the PDF do to a page, read back with another program."""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import io
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from broadsheet.model import Role
from broadsheet.options import build_options
from broadsheet.writers.pdf import PdfOptions

TEXT = "老码头的灯昨晚又亮了，新渡轮每班可载客一百二十人，末班船为晚上十一点半。市民把票根贴进相册，一张也不少。"
ENGLISH = "The ferry came back on Tuesday night after nineteen months, and the merchants of the southern quay opened early to greet it. "


def options(**values):
    return build_options(PdfOptions, {"system_fonts": False, **values}, where="to.pdf")


def story(press, name, paragraphs):
    return [press.block(Role.HEADLINE, name), *[press.block(Role.PARAGRAPH, f"{name}{i}：{TEXT}") for i in range(paragraphs)]]


def paper(press, *lengths, **facts):
    return press.document(*[story(press, f"新闻{number}", length) for number, length in enumerate(lengths, start=1)], **facts)


def squeezed(text):
    return "".join(text.split())


def places(data, text):
    """Where a text stands: page, left and upper edge, and its height, in points, each time."""
    found = []
    with pypdfium2.PdfDocument(data) as pdf:
        for number, page in enumerate(pdf):
            reader = page.get_textpage()
            search = reader.search(text)
            while hit := search.get_next():
                left, foot, _, top = reader.get_charbox(hit[0])
                found.append((number, left, page.get_height() - top, top - foot))
    return found


def size(data):
    with pypdfium2.PdfDocument(data) as pdf:
        return tuple(round(side) for side in pdf[0].get_size())


@pytest.mark.parametrize("theme", ["reading", "newspaper", "clipping", "large-print"])
def test_every_theme_prints_every_block_in_order(press, theme):
    document = paper(press, 6, 1, 1, 4, publication="海港晨报", date="2031-06-07", page="3")
    text = squeezed("".join(press.run(document, theme=theme).pages))
    at = 0
    for block in (block for article in document.articles for block in article.blocks):
        first, last = squeezed(block.text)[:12], squeezed(block.text)[-12:]
        assert (at := text.find(first, at)) >= 0
        if theme != "newspaper":  # where a running head may stand inside a paragraph, its end is on the next page
            assert text.find(last, at) >= at


def test_newspaper_sets_text_in_columns_below_headlines_across(press, themes):
    printed = press.run(paper(press, 12, 12), theme="newspaper")
    columns = sorted({round(left / 10) for number, left, _, _ in places(printed.data, "渡轮每班") if number == 0})
    assert len(columns) >= 3
    (_, left, _, height), *_ = places(printed.data, "新闻2")
    assert left == pytest.approx(themes["newspaper"].page["margin_inner_pt"], abs=2)
    assert height > 15


@pytest.mark.parametrize("count", range(1, 7))
def test_the_option_columns_wins_over_the_theme(press, count):
    printed = press.run(press.document(story(press, "渡轮", 30)), options(columns=count, paper="a3"))
    lefts = {round(left) // 8 for number, left, _, _ in places(printed.data, "渡轮1") + places(printed.data, "渡轮2") if number == 0}
    assert len(lefts) >= min(count, 2)
    column = (841.89 - 144 + 18) / count - 18
    with pypdfium2.PdfDocument(printed.data) as pdf:
        reader = pdf[0].get_textpage()
        boxes = [reader.get_rect(i) for i in range(reader.count_rects())]
    assert max(right - left for left, _, right, _ in boxes) <= column + 12


def test_the_first_of_several_headlines_is_the_largest_and_those_of_briefs_the_smallest(press):
    printed = press.run(paper(press, 12, 12, 1, 1), theme="newspaper")
    lead, second, brief = (places(printed.data, f"新闻{number}")[0][3] for number in (1, 2, 3))
    assert lead > second * 1.15
    assert brief < second * 0.75


def test_the_papers_name_stands_over_the_first_page_of_newspaper(press):
    printed = press.run(paper(press, 3, publication="海港晨报", date="2031-06-07", page="3"), theme="newspaper")
    assert printed.pages[0].startswith("海港晨报2031-06-07 · 第3版")
    assert "海港晨报" not in press.run(paper(press, 3), theme="newspaper").pages[0]


def test_clipping_gives_every_article_a_page_with_its_source_line(press):
    printed = press.run(paper(press, 1, 1, 1, publication="海港晨报", date="2031-06-07", page="3"), theme="clipping")
    assert [page.startswith("海港晨报 · 2031-06-07 · 第3版新闻") for page in printed.pages] == [True] * 3


def test_large_print_is_large_and_ragged(press):
    printed = press.run(paper(press, 2), theme="large-print")
    assert places(printed.data, "老码头")[0][3] > 13  # ink of a character of 17 points
    assert "/FontFile3" in printed.data.decode("latin-1")


@pytest.mark.parametrize(("name", "width", "height"), [("a3", 842, 1191), ("a4", 595, 842), ("a5", 420, 595), ("letter", 612, 792), ("tabloid", 792, 1224)])
def test_papers(press, name, width, height):
    assert size(press.run(paper(press, 1), options(paper=name)).data) == (width, height)


def links(data):
    """What the links of a PDF lead to: the page that each stands on, and the one it leads to."""
    found = []
    with pypdfium2.PdfDocument(data) as pdf:
        for number, page in enumerate(pdf):
            at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
            while pdfium.FPDFLink_Enumerate(page, at, link):
                target = pdfium.FPDFLink_GetDest(pdf, link)
                found.append((number, pdfium.FPDFDest_GetDestPageIndex(pdf, target)))
    return found


def test_a_list_of_contents_comes_first_and_its_lines_lead_to_the_articles(press):
    printed = press.run(paper(press, 12, 12, 12), options(contents="front"))
    assert printed.pages[0].startswith("目录新闻1")
    with pypdfium2.PdfDocument(printed.data) as pdf:
        labels = [pdf.get_page_label(number) for number in range(len(pdf))]
    assert labels == ["i", *[str(number) for number in range(1, len(labels))]]
    starts = [number for number, _, _, height in (hit for n in (1, 2, 3) for hit in places(printed.data, f"新闻{n}")[1:2])]
    assert links(printed.data) == [(0, start) for start in starts]
    assert [f"新闻{n}{labels[start]}" in squeezed(printed.pages[0]) for n, start in zip((1, 2, 3), starts, strict=True)] == [True] * 3
    assert [title for _, title in printed.bookmarks] == ["新闻1", "新闻2", "新闻3"]


def test_there_are_no_contents_unless_asked_for_nor_of_nothing(press):
    assert "目录" not in press.run(paper(press, 2)).pages[0]
    assert press.run(press.document(), options(contents="front")).pages == ["1"]


def test_a_long_list_of_contents_takes_several_pages_before_the_text(press):
    printed = press.run(press.document(*[story(press, f"第{i}条", 1) for i in range(120)]), options(contents="front"))
    front = [page for page in printed.pages if not page.endswith(tuple("0123456789"))]
    assert len(front) >= 3
    assert printed.pages[: len(front)] == front
    assert len(links(printed.data)) == 120


def test_hanging_punctuation_moves_full_stops_into_the_margin(press):
    def right(**values):
        with pypdfium2.PdfDocument(press.run(press.paragraph("灯火，江上。" * 60), options(paper="a5", **values)).data) as pdf:
            reader = pdf[0].get_textpage()
            return max(reader.get_charbox(i, loose=True)[2] for i in range(reader.count_chars()))

    edge = 419.53 - 72
    assert right(hanging_punctuation=True) > edge + 7
    assert right() <= edge + 5.5


def test_two_marks_that_meet_stand_closer_and_read_back_whole(press):
    text = "他说：“好。”（《江上》，“夜读”。）" * 6
    printed = press.run(press.paragraph(text))
    assert squeezed(printed.pages[0]).startswith(text)
    with pypdfium2.PdfDocument(printed.data) as pdf:
        reader = pdf[0].get_textpage()
        stop, quote, bracket = (reader.get_charbox(i, loose=True)[0] for i in (5, 6, 7))
    assert quote - stop == pytest.approx(10.5 / 2, abs=0.8)
    assert bracket - quote == pytest.approx(10.5 / 2, abs=0.8)


def test_words_are_divided_in_narrow_columns_and_come_back_whole(press):
    document = press.document([press.block(Role.HEADLINE, "Ferry"), press.block(Role.PARAGRAPH, ENGLISH * 9)], language="en")
    divided = press.run(document, theme="newspaper").pages[0]
    assert "mer\ufffechants" in divided  # PDFium's sign for a word divided at a line's end
    assert squeezed(divided).replace("\ufffe", "").count("merchantsofthesouthernquay") == 9
    assert "\ufffe" not in press.run(document).pages[0]


def jpeg(width, height):
    out = io.BytesIO()
    Image.new("RGB", (width, height), (40, 90, 140)).save(out, "JPEG")
    return out.getvalue()


def png(width, height):
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (200, 60, 40, 255)).save(out, "PNG")
    return out.getvalue()


def pictured(press, data):
    name = hashlib.sha256(data).hexdigest()
    caption = press.block(Role.CAPTION, "图为夜色中的渡轮。", image=name)
    return press.document([press.block(Role.HEADLINE, "渡轮"), caption, press.block(Role.PARAGRAPH, TEXT)]), {name: data}


def shown(data):
    """The width and height of every picture, in points."""
    with pypdfium2.PdfDocument(data) as pdf:
        boxes = [thing.get_bounds() for page in pdf for thing in page.get_objects() if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE]
    return [(round(right - left), round(top - foot)) for left, foot, right, top in boxes]


@pytest.mark.parametrize(("theme", "data", "expected"), [
    ("reading", jpeg(3000, 1500), (451, 226)), ("reading", png(300, 150), (144, 72)), ("reading", jpeg(1000, 4000), (88, 351)),
])
def test_a_picture_is_as_wide_as_its_column_and_never_coarser_than_150_dots_an_inch(press, theme, data, expected):
    document, pictures = pictured(press, data)
    assert shown(press.run(document, theme=theme, pictures=pictures).data) == [expected]


def test_a_jpeg_goes_in_as_it_is_and_each_picture_once(press):
    data = jpeg(400, 300)
    name = hashlib.sha256(data).hexdigest()
    caption = press.block(Role.CAPTION, "图为渡轮。", image=name)
    printed = press.run(press.document([caption, caption, caption]), pictures={name: data})
    assert printed.data.count(data) == 1
    assert len(shown(printed.data)) == 3


def test_the_clear_parts_of_a_picture_stay_clear(press):
    out = io.BytesIO()
    Image.new("RGBA", (300, 150), (0, 0, 0, 0)).save(out, "PNG")
    document, pictures = pictured(press, out.getvalue())
    with pypdfium2.PdfDocument(press.run(document, pictures=pictures).data) as pdf:
        page = pdf[0].render(scale=1).to_pil().convert("L")
    ((width, height),) = shown(press.run(document, pictures=pictures).data)
    assert page.crop((80, 130, 80 + width - 20, 130 + height - 20)).getextrema() == (255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "LA", "I;16"])
def test_a_picture_in_any_colours_is_shown(press, mode):
    out = io.BytesIO()
    Image.new(mode, (300, 150)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    document, pictures = pictured(press, out.getvalue())
    assert shown(press.run(document, pictures=pictures).data) == [(144, 72)]


def test_a_picture_keeps_its_shape_where_lines_run_down(press):
    document, pictures = pictured(press, jpeg(300, 150))
    assert shown(press.run(document, options(direction="vertical"), pictures=pictures).data) == [(144, 72)]


def test_a_picture_of_newspaper_is_as_wide_as_a_column(press):
    document, pictures = pictured(press, jpeg(3000, 1500))
    ((width, height),) = shown(press.run(document, theme="newspaper", pictures=pictures).data)
    assert (width, height) == (158, 79)


def test_a_caption_stands_alone_where_its_picture_is_missing_or_damaged(press):
    data = jpeg(300, 200)
    document, pictures = pictured(press, data)
    name = next(iter(pictures))
    for given in ({}, {name: b"no picture"}, {name: data[:200]}, {name: b"GIF89a" + bytes(40)}):
        printed = press.run(document, pictures=given)
        assert shown(printed.data) == []
        assert "图为夜色中的渡轮。" in printed.pages[0]


def test_a_headline_is_not_left_alone_at_the_foot_of_a_page_of_reading(press):
    for length in range(8, 26):
        printed = press.run(press.document(story(press, "甲", length), story(press, "乙乙", 3)))
        (page, *_), *_ = places(printed.data, "乙乙")
        assert places(printed.data, "乙乙0")[0][0] == page


@pytest.mark.parametrize(("file", "where"), [(["--theme", "ours.toml"], None), ([], 'theme = "ours.toml"\n')], ids=["flag", "config"])
def test_a_persons_own_theme_file_works_from_the_command_line_and_the_configuration(tmp_path, file, where):
    (tmp_path / "ours.toml").write_text('base = "newspaper"\n[page]\nwidth_pt = 500\n[layout]\ncolumns = 2\n', "utf-8")
    (tmp_path / "page.txt").write_text("渡轮重开\n" + TEXT * 4, "utf-8")
    if where:
        (tmp_path / "broadsheet.toml").write_text(where, "utf-8")
    command = [sys.executable, "-m", "broadsheet", "convert", "page.txt", "-o", "page.pdf", *file]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert size((tmp_path / "page.pdf").read_bytes()) == (500, 842)


def test_a_mistake_in_a_theme_file_is_named_with_its_file_key_and_the_nearest_known_one(tmp_path):
    (tmp_path / "ours.toml").write_text("[layout]\ncolums = 2\n", "utf-8")
    (tmp_path / "page.txt").write_text("渡轮重开\n" + TEXT, "utf-8")
    command = [sys.executable, "-m", "broadsheet", "convert", "page.txt", "-o", "page.pdf", "--theme", "ours.toml"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "ours.toml: layout: no key called 'colums'; did you mean columns" in done.stderr


@pytest.fixture(scope="session")
def sink():
    """The document with every role that the writers' tests share."""
    path = Path(__file__).parents[1] / "writers" / "kitchen_sink.py"
    spec = importlib.util.spec_from_file_location("kitchen_sink", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("columns", [0, 2])
@pytest.mark.parametrize("theme", ["reading", "newspaper", "clipping", "large-print"])
def test_every_role_is_printed_once_and_in_order_in_every_theme(press, sink, theme, columns):
    document = sink.kitchen_sink()
    printed = press.run(document, options(columns=columns, contents="none"), theme=theme)
    text = squeezed("".join(printed.pages)).replace("\ufffe", "")
    at = 0
    for block in sink.set_texts(document):
        if block != sink.HOSTILE:
            wanted = squeezed(block)[:8]
            at = text.find(wanted, at) + 1
            assert at, wanted


def test_a_label_in_one_column_stands_on_the_page_of_the_first_piece_below_it(press):
    for length in range(1, 26):
        made = press.document(story(press, "头条", length), [press.block(Role.COLUMN_LABEL, "一周简讯")], story(press, "短讯", 1))
        data = press.run(made).data
        assert places(data, "一周简讯")[-1][0] == places(data, "短讯0")[0][0], length


def test_furniture_stands_below_the_columns_a_block_a_line(press):
    folios = tuple(press.block(Role.FOLIO, text) for text in ("海港晨报社出版", "第三版要闻", "责任编辑：周一帆　美术编辑：许多多　校对：云白"))
    document = press.document(story(press, "渡轮", 9), furniture=folios)
    found = [places(press.run(document, theme="newspaper").data, block.text)[0] for block in folios]
    assert len({round(left) for _, left, _, _ in found}) == 1
    assert len({top for _, _, top, _ in found}) == 3
