"""Every rule: it claims only roles that it declares, ranges that lie in the text, facts that the model knows, with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.conversion import read
from broadsheet.galley import galley
from broadsheet.languages import load_languages
from broadsheet.model import Facts, Mark
from broadsheet.plugin import Context
from broadsheet.registry import load_registry
from broadsheet.report import Report

ROOT = Path(__file__).parents[3]
PAGES = [*sorted((ROOT / "seeds").glob("*.txt")), *sorted((ROOT / "samples").glob("*.txt"))]
RULES = load_registry(()).rules
PROFILES = {language.code: language for language in load_languages()}
FIELDS = {*Facts.__struct_fields__, *Mark.__struct_fields__}
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


@pytest.fixture(scope="module")
def galleys():
    profiles = [PROFILES["en" if page.stem.startswith("en") or page.stem.endswith("en") else "zh-Hans"] for page in PAGES]
    return [(galley(read(page)), profile) for page, profile in zip(PAGES, profiles, strict=True)]


def claims(rule, lines, profile):
    return tuple(rule.propose(lines, rule.options(), Context(report=Report(), language=profile)))


@every_rule
def test_a_rule_claims_what_it_declares_and_lies_in_the_text(rule, galleys):
    for lines, profile in galleys:
        for claim in claims(rule, lines, profile):
            assert claim.role in rule.roles
            assert 0 <= claim.start <= claim.end <= len(lines.text)
            assert -1 <= claim.weight <= 1
            assert claim.reason
            assert "\n" not in claim.reason
            assert set(claim.fields) <= FIELDS


@every_rule
def test_a_rule_gives_the_same_claims_twice(rule, galleys):
    for lines, profile in galleys:
        assert claims(rule, lines, profile) == claims(rule, lines, profile)


@every_rule
def test_a_rule_says_nothing_of_an_empty_page_and_needs_no_profile(rule, galleys):
    assert claims(rule, galley(read(b".", name="x.txt")), None) is not None
    for lines, _ in galleys:
        assert isinstance(claims(rule, lines, None), tuple)


@every_rule
def test_a_rule_finds_something_on_the_seed_pages(rule, galleys):
    assert any(claims(rule, lines, profile) for lines, profile in galleys)


@every_rule
def test_a_rule_has_a_name_and_a_sentence(rule):
    assert rule.name.replace("_", "").replace("-", "").isalpha()
    assert rule.summary.endswith(".")
