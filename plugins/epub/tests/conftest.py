"""The documents of the tests, and a reader of EPUB that is zipfile's and lxml's, not ours."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import struct
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from lxml import etree

PLUGIN = Path(__file__).resolve().parents[1]
KITCHEN_SINK = PLUGIN.parents[1] / "tests" / "unit" / "writers" / "kitchen_sink.py"

if importlib.util.find_spec("broadsheet_epub") is None:
    sys.path.insert(0, str(PLUGIN / "src"))

from broadsheet.model import SCHEMA_VERSION, Article, Asset, Document, Issue, Kind, Role, SourceInfo  # noqa: E402
from broadsheet.plugin import Context  # noqa: E402
from broadsheet.report import Report  # noqa: E402
from broadsheet_epub import EPUB, EpubOptions  # noqa: E402

NS = {
    "x": "http://www.w3.org/1999/xhtml", "o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/",
    "n": "http://www.daisy.org/z3986/2005/ncx/", "epub": "http://www.idpf.org/2007/ops",
}


@pytest.fixture(scope="session")
def sink():
    """The module `kitchen_sink`, loaded by its path."""
    spec = importlib.util.spec_from_file_location("kitchen_sink", KITCHEN_SINK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Opened:
    """An EPUB file, read by others."""

    def __init__(self, data):
        self.data = data
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.package = self.tree("content.opf")

    def tree(self, name):
        return etree.fromstring(self.archive.read(f"EPUB/{name}"))

    def text(self, name):
        return self.archive.read(f"EPUB/{name}").decode()

    @property
    def files(self):
        return {name.removeprefix("EPUB/") for name in self.archive.namelist()}

    @property
    def spine(self):
        """What is read, in order, with whether it is linear."""
        files = {item.get("id"): item.get("href") for item in self.package.iterfind(".//o:item", NS)}
        return [(files[each.get("idref")], each.get("linear", "yes")) for each in self.package.iterfind(".//o:itemref", NS)]

    def chapters(self):
        """The articles and the furniture, in the order of the spine."""
        return [self.tree(file) for file, _ in self.spine if file not in {"cover.xhtml", "nav.xhtml"}]

    def texts(self):
        """The text of every block, in order, its line breaks as line ends."""
        found = "//x:p|//x:h1|//x:h2|//x:h3|//x:h4|//x:h5|//x:h6|//x:li|//x:td"
        return [text_of(each) for tree in self.chapters() for each in tree.xpath(found, namespaces=NS)]

    def dublin(self, name):
        return [each.text for each in self.package.iterfind(f".//dc:{name}", NS)]

    def said(self, name):
        return [each.text for each in self.package.iterfind(".//o:meta", NS) if each.get("property") == name]

    def nav(self, kind):
        """The entries of one list of the navigation document: title and address."""
        links = self.tree("nav.xhtml").xpath(f"//x:nav[@epub:type='{kind}']//x:a", namespaces=NS)
        return [(link.text, link.get("href")) for link in links]


def text_of(element):
    """An element's text, its line breaks as line ends."""
    pieces = [element.text or ""]
    for child in element:
        pieces += ["\n"] if child.tag.endswith("}br") else []
        pieces += [text_of(child), child.tail or ""]
    return "".join(pieces)


@pytest.fixture(scope="session")
def opened(sink):
    """A document as an EPUB file; options by name, `into` for a context of one's own."""

    def call(document, into=None, **options):
        return Opened(sink.written(EPUB, document, EpubOptions(**options), into))

    return call


@pytest.fixture(scope="session")
def page(sink):
    """A document of one article, of these blocks."""

    def call(*blocks, language=None, issue=None, more=(), assets=None, kind=Kind.NEWS):
        return Document(
            schema_version=SCHEMA_VERSION, source=SourceInfo("page.txt", "text/plain", "utf-8", "0" * 64, ""), language=language,
            issue=issue or Issue(), articles=(Article(id="a1", kind=kind, blocks=blocks), *more), assets=assets or {},
        )

    return call


def _png(width, height):
    rows = b"".join(b"\0" + bytes((x + y) % 256 for x in range(width)) for y in range(height))
    chunks = ((b"IHDR", struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


PICTURE = _png(64, 48)
SHA256 = hashlib.sha256(PICTURE).hexdigest()
ASSETS = {SHA256: Asset("image/png", "bridge.png", 64, 48)}


@pytest.fixture(scope="session")
def picture():
    """A small PNG: its sha256, its bytes, and the assets of a document that names it."""
    return SHA256, PICTURE, ASSETS


@pytest.fixture
def context(sink):
    """A context that has the picture at hand, and whose report can be read afterwards."""
    return Context(report=Report(), theme=sink.theme(), pictures={SHA256: PICTURE})


@pytest.fixture(scope="session")
def arabic(sink, page):
    """A page from right to left, with numbers, a picture, an interview, and a second page."""
    block = sink.block
    return page(
        block(Role.KICKER, "النقل", page="1"), block(Role.HEADLINE, "افتتاح جسر جديد في المدينة", page="1"),
        block(Role.BYLINE, "كتب سامي النهري", names=("سامي النهري",)),
        block(Role.PARAGRAPH, "الرياض - افتتح الجسر يوم 3 يونيو 2031 بتكلفة 12.5 مليون (بعد عامين).", lead=True, date="3 يونيو 2031", date_iso="2031-06-03"),
        block(Role.CAPTION, "الجسر صباح أمس.", image=SHA256), block(Role.CREDIT, "تصوير: ليلى"),
        block(Role.QUESTION, "س: متى يفتح؟"), block(Role.ANSWER, "ج: غدا."), block(Role.PARAGRAPH, "نص في الصفحة التالية.", page="2"),
        language="ar", issue=Issue(publication="صحيفة النهر", date="2031-06-03"), assets=ASSETS,
    )


@pytest.fixture(scope="session")
def japanese(sink, page):
    """A page whose lines may run downwards, with numbers of every length, verse and a table; and a brief in English."""
    block = sink.block
    brief = Article(id="a2", kind=Kind.BRIEF, language="en", blocks=(
        block(Role.HEADLINE, "A brief in English"), block(Role.PARAGRAPH, "“It reads across in 2031,” she said."),
    ))
    return page(
        block(Role.KICKER, "まちの話題"), block(Role.HEADLINE, "新しい橋が開通\n二年ぶりに往来", glue=("\n",)),
        block(Role.BYLINE, "川田 渡", names=("川田渡",)),
        block(Role.PARAGRAPH, "【青川＝川田渡】青川大橋が3日、2031年春より12日早く開通した。総工費は12.5億円――USBカメラも。", lead=True),
        block(Role.HEADING, "朝から行列", level=1), block(Role.PARAGRAPH, "約300人が並んだ。電話は0120-123456。"),
        block(Role.CAPTION, "渡り初め（3日）", image=SHA256), block(Role.CREDIT, "川田渡撮影"), block(Role.QUOTE, "「橋は町の背骨だ」"),
        block(Role.VERSE, "春の川\n渡る人みな", glue=("\n",)), block(Role.TABLE, "年 人数\n2030 120", rows=(("年", "人数"), ("2030", "120")), glue=("\n",)),
        language="ja", issue=Issue(publication="青川新聞", date="2031-06-03", page="1"), more=(brief,), assets=ASSETS,
    )


@pytest.fixture(scope="session")
def hostile(sink, page):
    """What a writer may choke on: XML specials, long and unbroken texts, controls, turned text, marks at the edges."""
    block = sink.block
    text = sink.HOSTILE
    return page(
        block(Role.HEADLINE, f"{text}\0"), block(Role.BYLINE, text, names=(text, "\ud800")), block(Role.PARAGRAPH, " ".join(f"word{n}" for n in range(10_000))),
        block(Role.PARAGRAPH, "x" * 3000), block(Role.VERSE, "\r\n\n\r"), block(Role.TABLE, text, rows=((text,),)), block(Role.CAPTION, text, image="no such"),
        block(Role.PARAGRAPH, "\u202e\u2067]]><![CDATA[&#0;&bogus;\x85\u2028\ufdd0\x9f", page='"<1>&'), block(Role.LIST_ITEM, "<script>alert(1)</script>"),
        language="x-\ud800", issue=Issue(publication=text, date="2031-02-30", page="]]>", edition="\x0b"),
    )
