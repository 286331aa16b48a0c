"""The plain text reader: lines and pages at their exact offsets, odd characters reported, other formats refused by name."""

from __future__ import annotations

import io

import pytest

from broadsheet.errors import InputError
from broadsheet.model import Code
from broadsheet.plugin import Certainty, Context
from broadsheet.readers.txt import TxtOptions, read, sniff
from broadsheet.report import Report


def reading(data: bytes, encoding=None):
    """The source and the report of what was said."""
    report = Report()
    return read(io.BytesIO(data), TxtOptions(encoding=encoding), Context(report=report)), report


def test_line_ends_of_all_kinds_keep_their_offsets():
    source, _ = reading("甲一\r\n乙\r丙\n丁".encode())
    assert source.text == "甲一\r\n乙\r丙\n丁"
    assert [(line.text, line.start, line.end) for line in source.lines()] == [("甲一", 0, 2), ("乙", 4, 5), ("丙", 6, 7), ("丁", 8, 9)]


def test_a_form_feed_ends_line_and_page():
    source, _ = reading("甲\n乙\f丙\n\f".encode())
    assert [[line.text for line in page.lines] for page in source.pages] == [["甲", "乙"], ["丙", ""], [""]]
    assert [(page.number, {line.page for line in page.lines}) for page in source.pages] == [(1, {1}), (2, {2}), (3, {3})]


def test_other_separators_stand_inside_their_line():
    source, _ = reading("桥通了，人来了\u2028看热闹\x0b的\x85人".encode())
    assert [line.text for line in source.lines()] == ["桥通了，人来了\u2028看热闹\x0b的\x85人"]


def test_nuls_and_bells_are_kept_and_reported_where_the_first_stands():
    source, report = reading("桥通了，\x00人来了\x07。两岸的人都来看，桥上站满了人。".encode())
    (said,) = report.diagnostics
    assert source.text.count("\x00") == 1
    assert (said.code, said.source) == (Code.CONTROL_CHARACTERS, (4, 5))
    assert said.message.startswith("2 control characters")


def test_bytes_that_could_not_be_read_are_reported_where_the_first_stands():
    source, report = reading("桥通了".encode() + b"\xff" + "，两岸的人都来看热闹。".encode())
    (said,) = report.diagnostics
    assert (said.code, said.source) == (Code.UNDECODABLE_BYTES, (3, 4))
    assert source.text[3] == "\ufffd"


def test_a_clean_file_is_passed_over_in_silence():
    assert reading("桥通了。\n".encode())[1].diagnostics == ()


def test_a_byte_order_mark_is_not_text_and_offsets_start_after_it():
    source, _ = reading("\ufeff桥通了".encode())
    assert (source.text, source.encoding) == ("桥通了", "utf-8")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"), (b"\n \n\t\n", "blanks only"), ("\ufeff\u3000\n".encode(), "blanks only"), (b"\x89PNG\r\n\x1a\nxxxx", "a PNG picture"),
        (b"%PDF-1.7\n", "a PDF"), (b"PK\x03\x04xx", "a zip archive"), (b"\x1f\x8b\x08", "a gzip archive"), (b"{\\rtf1 x}", "an RTF document"),
        (bytes(range(1, 9)) * 20, "binary"),
    ],
    ids=["empty", "blanks", "a mark and blanks", "png", "pdf", "zip", "gzip", "rtf", "binary"],
)  # fmt: skip
def test_what_is_no_text_is_refused_and_named(data, says):
    with pytest.raises(InputError, match=says):
        reading(data)


def test_a_named_encoding_wins_over_what_the_bytes_look_like():
    source, _ = reading("桥".encode(), encoding="latin-1")
    assert source.text == "桥".encode().decode("latin-1")


def test_sniffing_trusts_the_suffix_and_refuses_other_formats():
    assert sniff(b"hello", "page.txt") is Certainty.LIKELY
    assert sniff(b"hello", "page") is Certainty.NAME
    assert sniff(b"\x89PNG\r\n", "page.txt") is Certainty.NO
    assert sniff(b"\x00\x01\x02", "page") is Certainty.NO
