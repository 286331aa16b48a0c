"""The JSON writer writes the document itself, readable by anyone's JSON parser and by our own reader."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from broadsheet.schema import from_json
from broadsheet.writers.json import JSON, JsonOptions


def test_what_is_written_is_read_back_equal(sink):
    document = sink.kitchen_sink(control="\0\x1b")
    assert from_json(sink.written(JSON, document)) == document


def test_the_compact_form_is_one_line_with_a_final_line_end(sink):
    data = sink.written(JSON, sink.kitchen_sink())
    assert data.endswith(b"}\n")
    assert data.count(b"\n") == 1


@pytest.mark.parametrize("indent", [1, 2, 8])
def test_an_indent_is_that_many_spaces_a_level(sink, indent):
    data = sink.written(JSON, sink.kitchen_sink(), JsonOptions(indent=indent)).decode()
    assert data.startswith("{\n" + " " * indent + '"schema_version": "1.0"')
    assert json.loads(data) == json.loads(sink.written(JSON, sink.kitchen_sink()))


def test_without_the_source_text_only_the_source_text_is_missing(sink):
    document = sink.kitchen_sink()
    found = json.loads(sink.written(JSON, document, JsonOptions(source_text=False)))
    assert found["source"]["text"] is None
    assert from_json(json.dumps(found).encode()) == replace(document, source=replace(document.source, text=None))


def test_a_block_is_written_with_its_role_text_and_marks(sink):
    found = json.loads(sink.written(JSON, sink.kitchen_sink()))
    lead = found["articles"][0]["blocks"][8]
    assert lead["role"] == "paragraph"
    assert lead["text"].startswith("本报青山6月3日电 （记者林小雨）山城图书馆")
    assert [(mark["role"], mark["start"], mark["end"]) for mark in lead["marks"]] == [("dateline", 0, 9), ("byline", 10, 17)]
