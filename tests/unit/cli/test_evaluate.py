"""`evaluate` as a person meets it: tables, JSON, messages and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import broadsheet as broadsheet_package
from broadsheet.cli import run

SEEDS = Path(__file__).parents[3] / "seeds"

PAGE = """Harbour bridge opens a month early

By Nora Whitlock

PORT ALDEN, May 3 - The new harbour bridge opened to traffic on Sunday, a month ahead of plan.

The mayor said the crossing would save drivers twenty minutes a day.
"""
GOLD = """headline: Harbour bridge opens a month early
byline: By Nora Whitlock
paragraph: [dateline: PORT ALDEN, May 3] - The new harbour bridge opened to traffic on Sunday, a month ahead of plan.
paragraph: The mayor said the crossing would save drivers twenty minutes a day.
"""


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROADSHEET_PLUGINS", "none")
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    (tmp_path / "page.outline").write_text(GOLD, "utf-8")
    return tmp_path


@pytest.fixture
def broadsheet(capfdbinary):
    def call(*arguments):
        code = run([str(one) for one in arguments])
        said = capfdbinary.readouterr()
        return code, said.out.decode(), said.err.decode()

    return call


@pytest.mark.parametrize("gold", ["page.outline", "page.txt", ".", "*.outline", "*.txt"])
def test_gold_is_an_outline_its_page_a_folder_or_a_pattern(broadsheet, gold):
    code, said, errors = broadsheet("evaluate", gold)
    assert (code, errors) == (0, "")
    assert said.startswith("pages\n  pages  perfect  lost  invented  doubled\n  1      1.000    0     0         0\n")
    assert "worst pages" not in said


def test_the_tables_say_role_by_role_what_was_wanted_and_found(broadsheet, here):
    (here / "page.outline").write_text(GOLD.replace("paragraph: The mayor", "list_item: The mayor"), "utf-8")
    code, said, _ = broadsheet("evaluate", "page.outline")
    rows = [line.split() for line in said.splitlines()]
    assert code == 0
    assert ["headline", "1.000", "1.000", "1.000", "1", "1", "1"] in rows
    assert ["paragraph", "0.500", "1.000", "0.667", "1", "2", "1"] in rows
    assert ["names", "1.000", "1.000", "1.000", "1", "1", "1"] in rows
    assert ["place", "1.000", "1.000", "1.000", "1", "1", "1"] in rows
    assert "  page  F1 0.833, 1 error\n    wanted list_item, got paragraph: The mayor said the crossing would sa…\n" in said


def test_json_carries_the_same_and_every_error(broadsheet, here):
    (here / "page.outline").write_text(GOLD.replace("paragraph: The mayor", "list_item: The mayor"), "utf-8")
    code, said, _ = broadsheet("evaluate", "page.outline", "--json")
    found = json.loads(said)
    assert code == 0
    assert found["roles"]["paragraph"] == {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "wanted": 1, "found": 2, "right": 1}
    assert found["accounts"] == {"lost": 0, "invented": 0, "doubled": 0}
    assert [(fault["wanted"], fault["got"]) for fault in found["worst"][0]["faults"]] == [("list_item", "paragraph")]


def test_worst_says_how_many_pages_are_shown(broadsheet, here):
    (here / "page.outline").write_text(GOLD.replace("paragraph: The mayor", "list_item: The mayor"), "utf-8")
    assert "worst pages" not in broadsheet("evaluate", "page.outline", "--worst", "0")[1]


def test_json_lines_of_pages_are_gold_too(broadsheet, here):
    row = {"id": "p1", "kind": "page", "input": PAGE, "articles": [{"headline": "Harbour bridge opens a month early", "byline": ["Nora Whitlock"]}]}
    (here / "gold.jsonl").write_text(json.dumps(row) + "\n\n" + json.dumps({**row, "id": "p2"}) + "\n", "utf-8")
    code, said, _ = broadsheet("evaluate", "gold.jsonl", "--json")
    found = json.loads(said)
    assert (code, found["pages"], found["roles"]["headline"]["right"], found["articles"]["right"]) == (0, 2, 2, 2)
    assert "paragraph" not in found["roles"]


def test_a_rule_that_is_off_is_off_here_too(broadsheet, here):
    (here / "broadsheet.toml").write_text('[rules]\noff = ["byline"]\n', "utf-8")
    found = json.loads(broadsheet("evaluate", "page.outline", "--json")[1])
    assert found["roles"]["byline"]["found"] == 0


def test_two_processes_with_other_hash_seeds_print_the_same():
    def printed(seed):
        return subprocess.run(
            [sys.executable, "-m", "broadsheet", "evaluate", "*-0[1-3]*.outline", "--json"], capture_output=True, check=True, cwd=SEEDS,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(broadsheet_package.__file__).parents[1]), "BROADSHEET_PLUGINS": "none"},
        ).stdout  # fmt: skip

    once = printed("1")
    assert len(json.loads(once)["worst"]) > 2
    assert printed("4242") == once


@pytest.mark.parametrize(("gold", "says"), [
    ("nowhere.outline", "nowhere.outline: does not exist"),
    ("empty", "empty: there is no gold here"),
    ("no*such", "no*such: there is no gold here"),
    ("alone.outline", "alone.outline: there is no page beside this outline; put the text beside it as alone.txt"),
    ("bare.txt", "bare.txt: there is no gold beside this page; put its outline beside it as bare.outline"),
    ("broken.jsonl", "broken.jsonl:2: not JSON"),
    ("list.jsonl", "list.jsonl:1: not a gold page"),
    ("blank.jsonl", "blank.jsonl: there is no page in this gold"),
    ("wrong.txt", "the source does not hold"),
])  # fmt: skip
def test_missing_or_wrong_gold_is_an_input_error_of_one_line(broadsheet, here, gold, says):
    (here / "empty").mkdir()
    (here / "alone.outline").write_text("headline: Alone\n", "utf-8")
    (here / "bare.txt").write_text("Bare\n", "utf-8")
    (here / "broken.jsonl").write_text(json.dumps({"id": "a", "input": "A\n", "articles": []}) + "\n{\n", "utf-8")
    (here / "list.jsonl").write_text("[1]\n", "utf-8")
    (here / "blank.jsonl").write_text("\n", "utf-8")
    (here / "wrong.txt").write_text("One thing\n", "utf-8")
    (here / "wrong.outline").write_text("headline: Another\n", "utf-8")
    code, said, errors = broadsheet("evaluate", gold)
    assert (code, said) == (3, "")
    assert says in errors
    assert errors.count("\n") == 1
