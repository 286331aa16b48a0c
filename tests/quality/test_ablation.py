"""Any rule can be turned off: nothing crashes, nothing is lost, and something changes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from ablation import changes, macro, row
from corpora import SEEDS, settings

from broadsheet.conversion import parse, read
from broadsheet.evaluation.accounts import Accounts, accounts
from broadsheet.model import Code

REGISTRY = settings().registry
FEW = ("zh-01-broken-columns", "zh-Hant-11-wrapped-indent", "en-03-metro-front", "de-22-lokalteil")
every_rule = pytest.mark.parametrize("rule", REGISTRY.rules)


def without(rule, page):
    return parse(read(page, registry=REGISTRY), options={rule: None}, registry=REGISTRY)


@every_rule
def test_with_a_rule_off_no_other_fails_and_no_character_is_lost(rule):
    for name in FEW:
        document = without(rule, SEEDS / f"{name}.txt")
        assert accounts(document) == Accounts(0, 0, 0)
        assert [one.message for one in document.diagnostics if one.code is Code.RULE_FAILED] == []


@every_rule
def test_a_rule_that_is_off_is_missed_on_some_page(rule):
    def changed(page):
        return without(rule, page).articles != parse(read(page, registry=REGISTRY), registry=REGISTRY).articles

    assert any(changed(page) for page in sorted(SEEDS.glob("*.txt")))


def test_a_change_is_the_mean_over_the_corpora_that_have_the_role():
    before = {"one": {"byline": 0.8, "jump": 1.0}, "two": {"byline": 0.6}}
    after = {"one": {"byline": 0.4, "jump": 1.0}, "two": {"byline": 0.6}}
    assert changes(before, after) == pytest.approx({"byline": -0.2, "jump": 0.0})
    assert macro(before) == pytest.approx(0.75)
    assert row("byline", before, after, frozenset({"byline"})) == ("byline", "-0.1000", "byline -0.200", "")
    assert row("jump", before, after, frozenset({"jump"})) == ("jump", "-0.1000", "", "byline -0.200")
