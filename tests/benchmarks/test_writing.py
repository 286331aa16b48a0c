"""The benchmark of writing runs, on pages that are what it says they are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import writing


@pytest.fixture
def pages():
    return writing.documents("Chinese", 4, 2_000)


def test_it_prints_a_row_for_every_format_in_both_tables(capsys, monkeypatch):
    monkeypatch.setattr(writing, "PAGE_BYTES", 2_000)
    writing.main(["--pages", "1", "--megabytes", "0.01", "--runs", "1"])
    short, long = capsys.readouterr().out.split("One page of 0.01 MB")
    assert tuple(line.split(" ")[0] for line in short.splitlines()[3:] if line) == writing.FORMATS
    assert tuple(line.split(" ")[0] for line in long.splitlines()[3:] if line) == writing.LONG_FORMATS


def test_pages_are_as_long_as_asked_and_no_two_are_alike(pages):
    texts = [page.source.text for page in pages]
    assert len(set(texts)) == 4
    assert all(2_000 <= len(text.encode()) < 6_000 for text in texts)


def test_every_run_writes_pages_of_its_own(pages):
    written = []
    writing.each(lambda page: written.append(id(page)), [*pages, *writing.documents("English", 3, 2_000)], 3)
    assert len(written) == 7
    assert len(set(written)) == 7


def test_others_are_given_every_block_of_the_page(pages):
    import re

    given = writing.markdown(pages[0])
    assert given.count("# ") == sum(role is writing.Role.HEADLINE for role, _ in writing.blocks(pages[0])) > 0
    set_by_typst = re.sub(r"\\(.)", r"\1", writing.typst_source(pages[0]))
    for _, text in writing.blocks(pages[0]):
        assert text in given
        assert text in set_by_typst


def test_typst_sets_the_text_that_it_is_given_in_our_font(pages):
    typst = pytest.importorskip("typst", reason="typst is not installed (pip install 'broadsheet[benchmark]')")
    pypdfium2 = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    import pylopdf_fonts_zh_cn

    fonts = typst.Fonts(font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)], include_system_fonts=False)
    with pypdfium2.PdfDocument(typst.compile(writing.typst_source(pages[0]).encode(), font_paths=fonts, format="pdf")) as pdf:
        shown = "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)
    assert all("".join(text.split()) in shown for _, text in writing.blocks(pages[0]))
