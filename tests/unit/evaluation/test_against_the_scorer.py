"""Our figures are those of the corpora's own scorer, on the corpora's own gold."""

from __future__ import annotations

import importlib.util
import json

import msgspec
import pytest

from broadsheet.config import Config
from broadsheet.evaluation.gold import from_json
from broadsheet.evaluation.pages import score_page
from broadsheet.evaluation.run import parsed
from broadsheet.evaluation.summary import summarize
from broadsheet.settings import build_settings

SETS = (
    "en_reuters21578_pages", "en_reuters21578_pages_broken", "web_fundus", "web_fundus_broken", "zh_xwlb_pages", "zh_xwlb_pages_broken",
)  # fmt: skip


@pytest.fixture(scope="session")
def scorer(corpora):
    path = corpora / "quality" / "score.py"
    if not path.exists():
        pytest.skip("the corpora have no score.py")
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", SETS)
def test_rows_values_and_perfect_pages_are_those_of_the_scorer(name, corpora, scorer, registry):
    path = corpora / "quality" / "dev" / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"there is no {path.name} in the corpora")
    pages = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    settings = build_settings(registry, Config(), {})
    golds = [from_json(page) for page in pages]
    documents = {gold.name: parsed(gold, settings) for gold in golds}
    theirs = scorer.score(pages, {name: json.loads(msgspec.json.encode(document)) for name, document in documents.items()})
    ours = summarize([score_page(gold, documents[gold.name]) for gold in golds])
    rows = {**({"articles": ours.articles} if ours.articles else {}), **ours.roles}
    for role, row in theirs["rows"].items():
        if row["wanted"] or row["found"]:
            found = (rows[role].precision, rows[role].recall, rows[role].f1, rows[role].wanted, rows[role].found)
            assert found == pytest.approx((row["precision"], row["recall"], row["f1"], row["wanted"], row["found"]), abs=0.0005), role
    for key, share in theirs["values"].items():
        assert ours.values[key.removeprefix("dateline.")].recall == pytest.approx(share, abs=0.0005), key
    assert ours.perfect == pytest.approx(theirs["perfect"], abs=0.0005)
    assert ours.pages == theirs["pages"]
    assert (theirs["lost"], theirs["invented"], theirs["doubled"]) == (0, 0, 0)
    assert msgspec.structs.astuple(ours.accounts) == (0, 0, 0)
