"""Newspaper shapes as a careful reader sees them: each case is an input and the outline that it should give.

A file of cases is text. `=== TITLE` starts a case and is its test id; `--- input` and `--- outline` hold the page and its
gold; `--- says: CODE …` names diagnostics that must be given, `--- silent: CODE …` those that must not; `--- fails: REASON`
marks a case that today's parser gets wrong, and the test fails when it comes right.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from broadsheet.model import Code
from broadsheet.outline import to_outline

CASES = Path(__file__).with_name("cases")
_HEAD = re.compile(r"--- (input|outline|says|silent|fails|language)(?:: ?(.*))?")


class Case(NamedTuple):
    title: str
    input: str
    outline: str
    language: str | None
    says: frozenset[str]
    silent: frozenset[str]
    fails: str


def read_cases(path: Path) -> list[Case]:
    """The cases of one file; a line that belongs to no part is a mistake in the file."""
    cases: list[dict[str, list[str]]] = []
    part: list[str] = []
    for line in path.read_text("utf-8").split("\n"):
        head = _HEAD.fullmatch(line)
        if line.startswith("=== "):
            part = []
            cases.append({"title": [line[4:].strip()]})
        elif head:
            part = cases[-1].setdefault(head[1], [head[2]] if head[2] else [])
        elif cases:
            part.append(line)
    return [_case(fields) for fields in cases]


def _case(fields: dict[str, list[str]]) -> Case:
    text = {name: "\n".join(lines).strip("\n") for name, lines in fields.items()}
    return Case(
        text["title"], text["input"] + "\n", text.get("outline", ""), text.get("language") or None,
        frozenset(text.get("says", "").split()), frozenset(text.get("silent", "").split()), text.get("fails", ""),
    )  # fmt: skip


ALL = [(path.stem, case) for path in sorted(CASES.glob("*.txt")) for case in read_cases(path)]


def marked(name: str, case: Case):
    marks = [pytest.mark.xfail(strict=True, reason=case.fails)] if case.fails else []
    return pytest.param(case, id=f"{name}: {case.title}", marks=marks)


@pytest.mark.parametrize("case", [marked(name, case) for name, case in ALL])
def test_the_page_is_read_as_a_careful_reader_reads_it(case, parsed, unaccounted):
    document = parsed(case.input, language=case.language)
    outline = to_outline(document)
    shown = "\n".join(line for line in outline.split("\n") if not line.startswith("! ")).strip("\n")
    said = {str(diagnostic.code) for diagnostic in document.diagnostics}
    assert unaccounted(document) == []
    if case.outline:
        assert shown == case.outline
    assert case.says <= said
    assert not case.silent & said


def test_titles_are_unique_within_a_file_and_codes_exist():
    assert len({(name, case.title) for name, case in ALL}) == len(ALL)
    assert {code for _, case in ALL for code in case.says | case.silent} <= {str(code) for code in Code}


def test_every_case_expects_something():
    assert [case.title for _, case in ALL if not (case.outline or case.says or case.silent)] == []
