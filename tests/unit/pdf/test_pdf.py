"""What a reader of the PDF sees: the text and nothing else, in order, once; bookmarks, metadata, boxes."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime

import pypdfium2
import pytest

from broadsheet.errors import UsageError
from broadsheet.model import Code, Mark, Role
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet.writers.pdf import PDF, PdfOptions

LEAD = "本报海港6月6日电 老码头的灯昨晚又亮了——“等了两年……终于能坐船回家！”陈阿婆说，don’t cry。新渡轮（共6艘）每班载客120人，票价2.5元。"
ENGLISH = "The ferry came back on Tuesday night — “at last,” said Ada Brook, whose grandmother’s stall has stood on the quay since 1961."


def squeezed(text: str) -> str:
    return "".join(text.split())


def news(press):
    block = press.block
    return press.document(
        [
            block(Role.KICKER, "夜渡重开"), block(Role.HEADLINE, "老码头灯火再亮\n六艘渡轮迎客"), block(Role.BYLINE, "本报记者 林小满", names=("林小满",)),
            block(Role.PARAGRAPH, LEAD, Mark(role=Role.DATELINE, start=0, end=9)), block(Role.HEADING, "船上有书", level=1),
            block(Role.PARAGRAPH, LEAD[10:]), block(Role.CAPTION, "图为夜色中的渡轮。"), block(Role.CREDIT, "周一帆 摄"),
        ],
        [block(Role.PARAGRAPH, "（上接第一版）船票在码头出售。", Mark(role=Role.JUMP, start=0, end=7, direction="from", page="1"))],
        furniture=(block(Role.MASTHEAD, "海港晨报"), block(Role.FOLIO, "第3版")),
    )


def test_every_block_comes_back_in_order_and_once(press):
    printed = press.run(news(press))
    text = squeezed("".join(printed.pages))
    wanted = ["夜渡重开", "老码头灯火再亮六艘渡轮迎客", "本报记者林小满", squeezed(LEAD), "船上有书", squeezed(LEAD[10:]), "图为夜色中的渡轮。", "周一帆摄",
              "（上接第一版）", "船票在码头出售。", "海港晨报", "第3版"]
    assert text == "".join(wanted) + "1"
    assert printed.diagnostics == ()


def test_poppler_reads_the_same_text(press):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=press.run(news(press)).data, capture_output=True, check=True)
    text = squeezed(done.stdout.decode())
    assert squeezed(LEAD) in text
    assert text.count("（上接第一版）") == 1


def test_qpdf_finds_nothing_wrong(press, tmp_path):
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    path = tmp_path / "page.pdf"
    path.write_bytes(press.run(news(press)).data)
    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0


def test_bookmarks_name_the_articles_and_their_sections(press):
    assert press.run(news(press)).bookmarks == [(0, "老码头灯火再亮 六艘渡轮迎客"), (1, "船上有书"), (0, "（上接第一版）")]


def test_metadata_say_what_the_page_prints_and_no_more(press):
    printed = press.run(news(press))
    assert printed.metadata["Title"] == "老码头灯火再亮 六艘渡轮迎客"
    assert printed.metadata["Author"] == "林小满"
    assert printed.metadata["Subject"] == "老码头灯火再亮 六艘渡轮迎客"
    assert b"/Lang (zh-Hans)" in printed.data
    assert b"/DisplayDocTitle true" in printed.data
    assert "Author" not in press.run(press.paragraph("无名。")).metadata


def test_the_file_carries_the_documents_own_date_whatever_the_environment_says(press, reading, monkeypatch):
    def written(when):
        out = io.BytesIO()
        PDF.write(press.paragraph("有日期。"), out, PdfOptions(), Context(report=Report(), theme=reading, when=when))
        return out.getvalue()

    plain = written(None)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert written(None) == plain
    with pypdfium2.PdfDocument(written(datetime(2031, 6, 7, tzinfo=UTC))) as pdf:
        assert pdf.get_metadata_value("CreationDate").startswith("D:20310607000000")


def test_fonts_are_all_embedded_and_helvetica_is_not_named(press):
    data = press.run(news(press)).data
    assert b"Helvetica" not in data
    assert data.count(b"/FontFile3") == 2  # serif and sans Chinese
    assert data.count(b"/Type /FontDescriptor") == data.count(b"/FontFile2") + data.count(b"/FontFile3")


def test_a_character_that_no_font_has_is_a_box_and_is_reported_once(press):
    printed = press.run(press.paragraph("笑\U0001f600，再笑\U0001f600，又\ue000。"))
    assert [(d.code, d.message) for d in printed.diagnostics] == [
        (Code.MISSING_GLYPH, "no font has U+1F600 GRINNING FACE; a box stands for it"),
        (Code.MISSING_GLYPH, "no font has U+E000; a box stands for it"),
    ]
    assert printed.pages == ["笑\U0001f600，再笑\U0001f600，又\ue000。1"]


def test_a_box_leaves_ink_where_the_character_would_stand(press):
    def ink(text):
        with pypdfium2.PdfDocument(press.run(press.paragraph(text)).data) as pdf:
            return sum(255 - value for value in pdf[0].render(scale=1, grayscale=True).buffer)

    blank = ink("\u3000")
    assert ink("\U0001f600") > blank + 500
    assert ink("\u200b") == blank


def test_three_thousand_different_missing_characters_are_each_a_box_that_reads_back(press):
    text = "".join(chr(0xF0000 + i) for i in range(3000))
    printed = press.run(press.paragraph(text))
    assert len(printed.diagnostics) == 3000
    assert sum(page.count(chr(0xF0000)) for page in printed.pages) == 1
    assert sum(len(page) for page in printed.pages) >= 3000


def test_two_characters_that_share_a_glyph_come_back_as_themselves(press):
    text = "Ω\u2126 K\u212a Å\u212b -\u2010\u2011 ;\u037e"
    with pypdfium2.PdfDocument(press.run(press.paragraph(text, language="en")).data) as pdf:
        page = pdf[0].get_textpage()
        found = {chr(pypdfium2.raw.FPDFText_GetUnicode(page, i)) for i in range(page.count_chars())}
    assert set("Ω\u2126K\u212aÅ\u212b") <= found


def test_control_characters_break_nothing_and_are_reported(press):
    printed = press.run(press.paragraph("甲\x00乙\x1b丙\t丁\u2028戊\ud800己"))
    assert [d.code for d in printed.diagnostics] == [Code.MISSING_GLYPH, Code.CONTROL_CHARACTERS]
    assert printed.diagnostics[1].message == "control characters print nothing in the PDF: U+0000, U+001B"
    assert printed.pages == ["甲乙丙 丁戊\ufffd己1"]


@pytest.mark.parametrize("text", [
    "", " ", "\n\n", "<b>&amp;</b> (un) \\balanced) ]]> BT ET Tj", "مرحبا بالعالم", "שלום", "e\u0301 葛\U000e0100", "\u202eabc\u202c", "——————……",
], ids=["empty", "blank", "lines", "markup", "arabic", "hebrew", "combining", "override", "dashes"])
def test_hostile_text_is_printed_as_it_is(press, text):
    printed = press.run(press.document([press.block(Role.HEADLINE, text), press.block(Role.PARAGRAPH, text)]))
    assert len(printed.pages) == 1


def test_an_empty_document_is_one_page(press):
    assert len(press.run(press.document()).pages) == 1


def test_the_lines_of_verse_and_tables_stay_lines(press):
    printed = press.run(press.document([press.block(Role.VERSE, "江上千灯起\n桥边万客来"), press.block(Role.TABLE, "班次\t票价\n夜线\t2.5元")]))
    with pypdfium2.PdfDocument(printed.data) as pdf:
        assert pdf[0].get_textpage().get_text_range().split("\r\n") == ["江上千灯起", "桥边万客来", "班次 票价", "夜线 2.5元", "1"]


def test_english_keeps_its_spaces_and_its_words(press):
    with pypdfium2.PdfDocument(press.run(press.paragraph(ENGLISH * 3, language="en")).data) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    assert " ".join(text.split()) == (ENGLISH * 3) + " 1"


def test_justified_chinese_copies_without_spaces(press):
    text = ("老码头的灯昨晚又亮了渡轮一艘接一艘靠岸" * 2 + "internationalisation" + "乘客排队上船" * 6) * 4
    assert " " not in press.run(press.paragraph(text)).pages[0]


def test_furniture_stands_at_the_end_or_is_reported_as_left_out(press):
    kept, dropped = press.run(news(press)), press.run(news(press), PdfOptions(furniture="none"))
    assert kept.pages[-1].endswith("海港晨报第3版1")
    assert not any("海港晨报" in page for page in dropped.pages)
    assert [(d.code, d.message) for d in dropped.diagnostics] == [
        (Code.DEGRADED_ROLE, "furniture is left out of the PDF, as asked: 2 blocks"),
    ]


@pytest.mark.parametrize(("paper", "size"), [("theme", (595.28, 841.89)), ("a4", (595.28, 841.89)), ("letter", (612, 792))])
def test_the_paper_has_its_size(press, paper, size):
    with pypdfium2.PdfDocument(press.run(news(press), PdfOptions(paper=paper)).data) as pdf:
        assert pdf[0].get_size() == pytest.approx(size, abs=0.01)


def test_pages_carry_numbers_and_from_the_second_on_the_title(press):
    blocks = [press.block(Role.HEADLINE, "长篇"), *[press.block(Role.PARAGRAPH, LEAD * 3)] * 24]
    pages = press.run(press.document(blocks, publication="海港晨报")).pages
    assert len(pages) > 2
    assert [page.startswith("海港晨报") for page in pages] == [False] + [True] * (len(pages) - 1)
    assert [page.endswith(str(number)) for number, page in enumerate(pages, start=1)] == [True] * len(pages)


def test_a_ten_thousand_word_paragraph_and_an_unbroken_string_are_printed_whole(press):
    assert sum(page.count("harbour") for page in press.run(press.paragraph("harbour " * 10_000, language="en")).pages) == 10_000
    assert sum(page.count("x") for page in press.run(press.paragraph("x" * 3000, language="en")).pages) == 3000


def test_a_page_of_twenty_kilobytes_is_written_quickly_once_the_fonts_are_open(press):
    document = press.document([press.block(Role.HEADLINE, "渡轮"), *[press.block(Role.PARAGRAPH, LEAD * 3)] * 32])
    press.run(document)
    start = time.process_time()
    press.run(document)
    assert time.process_time() - start < 1.0  # about 0.06 s on an idle machine


def test_a_writer_without_a_theme_says_so(press):
    with pytest.raises(UsageError, match="needs a theme"):
        PDF.write(press.document(), io.BytesIO(), PdfOptions(), Context(report=Report()))


def test_the_stream_stays_open(press, reading):
    out = io.BytesIO()
    PDF.write(press.document(), out, PdfOptions(), Context(report=Report(), theme=reading))
    assert not out.closed


SCRIPT = """
import hashlib, importlib.util, sys
spec = importlib.util.spec_from_file_location("presses", sys.argv[1])
presses = importlib.util.module_from_spec(spec)
sys.modules["presses"] = presses
spec.loader.exec_module(presses)
press, Role = presses.Press(), presses.Role
for earlier in sys.argv[2:]:
    press.run(press.paragraph(earlier))
blocks = [press.block(Role.HEADLINE, "渡轮"), press.block(Role.PARAGRAPH, "票价2.5元 \U0001f600 Ω\u2126 harbour。" * 40)]
print(hashlib.sha256(press.run(press.document(blocks)).data).hexdigest())
"""


def test_two_processes_with_other_hash_seeds_time_zones_and_earlier_documents_write_the_same_bytes(request):
    def digest(seed, zone, *earlier):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", SCRIPT, str(request.path.with_name("conftest.py")), *earlier]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    one = digest("1", "UTC")
    assert one == digest("4242", "Asia/Shanghai", "港湾 harbour 2.5", "元价票渡轮 Ω")
    assert len(one.strip()) == 64


def test_importing_the_writer_loads_no_heavy_library():
    code = "import sys, broadsheet.writers.pdf; print(sorted({'reportlab', 'uharfbuzz', 'fontTools'} & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True).stdout == "[]\n"
