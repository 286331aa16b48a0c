"""The quality gate: the parser on the seed pages, role by role, against the floors that it has reached.

    python tests/quality/test_quality.py --update [--allow-regression]

writes floors.json anew: each floor rises to what is reached now, and falls only when that is allowed. Our own measure, next
to the corpora's scorer: a block counts when its role and its whole text are right, marks count like blocks, an article start
when its first character is.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from broadsheet.conversion import parse, read
from broadsheet.outline import from_outline
from broadsheet.registry import load_registry

FLOORS = Path(__file__).with_name("floors.json")
SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLES = "articles"
#: How far below a floor a value may lie; floors are written with four digits.
SLACK = 0.00005


def found_in(document) -> Counter:
    """What a document says: (role, text) of every block and mark, and where its articles start."""
    blocks = [*(block for article in document.articles for block in article.blocks), *document.furniture]
    found = Counter((str(block.role), folded(block.text)) for block in blocks)
    found.update((str(mark.role), folded(block.text[mark.start : mark.end])) for block in blocks for mark in block.marks)
    found.update((ARTICLES, article.blocks[0].source[0][0]) for article in document.articles)
    return found


def folded(text: str) -> str:
    """Blanks and line ends aside: which of them a break leaves behind is judged by the golden cases."""
    return "".join(text.split())


def f1(gold: list[Counter], got: list[Counter]) -> dict[str, float]:
    """F1 by role over all pages."""
    hits, wanted, made = Counter(), Counter(), Counter()
    for want, have in zip(gold, got, strict=True):
        for key, count in (want & have).items():
            hits[key[0]] += count
        for key, count in want.items():
            wanted[key[0]] += count
        for key, count in have.items():
            made[key[0]] += count
    return {role: round(2 * hits[role] / (wanted[role] + made[role]), 4) for role in sorted(wanted)}


def pages() -> list[Path]:
    return sorted(SEEDS.glob("*.txt"))


def reached() -> dict[str, float]:
    """What the parser reaches today."""
    registry = load_registry(())
    sources = [read(page, registry=registry) for page in pages()]
    outlines = [page.with_suffix(".outline").read_text("utf-8") for page in pages()]
    gold = [found_in(from_outline(outline, source=source)) for outline, source in zip(outlines, sources, strict=True)]
    return f1(gold, [found_in(parse(source, registry=registry)) for source in sources])


def digest() -> str:
    """One hash over the seed pages and their gold: floors hold for these pages only."""
    files = sorted(path for path in SEEDS.iterdir() if path.suffix in {".txt", ".outline"})
    lines = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n" for path in files]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@pytest.fixture(scope="module")
def floors() -> dict:
    return json.loads(FLOORS.read_text("utf-8"))


@pytest.fixture(scope="module")
def values() -> dict[str, float]:
    return reached()


def test_the_floors_were_set_on_these_pages(floors):
    assert floors["pages"] == len(pages())
    assert floors["digest"] == digest(), "the seed pages changed: run `python tests/quality/test_quality.py --update`"


def test_no_role_falls_below_its_floor(floors, values):
    assert fallen(floors["f1"], values) == []


def test_every_role_of_the_gold_has_a_floor(floors, values):
    assert set(floors["f1"]) == set(values)


def fallen(floors: dict[str, float], values: dict[str, float]) -> list[str]:
    """The roles below their floors, each in a sentence."""
    return [f"{role} fell from {floor:.4f} to {values.get(role, 0.0):.4f}" for role, floor in floors.items() if values.get(role, 0.0) < floor - SLACK]


def test_the_gate_names_the_role_that_fell_and_passes_one_that_rose():
    assert fallen({"byline": 0.9, "jump": 0.5}, {"byline": 0.89, "jump": 0.6}) == ["byline fell from 0.9000 to 0.8900"]


def test_a_wrong_role_a_wrong_text_and_a_wrong_start_each_cost():
    gold = [Counter({("headline", "桥通了"): 1, ("paragraph", "甲"): 2, (ARTICLES, 0): 1, (ARTICLES, 9): 1})]
    got = [Counter({("heading", "桥通了"): 1, ("paragraph", "甲"): 1, (ARTICLES, 0): 1})]
    assert f1(gold, gold) == {"articles": 1.0, "headline": 1.0, "paragraph": 1.0}
    assert f1(gold, got) == {"articles": 0.6667, "headline": 0.0, "paragraph": 0.6667}


def test_an_update_raises_floors_and_lowers_them_only_when_allowed():
    old, new = {"byline": 0.9, "jump": 0.5}, {"byline": 0.8, "jump": 0.6}
    assert updated(old, new, allow_regression=False) == {"byline": 0.9, "jump": 0.6}
    assert updated(old, new, allow_regression=True) == {"byline": 0.8, "jump": 0.6}


def updated(old: dict[str, float], new: dict[str, float], *, allow_regression: bool) -> dict[str, float]:
    return dict(new) if allow_regression else {role: max(value, old.get(role, 0.0)) for role, value in new.items()}


def main() -> int:
    """Write the floors, or tell what stands against them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: lower them, too")
    args = parser.parse_args()
    values = reached()
    old = json.loads(FLOORS.read_text("utf-8"))["f1"] if FLOORS.exists() else {}
    for role, value in values.items():
        print(f"{role:14} {value:.4f}  floor {old.get(role, 0.0):.4f}")
    down = fallen(old, values)
    print(*down, sep="\n")
    if args.update:
        f1_floors = updated(old, values, allow_regression=args.allow_regression)
        content = {"pages": len(pages()), "digest": digest(), "f1": f1_floors}
        FLOORS.write_text(json.dumps(content, indent=2) + "\n", "utf-8")
    return 1 if down and not args.allow_regression else 0


if __name__ == "__main__":
    sys.exit(main())
