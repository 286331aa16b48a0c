"""Pages and lines: cut exactly, nothing dropped."""

from __future__ import annotations

from broadsheet.lines import Source, cut_pages, line_spans


def test_every_line_end_is_told_and_the_last_line_has_none():
    assert list(line_spans("a\r\nb\rc\nd\fe")) == [(0, 1, "\r\n"), (3, 4, "\r"), (5, 6, "\n"), (7, 8, "\f"), (9, 10, "")]


def test_a_line_feed_before_a_carriage_return_is_two_line_ends():
    assert ["a\n\rb"[start:end] for start, end, _ in line_spans("a\n\rb")] == ["a", "", "b"]


def test_an_empty_text_is_one_page_with_one_empty_line():
    (page,) = cut_pages("")
    assert [(line.text, line.start, line.end, line.page) for line in page.lines] == [("", 0, 0, 1)]


def test_a_source_gives_its_lines_over_all_pages():
    source = Source(name="", media_type="text/plain", encoding=None, sha256="", text="甲\f乙", pages=cut_pages("甲\f乙"))
    assert [(line.text, line.page) for line in source.lines()] == [("甲", 1), ("乙", 2)]
