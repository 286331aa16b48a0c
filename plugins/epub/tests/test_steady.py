"""The same document gives the same bytes, in time that grows with it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import broadsheet_epub
from broadsheet.model import Article, Kind, Role
from broadsheet_epub import EPUB, EpubOptions

SCRIPT = """
import hashlib, sys, time
now = float(sys.argv.pop(1))
time.time = lambda: now
sys.path[:0] = sys.argv[1:]
import broadsheet_epub
print(sorted({"ebooklib", "lxml", "uharfbuzz"} & set(sys.modules)))
import kitchen_sink as sink
for options in ({}, {"direction": "vertical", "fonts": True}):
    book = sink.written(broadsheet_epub.EPUB, sink.kitchen_sink(control="\\0"), broadsheet_epub.EpubOptions(**options))
    print(hashlib.sha256(book).hexdigest())
"""


def test_two_processes_write_the_same_bytes_and_load_libraries_only_to_write(sink):
    folders = [str(Path(broadsheet_epub.__file__).parents[1]), str(Path(sink.__file__).parent)]
    said = []
    for seed, zone, tongue, clock in (("1", "UTC", "C", "1"), ("4242", "Asia/Shanghai", "C.UTF-8", "2051222400")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": tongue, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run([sys.executable, "-c", SCRIPT, clock, *folders], env=environment, check=True, capture_output=True, text=True)
        said.append(done.stdout.splitlines())
    here = [
        hashlib.sha256(sink.written(EPUB, sink.kitchen_sink(control="\0"), EpubOptions(**options))).hexdigest()
        for options in ({}, {"direction": "vertical", "fonts": True})
    ]
    assert said == [["[]", *here]] * 2


def test_two_thousand_articles_are_two_thousand_chapters(sink, opened, page):
    book = opened(many(sink, page, 2000))
    assert len(book.chapters()) == 2000
    assert len(book.nav("toc")) == 2000
    assert book.texts()[-1] == "第1999条的正文。" * 20


def test_the_time_grows_with_the_document_and_no_faster(sink, page):
    def seconds(articles):
        document = many(sink, page, articles)
        best = []
        for _ in range(3):
            start = time.process_time()
            sink.written(EPUB, document)
            best.append(time.process_time() - start)
        return min(best)

    seconds(10)
    assert seconds(4000) < 8 * seconds(1000)


def many(sink, page, count):
    articles = tuple(
        Article(id=f"a{n}", kind=Kind.BRIEF, blocks=(sink.block(Role.HEADLINE, f"第{n}条"), sink.block(Role.PARAGRAPH, f"第{n}条的正文。" * 20)))
        for n in range(1, count)
    )
    return page(sink.block(Role.HEADLINE, "第一条"), sink.block(Role.PARAGRAPH, "开头。"), language="zh-Hans", more=articles)
