"""The JSON form: versions refused, offsets checked, the schema generated from the types."""

from __future__ import annotations

import json

import pytest

from broadsheet.errors import InputError
from broadsheet.model import Role
from broadsheet.outline import from_outline
from broadsheet.schema import from_json, json_schema, to_json

DOCUMENT = from_outline("headline: 桥通了\nparagraph: [dateline: 本报讯] 人来了。\n")


def changed(**changes) -> bytes:
    return json.dumps({**json.loads(to_json(DOCUMENT)), **changes}).encode()


@pytest.mark.parametrize("version", ["2.0", "0.9", "1.1", "1", "x"])
def test_another_version_is_refused_with_what_can_be_read(version):
    with pytest.raises(InputError, match=r"schema version .* cannot be read"):
        from_json(changed(schema_version=version))


def test_this_version_is_read():
    assert from_json(changed()) == DOCUMENT


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"null", b'{"schema_version": 1}', b'{"schema_version": "1.0"}', b"\xff\xfe"])
def test_what_is_no_document_is_refused_by_our_own_error(data):
    with pytest.raises(InputError, match="not a Broadsheet document"):
        from_json(data, where="x.json")


def with_block(**fields) -> bytes:
    document = json.loads(to_json(DOCUMENT))
    document["articles"][0]["blocks"][0].update(fields)
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"source": [[0, 999]]}, "outside the text"), ({"source": [[3, 1]]}, "outside the text"), ({"source": [[-1, 2]]}, "outside the text"), ({"glue": ["", ""]}, "glue"),
        ({"marks": [{"role": "dateline", "start": 0, "end": 99}]}, "a mark outside"), ({"role": "headlin"}, "not a Broadsheet document"),
    ],
)  # fmt: skip
def test_offsets_that_do_not_fit_are_refused(fields, says):
    with pytest.raises(InputError, match=says):
        from_json(with_block(**fields))


def test_the_schema_names_every_role_and_every_block_key():
    schema = json_schema()
    assert set(schema["$defs"]["Role"]["enum"]) == {str(role) for role in Role}
    assert {"role", "text", "source", "glue", "marks", "lead", "confidence", "page"} <= set(schema["$defs"]["Block"]["properties"])
    assert {"schema_version", "source"} <= set(schema["$defs"]["Document"]["required"])


def test_every_block_writes_the_keys_that_programs_rely_on():
    block = json.loads(to_json(DOCUMENT))["articles"][0]["blocks"][0]
    assert block == {"role": "headline", "text": "桥通了", "source": [[0, 3]], "glue": [], "marks": [], "lead": False, "confidence": 1.0, "page": None}
