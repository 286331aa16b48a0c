"""The seed page from outside: batch to JSON, scored by the corpora's own scorer, perfect."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import broadsheet

LIB = str(Path(broadsheet.__file__).parents[1])


@pytest.fixture(scope="module")
def gold(corpora) -> list[dict]:
    return [json.loads(line) for line in (corpora / "seeds" / "gold.jsonl").read_text("utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def detailed(corpora) -> dict:
    return json.loads((corpora / "seeds" / "gold.detailed.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def documents(gold, tmp_path_factory) -> dict[str, dict]:
    """Every gold page through `broadsheet batch` to JSON, by its id."""
    folder = tmp_path_factory.mktemp("seed")
    pages, out = folder / "pages", folder / "out"
    pages.mkdir()
    for page in gold:
        (pages / f"{page['id']}.txt").write_bytes(page["input"].encode())
    command = [sys.executable, "-m", "broadsheet", "batch", str(pages), "--to", "json", "-o", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": LIB, "BROADSHEET_PLUGINS": "none"})
    assert done.returncode == 0, done.stderr
    return {path.stem: json.loads(path.read_text("utf-8")) for path in out.rglob("*.json") if not path.name.startswith(".")}


@pytest.fixture(scope="module")
def result(corpora, gold, documents) -> dict:
    spec = importlib.util.spec_from_file_location("corpora_score", corpora / "quality" / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer.score(gold, documents, show=20)


@pytest.fixture(scope="module")
def page(documents, detailed) -> dict:
    return documents[Path(detailed["source"]["path"]).stem]


def test_every_page_is_perfect(result):
    assert (result["perfect"], result["missing"]) == (1.0, 0)


def test_every_role_is_found_exactly(result):
    assert {name: row["f1"] for name, row in result["rows"].items() if row["f1"] != 1.0} == {}


def test_every_value_is_right(result):
    assert result["values"]
    assert {name: share for name, share in result["values"].items() if share != 1.0} == {}


def test_nothing_is_lost_invented_or_doubled(result):
    assert (result["lost"], result["invented"], result["doubled"]) == (0, 0, 0)


def test_there_are_five_articles_and_the_fifth_has_no_headline(page):
    headed = [any(block["role"] == "headline" for block in article["blocks"]) for article in page["articles"]]
    assert headed == [True, True, True, True, False]


def test_every_diagnostic_that_a_careful_reader_makes_is_made(page):
    codes = {diagnostic["code"] for diagnostic in page["diagnostics"]}
    wanted = {"truncated-headline", "doubled-character", "orphan-fragment", "jump-without-other-half", "caption-without-picture"}
    assert wanted - codes == set()


def test_the_doubled_character_and_the_cut_headline_are_pointed_at(page):
    text = page["source"]["text"]
    places = {diagnostic["code"]: text[slice(*diagnostic["source"])] for diagnostic in page["diagnostics"] if diagnostic.get("source")}
    assert places["doubled-character"] == "团团"
    assert places["truncated-headline"].endswith("党建工")


# What the gold calls not acceptable, line by line of the page (counted from 1).


@pytest.fixture(scope="module")
def holders(page) -> dict[int, list[tuple[dict, dict]]]:
    """For each line of the page, the (article, block) pairs that hold some of it."""
    at, starts = 0, {}
    for number, line in enumerate(page["source"]["text"].split("\n"), 1):
        starts[number] = (at, at + len(line))
        at += len(line) + 1
    pairs = [(article, block) for article in page["articles"] for block in article["blocks"]]
    return {
        number: [(a, b) for a, b in pairs if any(s < end and start < e for s, e in b["source"])] for number, (start, end) in starts.items()
    }


def wrong_lines(detailed: dict, words: str) -> list[int]:
    """The lines of the one gold entry whose verdict begins with these words."""
    (lines,) = [entry["lines"] for entry in detailed["not_acceptable"] if entry["wrong"].startswith(words)]
    return lines


def roles(holders, line: int) -> set[str]:
    return {block["role"] for _, block in holders[line]}


def test_the_short_line_under_a_heading_is_no_heading_and_no_paragraph_of_its_own(holders, detailed):
    for line in wrong_lines(detailed, "heading; or a paragraph"):
        ((_, block),) = holders[line]
        assert block["role"] == "paragraph"
        assert len(block["source"]) > 1


def test_section_headings_start_no_article_and_stand_alone(holders, detailed):
    entries = [entry for entry in detailed["not_acceptable"] if entry["wrong"].startswith("headline of a new article")]
    lines = [line for entry in entries for line in entry["lines"]]
    assert len(lines) == 9
    for line in lines:
        ((article, block),) = holders[line]
        assert block["role"] == "heading"
        assert block is not article["blocks"][0]
        assert len(block["source"]) == 1


def test_a_sentence_about_a_reporter_is_no_byline(holders, detailed):
    for line in wrong_lines(detailed, "byline"):
        assert roles(holders, line) == {"paragraph"}
        assert all(mark["role"] != "byline" for _, block in holders[line] for mark in block["marks"])


def test_the_picture_agency_is_a_credit_in_the_photo_story(holders, page, detailed):
    for line in wrong_lines(detailed, "agency sign-off"):
        ((article, block),) = holders[line]
        assert block["role"] == "credit"
        assert article is page["articles"][3]


def test_the_jumped_tail_is_an_article_of_its_own_without_a_headline(holders, page, detailed):
    for line in wrong_lines(detailed, "appended to the photo story"):
        ((article, _),) = holders[line]
        assert article is page["articles"][4]
        assert not [block for block in article["blocks"] if block["role"] in {"headline", "kicker", "subheadline"}]


def test_the_cut_headline_is_one_string_as_printed_with_its_blank(holders, page, detailed):
    for line in wrong_lines(detailed, "completed to"):
        printed = page["source"]["text"].split("\n")[line - 1]
        ((_, block),) = holders[line]
        assert block["text"] == printed
        assert " " in printed


def test_the_doubled_character_is_kept(holders, page, detailed):
    for line in wrong_lines(detailed, "团团 corrected"):
        assert "团团" in page["source"]["text"].split("\n")[line - 1]
        assert any("团团" in block["text"] for _, block in holders[line])
    assert page["edits"] == []
