"""The benchmark runs, on texts that are what it says they are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="processor times of other programs are counted on Unix only")

sys.path.insert(0, str(Path(__file__).parent))

import papers
import parsing


def test_it_prints_every_table(capsys):
    parsing.main(["--megabytes", "0.01", "--runs", "1"])
    said = capsys.readouterr().out
    for title in ("Parsing", "Growth", "Long lines", "Where the time goes", "Beside another program"):
        assert f"{title}" in said
    assert "Chinese, wrapped at 20 characters" in said
    assert "10,000 characters in one line" in said


@pytest.mark.parametrize("language", papers.PAGES)
def test_papers_are_as_long_as_asked_the_same_each_time_and_no_paragraph_comes_twice(language):
    text = papers.paper(language, 60_000)
    assert 60_000 <= len(text.encode()) < 80_000
    assert papers.paper(language, 60_000) == text
    long = [line for line in text.split("\n") if len(line) > 100]
    assert len(long) > 30
    assert len(set(long)) == len(long)


def test_wrapped_papers_keep_to_their_width():
    for language, width in parsing.WIDTHS.items():
        lines = papers.paper(language, 20_000, width=width).split("\n")
        assert max(map(len, lines)) == width


def test_the_profile_knows_every_module_that_takes_time():
    met = parsing.stages(papers.paper("Chinese", 300_000, width=20).encode())
    assert met.total() > 20
    assert met["other"] < 0.1 * met.total()
    assert {"galley", "rules", "resolve"} <= set(met)


def test_what_was_found_is_attributed_to_the_innermost_stage():
    def frame(*paths):
        """A stack of these files, the innermost first."""

        class Frame:
            def __init__(self, paths):
                self.f_code = type("Code", (), {"co_filename": paths[0]})
                self.f_back = Frame(paths[1:]) if paths[1:] else None

        return Frame(paths)

    assert parsing.stage_of(frame("/lib/re.py", "/x/broadsheet/scan.py", "/x/broadsheet/rules/byline.py")) == "scan"
    assert parsing.stage_of(frame("/x/broadsheet/rules/byline.py", "/x/broadsheet/parser/evidence.py")) == "rules"
    assert parsing.stage_of(frame("/lib/re.py")) == "other"
