"""How far confidence can be trusted: of the blocks in each band of confidence the share that is right, corpus by corpus.

    [BROADSHEET_CORPORA=DIR] python tests/quality/calibration.py

A block is right when a block of its role and its whole text stands in the gold.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpora import corpora, scores

from broadsheet.cli.say import table
from broadsheet.evaluation.pages import PageScore
from broadsheet.evaluation.summary import BANDS, Band, summarize

HEAD = ("corpus", "blocks", "0.90 and more", "right", *(f"from {low:.2f}" for low in BANDS))


def rows() -> Iterator[tuple[str, ...]]:
    """A row for each corpus, and one for each kind of corpus and for all."""
    groups: dict[str, list[PageScore]] = {}
    for name in corpora():
        found = scores(name)
        yield row(name, found)
        kind = name.split()[0] if name.split()[0] in {"seeds", "held"} else "outside"
        groups.setdefault(f"all {kind}", []).extend(found)
    groups["all"] = [one for group in groups.values() for one in group]
    yield from (row(name, tuple(found)) for name, found in groups.items())


def row(name: str, found: tuple[PageScore, ...]) -> tuple[str, ...]:
    """One corpus: its blocks, those of confidence 0.90 and more, the share of these that is right, and each band's share."""
    made = summarize(found)
    return (name, str(sum(band.blocks for band in made.calibration)), str(made.sure.blocks), share(made.sure), *(share(band) for band in made.calibration))


def share(band: Band) -> str:
    return "-" if band.share is None else f"{band.share:.3f}"


if __name__ == "__main__":
    print(table([HEAD, *rows()]), end="")
