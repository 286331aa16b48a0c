"""Fit the resolver's weights to all corpora and to made pages and the golden cases at once, and write them back.

    [BROADSHEET_CORPORA=DIR] python tests/quality/refit.py [--check | --folds 4] [--made 50] [--seed 1]

The weights are those under which what is right of the pages is likeliest (likelihood.py), each drawn to where it was by hand
or to nought. Then cues that came out weak are dropped, and the rest is fitted once more, so that the table stays short.
`--folds` measures instead: each part of the pages is parsed with weights fitted to the others, and to pages made of the others'
stories, which says what pages that nobody has seen may get. Needs numpy and scipy (`pip install -e '.[fit]'`).
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))

import lattice
import numpy as np
import shapes
import stories
from corpora import corpora, settings
from likelihood import Array, Pages
from scipy.optimize import minimize
from test_cases import ALL as CASES

from broadsheet.evaluation.pages import PageScore
from broadsheet.evaluation.run import Case, score
from broadsheet.evaluation.summary import summarize
from broadsheet.lines import Source
from broadsheet.outline import from_outline
from broadsheet.parser import weights
from broadsheet.report import Report

FILE = Path(weights.__file__).with_name("weights.toml")
#: How far a weight may stray: those set by hand, and cues.
_STRAY, _STRAY_CUE = 1.0, 0.4
#: So many lines' worth of evidence all pages have together, whatever their number, against what weights are drawn to.
_EVIDENCE_LINES = 40_000
#: How much made pages, our own and those from outside count; within these every corpus counts by the root of its lines.
_MADE, _OURS, _OUTSIDE = 0.7, 3.0, 2.0
_GOLDEN = "seed cases"
#: Cues below are dropped.
_WEAK = 0.15
_ROUNDS = 200
_BATCH = 250
#: Shapes that are made in many languages want more pages.
_MANY = {"modern": 3, "web": 3}
Corpus = Mapping[str, Sequence[lattice.Lattice]]


def golden() -> list[lattice.Lattice]:
    """The lattices of the golden cases."""
    return [
        found
        for file, case in CASES
        if case.outline and (found := _drawn(f"{file} {case.title}", case.input, case.outline, case.language)) is not None
    ]


def _drawn(name: str, text: str, outline: str, given: str | None = None) -> lattice.Lattice | None:
    """The lattice of a page of which an outline says what is right."""
    drawn = from_outline(outline, where=name, source=Source(name="", media_type="text/plain", encoding="utf-8", sha256="", text=text, pages=()))
    blocks = [(block.role, block.source) for article in drawn.articles for block in article.blocks]
    return lattice.lattice(name, text, lattice.wanted_by_spans(blocks), given)


def of_case(case: Case) -> lattice.Lattice | None:
    """The lattice of a page with gold."""
    if case.outline is None:
        return lattice.lattice(name_of(case), case.row["input"].removeprefix("\ufeff"), lattice.wanted_by_texts(case.row["articles"]))
    source = settings().document(case.outline.with_suffix(".txt"), report=Report()).source
    return _drawn(name_of(case), source.text or "", case.outline.read_text("utf-8-sig"))


def name_of(case: Case) -> str:
    return case.outline.stem if case.outline is not None else str(case.row["id"])


def read(name: str, *, leaving_out: Callable[[str], bool]) -> list[lattice.Lattice]:
    """The lattices of a corpus."""
    return [found for case in corpora()[name] if not leaving_out(name_of(case)) and (found := of_case(case)) is not None]


def make(count: int, seed: int, *, leaving_out: Callable[[str], bool]) -> dict[str, list[lattice.Lattice]]:
    """The lattices of made pages of every shape, without the stories of some pages."""
    found: dict[str, list[lattice.Lattice]] = {}
    with stories.leaving_out(lambda case: leaving_out(name_of(case))):
        for shape in shapes.SHAPES:
            for made in shapes.pages(shape, count * _MANY.get(shape, 1), seed):
                one = lattice.lattice(made.name, made.text, lattice.wanted_by_spans([(block.role, block.spans) for block in made.blocks]))
                found.setdefault(f"made {shape}", []).extend([one] if one is not None else [])
    return found


class Fit:
    """The search for the likeliest weights.

    Args:
        sets: the pages, corpus by corpus.
    """

    def __init__(self, sets: Corpus) -> None:
        places = {place: None for table in lattice.TABLES for place in _keys(table)}
        places.update({place: None for pages in sets.values() for one in pages for ways in one.steps for way in ways for place, _ in way.parts})
        self.places = list(places)
        self.start = np.array([lattice.value(place) for place in self.places])
        self.cue = np.array([is_cue(place) for place in self.places])
        numbers = {place: number for number, place in enumerate(self.places)}
        counted = sorted(_counted(sets), key=lambda one: len(one[0].steps))
        parts = [counted[start : start + _BATCH] for start in range(0, len(counted), _BATCH)]
        self.batches = [Pages([page for page, _ in part], numbers, self.start, [count for _, count in part]) for part in parts]

    def run(self) -> Array:
        """The weights, those of weak cues nought."""
        found = self._search(np.ones(len(self.places), dtype=bool))
        found = self._search(~self.cue | (np.abs(found) >= _WEAK))
        return np.where(self.cue & (np.abs(found) < _WEAK), 0.0, found)

    def _search(self, free: Array) -> Array:
        drawn = np.where(self.cue, 0.0, self.start)
        stray = np.where(self.cue, _STRAY_CUE, _STRAY)

        def loss(values: Array) -> tuple[float, Array]:
            whole = np.where(free, values, drawn)
            total = float((((whole - drawn) / stray) ** 2).sum() / 2)
            slope = (whole - drawn) / stray**2
            for batch in self.batches:
                lost, more, _ = batch.loss(whole)
                total, slope = total + lost, slope + more
            return total, np.where(free, slope, 0.0)

        found = minimize(loss, np.where(free, self.start, drawn), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
        print(f"{free.sum()} weights, loss {found.fun:.1f} after {found.nit} rounds", flush=True)
        return np.where(free, found.x, drawn)

    def put(self, values: Array) -> None:
        """Make these the weights that the parser has."""
        for place, weight in zip(self.places, values.tolist(), strict=True):
            lattice.change(place, round(weight, 2))


def is_cue(place: lattice.Place) -> bool:
    """Whether a weight is that of a cue among many, and not one that the parser calls by name."""
    name, key = place
    return name in ("form", "follows", "follows_unspaced") or " " in key


def _keys(table: str) -> list[lattice.Place]:
    rows = lattice.TABLES[table]
    return [(table, (key, role)) for key, row in rows.items() for role in row] if table == "form" else [(table, key) for key in rows]


def _counted(sets: Corpus) -> list[tuple[lattice.Lattice, float]]:
    """Every page with how much it counts."""
    found = []
    for name, pages in sets.items():
        kind = _MADE if name.startswith("made ") else 2 * _OURS if name == _GOLDEN else _OURS if name.startswith("seed") else _OUTSIDE
        lines = sum(len(page.steps) for page in pages)
        found += [(page, kind * lines**-0.5) for page in pages]
    whole = sum(len(page.steps) * count for page, count in found)
    return [(page, count * _EVIDENCE_LINES / whole) for page, count in found]


def written(text: str) -> str:
    """The table as its file has it, with the weights of now: each section keeps its comment; cues are in the order of their names."""
    head, *sections = re.split(r"(?m)^(?=(?:#.*\n)*\[)", text)
    return head + "".join(_section(section) for section in sections)


def _section(section: str) -> str:
    title = re.search(r"(?m)^\[(\w+)\]$", section)
    if title is None:
        return section
    rows = lattice.TABLES[title[1]]
    if title[1] == "form":
        kept = {cue: {role: weight for role, weight in sorted(row.items()) if weight} for cue, row in sorted(rows.items())}
        lines = [f'"{cue}" = {{ {", ".join(f"{role} = {weight:.2f}" for role, weight in row.items())} }}' for cue, row in kept.items() if row]
    else:
        named = [(key, weight) for key, weight in rows.items() if not is_cue((title[1], key))]
        cues = sorted((" ".join(key) if isinstance(key, tuple) else key, weight) for key, weight in rows.items() if is_cue((title[1], key)) and weight)
        lines = [f"{key} = {weight:.2f}" for key, weight in named] + [f'"{key}" = {weight:.2f}' for key, weight in cues]
    return "\n".join((section[: title.end()], *lines)) + "\n\n"


def fold_of(name: str, folds: int) -> int:
    """The part that a page is in, with its broken variants."""
    return int(hashlib.sha256(name.partition("#")[0].encode()).hexdigest(), 16) % folds


def measure(folds: int, count: int, seed: int) -> None:
    """Print what pages get under weights that were fitted to others, corpus by corpus."""
    found: dict[str, list[PageScore]] = defaultdict(list)
    kept = {place: lattice.value(place) for table in lattice.TABLES for place in _keys(table)}
    for part in range(folds):
        for table in lattice.TABLES:
            for place in _keys(table):
                lattice.change(place, kept.get(place, 0.0))

        def out(name: str, part: int = part) -> bool:
            return fold_of(name, folds) == part

        fit = Fit({**{name: read(name, leaving_out=out) for name in learned()}, **make(count, seed, leaving_out=out), _GOLDEN: golden()})
        fit.put(fit.run())
        for name in learned():
            found["seeds" if name.startswith("seeds ") else name] += [score(case, settings()) for case in corpora()[name] if out(name_of(case))]
    for name, pages in found.items():
        tell(name, pages)


def learned() -> list[str]:
    """The corpora that weights are fitted to: all but the held pages."""
    return [name for name in corpora() if not name.startswith("held ")]


def tell(name: str, pages: Sequence[PageScore]) -> None:
    """One line of F1 by role, and how far confidence can be trusted."""
    whole = summarize(pages)
    rows = {**({"articles": whole.articles} if whole.articles else {}), **whole.roles}
    sure = [one.right for page in pages for one in page.judged if one.confidence >= 0.9]  # sure
    print(f"{name:30}", *(f"{role} {row.f1:.3f} " for role, row in rows.items() if row.wanted), f"sure {sum(sure) / max(len(sure), 1):.3f}", flush=True)


def main() -> None:
    """Fit and write, or measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--made", type=int, default=50, help="made pages a shape")
    parser.add_argument("--seed", type=int, default=1, help="of made pages")
    parser.add_argument("--folds", type=int, default=0, help="measure by parts of the pages, and write nothing")
    parser.add_argument("--check", action="store_true", help="print what the weights are worth, and change nothing")
    args = parser.parse_args()
    if args.check:
        for name in learned():
            tell(name, [score(case, settings()) for case in corpora()[name]])
        for shape in shapes.SHAPES:
            tell(f"made {shape}", [score(Case(made.name, row=shapes.gold_row(made)), settings()) for made in shapes.pages(shape, args.made, args.seed)])
        return
    if args.folds:
        measure(args.folds, args.made, args.seed)
        return
    fit = Fit({**{name: read(name, leaving_out=lambda _: False) for name in learned()}, **make(args.made, args.seed, leaving_out=lambda _: False), _GOLDEN: golden()})
    fit.put(fit.run())
    FILE.write_text(written(FILE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
