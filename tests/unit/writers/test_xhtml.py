"""An article as markup: read back by lxml and by Python's own HTML parser."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from lxml import etree

from broadsheet.model import Article, Kind, Mark, Role
from broadsheet.views import set_blocks
from broadsheet.writers.xhtml import (
    PageBreak,
    Picture,
    Surroundings,
    article_class,
    article_markup,
    machine_date,
    page_breaks,
    reading_direction,
)

BARE = Surroundings(links={}, pictures={})
EPUB = 'xmlns:epub="http://www.idpf.org/2007/ops"'


def markup(*blocks, around=BARE, breaks=None):
    return article_markup(blocks, around, breaks or {})


def tree(*blocks, around=BARE, breaks=None):
    return etree.fromstring(f"<article {EPUB}>{markup(*blocks, around=around, breaks=breaks)}</article>")


def shape(element):
    """Tags and classes as nested lists, for a person to read."""
    name = f"{element.tag}.{element.get('class')}" if element.get("class") else element.tag
    return [name, *(shape(child) for child in element)] if len(element) else name


def test_titles_and_the_byline_stand_in_the_header(sink):
    found = tree(
        sink.block(Role.KICKER, "River"), sink.block(Role.HEADLINE, "Bridge reopens"), sink.block(Role.SUBHEADLINE, "After two years"),
        sink.block(Role.BYLINE, "By Ann Quill"), sink.block(Role.PARAGRAPH, "It is open.", lead=True),
    )
    assert shape(found) == ["article", ["header", "p.kicker", "h1.headline close", "p.subheadline close", "p.byline close"], "p.paragraph lead"]
    assert [each.get("role") for each in found[0]] == [None, None, "doc-subtitle", None]


def test_what_belongs_together_is_in_one_element(sink):
    found = tree(
        sink.block(Role.LIST_ITEM, "one"), sink.block(Role.LIST_ITEM, "two"), sink.block(Role.QUESTION, "Why?"), sink.block(Role.ANSWER, "So."),
        sink.block(Role.QUOTE, "“Well.”"), sink.block(Role.CAPTION, "The bridge."), sink.block(Role.CREDIT, "A. Quill"), sink.block(Role.CREDIT, "B. Ink"),
        sink.block(Role.CAPTION, "The river."), sink.block(Role.PARAGRAPH, "Text."), sink.block(Role.CREDIT, "C. Wash"),
    )
    assert shape(found) == [
        "article", ["ul", "li.list_item", "li.list_item"], ["div", "p.question", "p.answer"], ["blockquote", "p.quote"],
        ["figure", ["figcaption", "p.caption", "p.credit", "p.credit"]], ["figure", ["figcaption", "p.caption"]], "p.paragraph", "p.credit",
    ]


def test_headings_go_down_one_level_at_a_time_and_never_below_six(sink):
    levels = (2, 1, 2, 3, 4, 5, 6, 9, 1)
    found = tree(sink.block(Role.HEADLINE, "H"), *(sink.block(Role.HEADING, "h", level=level) for level in levels))
    assert [each.tag for each in found.iter() if each.tag.startswith("h") and each.tag != "header"] == [
        "h1", "h2", "h2", "h3", "h4", "h5", "h6", "h6", "h6", "h2",
    ]
    below = tree(sink.block(Role.HEADLINE, "H"), sink.block(Role.HEADING, "h"), around=Surroundings(links={}, pictures={}, headline_level=2))
    assert [each.tag for each in below.iter()] == ["article", "header", "h2", "h3"]


def test_a_picture_stands_above_its_caption_which_is_its_alternative_text_and_only_once(sink):
    caption = sink.block(Role.CAPTION, 'The "new"\nbridge', image="ab")
    around = Surroundings(links={}, pictures={"ab": Picture("ab.jpeg", 640, 480)})
    found = tree(caption, sink.block(Role.CREDIT, "A. Quill"), caption, around=around)
    image = found.find("figure/img")
    assert dict(image.attrib) == {"src": "ab.jpeg", "alt": 'The "new" bridge', "width": "640", "height": "480"}
    assert shape(found) == [
        "article", ["figure", "img", ["figcaption", ["p.caption", "br"], "p.credit"]], ["figure", ["figcaption", ["p.caption", "br"]]],
    ]
    assert shape(tree(caption)) == ["article", ["figure", ["figcaption", ["p.caption", "br"]]]]


def test_a_printed_date_says_which_day_it_means(sink):
    text = "RIVERTON, June 3 — It rained."
    marked = sink.block(Role.PARAGRAPH, text, marks=(Mark(role=Role.DATELINE, start=0, end=16, date="June 3", date_iso="--06-03"),))
    (span,) = tree(marked)[0]
    assert (span.get("class"), span.text, span[0].tag, span[0].get("datetime"), span[0].text) == ("mark dateline", "RIVERTON, ", "time", "06-03", "June 3")
    whole = tree(sink.block(Role.SIGN_OFF, "Riverton, 3 June 2031.", date="3 June 2031", date_iso="2031-06-03"))[0]
    assert (whole[0].get("datetime"), whole[0].text, whole[0].tail) == ("2031-06-03", "3 June 2031", ".")


@pytest.mark.parametrize(("iso", "day"), [
    ("2031-06-03", "2031-06-03"), ("--02-29", "02-29"), ("2031-02-29", None), ("--02-30", None), ("June", None), ("", None), (None, None),
])
def test_a_day_that_never_was_is_no_date(iso, day):
    assert machine_date(iso) == day


def test_jumps_are_links_to_the_other_half_where_there_is_one(sink):
    text = "It goes on. (See page 4)"
    block = sink.block(Role.PARAGRAPH, text, marks=(Mark(role=Role.JUMP, start=12, end=24, direction="to", article="a2"),))
    link = tree(block, around=Surroundings(links={"a2": "article-0002.xhtml"}, pictures={})).find("p/a")
    assert (link.get("href"), link.get("class"), link.text) == ("article-0002.xhtml", "mark jump", "(See page 4)")
    assert tree(block).find("p/span").get("class") == "mark jump"
    alone = tree(sink.block(Role.JUMP, "From page 1", article="a1"), around=Surroundings(links={"a1": "#a1"}, pictures={}))
    assert alone.find("header/h1/a").get("href") == "#a1"


def test_a_page_begins_at_the_first_block_that_stands_on_it(sink):
    first = (sink.block(Role.HEADLINE, "A", page="1"), sink.block(Role.PARAGRAPH, "a", page="1"), sink.block(Role.JUMP, "See page 4", page="4"))
    second = (sink.block(Role.LIST_ITEM, "b", page="B2"), sink.block(Role.LIST_ITEM, "c", page="4"), sink.block(Role.PARAGRAPH, "d", page="1"))
    breaks = page_breaks([first, second])
    assert breaks == [{0: PageBreak("page-1", "1")}, {0: PageBreak("page-2", "B2"), 1: PageBreak("page-3", "4")}]
    found = tree(*second, breaks=breaks[1])
    assert shape(found) == ["article", ["ul", ["li.list_item", "span"], ["li.list_item", "span"]], "p.paragraph"]
    spans = list(found.iter("span"))
    assert [(each.get("id"), each.get("role"), each.get("aria-label")) for each in spans] == [
        ("page-2", "doc-pagebreak", "B2"), ("page-3", "doc-pagebreak", "4"),
    ]
    assert not any("epub" in name for each in spans for name in each.attrib)
    marked = tree(*first, breaks=breaks[0], around=Surroundings(links={}, pictures={}, epub=True))
    assert marked.find("header/span").get("{http://www.idpf.org/2007/ops}type") == "pagebreak"


def test_the_first_page_is_called_what_the_paper_calls_it(sink):
    one, two, unpaged = sink.block(Role.PARAGRAPH, "a", page="1"), sink.block(Role.PARAGRAPH, "b", page="2"), sink.block(Role.PARAGRAPH, "c")
    assert page_breaks([(one, two)], "A1") == [{0: PageBreak("page-1", "A1"), 1: PageBreak("page-2", "2")}]
    assert page_breaks([(), (unpaged,)], "A1") == [{}, {0: PageBreak("page-1", "A1")}]
    assert page_breaks([(unpaged,)]) == [{}]
    assert page_breaks([()], "A1") == [{}]


@pytest.mark.parametrize(("title", "clauses"), [
    ("小院里的“共享药房” 守护山村夜里的灯", ["小院里的", "“共享药房”", "守护山村夜里的灯"]),
    ("省政府印发《冷链建设行动方案》", ["省政府印发", "《冷链建设行动方案》"]),
    ("药从哪里来：一个柜子连着县医院", ["药从哪里来：", "一个柜子连着县医院"]),
    ("扭亏要过“三关”了", ["扭亏要过", "“三关”了"]),
    ("「移動図書館」40年で最後の列", ["「移動図書館」", "40年で最後の列"]),
    ("两年铺设　三遇台风\n千里海缆送光明", ["两年铺设", "三遇台风", "千里海缆送光明"]),
    ("城南旧巷改造完成", []), ("——来自山区的报告", []), ("他说“好", []), ("Bridge “opens”, at last", []), ("《甲》）", []), pytest.param("中" + "“" * 100_000, [], id="too long for a title"),
])
def test_chinese_and_japanese_titles_are_in_clauses_so_that_their_lines_end_where_they_pause(sink, title, clauses):
    headline = tree(sink.block(Role.HEADLINE, title), sink.block(Role.PARAGRAPH, title)).find(".//h1")
    assert [span.text for span in headline.iter("span")] == clauses
    assert "".join(headline.itertext()) == title.replace("\n", "")


def test_a_paragraph_that_goes_on_in_mid_sentence_is_no_new_one(sink):
    resumed = sink.block(Role.PARAGRAPH, "and left.", marks=(Mark(role=Role.CONTINUED, start=0, end=9),))
    assert shape(tree(resumed, sink.block(Role.PARAGRAPH, "Then he came."))) == ["article", ["p.paragraph resumed", "span.mark continued"], "p.paragraph"]


@pytest.mark.parametrize(("language", "found"), [("zh-Hans", "kind-news"), ("ja", "kind-news"), ("ko", "kind-news worded"), ("en-GB", "kind-news lettered")])
def test_an_articles_class_says_how_its_language_is_set(language, found):
    assert article_class("news", language) == found


def test_short_numbers_of_vertical_lines_have_a_class_and_no_others(sink):
    text = "6月3日、2031年、12.5億、1,250円、10時、USB3、3D、A4、120000人、9:00、&3;"
    around = Surroundings(links={}, pictures={}, vertical=True)
    found = [(span.get("class"), span.text) for span in tree(sink.block(Role.PARAGRAPH, text), around=around).iter("span")]
    assert found == [("abreast", "6"), ("abreast", "3"), ("upright", "2031"), ("abreast", "10")]


def test_a_table_whose_columns_are_understood_is_a_table_and_every_row_is_as_long(sink):
    found = tree(sink.block(Role.TABLE, "a b\nc", rows=(("a", "b"), ("c",))))
    assert [[cell.text for cell in row] for row in found.iter("tr")] == [["a", "b"], ["c", None]]
    assert shape(tree(sink.block(Role.TABLE, "a b\nc"))) == ["article", ["p.table", "br"]]


class _Reader(HTMLParser):
    """Collects the text of every block, its breaks as line ends, as an HTML reader (not an XML one) sees it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts = []

    def handle_starttag(self, tag, attrs):
        if tag in {"p", "li", "td", "h1", "h2", "h3"}:
            self.texts.append("")
        elif tag == "br":
            self.texts[-1] += "\n"

    def handle_data(self, data):
        if self.texts:
            self.texts[-1] += data


def test_an_html_reader_gets_every_text_back_too(sink):
    document = sink.kitchen_sink()
    for article in document.articles:
        reader = _Reader()
        reader.feed(article_markup(set_blocks(article), BARE, {}))
        texts = [text.removesuffix("\n") for text in reader.texts]
        wanted = [each.text for each in set_blocks(article)]
        table = "时间 人数\n周一 312"
        if table in wanted:
            at = wanted.index(table)
            wanted[at : at + 1] = ["时间", "人数", "周一", "312"]
        assert [text.rstrip("\n") for text in texts] == wanted


def test_nothing_in_is_nothing_out():
    assert article_markup(set_blocks(Article(id="a1", kind=Kind.NEWS, blocks=())), BARE, {}) == "\n"


@pytest.mark.parametrize(("tag", "direction"), [("ar", "rtl"), ("he-IL", "rtl"), ("zh-Hans", "ltr"), ("arn", "ltr"), (None, "ltr")])
def test_the_direction_of_a_language(tag, direction):
    assert reading_direction(tag) == direction
