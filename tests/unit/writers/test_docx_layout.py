"""How the DOCX writer makes up pages: themes, columns, briefs, contents, running heads; read back by python-docx and lxml."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

import broadsheet.writers.docx
from broadsheet.errors import UsageError
from broadsheet.model import Article, Document, Issue, Kind, Mark, Role, SourceInfo
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet.writers.docx import DOCX, DocxOptions
from broadsheet.writers.docx.contents import bookmarks
from broadsheet.writers.docx.styles import PARAGRAPHS

LONG = "县里的水渠修好了，浇地的人不再半夜排队。" * 30


@pytest.fixture
def theme(registry):
    return registry.themes.__getitem__


def made(document, theme, **options):
    out = io.BytesIO()
    DOCX.write(document, out, DocxOptions(**options), Context(report=Report(), theme=theme))
    return out.getvalue()


def opened(document, theme, **options):
    return docx.Document(io.BytesIO(made(document, theme, **options)))


def part(data, name):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def page(*articles, language="zh-Hans", issue=None):
    source = SourceInfo("page.txt", "text/plain", "utf-8", "0" * 64, "")
    numbered = tuple(
        each if isinstance(each, Article) else Article(id=f"a{number}", kind=Kind.NEWS, blocks=tuple(each)) for number, each in enumerate(articles, 1)
    )
    return Document(schema_version="1.0", source=source, language=language, articles=numbered, issue=issue or Issue())


def story(sink, title, text=LONG):
    return sink.block(Role.HEADLINE, title), sink.block(Role.BYLINE, "本报记者 甲某"), sink.block(Role.PARAGRAPH, text)


def sections(word):
    """How many columns each section has, and the texts of its paragraphs that have any."""
    found, texts = [], []
    for element in word.element.body:
        if element.tag == qn("w:p"):
            text = "".join(each.text for each in element.iter(qn("w:t")))
            texts += [text] if text else []
        properties = element if element.tag == qn("w:sectPr") else element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if properties is not None:
            found.append((int(properties.find(qn("w:cols")).get(qn("w:num"), "1")), texts))
            texts = []
    return found


# Columns


def test_in_one_column_there_is_one_section(sink, theme):
    document = page(story(sink, "修渠"), story(sink, "修路"))
    assert [columns for columns, _ in sections(opened(document, theme("reading")))] == [1]


def test_a_headline_stands_across_the_columns_of_its_article_and_the_text_in_them(sink, theme):
    document = page(story(sink, "修渠"), story(sink, "修路"))
    assert sections(opened(document, theme("newspaper"))) == [
        (1, ["修渠"]), (3, ["本报记者 甲某", LONG]), (1, ["修路"]), (3, ["本报记者 甲某", LONG]), (1, []),
    ]


def test_columns_have_the_themes_gutter_and_the_line_between_them(sink, theme):
    body = opened(page(story(sink, "修渠")), theme("newspaper")).element.body
    columns = [each for each in body.iter(qn("w:cols")) if each.get(qn("w:num"))]
    assert [(each.get(qn("w:num")), each.get(qn("w:space")), each.get(qn("w:sep"))) for each in columns] == [("3", "360", "1")]


def test_sections_follow_on_the_same_page(sink, theme):
    body = opened(page(story(sink, "修渠"), story(sink, "修路")), theme("newspaper")).element.body
    assert {each.get(qn("w:val")) for each in body.iter(qn("w:type"))} == {"continuous"}


def test_the_last_columns_end_level_because_a_section_of_one_column_follows(sink, theme):
    assert sections(opened(page(story(sink, "修渠")), theme("newspaper")))[-1] == (1, [])


def test_the_user_chooses_the_number_of_columns(sink, theme):
    assert [columns for columns, _ in sections(opened(page(story(sink, "修渠")), theme("newspaper"), columns=2))] == [1, 2, 1]
    assert [columns for columns, _ in sections(opened(page(story(sink, "修渠")), theme("newspaper"), columns=1))] == [1]


def test_more_columns_than_the_page_has_room_for_are_refused_with_advice(sink, theme):
    crowded = replace(theme("reading"), layout=replace(theme("reading").layout, gutter_pt=70))
    with pytest.raises(UsageError, match="6 columns leave 17 pt for each, Word wants at least 36; ask for fewer columns"):
        made(page(story(sink, "修渠")), crowded, columns=6)


@pytest.mark.parametrize(("paper", "size_pt"), [("theme", (595.3, 841.9)), ("a4", (595.3, 841.9)), ("letter", (612, 792)), ("a3", (841.9, 1190.5)), ("tabloid", (792, 1224))])
def test_the_user_chooses_the_paper_for_every_section(sink, theme, paper, size_pt):
    word = opened(page(story(sink, "修渠")), theme("newspaper"), paper=paper)
    assert {(round(each.page_width.pt, 1), round(each.page_height.pt, 1)) for each in word.sections} == {size_pt}


def test_short_articles_in_a_row_share_columns_as_briefs_with_smaller_titles(sink, theme):
    document = page(story(sink, "修渠"), story(sink, "开课", "学校开课了。"), story(sink, "通车", "公路通车了。"))
    word = opened(document, theme("newspaper"))
    assert sections(word)[2:] == [(1, []), (3, ["开课", "本报记者 甲某", "学校开课了。", "通车", "本报记者 甲某", "公路通车了。"]), (1, [])]
    styles = {each.text: each.style for each in word.paragraphs}
    assert (styles["修渠"].name, styles["开课"].name) == ("Lead Headline", "Brief Headline")
    assert (styles["修渠"].font.size.pt, word.styles["Headline"].font.size.pt, styles["开课"].font.size.pt) == (30, 24, 15)
    assert styles["开课"].base_style.name == "Headline"


def test_one_short_article_alone_is_no_brief(sink, theme):
    document = page(story(sink, "开课", "学校开课了。"), story(sink, "修渠"))
    assert [texts for columns, texts in sections(opened(document, theme("newspaper"))) if columns == 1] == [["开课"], ["修渠"], []]


def test_titles_of_briefs_are_never_smaller_than_the_text(sink, theme):
    word = opened(page(story(sink, "开课")), theme("newspaper"))
    sizes = {name: word.styles[f"Brief {name}"].font.size.pt for name in ("Kicker", "Column Label")}
    assert sizes == {"Kicker": 9.5, "Column Label": 9}  # the text has 9.5, and the column label 9 anyway


# Rules, pages and the source line


def ruled(word):
    """The texts of the paragraphs that have a rule above them, empty for a rule of its own."""
    return ["".join(each.text for each in p.iter(qn("w:t"))) for p in word.element.body.iter(qn("w:p")) if p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None]


def test_a_rule_parts_an_article_from_the_one_before(sink, theme):
    document = page(story(sink, "修渠"), story(sink, "修路"))
    assert ruled(opened(document, theme("reading"))) == ["修路"]
    plain = replace(theme("reading"), layout=replace(theme("reading").layout, article_rule=False))
    assert ruled(opened(document, plain)) == []


def test_rules_of_neighbours_are_drawn_between_them_too(sink, theme):
    document = page(*([sink.block(Role.PARAGRAPH, text)] for text in "甲乙丙"))
    borders = [[etree.QName(side).localname for side in each] for each in opened(document, theme("reading")).element.body.iter(qn("w:pBdr"))]
    assert borders == [["top", "between"]] * 2


def test_an_article_without_a_title_has_its_rule_across_the_columns(sink, theme):
    word = opened(page(story(sink, "修渠"), [sink.block(Role.PARAGRAPH, LONG)]), theme("newspaper"))
    assert ruled(word) == [""]
    assert sections(word)[2:] == [(1, []), (3, [LONG]), (1, [])]


def test_a_cutting_stands_on_a_page_of_its_own_below_where_it_was_printed(sink, theme):
    issue = Issue(publication="山城晚报", date="2031-06-03", page="2", section="要闻")
    word = opened(page(story(sink, "修渠"), story(sink, "修路"), issue=issue), theme("clipping"))
    lines = [(each.text, each.style.name, bool(each.paragraph_format.page_break_before)) for each in word.paragraphs if each.style.name in ("Source Line", "Headline")]
    assert lines == [
        ("山城晚报 · 2031-06-03 · 第2版 · 要闻", "Source Line", False), ("修渠", "Headline", False),
        ("山城晚报 · 2031-06-03 · 第2版 · 要闻", "Source Line", True), ("修路", "Headline", False),
    ]
    assert ruled(word) == []


def test_a_cutting_of_an_unknown_paper_says_nothing_and_still_begins_a_page(sink, theme):
    word = opened(page(story(sink, "修渠"), story(sink, "修路")), theme("clipping"))
    assert [each.text for each in word.paragraphs if each.paragraph_format.page_break_before] == ["修路"]


def test_titles_stand_close_below_each_other(sink, theme):
    blocks = [sink.block(Role.KICKER, "水利"), sink.block(Role.HEADLINE, "修渠"), sink.block(Role.PARAGRAPH, "文")]
    above = {each.text: each.paragraph_format.space_before for each in opened(page(blocks), theme("reading")).paragraphs}
    assert above == {"水利": None, "修渠": 0, "文": None}


# Edges of the page


def edges(data):
    """What stands in the parts that the first section names, by kind and where they are shown."""
    names = {row.get("Id"): row.get("Target") for row in part(data, "word/_rels/document.xml.rels")}
    section = next(part(data, "word/document.xml").iter(qn("w:sectPr")))
    shown = {}
    for each in section:
        if each.tag in (qn("w:headerReference"), qn("w:footerReference")):
            tree = part(data, f"word/{names[each.get(qn('r:id'))]}")
            fields = [field.get(qn("w:instr")) for field in tree.iter(qn("w:fldSimple"))]
            shown[etree.QName(each).localname, each.get(qn("w:type"))] = "".join(fields) or "".join(tree.itertext())
    return shown


def test_the_running_head_says_what_is_known_of_the_paper_from_the_second_page_on(sink, theme):
    issue = Issue(publication="山城晚报", date="2031-06-03", page="第2版", section="要闻")
    data = made(page(story(sink, "修渠"), issue=issue), theme("reading"))
    assert edges(data) == {
        ("headerReference", "default"): "山城晚报 · 2031-06-03 · 第2版 · 要闻",
        ("footerReference", "default"): " PAGE ", ("footerReference", "first"): " PAGE ",
    }
    assert part(data, "word/document.xml").find(f".//{qn('w:titlePg')}") is not None


def test_without_a_known_paper_the_running_head_is_the_first_headline(sink, theme):
    assert edges(made(page(story(sink, "修渠")), theme("reading")))["headerReference", "default"] == "修渠"


def test_a_theme_without_running_head_and_folio_leaves_the_edges_empty(sink, theme):
    bare = replace(theme("reading"), layout=replace(theme("reading").layout, running_head=False, folio=False))
    data = made(page(story(sink, "修渠")), bare)
    assert edges(data) == {}
    assert not [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "header" in name or "footer" in name]


def test_only_the_first_section_names_the_edges_and_the_others_follow_it(sink, theme):
    body = opened(page(story(sink, "修渠"), story(sink, "修路")), theme("newspaper")).element.body
    named = [len(each.findall(qn("w:headerReference"))) for each in body.iter(qn("w:sectPr"))]
    assert named == [1, 0, 0, 0, 0]


def test_control_characters_in_what_the_user_says_of_the_paper_are_shown_as_replacements(sink, theme):
    issue = Issue(publication="山\x01城<晚>报", date="2031-06-03")
    for name in ("newspaper", "clipping"):
        data = made(page(story(sink, "修渠"), issue=issue), theme(name))
        assert "山\ufffd城<晚>报" in "".join(part(data, "word/document.xml").itertext())
        assert docx.Document(io.BytesIO(data)).core_properties.title == "山\ufffd城<晚>报 2031-06-03"


# The first page of a newspaper


def test_the_papers_name_stands_over_the_first_page_and_what_else_is_known_between_two_rules(sink, theme):
    issue = Issue(publication="山城晚报", date="2031-06-03", page="2", section="要闻", edition="农村版")
    word = opened(page(story(sink, "修渠"), issue=issue), theme("newspaper"))
    assert [(each.text, each.style.name) for each in word.paragraphs[:3]] == [
        ("山城晚报", "Nameplate"), ("2031-06-03 · 第2版 · 要闻 · 农村版", "Issue Line"), ("修渠", "Headline"),
    ]
    assert ruled(word) == ["2031-06-03 · 第2版 · 要闻 · 农村版"]
    sides = [etree.QName(side).localname for side in word.paragraphs[1]._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")]
    assert sides == ["top", "bottom", "between"]


def test_a_paper_without_a_name_has_no_nameplate(sink, theme):
    word = opened(page(story(sink, "修渠"), issue=Issue(date="2031-06-03")), theme("newspaper"))
    assert word.paragraphs[0].text == "修渠"


def test_the_first_of_several_articles_has_a_larger_headline(sink, theme):
    word = opened(page(story(sink, "修渠"), story(sink, "修路")), theme("newspaper"))
    sizes = {each.text: each.style.font.size.pt for each in word.paragraphs if each.text in ("修渠", "修路")}
    assert sizes == {"修渠": 30, "修路": 24}
    assert word.styles["Lead Headline"].base_style.name == "Headline"
    alone = opened(page(story(sink, "修渠")), theme("newspaper"))
    assert next(each.style.name for each in alone.paragraphs if each.text == "修渠") == "Headline"


# Contents


def test_contents_are_words_field_already_filled_with_links_to_every_article(sink, theme):
    issue = Issue(publication="山城晚报", date="2031-06-03")
    document = page(story(sink, "修渠\n浇地"), [sink.block(Role.PARAGRAPH, "没有标题的短文。")], issue=issue)
    data = made(document, theme("reading"), contents="front")
    tree = part(data, "word/document.xml")
    field = tree.find(f".//{qn('w:sdtContent')}")
    assert [each.get(qn("w:fldCharType")) for each in field.iter(qn("w:fldChar"))] == ["begin", "separate", "end"]
    assert "".join(each.text for each in field.iter(qn("w:instrText"))) == r' TOC \o "1-1" \h \z \u '
    links = [(each.get(qn("w:anchor")), "".join(each.itertext())) for each in field.iter(qn("w:hyperlink"))]
    assert links == [("a1", "修渠 浇地"), ("a2", "没有标题的短文。")]
    assert {each.get(qn("w:name")) for each in tree.iter(qn("w:bookmarkStart"))} == {"a1", "a2"}


@pytest.mark.parametrize(("name", "first"), [("reading", "修渠"), ("newspaper", "山城晚报")])
def test_contents_stand_on_a_page_of_their_own_under_a_heading_in_the_pages_language(sink, theme, name, first):
    issue = Issue(publication="山城晚报", date="2031-06-03")
    data = made(page(story(sink, "修渠"), issue=issue), theme(name), contents="front")
    field = part(data, "word/document.xml").find(f".//{qn('w:sdtContent')}")
    heading = field.find(qn("w:p"))
    assert (heading.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")), "".join(heading.itertext())) == ("TOCHeading", "目录")
    pages = [each.text for each in docx.Document(io.BytesIO(data)).paragraphs if each.paragraph_format.page_break_before]
    assert pages == [first]


def test_contents_come_with_the_theme_and_can_be_left_out(sink, theme):
    listed = replace(theme("reading"), layout=replace(theme("reading").layout, contents="front"))
    for options, expected in (({}, True), ({"contents": "none"}, False)):
        tree = part(made(page(story(sink, "修渠")), listed, **options), "word/document.xml")
        assert (tree.find(f".//{qn('w:sdt')}") is not None) is expected


def test_contents_before_columns_keep_to_one_column(sink, theme):
    document = page([sink.block(Role.PARAGRAPH, LONG)])
    assert sections(opened(document, theme("newspaper"), contents="front")) == [(1, []), (3, [LONG]), (1, [])]


def test_a_document_without_articles_has_no_contents(sink, theme):
    assert opened(sink.empty(), theme("reading"), contents="front").paragraphs == []


def test_every_bookmark_has_a_name_of_its_own_even_where_ids_are_alike_to_word(sink):
    def names(*ids):
        return bookmarks([Article(id=each, kind=Kind.NEWS, blocks=()) for each in ids])

    assert names("a1", "a2") == ["a1", "a2"]
    assert names("a-1", "A_1") == ["article1", "article2"]
    assert names("y" * 50, "y" * 60) == ["article1", "article2"]


# Settings and styles


@pytest.mark.parametrize(
    ("language", "chars", "twips"), [("zh-Hans", "200", "420"), ("ja", "200", "420"), ("en", None, "210"), ("ar", None, "210")],
)
def test_the_first_line_is_indented_by_two_characters_where_the_language_counts_in_them_else_by_half(sink, theme, language, chars, twips):
    style = opened(page(story(sink, "题"), language=language), theme("reading")).styles["Body Text"]
    indent = style.element.pPr.find(qn("w:ind"))
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == (chars, twips)


def test_what_goes_on_in_mid_sentence_is_text_without_an_indent(sink, theme):
    resumed = sink.block(Role.PARAGRAPH, "把老厂房丈量了一遍。", marks=(Mark(role=Role.CONTINUED, start=0, end=10),))
    word = opened(page((resumed, sink.block(Role.PARAGRAPH, "如今厂房开放了。"))), theme("reading"))
    assert [each.style.name for each in word.paragraphs] == ["Body Text Resumed", "Body Text"]
    indent = word.styles["Body Text Resumed"].element.pPr.find(qn("w:ind"))
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("0", "0")
    assert word.styles["Body Text Resumed"].base_style.name == "Body Text"


def test_what_runs_in_has_the_colour_of_its_paragraph(sink, theme):
    styles = opened(page(story(sink, "题")), theme("reading")).styles
    assert (str(styles["Byline"].font.color.rgb), styles["Byline Text"].font.color.rgb) == ("595959", None)


def test_east_asian_line_breaking_and_spacing_are_on_and_the_page_grid_is_off(sink, theme):
    defaults = opened(page(story(sink, "题")), theme("reading")).styles.element.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}")
    switches = {etree.QName(each).localname: each.get(qn("w:val"), "on") for each in defaults}
    assert switches == {"widowControl": "on", "kinsoku": "on", "overflowPunct": "on", "autoSpaceDE": "on", "autoSpaceDN": "on", "snapToGrid": "0"}


def test_words_are_divided_only_where_the_theme_says_so(sink, theme):
    document = page(story(sink, "Canal"), language="en")
    settings = part(made(document, theme("newspaper")), "word/settings.xml")
    styles = opened(document, theme("newspaper")).styles
    assert settings.find(qn("w:autoHyphenation")) is not None
    assert styles["Headline"].element.pPr.find(qn("w:suppressAutoHyphens")) is not None
    assert styles["Body Text"].element.pPr.find(qn("w:suppressAutoHyphens")) is None
    assert part(made(document, theme("reading")), "word/settings.xml").find(qn("w:autoHyphenation")) is None


def test_styles_and_sections_are_made_once_for_all_documents_of_a_theme_and_a_language(sink, theme, monkeypatch):
    openings = []
    monkeypatch.setattr(docx, "Document", lambda *given, real=docx.Document: openings.append(given) or real(*given))
    other = replace(theme("reading"), layout=replace(theme("reading").layout, gutter_pt=19.5))
    for text in ("甲", "乙", "丙"):
        made(page(story(sink, text)), other)
    made(page(story(sink, "Canal"), language="en"), other)
    assert openings == [(), ()]


def test_themes_of_one_name_keep_their_own_looks(sink, theme):
    document, styles = page(story(sink, "题")), theme("reading").styles
    larger = replace(theme("reading"), styles={**styles, Role.PARAGRAPH: replace(styles[Role.PARAGRAPH], size_pt=13.5)})
    sizes = [opened(document, look).styles["Body Text"].font.size.pt for look in (theme("reading"), larger, theme("reading"))]
    assert sizes == [10.5, 13.5, 10.5]


def test_only_the_styles_of_the_theme_are_in_the_file_and_none_of_the_template(sink, theme):
    word = opened(page(story(sink, "题")), theme("reading"))
    names = {style.name for style in word.styles}
    assert {"Normal", "Normal Table", "Default Paragraph Font", "No List", "Heading 1", "Headline"} <= names
    assert not {"Title", "List Bullet", "Table Grid", "Light Shading", "Heading 4"} & names
    assert len(list(word.styles.latent_styles)) == 0


def test_columns_may_stand_without_a_gutter(sink, theme):
    tight = replace(theme("newspaper"), layout=replace(theme("newspaper").layout, gutter_pt=0))
    body = opened(page(story(sink, "修渠")), tight).element.body
    assert {each.get(qn("w:space")) for each in body.iter(qn("w:cols"))} == {"0"}


def test_large_print_is_large_everywhere(sink, theme):
    styles = opened(sink.kitchen_sink(), theme("large-print")).styles
    own = [style for style in styles if style.type == 1 and style.font.size and style.name != "Spacer"]
    assert len(own) > 25
    assert [style.name for style in own if style.font.size.pt < 16] == []


def test_arabic_columns_follow_each_other_from_the_right(sink, theme):
    body = opened(page(story(sink, "خبر"), language="ar"), theme("newspaper")).element.body
    assert [each.find(qn("w:bidi")) is not None for each in body.iter(qn("w:sectPr"))] == [True] * 3


def test_in_arabic_a_foreign_word_is_a_run_of_its_own_from_left_to_right(sink, theme):
    text = "قالت شركة Qalam Books إنها تفتح 3 متاجر"
    runs = opened(page([sink.block(Role.PARAGRAPH, text)], language="ar"), theme("reading")).paragraphs[0].runs
    assert [(run.text, run._r.rPr is not None) for run in runs] == [("قالت شركة ", True), ("Qalam Books", False), (" إنها تفتح 3 متاجر", True)]


def test_in_english_an_arabic_word_is_a_run_of_its_own_from_right_to_left(sink, theme):
    runs = opened(page([sink.block(Role.PARAGRAPH, "The ferry (أمل) is back.")], language="en"), theme("reading")).paragraphs[0].runs
    assert [(run.text, bool(run.font.rtl)) for run in runs] == [("The ferry (", False), ("أمل", True), (") is back.", False)]


def test_an_english_article_in_an_arabic_paper_is_set_from_the_left(sink, theme):
    english = Article(id="a1", kind=Kind.NEWS, language="en", blocks=(sink.block(Role.PARAGRAPH, "The ferry is back."),))
    paragraph = opened(page(english, language="ar"), theme("reading")).paragraphs[0]
    assert paragraph._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "0"
    assert paragraph.runs[0].font.rtl is None


def test_a_date_in_an_arabic_running_head_is_kept_in_order_by_a_mark(sink, theme):
    issue = Issue(publication="صدى الميناء", date="2031-06-03")
    assert edges(made(page(story(sink, "خبر"), language="ar", issue=issue), theme("reading")))["headerReference", "default"] == "صدى الميناء · \u200e2031-06-03"


# Lists and tables


def items(word):
    return [(each.text, each._p.pPr.numPr.numId.val) for each in word.paragraphs if each.style.name == "List Item"]


@pytest.mark.parametrize("text", ["1. 自带水杯", "● 保持安静", "▼新设", "（二）保持安静", "③ 保持安静", "b) be quiet", "— no food", "12、靠右"])
def test_a_list_item_that_prints_its_sign_gets_no_other(sink, theme, text):
    word = opened(page([sink.block(Role.LIST_ITEM, text)]), theme("reading"))
    assert items(word) == [(text, 2)]
    signs = word.part.numbering_part.element.xpath("w:abstractNum[@w:abstractNumId='1']/w:lvl/w:lvlText/@w:val")
    assert signs == [""]


@pytest.mark.parametrize("text", ["自带水杯", "2031年开馆", "“安静”", "《春草》演出", "A quiet room", "（周一闭馆）"])
def test_a_list_item_without_a_sign_gets_a_bullet(sink, theme, text):
    word = opened(page([sink.block(Role.LIST_ITEM, text)]), theme("reading"))
    assert items(word) == [(text, 1)]
    assert word.part.numbering_part.element.xpath("w:abstractNum[@w:abstractNumId='0']/w:lvl/w:lvlText/@w:val") == ["•"]


def test_a_table_fills_its_column_and_shares_it_by_what_the_cells_hold(sink, theme):
    rows = (("站", "时间和说明"), ("青山", "六点十分开出"))
    block = sink.block(Role.TABLE, "站 时间和说明\n青山 六点十分开出", rows=rows)
    table = opened(page([block]), theme("reading")).tables[0]
    widths = [column.width.pt for column in table.columns]
    assert round(sum(widths)) == 451  # the page of 595 less two margins of 72
    assert widths[0] * 2.9 < widths[1] < widths[0] * 3.1
    assert (table.style.name, table.cell(0, 0).paragraphs[0].style.name) == ("Newspaper Table", "Table Cell")


def test_two_tables_in_a_row_stay_two(sink, theme):
    block = sink.block(Role.TABLE, "甲 乙", rows=(("甲", "乙"),))
    body = opened(page([block, block]), theme("reading")).element.body
    kinds = [etree.QName(each).localname for each in body if etree.QName(each).localname in ("tbl", "p")]
    assert "tbl tbl" not in " ".join(kinds)
    assert kinds.count("tbl") == 2


def test_a_table_wider_than_word_allows_keeps_its_lines(sink, theme):
    row = tuple(str(number) for number in range(64))
    word = opened(page([sink.block(Role.TABLE, " ".join(row), rows=(row,))]), theme("reading"))
    assert (word.tables, [each.text for each in word.paragraphs]) == ([], [" ".join(row)])


def test_the_readme_lists_every_style():
    readme = Path(broadsheet.writers.docx.__file__).with_name("README.md").read_text("utf-8")
    rows = re.findall(r"^\| (\w+) \| ([^|]+) \| ([^|]+) \|$", readme, re.MULTILINE)
    assert [row for row in rows if row[0] != "role"] == [(role.value, name, base) for role, (name, base) in PARAGRAPHS.items()]
