"""Every language profile: its own examples hold, its patterns compile, and none of them can be made to run away."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import broadsheet
from broadsheet.errors import InputError
from broadsheet.languages import load_languages, parse_language
from broadsheet.text import shadow

PROFILES = {language.code: language for language in load_languages()}
# A cue at the end or in the middle of a line is searched for; the anchors in the patterns say where it may stand.
EXAMPLES = [
    pytest.param(language, name, kind, text, id=f"{language.code} {name} {kind}: {text[:24]}")
    for language in PROFILES.values() for name, kinds in language.examples.items() for kind, texts in kinds.items() for text in texts
]  # fmt: skip


def matches(language, name, text) -> bool:
    return any(re.search(pattern, shadow(text)) for pattern in language.patterns[name])


@pytest.mark.parametrize(("language", "name", "kind", "text"), EXAMPLES)
def test_an_example_of_a_profile_holds(language, name, kind, text):
    assert matches(language, name, text) is (kind == "yes")


@pytest.mark.parametrize("language", PROFILES.values(), ids=PROFILES)
def test_examples_name_patterns_that_exist_and_are_said_both_ways(language):
    assert set(language.examples) <= set(language.patterns)
    assert {kind for kinds in language.examples.values() for kind in kinds} == {"yes", "no"}
    assert all(kinds["yes"] and kinds["no"] for kinds in language.examples.values())


@pytest.mark.parametrize("language", PROFILES.values(), ids=PROFILES)
def test_the_cues_that_the_parser_rests_on_have_examples(language):
    assert {"dateline", "byline", "credit", "caption", "jump_from", "jump_to", "folio", "running_head"} <= set(language.examples)


@pytest.mark.parametrize("language", PROFILES.values(), ids=PROFILES)
def test_patterns_compile_and_use_only_groups_that_the_facts_know(language):
    known = {"agency", "place", "date", "slug", "form", "names", "page", "secondhand", "role"}
    for name, patterns in language.patterns.items():
        for pattern in patterns:
            assert set(re.compile(pattern).groupindex) <= known, name


@pytest.mark.parametrize("language", PROFILES.values(), ids=PROFILES)
def test_no_pattern_matches_nothing_or_a_plain_sentence_of_nothing(language):
    for name, patterns in language.patterns.items():
        assert not [pattern for pattern in patterns if re.search(pattern, "")], name


# Searched for at every place, a repeat without end at the head of a pattern takes time in the square of the line.
HEADLESS = re.compile(r"\[[^\]]+\][+*]|\\[wd][+*]|\.[+*]")


@pytest.mark.parametrize("code", list(PROFILES))
def test_no_pattern_begins_with_a_repeat_that_has_no_end(code):
    assert [(name, pattern[:20]) for name, patterns in PROFILES[code].patterns.items() for pattern in patterns if HEADLESS.match(pattern)] == []


HOSTILE = """
import re, sys
from broadsheet.languages import load_languages
language = next(one for one in load_languages() if one.code == sys.argv[1])
units = ["a", "A", "Aa ", "A. ", "、", "9", " ", "中", "中 ", "张", "张三、", "记者", "本报", "(", "（", "(中", "[", "·", "-", "—", ".", ",", "\\u4e00\\u3001", "By A ", "新华社", "1年", "By ", "AP/", "A' "]
units += ["가", "가 ", "홍길동 기자 ", "홍길동·", "가=", "일", "あ", "ア", "ア・", "山田", "山田 ", "山田、", "【", "「", "＝", "=", "面", "版", "記者", "記者王小明、", "／", "/", "年", "<", "▶", "월", "?", "다. "]
texts = [unit * (20000 // len(unit)) for unit in units]
texts += [head + unit * (20000 // len(unit)) for head in ("(", "By ", "本报记者", "新华社", "文/", "(记者") for unit in ("a", "A ", "中", "中、", "张三 ", "9", " ")]
texts += [head + unit * (20000 // len(unit)) for head in ("【", "〔記者", "中央社", "(서울=", "写真・", "聞き手・", "홍", "=") for unit in ("가", "가 ", "ア", "あ", "山田", "王小明、", "中", "9", " ", "=")]
for name, patterns in sorted(language.patterns.items()):
    for pattern in patterns:
        if pattern.startswith("[\\\\w.+-]+@"):
            continue  # told by another test
        compiled = re.compile(pattern)
        for text in texts:
            compiled.search(text)
    print(name, flush=True)
"""


@pytest.mark.parametrize("code", PROFILES)
def test_no_pattern_runs_away_on_twenty_thousand_hostile_characters(code):
    """Not a timing: a pattern that backtracks in powers would not end within any patience; the last name told is the culprit's neighbour."""
    done = subprocess.run(
        [sys.executable, "-c", HOSTILE, code], capture_output=True, text=True, check=False, timeout=120,
        env={"PYTHONPATH": str(Path(broadsheet.__file__).parents[1])},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == sorted(PROFILES[code].patterns)


SMALL = 'code = "xx"\nname = "Test"\n[words]\ncolour = ["red", "redder"]\n[fragments]\nshade = "dark @{colour}"\n[patterns]\nseen = ["^@{shade}$"]\n'


def test_words_and_fragments_are_put_where_they_are_named_longest_first():
    language = parse_language(SMALL, where="xx.toml")
    (pattern,) = language.patterns["seen"]
    assert re.search(pattern, "dark red")
    assert re.match(pattern.removesuffix("$"), "dark redder").group() == "dark redder"
    assert not re.search(pattern, "dark")


@pytest.mark.parametrize(
    "text",
    [
        "code = ",
        'name = "no code"',
        SMALL.replace("@{shade}", "@{nothing}"),
        SMALL.replace('["^@{shade}$"]', "1"),
        SMALL.replace("^@{shade}$", "("),
    ],
    ids=["not TOML", "no code", "a reference to nothing", "a pattern that is no list", "a pattern that does not compile"],
)
def test_a_profile_that_is_none_is_refused_by_its_name(text):
    with pytest.raises(InputError, match=r"xx\.toml"):
        parse_language(text, where="xx.toml")


@pytest.mark.parametrize("code", PROFILES)
def test_words_are_listed_without_blanks_at_their_ends(code):
    assert [word for words in PROFILES[code].words.values() for word in words if word != word.strip() or not word] == []
