"""The HTML page: read back by lxml, checked by two validators that are not ours, its facts read as JSON."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from msgspec.structs import replace

from broadsheet.conversion import parse, read
from broadsheet.errors import UsageError
from broadsheet.model import Article, Asset, Code, Document, Issue, Kind, Mark, Role, SourceInfo
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet.themes import load_themes
from broadsheet.writers.html import HTML, HtmlOptions

THEMES = {theme.name: theme for theme in load_themes()}
SAMPLES = Path(__file__).parents[3] / "samples"
PNG = bytes.fromhex("89504e470d0a1a0a") + b"not looked at"
SHA = hashlib.sha256(PNG).hexdigest()


def markup(sink, document, context=None, **options):
    return sink.written(HTML, document, HtmlOptions(**options), context).decode("utf-8")


def tree(sink, document, context=None, **options):
    return lxml_html.document_fromstring(markup(sink, document, context, **options).encode(), lxml_html.HTMLParser(encoding="utf-8"))


def page(sink, *articles, furniture=(), assets=None, **facts):
    source = SourceInfo("pages/riverton.txt", "text/plain", "utf-8", "0" * 64, "")
    made = tuple(Article(id=f"a{n}", kind=Kind.NEWS, blocks=blocks) for n, blocks in enumerate(articles, 1))
    return Document(schema_version="1.0", source=source, articles=made, furniture=furniture, assets=assets or {}, **facts)


def under(theme_name):
    return Context(report=Report(), theme=THEMES[theme_name])


LEAVES = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td"}


def read_back(root):
    """The text of every block, in order, a line end for each `br`; what only presents the page is passed over."""
    found = []
    for element in root.find("body").iter():
        above = {each.tag for each in element.iterancestors()}
        if element.tag not in LEAVES or element.get("class") == "source" or not {"main", "footer"} & above:
            continue
        found.append(inside(element))
    return found


def inside(element):
    """The element's text with that of all it holds, a line end for each `br`."""
    held = ("\n" if each.tag == "br" else inside(each) for each in element)
    return (element.text or "") + "".join(text + (each.tail or "") for each, text in zip(element, held, strict=True))


def facts(root):
    return json.loads(root.xpath("//script[@type='application/ld+json']")[0].text)["@graph"]


def diagnosed(context):
    return [each.code for each in context.report.diagnostics]


# What the page holds


def test_every_block_of_the_kitchen_sink_is_read_back_exactly_and_in_order(sink):
    document = sink.kitchen_sink()
    expected = []
    for each in sink.set_texts(document):
        expected += re.split(r"[ \n]", each) if "312" in each else [each]  # a table is read cell by cell
    assert read_back(tree(sink, document)) == expected


def test_every_seed_page_is_read_back_exactly_and_in_order(sink, seed_pages, parsed):
    for path in seed_pages:
        document = parsed(path.read_bytes())
        assert read_back(tree(sink, document, under("newspaper"))) == sink.set_texts(document), path.stem


def test_the_page_is_made_of_the_elements_that_say_what_its_parts_are(sink):
    root = tree(sink, sink.kitchen_sink())
    assert [element.tag for element in root.find("body")] == ["header", "nav", "main", "footer"]
    assert [article.get("id") for article in root.iter("article")] == ["article-1", "article-2", "article-3", "article-4"]
    assert [(each.tag, each.get("class")) for each in root.iter("h1", "h2", "h3", "h4")] == [
        ("h1", None), ("h2", "headline close"), ("h3", "heading"), ("h4", "heading"), ("h2", "jump"), ("h2", "kicker"),
    ]
    assert root.xpath("string(//blockquote)").strip() == "“我每天都来。”"
    assert [len(row) for row in root.iter("tr")] == [2, 2]


def test_an_article_alone_has_the_first_heading_and_no_list_of_contents(sink):
    root = tree(sink, page(sink, (sink.block(Role.HEADLINE, "Bridge reopens"), sink.block(Role.HEADING, "Traffic"))))
    assert [(each.tag, each.text) for each in root.iter("h1", "h2", "h3")] == [("h1", "Bridge reopens"), ("h2", "Traffic")]
    assert list(root.iter("nav")) == []
    assert root.xpath("string(//title)") == "Bridge reopens"


def test_an_article_alone_says_where_it_was_printed(sink):
    document = page(sink, (sink.block(Role.HEADLINE, "Bridge reopens"),), issue=Issue(publication="The Post", date="2031-06-03"))
    root = tree(sink, document)
    assert [each.text for each in root.find_class("source")] == ["The Post · 2031-06-03"]
    assert list(root.find("body").iterchildren("header")) == []


def test_the_list_of_contents_leads_to_every_article(sink):
    root = tree(sink, sink.kitchen_sink())
    ids = {article.get("id") for article in root.iter("article")}
    links = [(each.get("href")[1:] in ids, each.text) for each in root.iterfind(".//nav//a")]
    assert links == [(True, "山城图书馆夜间开放 市民读书到十点"), (True, "（上接第1版）"), (True, "Around the county"), (True, "前后：没有标题的短文。")]
    assert list(tree(sink, sink.kitchen_sink(), contents="none").iter("nav")) == []


def test_the_halves_of_a_jumped_article_link_to_each_other(sink):
    root = tree(sink, sink.kitchen_sink())
    assert [(each.get("href"), each.text) for each in root.iterfind(".//main//a")] == [("#article-2", "（下转第4版）"), ("#article-1", "（上接第1版）")]


def test_a_printed_date_says_which_day_it_means(sink):
    line = "RIVERTON, June 3 — It rained."
    mark = Mark(role=Role.DATELINE, start=0, end=16, place="RIVERTON", date="June 3", date_iso="--06-03")
    root = tree(sink, page(sink, (sink.block(Role.PARAGRAPH, line, marks=(mark,)),), issue=Issue(publication="The Post", date="2031-06-03")))
    assert [(each.get("datetime"), each.text) for each in root.iter("time")] == [("2031-06-03", "2031-06-03"), ("06-03", "June 3")]


def test_the_page_and_an_article_of_another_language_say_theirs(sink):
    root = tree(sink, sink.kitchen_sink())
    assert (root.get("lang"), root.get("dir")) == ("zh-Hans", "ltr")
    assert [(each.get("lang"), each.get("dir")) for each in root.iter("article")] == [(None, None), (None, None), ("en", "ltr"), (None, None)]


def test_arabic_runs_from_right_to_left(sink):
    document = page(sink, (sink.block(Role.HEADLINE, "افتتاح الجسر"), sink.block(Role.PARAGRAPH, "أعيد فتح الجسر اليوم.")), language="ar")
    root = tree(sink, document)
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert read_back(root) == ["افتتاح الجسر", "أعيد فتح الجسر اليوم."]


def test_the_date_of_an_arabic_page_still_runs_from_left_to_right(sink):
    blocks = (sink.block(Role.HEADLINE, "افتتاح الجسر"),)
    root = tree(sink, page(sink, blocks, blocks, language="ar", issue=Issue(publication="صحيفة الميناء", date="2031-06-03")))
    assert dict(root.find(".//h1//time").attrib) == {"datetime": "2031-06-03", "dir": "ltr"}


def test_an_unknown_language_is_said_to_be_unknown(sink):
    assert tree(sink, sink.empty()).get("lang") == "und"
    assert tree(sink, replace(sink.empty(), language='x" onload="')).get("lang") == "und"


def test_a_page_that_prints_nothing_of_the_paper_is_called_by_its_file(sink):
    assert tree(sink, page(sink, (), ())).xpath("string(//h1)") == "riverton"


def test_furniture_is_left_out_only_when_asked_and_never_in_silence(sink):
    context = sink.context()
    assert "责编：周舟" not in markup(sink, sink.kitchen_sink(), context, furniture="none")
    assert diagnosed(context) == [Code.DEGRADED_ROLE]


def test_roles_are_left_out_only_when_asked_and_never_in_silence(sink):
    context = sink.context()
    root = tree(sink, sink.kitchen_sink(), context, leave_out=("headline", "caption", "credit"))
    assert list(root.iter("figure")) == []
    assert root.find(".//nav//a").text == "城市新闻"
    assert diagnosed(context) == [Code.DEGRADED_ROLE] * 3


# Pictures


def test_a_picture_is_inside_the_page_above_its_caption(sink):
    blocks = (sink.block(Role.CAPTION, 'The "new" bridge', image=SHA), sink.block(Role.CREDIT, "A. Quill"))
    document = page(sink, blocks, assets={SHA: Asset("image/png", "bridge.png", 640, 480)})
    context = Context(report=Report(), theme=THEMES["reading"], pictures={SHA: PNG})
    figure = tree(sink, document, context).find(".//figure")
    assert [each.tag for each in figure] == ["img", "figcaption"]
    assert dict(figure[0].attrib) == {
        "src": "data:image/png;base64,iVBORw0KGgpub3QgbG9va2VkIGF0", "alt": 'The "new" bridge', "width": "640", "height": "480",
    }
    assert [each.tag for each in tree(sink, document, context, pictures="none").find(".//figure")] == ["figcaption"]


def test_a_picture_that_nobody_gave_or_that_is_none_leaves_its_caption_alone(sink):
    document = page(sink, (sink.block(Role.CAPTION, "The bridge", image=SHA),), assets={SHA: Asset("text/html", "b.html", 1, 1)})
    assert list(tree(sink, document).iter("img")) == []
    assert list(tree(sink, document, Context(report=Report(), theme=THEMES["reading"], pictures={SHA: PNG})).iter("img")) == []


# Facts


def test_the_facts_of_an_article_are_those_that_the_page_prints(sink):
    blocks = (
        sink.block(Role.HEADLINE, "Bridge\nreopens"), sink.block(Role.SUBHEADLINE, "After two years"),
        sink.block(Role.BYLINE, "By Ann Quill and B. Reed", names=("Ann Quill", "B. Reed")),
        sink.block(Role.PARAGRAPH, "RIVERTON — It is open.", marks=(Mark(role=Role.DATELINE, start=0, end=8),), page="A4"),
    )
    document = page(sink, blocks, issue=Issue(publication="The Riverton Post", date="2031-06-03", page="A1", section="Metro"), language="en")
    assert facts(tree(sink, document)) == [{
        "@type": "NewsArticle", "@id": "#article-1", "headline": "Bridge reopens", "alternativeHeadline": "After two years",
        "author": [{"@type": "Person", "name": "Ann Quill"}, {"@type": "Person", "name": "B. Reed"}],
        "dateline": "RIVERTON", "datePublished": "2031-06-03", "inLanguage": "en",
        "isPartOf": {
            "@type": "PublicationIssue", "datePublished": "2031-06-03", "isPartOf": {"@type": "Newspaper", "name": "The Riverton Post"},
        },
        "pageStart": "A4", "printSection": "Metro",
    }]


def test_nothing_is_made_up_where_the_page_says_nothing(sink):
    assert facts(tree(sink, page(sink, (sink.block(Role.PARAGRAPH, "It is open."),)))) == [{"@type": "NewsArticle", "@id": "#article-1"}]
    never = page(sink, (sink.block(Role.PARAGRAPH, "It is open."),), issue=Issue(date="2031-02-30"))
    assert "datePublished" not in facts(tree(sink, never))[0]


def test_facts_cannot_end_the_script_that_they_stand_in(sink):
    title = "</script><script>alert(1)</script><!-- & ]]>"
    text = markup(sink, page(sink, (sink.block(Role.HEADLINE, title),)))
    assert text.count("<script") == 1
    assert text.count("</script") == 1
    assert facts(tree(sink, page(sink, (sink.block(Role.HEADLINE, title),))))[0]["headline"] == title


def test_no_script_runs_and_nothing_is_fetched(sink):
    root = tree(sink, sink.kitchen_sink())
    assert [each.get("type") for each in root.iter("script")] == ["application/ld+json"]
    assert list(root.iter("link", "iframe", "object", "form")) == []
    policy = root.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    digest = hashlib.sha256(root.xpath("string(//script)").encode()).digest()
    assert policy == f"default-src 'none'; script-src 'sha256-{__import__('base64').b64encode(digest).decode()}'; style-src 'unsafe-inline'; img-src data:"


# Looks


def test_the_writer_needs_a_theme(sink):
    with pytest.raises(UsageError, match="needs a theme"):
        markup(sink, sink.empty(), Context(report=Report()))


def test_every_role_of_the_theme_has_its_rule_and_black_is_left_to_the_reader(sink):
    style = tree(sink, sink.kitchen_sink(), under("reading")).xpath("string(//style)")
    assert [role for role in Role if f"\n.{role} {{" not in style] == []
    assert "color-scheme: light dark" in style
    assert "#000000" not in style


def test_large_print_is_larger_than_the_reader_is_used_to_and_on_paper_as_large_as_it_says(sink):
    style = tree(sink, sink.kitchen_sink(), under("large-print")).xpath("string(//style)")
    size = f"{THEMES['large-print'].styles[Role.PARAGRAPH].size_pt:g}pt"
    assert f"font-size: max(100%, {size})" in style
    assert f"@media print {{ :root {{ font-size: {size}; }}" in style


@pytest.mark.parametrize(("language", "page_name"), [("zh-Hans", "第3版"), ("en", "page 3"), ("de", "Seite 3")])
def test_the_page_is_called_what_its_language_calls_it(sink, language, page_name):
    two = (sink.block(Role.PARAGRAPH, "甲。"),), (sink.block(Role.PARAGRAPH, "乙。"),)
    root = tree(sink, page(sink, *two, language=language, issue=Issue(date="2031-06-03", page="3")))
    assert root.find(".//h1").text_content() == f"2031-06-03 · {page_name}"


def test_short_articles_in_a_row_share_columns_as_briefs_with_smaller_titles(sink):
    def article(title, text):
        return sink.block(Role.HEADLINE, title), sink.block(Role.PARAGRAPH, text)

    long, short = "桥通了，人来了。" * 200, "桥通了。"
    document = page(sink, article("甲", long), article("乙", short), article("丙", short), article("丁", long), article("戊", short), language="zh-Hans")
    root = tree(sink, document, under("newspaper"))
    assert [[head.text for head in child.iter("h2")] for child in root.find(".//main")] == [["甲"], ["乙", "丙"], ["丁"], ["戊"]]
    assert [child.get("class") for child in root.find(".//main")] == ["kind-news", "briefs", "kind-news", "kind-news"]
    titles = dict(re.findall(r"^(.*\.headline) \{ font-size: ([\d.]+)em", root.xpath("string(//style)"), re.MULTILINE))
    assert float(titles[".briefs .headline"]) < float(titles[".headline"]) < float(titles["main > article:first-child:not(:only-child) .headline"])
    assert tree(sink, document, under("reading")).find_class("briefs") == []


def test_a_newspaper_has_its_name_over_it_and_its_first_headline_is_the_largest(sink):
    root = tree(sink, sink.kitchen_sink(), under("newspaper"))
    style = root.xpath("string(//style)")
    assert [(each.get("class"), each.text_content()) for each in root.find(".//h1")] == [("publication", "山城晚报"), ("facts", "2031-06-03 · 第1版")]
    assert ".publication { display: block;" in style
    assert "article:first-child:not(:only-child) .headline {" in style
    assert "display: block; font: bold" not in tree(sink, sink.kitchen_sink(), under("reading")).xpath("string(//style)")


def test_a_newspaper_stands_in_columns_and_a_cutting_says_where_it_was_printed(sink):
    newspaper = tree(sink, sink.kitchen_sink(), under("newspaper"))
    assert "columns: 3 " in newspaper.xpath("string(//style)")
    assert newspaper.find_class("source") == []
    cuttings = tree(sink, sink.kitchen_sink(), under("clipping"))
    assert cuttings.find_class("source")[0].text == "山城晚报 · 2031-06-03 · 第1版"
    assert "break-before: page" in cuttings.xpath("string(//style)")


# Validators


def program(name):
    """A program of npm, on PATH or in a folder's `node_modules/.bin` that BROADSHEET_NODE names; without it the test is skipped."""
    folder = os.environ.get("BROADSHEET_NODE")
    found = shutil.which(name, path=f"{folder}/node_modules/.bin") if folder else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed (npm install html-validate vnu-jar; BROADSHEET_NODE=the folder)")
    return found


@pytest.fixture(scope="module")
def pages(sink, tmp_path_factory):
    """Samples, the kitchen sink, hostile text, Arabic, nothing at all, with pictures and under every theme, as files of one folder."""
    folder = tmp_path_factory.mktemp("html")
    hostile = tuple((sink.block(Role.HEADLINE, sink.HOSTILE), sink.block(role, sink.HOSTILE)) for role in Role if role not in {Role.RUN_IN, Role.CONTINUED})
    picture = (sink.block(Role.HEADLINE, "桥"), sink.block(Role.CAPTION, "桥", image=SHA), sink.block(Role.HEADING, "路", level=3))
    mark = Mark(role=Role.DATELINE, start=0, end=16, place="RIVERTON", date="June 3", date_iso="--06-03")
    dated = (sink.block(Role.HEADLINE, "It rained"), sink.block(Role.PARAGRAPH, "RIVERTON, June 3 — It rained.", marks=(mark,), page="1"))
    documents = {
        "dated": page(sink, dated, dated, issue=Issue(publication="The Post", date="2031-06-03", page="A1"), language="en"),
        "sink": sink.kitchen_sink(control="\0\x0c\x85\ufdd0"), "empty": sink.empty(), "hostile": page(sink, *hostile, language="en"),
        "untitled": page(sink, (sink.block(Role.HEADING, "路"), sink.block(Role.PARAGRAPH, "通了"))), "none": page(sink, (), ()),
        "picture": page(sink, picture, picture, assets={SHA: Asset("image/png", "b.png", 8, 8)}, language="zh-Hans"),
        "arabic": page(sink, (sink.block(Role.HEADLINE, "افتتاح الجسر"), sink.block(Role.PARAGRAPH, "أعيد فتح الجسر.")), language="ar"),
        **{path.stem: parse(read(path)) for path in sorted(SAMPLES.glob("*.txt"))},
    }
    for name, document in documents.items():
        for theme in THEMES.values():
            context = Context(report=Report(), theme=theme, pictures={SHA: PNG})
            (folder / f"{name}-{theme.name}.html").write_bytes(sink.written(HTML, document, into=context))
    (folder / "plain.html").write_text(markup(sink, documents["sink"], contents="none", pictures="none", furniture="none"), "utf-8")
    return folder


def test_html_validate_finds_nothing(pages):
    # No headline is cut, however long a title search engines wish for.
    done = subprocess.run([program("html-validate"), "--preset=recommended", "--rule=long-title:off", str(pages)], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_nu_checker_finds_no_error(pages):
    done = subprocess.run([program("vnu"), "--errors-only", "--format", "gnu", str(pages)], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


# Hostile text


PIECES = st.sampled_from([
    *"<>&\"'/ =!-a1中，“”\t\n\u3000\u200b\u202e\ufeff😀\u0301\u2028", "</p>", "<br/>", "<script>", "</script>", "</style>", "]]>", "<!--", "&amp;", "&#13;", "\n\n",
])
TEXTS = st.lists(PIECES, min_size=1, max_size=16).map("".join)
ROLES = st.sampled_from([role for role in Role if role not in {Role.RUN_IN, Role.CONTINUED, Role.TABLE}])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(ROLES, TEXTS), min_size=1, max_size=5))
def test_any_text_in_any_role_is_read_back_exactly(sink, blocks):
    made = tuple(sink.block(role, text) for role, text in blocks)
    assert read_back(tree(sink, page(sink, made))) == [text for _, text in blocks]


def test_a_paragraph_of_ten_thousand_words_and_a_word_of_three_thousand_letters_are_read_back_exactly(sink):
    texts = ["<word> & more " * 5_000 + "end", "&amp;" * 600]
    assert read_back(tree(sink, page(sink, tuple(sink.block(Role.PARAGRAPH, text) for text in texts)))) == texts


def test_characters_that_no_page_can_hold_are_shown_and_said_once(sink):
    context = sink.context()
    document = page(sink, (sink.block(Role.PARAGRAPH, "前\x00\x0b\x85\ud800\ufdd0后"),), issue=Issue(publication="\x01报"))
    root = tree(sink, document, context)
    assert read_back(root) == ["前\ufffd\ufffd\ufffd\ufffd\ufffd后"]
    assert root.xpath("string(//title)") == "\ufffd报"
    assert diagnosed(context) == [Code.CONTROL_CHARACTERS]


def test_two_thousand_articles_are_there_and_four_times_the_articles_take_about_four_times_as_long(sink):
    def seconds(count):
        blocks = [(sink.block(Role.HEADLINE, f"Story {n}"), *[sink.block(Role.PARAGRAPH, "A <b>line</b> & another. " * 30)] * 3) for n in range(count)]
        document = page(sink, *blocks)
        began = time.process_time()
        text = markup(sink, document)
        assert text.count("<article ") == count
        return time.process_time() - began

    small, large = min(seconds(500) for _ in range(3)), min(seconds(2_000) for _ in range(3))
    assert large < 8 * small
