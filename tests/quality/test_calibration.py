"""The calibration table counts what it says it counts."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from calibration import by_corpus, by_role, rows

from broadsheet.evaluation.pages import Verdict

VERDICTS = [
    *(Verdict("paragraph", confidence, right=right) for confidence, right in ((0.995, True), (0.995, False), (0.92, True), (0.6, False))),
    *(Verdict("byline", confidence, right=right) for confidence, right in ((0.9, True), (0.89, False))),
]


def test_blocks_of_090_and_more_are_counted_and_each_band_has_its_share():
    head, row = rows("corpus", {"one": VERDICTS})
    assert head[:5] == ("corpus", "blocks", "0.90 and more", "wrong", "right")
    assert dict(zip(head, row, strict=True)) == {
        "corpus": "one", "blocks": "6", "0.90 and more": "4", "wrong": "1", "right": "0.750", "from 0.99": "0.500", "from 0.97": "-",
        "from 0.95": "-", "from 0.90": "1.000", "from 0.80": "0.000", "from 0.70": "-", "from 0.50": "0.000", "from 0.00": "-",
    }


def test_roles_that_are_wrong_though_sure_come_first():
    assert list(by_role([*VERDICTS, *[Verdict("jump", 1.0, right=False)] * 2])) == ["jump", "paragraph", "byline"]


def test_all_is_the_sum_of_every_corpus():
    found = by_corpus()
    kinds = [name for name in found if name.startswith("all ")]
    assert len(found["all"]) == sum(len(found[name]) for name in kinds)
    assert len(found["all held"]) == sum(len(judged) for name, judged in found.items() if name.startswith("held "))
