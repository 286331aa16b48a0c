"""The DOCX writer, read back by python-docx, lxml and LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from broadsheet.errors import UsageError
from broadsheet.model import Article, Code, Document, Kind, Mark, Role, SourceInfo
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet.writers.docx import DOCX, DocxOptions
from broadsheet.writers.docx.fonts import fonts_of
from broadsheet.writers.docx.styles import PARAGRAPHS, mark_style


def opened(sink, document, **options):
    return docx.Document(io.BytesIO(sink.written(DOCX, document, DocxOptions(**options))))


def page(*blocks, language=None, article_language=None, article_id="a1"):
    source = SourceInfo("page.txt", "text/plain", "utf-8", "0" * 64, "")
    article = Article(id=article_id, kind=Kind.NEWS, blocks=blocks, language=article_language)
    return Document(schema_version="1.0", source=source, language=language, articles=(article,))


def body_texts(word):
    """Every paragraph and table cell in reading order, empty paragraphs left out."""
    found = []
    for element in word.element.body.iter(qn("w:p")):
        text = "".join({qn("w:t"): each.text, qn("w:br"): "\n", qn("w:tab"): "\t"}.get(each.tag, "") or "" for each in element.iter())
        found += [text] if text else []
    return found


def test_every_block_is_a_paragraph_with_exactly_its_text_in_order(sink):
    document = sink.kitchen_sink()
    expected = [text for text in sink.set_texts(document) if text != "时间 人数\n周一 312"]
    cells = {"时间", "人数", "周一", "312"}
    assert [text for text in body_texts(opened(sink, document)) if text not in cells] == expected


def test_every_role_has_a_style_of_its_own_that_its_paragraphs_carry(sink):
    document = sink.kitchen_sink()
    styles = {paragraph.text: paragraph.style.name for paragraph in opened(sink, document).paragraphs}
    assert styles["走进身边的文化场馆"] == "Kicker"
    assert styles[sink.HEADLINE] == "Headline"
    assert styles["本报记者 林小雨 通讯员 高 山"] == "Byline"
    assert styles["图为读者在灯下读书。"] == "Photo Caption"
    assert styles["责编：周舟"] == "Editor Line"
    assert len({name for name, _ in PARAGRAPHS.values()}) == len(PARAGRAPHS) == len(Role) - 2


def test_headline_and_heading_are_based_on_words_own_headings_and_so_in_its_navigation(sink):
    styles = opened(sink, sink.kitchen_sink()).styles
    assert styles["Headline"].base_style.name == "Heading 1"
    assert styles["Section Heading"].base_style.name == "Heading 2"
    assert styles["Jump Label"].base_style.name == "Heading 1"
    assert styles["Photo Caption"].base_style.name == "Caption"
    assert styles["Subheadline"].base_style.name == "Subtitle"


def test_a_jumped_article_is_headed_by_its_jump_line_which_is_printed_once(sink):
    paragraphs = opened(sink, sink.kitchen_sink()).paragraphs
    jumped = [paragraph for paragraph in paragraphs if "（上接第1版）" in paragraph.text]
    assert [(paragraph.style.name, paragraph.text) for paragraph in jumped] == [("Jump Label", "（上接第1版）")]


def test_without_a_headline_the_first_title_is_in_the_navigation_and_nothing_is_made_up(sink):
    kicker = next(each for each in opened(sink, sink.kitchen_sink()).paragraphs if each.text == "Around the county")
    assert kicker.style.name == "Kicker"
    assert kicker._p.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "0"


def test_marks_are_runs_with_a_character_style(sink):
    lead = next(each for each in opened(sink, sink.kitchen_sink()).paragraphs if each.text == sink.LEAD)
    assert [(run.text, run.style.name) for run in lead.runs] == [
        ("本报青山6月3日电", "Dateline Text"),
        (" ", "Default Paragraph Font"),
        ("（记者林小雨）", "Byline Text"),
        ("山城图书馆从本周起夜间开放，读者可以读书到晚上十点。", "Default Paragraph Font"),
    ]


@pytest.mark.parametrize("role", ["byline", "dateline", "sign_off", "credit", "jump", "run_in", "continued"])
def test_every_mark_role_has_its_character_style(sink, role):
    text = "某处消息。"
    block = sink.block(Role.PARAGRAPH, text, marks=(Mark(role=Role(role), start=0, end=2),))
    run = opened(sink, page(block)).paragraphs[0].runs[0]
    assert (run.text, run.style.name) == ("某处", mark_style(Role(role)))


def test_the_jump_to_the_other_half_is_a_link_to_its_bookmark(sink):
    body = opened(sink, sink.kitchen_sink()).element.body
    links = [(link.get(qn("w:anchor")), "".join(each.text for each in link.iter(qn("w:t")))) for link in body.iter(qn("w:hyperlink"))]
    assert links == [("a2", "（下转第4版）"), ("a1", "（上接第1版）")]
    assert [start.get(qn("w:name")) for start in body.iter(qn("w:bookmarkStart"))] == ["a1", "a2", "a3", "a4"]
    ends = [end.get(qn("w:id")) for end in body.iter(qn("w:bookmarkEnd"))]
    assert ends == [start.get(qn("w:id")) for start in body.iter(qn("w:bookmarkStart"))]


def test_a_bookmark_name_is_one_that_word_allows_whatever_the_articles_id(sink):
    body = opened(sink, page(sink.block(Role.PARAGRAPH, "文"), article_id='9 "x"<' + "y" * 60)).element.body
    name = next(body.iter(qn("w:bookmarkStart"))).get(qn("w:name"))
    assert name == "a_9__x__" + "y" * 32


def test_a_table_whose_cells_hold_exactly_the_text_is_a_table_and_another_keeps_its_lines(sink):
    word = opened(sink, sink.kitchen_sink())
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [["时间", "人数"], ["周一", "312"]]
    assert len(word.tables) == 1
    assert "开馆|闭馆\n9:00|22:00" in [paragraph.text for paragraph in word.paragraphs]


@pytest.mark.parametrize(("text", "rows"), [(" ", ((), ())), ("甲\0", (("甲\0",),))])
def test_a_table_without_text_or_with_forbidden_characters_is_set_as_lines(sink, text, rows):
    assert opened(sink, page(sink.block(Role.TABLE, text, rows=rows))).tables == []


def test_a_heading_below_the_first_level_lies_deeper_in_the_outline(sink):
    word = opened(sink, sink.kitchen_sink())
    lower = next(each for each in word.paragraphs if each.text == "靠窗的位置")
    assert (lower.style.name, lower.style.base_style.name) == ("Section Heading 2", "Heading 3")
    deepest = opened(sink, page(sink.block(Role.HEADLINE, "题"), sink.block(Role.HEADING, "深", level=4))).paragraphs[1]
    assert (deepest.style.name, deepest._p.pPr.find(qn("w:outlineLvl")).get(qn("w:val"))) == ("Section Heading 2", "4")


def test_sizes_spaces_and_alignment_are_the_themes(sink):
    styles = opened(sink, sink.kitchen_sink()).styles
    headline, body = styles["Headline"], styles["Body Text"]
    assert (headline.font.size.pt, headline.font.bold, headline.paragraph_format.keep_with_next) == (20, True, True)
    assert str(headline.paragraph_format.alignment) == "CENTER (1)"
    assert (body.font.size.pt, body.paragraph_format.line_spacing.pt, body.paragraph_format.first_line_indent.pt) == (10.5, 17, 21)
    assert str(styles["Folio"].font.color.rgb) == "666666"


def test_the_page_is_the_themes_and_its_number_stands_in_the_footer(sink):
    section = opened(sink, sink.kitchen_sink()).sections[0]
    assert (round(section.page_width.pt, 1), round(section.left_margin.pt), round(section.right_margin.pt)) == (595.3, 72, 60)
    assert [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))] == [" PAGE "]


@pytest.mark.parametrize(("tag", "word_tag", "serif", "sans"), [
    ("zh-Hans", "zh-CN", "SimSun", "SimHei"),
    ("zh-Hans-CN", "zh-CN", "SimSun", "SimHei"),
    ("zh-Hant", "zh-TW", "PMingLiU", "Microsoft JhengHei"),
    ("ja", "ja-JP", "MS Mincho", "MS Gothic"),
    ("ko", "ko-KR", "Batang", "Malgun Gothic"),
    ("pl", "pl", "SimSun", "SimHei"),
    ('"/><x', "en-US", "SimSun", "SimHei"),
])
def test_fonts_and_language_tag_follow_the_documents_language(tag, word_tag, serif, sans):
    fonts = fonts_of(tag)
    assert (fonts.tag, fonts.serif, fonts.sans) == (word_tag, serif, sans)


def test_chinese_text_is_set_in_chinese_fonts_and_spoken_as_chinese(sink):
    styles = opened(sink, sink.kitchen_sink()).styles
    defaults = styles.element.find(qn("w:docDefaults"))
    language = next(defaults.iter(qn("w:lang")))
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    fonts = styles["Headline"].element.rPr.rFonts
    assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii")), fonts.get(qn("w:hint"))) == ("SimHei", "Arial", "eastAsia")
    english = opened(sink, page(sink.block(Role.PARAGRAPH, "“Yes.”"), language="en")).styles["Headline"].element.rPr.rFonts
    assert english.get(qn("w:hint")) is None


def test_the_furniture_stands_below_a_rule(sink):
    ruled = [each.text for each in opened(sink, sink.kitchen_sink()).paragraphs if each._p.xpath("w:pPr/w:pBdr")]
    assert ruled[-1] == "山城晚报"


def test_an_article_in_another_language_says_so_in_its_runs(sink):
    run = next(each for each in opened(sink, sink.kitchen_sink()).paragraphs if each.text == "Around the county").runs[0]
    assert run._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-US"


def test_arabic_is_set_from_right_to_left(sink):
    styles = opened(sink, page(sink.block(Role.PARAGRAPH, "خبر"), language="ar")).styles
    assert styles["Normal"].element.pPr.find(qn("w:bidi")) is not None
    other = opened(sink, page(sink.block(Role.PARAGRAPH, "خبر"), language="en", article_language="ar")).paragraphs[0]
    assert other._p.pPr.find(qn("w:bidi")) is not None
    assert other.runs[0]._r.rPr.find(qn("w:rtl")) is not None


def test_core_properties_tell_of_the_page_and_nothing_of_the_clock(sink):
    properties = opened(sink, sink.kitchen_sink()).core_properties
    assert properties.title == "山城晚报 2031-06-03 第1版"
    assert properties.author == "林小雨; 高山"
    assert properties.language == "zh-Hans"
    assert properties.created == properties.modified == datetime(2031, 6, 3, 8, 30, tzinfo=UTC)


def test_a_document_without_a_date_has_a_fixed_one(sink):
    data = sink.written(DOCX, sink.empty(), into=Context(report=Report(), theme=sink.theme()))
    assert docx.Document(io.BytesIO(data)).core_properties.created == datetime(2000, 1, 1, tzinfo=UTC)


def test_names_and_tags_that_xml_forbids_do_not_break_the_properties(sink):
    document = page(sink.block(Role.BYLINE, "By A", names=("A\0 <b>",)), language="x\1")
    properties = opened(sink, document).core_properties
    assert (properties.author, properties.language) == ("A\ufffd <b>", "x\ufffd")


def test_a_title_longer_than_word_allows_is_cut_in_the_properties_only(sink):
    word = opened(sink, page(sink.block(Role.HEADLINE, "长" * 400)))
    assert word.core_properties.title == "长" * 254 + "…"
    assert word.paragraphs[0].text == "长" * 400


def test_characters_that_xml_forbids_are_shown_as_replacements_and_said_once(sink):
    context = sink.context()
    data = sink.written(DOCX, sink.kitchen_sink(control="\0\x0b\ufffe\ud800\0"), into=context)
    assert docx.Document(io.BytesIO(data)).paragraphs[-7].text == "前\ufffd\ufffd\ufffd\ufffd\ufffd后：没有标题的短文。"
    codes = [(each.code, each.message) for each in context.report.diagnostics]
    assert codes == [(
        Code.CONTROL_CHARACTERS,
        "characters that the format cannot carry are shown as U+FFFD: 5 (U+0000, U+000B, U+D800, U+FFFE)",
    )]


def test_blanks_at_the_ends_of_a_text_and_runs_of_blanks_survive(sink):
    paragraph = opened(sink, page(sink.block(Role.PARAGRAPH, " a  b\tc "))).paragraphs[0]
    assert paragraph.text == " a  b\tc "
    kept = "{http://www.w3.org/XML/1998/namespace}space"  # without it, Word drops the blanks
    assert [(each.text, each.get(kept)) for each in paragraph._p.iter(qn("w:t"))] == [(" a  b", "preserve"), ("c ", "preserve")]


def test_furniture_is_left_out_only_when_asked_and_never_in_silence(sink):
    context = sink.context()
    data = sink.written(DOCX, sink.kitchen_sink(), DocxOptions(furniture="none"), context)
    assert "责编：周舟" not in [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
    assert [(each.code, "6 blocks" in each.message) for each in context.report.diagnostics] == [(Code.DEGRADED_ROLE, True)]


def test_an_empty_document_is_an_empty_word_file(sink):
    assert opened(sink, sink.empty()).paragraphs == []


def test_a_missing_theme_is_refused_with_advice(sink):
    with pytest.raises(UsageError, match="needs a theme; give one with --theme"):
        sink.written(DOCX, sink.empty(), into=Context(report=Report()))


def test_the_archive_holds_only_what_is_needed_with_fixed_dates(sink):
    archive = zipfile.ZipFile(io.BytesIO(sink.written(DOCX, sink.kitchen_sink())))
    assert sorted(archive.namelist()) == [
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml",
        "word/fontTable.xml", "word/footer1.xml", "word/footer2.xml", "word/header1.xml", "word/numbering.xml", "word/settings.xml",
        "word/styles.xml", "word/theme/theme1.xml",
    ]
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_style_that_is_named_exists(sink):
    archive = zipfile.ZipFile(io.BytesIO(sink.written(DOCX, sink.kitchen_sink())))
    known = set(re.findall(r'w:styleId="([^"]+)"', archive.read("word/styles.xml").decode()))
    used = set()
    for part in ("word/document.xml", "word/footer1.xml", "word/header1.xml", "word/styles.xml"):
        used |= set(re.findall(r'<w:(?:pStyle|rStyle|basedOn|next) w:val="([^"]+)"', archive.read(part).decode()))
    assert used - known == set()
    assert len(known) > 40


SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_every_paragraph_and_finds_the_headings(sink, tmp_path):
    document = sink.kitchen_sink(control="\0")
    (tmp_path / "page.docx").write_bytes(sink.written(DOCX, document))
    command = [SOFFICE, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "fodt", "page.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    root = etree.parse(tmp_path / "page.fodt").getroot()
    text_ns = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    body = root.find(".//{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text")
    headings = [(each.get(f"{text_ns}outline-level"), "".join(each.itertext())) for each in body.iter(f"{text_ns}h")]
    assert headings == [
        ("1", "山城图书馆夜间开放市民读书到十点"), ("2", "座位多了"), ("3", "靠窗的位置"),
        ("1", "（上接第1版）"), ("1", "Around the county"),
    ]
    found = "".join("".join("".join(each.itertext()) for each in body.iter(f"{text_ns}p", f"{text_ns}h")).split())
    wanted = "".join("".join(sink.set_texts(document)).replace("\0", "\ufffd").split())
    assert found == wanted
