"""The quality gate: the parser on every corpus, role by role, against the floors that it has reached.

    python tests/quality/test_quality.py [--update] [--allow-regression]

prints what is reached, corpus by corpus, and what fell. `--update` writes floors.json anew: a floor rises to what is reached
now, and falls only when that is allowed. The measure is that of `broadsheet evaluate`. Corpora from outside (see
tests/README.md) have floors too; they are kept as they are where those pages are not at hand.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from statistics import mean

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from corpora import HELD, corpora, corpus_of, ours, scores

from broadsheet.evaluation.summary import Summary, summarize

FLOORS = Path(__file__).with_name("floors.json")
ARTICLES = "articles"
#: How far below a floor a value may lie; floors are written with four digits.
SLACK = 0.00005
CORPORA = corpora()
every_corpus = pytest.mark.parametrize("name", CORPORA)


def summary(name: str) -> Summary:
    return summarize(scores(name))


def reached(found: Summary) -> dict[str, float]:
    """F1 of article starts and of each role that the gold has."""
    rows = {**({ARTICLES: found.articles} if found.articles else {}), **found.roles}
    return {role: row.f1 for role, row in rows.items() if row.wanted}


def digest(name: str) -> str:
    """One hash over a corpus's pages and their gold: floors hold for these pages only."""
    whole = hashlib.sha256()
    for case in CORPORA[name]:
        parts = [json.dumps(case.row).encode()] if case.outline is None else [case.outline.read_bytes(), case.outline.with_suffix(".txt").read_bytes()]
        whole.update(b"".join(hashlib.sha256(part).digest() for part in parts))
    return whole.hexdigest()[:16]


def fallen(floors: dict[str, float], values: dict[str, float]) -> list[str]:
    """The roles below their floors, each in a sentence."""
    return [f"{role} fell from {floor:.4f} to {values.get(role, 0.0):.4f}" for role, floor in floors.items() if values.get(role, 0.0) < floor - SLACK]


def updated(old: dict[str, float], new: dict[str, float], *, allow_regression: bool) -> dict[str, float]:
    """The floors after an update."""
    return dict(new) if allow_regression else {role: max(value, old.get(role, 0.0)) for role, value in new.items()}


@pytest.fixture(scope="module")
def floors() -> dict:
    return json.loads(FLOORS.read_text("utf-8"))


@every_corpus
def test_the_floors_were_set_on_these_pages(name, floors):
    assert name in floors, "a new corpus: run `python tests/quality/test_quality.py --update`"
    assert floors[name]["digest"] == digest(name), "its pages changed: run `python tests/quality/test_quality.py --update`"


@every_corpus
def test_no_role_falls_below_its_floor(name, floors):
    assert fallen(floors[name]["f1"], reached(summary(name))) == []


@every_corpus
def test_every_role_of_the_gold_has_a_floor(name, floors):
    assert set(floors[name]["f1"]) == set(reached(summary(name)))


@every_corpus
def test_no_character_is_lost_invented_or_doubled(name):
    assert msgspec.structs.astuple(summary(name).accounts) == (0, 0, 0)


def test_no_floor_is_left_of_a_corpus_of_ours_that_is_no_more(floors):
    assert {name for name in floors if ours(name)} - set(CORPORA) == set()


def test_pages_from_number_21_to_40_are_corpora_of_their_own_but_for_those_that_were_read():
    assert corpus_of(Path("zh-20-any.outline")) == "seeds zh-Hans"
    assert corpus_of(Path("zh-21-two-styles.outline")) == "held zh-Hans"
    assert corpus_of(Path("zh-41-any.outline")) == "seeds zh-Hans"
    assert corpus_of(Path("zh-Hant-13-ocr-columns.outline")) == "seeds zh-Hant"
    held = [case.outline.stem for name, cases in CORPORA.items() if name.startswith("held ") for case in cases]
    assert len(held) >= 20
    assert corpus_of(Path("ko-21-hanbit-ilbo.outline")) == "seeds ko"
    assert [stem for stem in held if int(re.search(r"-(\d\d)-", stem)[1]) not in HELD] == []


def test_the_gate_names_the_role_that_fell_and_passes_one_that_rose():
    assert fallen({"byline": 0.9, "jump": 0.5}, {"byline": 0.89, "jump": 0.6}) == ["byline fell from 0.9000 to 0.8900"]


def test_an_update_raises_floors_and_lowers_them_only_when_allowed():
    old, new = {"byline": 0.9, "jump": 0.5}, {"byline": 0.8, "jump": 0.6}
    assert updated(old, new, allow_regression=False) == {"byline": 0.9, "jump": 0.6}
    assert updated(old, new, allow_regression=True) == {"byline": 0.8, "jump": 0.6}


def test_update_leaves_a_floor_where_it_is_says_what_fell_and_fails(tmp_path, monkeypatch, capsys):
    here = sys.modules[test_update_leaves_a_floor_where_it_is_says_what_fell_and_fails.__module__]
    written = tmp_path / "floors.json"
    written.write_text(json.dumps({"seeds ar": {"f1": {"headline": 1.5, "paragraph": 0.01}}, "seeds xx": {}, "elsewhere": {"f1": {}}}), "utf-8")
    monkeypatch.setattr(here, "FLOORS", written)
    monkeypatch.setattr(here, "CORPORA", {"seeds ar": CORPORA["seeds ar"]})
    assert main(["--update"]) == 1
    assert "seeds ar: headline fell from 1.5000 to " in capsys.readouterr().out
    kept = json.loads(written.read_text("utf-8"))
    assert set(kept) == {"seeds ar", "elsewhere"}
    assert kept["seeds ar"]["f1"]["headline"] == 1.5
    assert kept["seeds ar"]["f1"]["paragraph"] > 0.01
    assert main(["--update", "--allow-regression"]) == 0
    assert json.loads(written.read_text("utf-8"))["seeds ar"]["f1"]["headline"] <= 1.0


def main(arguments: list[str] | None = None) -> int:
    """Print what is reached, write the floors where that is asked for, and tell what stands against them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: lower them, too")
    args = parser.parse_args(arguments)
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    floors = {name: floor for name, floor in floors.items() if name in CORPORA or not ours(name)}
    down: list[str] = []
    for name, cases in CORPORA.items():
        old, values = floors.get(name, {}).get("f1", {}), reached(summary(name))
        print(f"{name:32} {len(cases):3} pages  mean F1 {mean(values.values()):.4f}  articles {values.get(ARTICLES, '-')}", flush=True)
        down += [f"{name}: {sentence}" for sentence in fallen(old, values)]
        floors[name] = {"pages": len(cases), "digest": digest(name), "f1": updated(old, values, allow_regression=args.allow_regression)}
    print(*down, sep="\n")
    if args.update:
        FLOORS.write_text(json.dumps(dict(sorted(floors.items())), indent=1) + "\n", "utf-8")
    return 1 if down and not args.allow_regression else 0


if __name__ == "__main__":
    sys.exit(main())
