"""How far confidence can be trusted: of the blocks in each band of confidence the share that is right, by corpus and by role.

    [BROADSHEET_CORPORA=DIR] python tests/quality/calibration.py

A block is right when a block of its role and its whole text stands in the gold.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpora import corpora, ours, scores

from broadsheet.cli.say import table
from broadsheet.evaluation.pages import Verdict
from broadsheet.evaluation.summary import BANDS, SURE, Band, band

HEAD = ("blocks", "0.90 and more", "wrong", "right", *(f"from {low:.2f}" for low in BANDS))
Judged = dict[str, list[Verdict]]


def by_corpus() -> Judged:
    """The blocks of each corpus, and of each kind of corpus and of all."""
    found: Judged = {name: [one for page in scores(name) for one in page.judged] for name in corpora()}
    groups: Judged = {}
    for name, judged in found.items():
        kind = name.split()[0] if ours(name) else "outside"
        groups.setdefault(f"all {kind}", []).extend(judged)
    return {**found, **groups, "all": [one for judged in groups.values() for one in judged]}


def by_role(judged: Iterable[Verdict]) -> Judged:
    """Blocks by role, those first of which most are wrong though confidence is high."""
    found: Judged = {}
    for one in judged:
        found.setdefault(one.role, []).append(one)
    return dict(sorted(found.items(), key=lambda one: (-wrong(one[1]), one[0])))


def wrong(judged: Sequence[Verdict]) -> int:
    sure = band(judged, SURE)
    return sure.blocks - sure.right


def rows(title: str, judged: Judged) -> Iterator[tuple[str, ...]]:
    """A table's rows: blocks, those of confidence 0.90 and more, how many of these are wrong, their share that is right, and each band's."""
    yield (title, *HEAD)
    for name, found in judged.items():
        sure = band(found, SURE)
        bands = (band(found, low, high) for low, high in zip(BANDS, (2.0, *BANDS), strict=False))
        yield (name, str(len(found)), str(sure.blocks), str(wrong(found)), share(sure), *(share(one) for one in bands))


def share(band: Band) -> str:
    return "-" if band.share is None else f"{band.share:.3f}"


if __name__ == "__main__":
    corpora_judged = by_corpus()
    print(table(rows("corpus", corpora_judged)))
    print(table(rows("role, all corpora", by_role(corpora_judged["all"]))), end="")
