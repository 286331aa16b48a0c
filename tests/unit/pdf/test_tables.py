"""Tables: their rows and cells for a screen reader, and columns below each other where there is room."""

from __future__ import annotations

import io
import time

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.model import Role
from broadsheet.writers.pdf import PdfOptions
from broadsheet.writers.pdf.tables import Cell, cells_of, grid_of, pieces, told_rows

from .test_tags import elements, structure

FARES = "航线 全票 半票\n南线 12.5 6\n北线（夜） 108 54"
FARE_ROWS = (("航线", "全票", "半票"), ("南线", "12.5", "6"), ("北线（夜）", "108", "54"))


def table(press, text, rows=(), **options):
    document = press.document([press.block(Role.HEADLINE, "票价"), press.block(Role.TABLE, text, rows=rows)])
    return press.run(document, PdfOptions(system_fonts=False, **options)).data


def edges(data, text):
    """The left and right edge of a text on the first page, in points."""
    with pypdfium2.PdfDocument(data) as pdf:
        reader = pdf[0].get_textpage()
        at, count = reader.search(text).get_next()
        return reader.get_charbox(at)[0], reader.get_charbox(at + count - 1)[2]


def test_a_table_has_rows_and_cells_and_its_first_row_names_the_columns(press):
    assert structure(table(press, FARES, FARE_ROWS)) == "Document(Art(H1 Table(TR(TH TH TH) TR(TD TD TD) TR(TD TD TD))))"


def test_without_a_row_of_names_the_first_column_names_the_rows(press):
    data = table(press, "大白菜\u30001.20\n西红柿\u30003.50")
    assert structure(data) == "Document(Art(H1 Table(TR(TH TD) TR(TH TD))))"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert {str(one.A.Scope) for one in elements(pdf.Root.StructTreeRoot.K) if one.S == "/TH"} == {"/Row"}


def test_figures_end_below_each_other_and_words_begin_so(press):
    data = table(press, FARES, FARE_ROWS)
    assert edges(data, "南线")[0] == pytest.approx(edges(data, "北线（夜）")[0], abs=1)
    assert edges(data, "12.5")[1] == pytest.approx(edges(data, "108")[1], abs=0.5)
    assert edges(data, "12.5")[0] > edges(data, "北线（夜）")[1] + 5


def test_a_table_wider_than_its_column_keeps_its_lines_and_its_cells(press):
    text = f"{'南线' * 40}  12\n北线  108"
    assert structure(table(press, text)) == "Document(Art(H1 Table(TR(TH TD) TR(TH TD))))"


def test_lines_down_the_page_keep_their_paragraph(press):
    assert structure(table(press, FARES, FARE_ROWS, direction="vertical")) == "Document(Art(H1 P))"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("灯浜\u300021.4度\n鳩峰\u300016.8度", [["灯浜", "21.4度"], ["鳩峰", "16.8度"]]),
        ("Oak Hill  12  4\nAsh  3  1", [["Oak Hill", "12", "4"], ["Ash", "3", "1"]]),
        ("Ash 12 4\nOak 3 1", [["Ash", "12", "4"], ["Oak", "3", "1"]]),
        ("Ash\tred\nOak\tblue", [["Ash", "red"], ["Oak", "blue"]]),
        ("Oak Hill 12\nAsh 3", ()),
        ("ash oak\nelm fir", ()),
        ("Ash 12 4", ()),
    ],
)
def test_cells_are_told_by_wide_blanks_or_by_a_column_of_figures(press, text, rows):
    assert told_rows(press.block(Role.TABLE, text)) == rows


def test_rows_that_do_not_hold_the_text_are_not_believed(press):
    assert told_rows(press.block(Role.TABLE, "a 1\nb 2", rows=(("a", "7"),))) == ()


def test_a_first_row_is_a_head_only_where_it_has_no_figure_and_all_others_have():
    assert grid_of(FARE_ROWS).head
    assert not grid_of(FARE_ROWS[1:]).head
    assert not grid_of([["a", "b"], ["c", "d"]]).head
    assert not grid_of([["a", "b"]]).head


def test_the_parts_of_a_line_follow_each_other_without_a_gap():
    cells = [Cell(0, 0, 0, 2), Cell(0, 1, 3, 5), Cell(1, 0, 6, 8)]
    assert pieces(cells, 0, 5) == [Cell(0, 0, 0, 3), Cell(0, 1, 3, 5)]
    assert pieces(cells, 1, 8) == [Cell(0, 0, 0, 2), Cell(0, 1, 2, 5), Cell(1, 0, 5, 7)]


WORDS = st.text(st.characters(exclude_categories=["Z", "C"]), max_size=4)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=4), st.sampled_from([" ", "\u3000", "\t "]))
def test_cells_hold_every_letter_of_the_text_in_order(rows, blank):
    text = "\n".join(blank.join(row) for row in rows)
    found = cells_of(text, rows)
    assert "".join(text[cell.start : cell.end] for cell in found) == "".join(cell for row in rows for cell in row)
    assert [rows[cell.row][cell.column] for cell in found] == [cell for row in rows for cell in row if cell]


def test_a_table_of_thousands_of_rows_takes_no_longer_than_its_length(press):
    def seconds(count):
        rows = tuple((f"航线{number}", str(number), str(number * 7)) for number in range(count))
        start = time.process_time()
        table(press, "\n".join(" ".join(row) for row in rows), rows)
        return time.process_time() - start

    seconds(10)
    assert min(seconds(4000), seconds(4000)) < 8 * max(min(seconds(1000), seconds(1000)), 0.02)


def test_rows_that_are_mostly_holes_are_no_table(press):
    long, short = tuple("abcdefghijklmnopqrst"), tuple((char,) for char in "ABCDEFGHIJKLMNOP")
    text = " ".join(long) + "\n" + "\n".join(char for (char,) in short)
    assert structure(table(press, text, (long, *short))) == "Document(Art(H1 P))"
