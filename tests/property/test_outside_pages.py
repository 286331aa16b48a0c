"""The promises on real pages from outside, whole and with columns broken."""

from __future__ import annotations

import json

import pytest

from broadsheet.schema import from_json, to_json

SETS = (
    "en_reuters21578_pages", "en_reuters21578_pages_broken", "web_fundus", "web_fundus_broken", "zh_xwlb_pages", "zh_xwlb_pages_broken",
)  # fmt: skip


@pytest.mark.parametrize("name", SETS)
def test_no_page_loses_invents_or_doubles_a_character_and_json_gives_it_back(name, corpora, parsed, unaccounted):
    path = corpora / "quality" / "dev" / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"there is no {path.name} in the corpora")
    pages = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    assert pages
    wrong = {}
    for page in pages:
        document = parsed(page["input"])
        problems = unaccounted(document)
        if problems:
            wrong[page["id"]] = problems[:3]
        assert from_json(to_json(document)) == document
    assert wrong == {}
