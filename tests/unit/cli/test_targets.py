"""Where results go is decided before anything is read, and nothing meets or is written over by accident."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.cli.targets import article_name, check_free, plan
from broadsheet.errors import OutputError, UsageError
from broadsheet.model import Article, Block, Kind, Role
from broadsheet.registry import load_registry

WRITERS = load_registry(()).writers
TXT, JSON, DOCX, PDF = (WRITERS[name] for name in ("txt", "json", "docx", "pdf"))


def places(jobs):
    return [[None if target.path is None else target.path.as_posix() for target in job.targets] for job in jobs]


def test_without_o_text_goes_to_standard_output_and_the_rest_beside_us():
    assert places(plan(["in/page.txt"], [DOCX, TXT], None)) == [[None, "page.docx"]]


def test_o_is_a_file_for_one_input_and_one_format():
    assert places(plan(["page.txt"], [DOCX], "out/front.docx")) == [["out/front.docx"]]


def test_o_is_a_folder_where_it_is_one_or_ends_like_one(tmp_path):
    assert places(plan(["page.txt"], [DOCX], str(tmp_path))) == [[f"{tmp_path.as_posix()}/page.docx"]]
    assert places(plan(["page.txt"], [DOCX], "new/")) == [["new/page.docx"]]


def test_o_is_a_folder_for_several_formats_or_inputs():
    assert places(plan(["page.txt"], [DOCX, PDF], "out")) == [["out/page.docx", "out/page.pdf"]]
    assert places(plan(["a.txt", "b.txt"], [DOCX], "out")) == [["out/a.docx"], ["out/b.docx"]]


def test_inputs_of_one_stem_keep_their_suffix():
    assert places(plan(["page.txt", "page.outline", "b.txt"], [DOCX], "out")) == [["out/page.txt.docx"], ["out/page.outline.docx"], ["out/b.docx"]]


def test_a_dash_sends_even_binary_formats_to_standard_output():
    assert places(plan(["page.txt"], [DOCX], "-")) == [[None]]


def test_standard_input_is_called_stdin():
    assert places(plan(["-"], [DOCX], None)) == [["stdin.docx"]]


def test_several_inputs_in_one_text_format_follow_each_other_on_standard_output():
    assert places(plan(["a.txt", "b.txt"], [TXT], None)) == [[None], [None]]


@pytest.mark.parametrize(
    ("sources", "writers", "output", "says"),
    [
        (["a.txt"], [TXT, JSON], None, "txt and json cannot both go to standard output"),
        (["a.txt"], [TXT, DOCX], "-", "txt and docx cannot both go to standard output"),
        (["a.txt", "b.txt"], [DOCX], "-", "several docx files cannot go to standard output"),
        (["x/a.txt", "y/a.txt"], [DOCX], "out", "x/a.txt and y/a.txt would meet"),
        (["x/A.txt", "y/a.txt"], [DOCX], "out", "would meet"),
        (["a.txt"], [TXT], "a.txt", "would be written over itself"),
    ],
)
def test_results_that_would_meet_are_refused(sources, writers, output, says):
    with pytest.raises(UsageError) as caught:
        plan(sources, writers, output)
    assert says in str(caught.value)


def test_split_articles_go_into_a_folder_of_the_pages_name_unless_one_is_given():
    assert places(plan(["page.txt"], [TXT], None, split=True)) == [["page"]]
    assert places(plan(["page.txt"], [TXT], "out", split=True)) == [["out"]]
    assert places(plan(["a.txt", "b.txt"], [TXT], "out", split=True)) == [["out/a"], ["out/b"]]


def test_a_file_that_is_there_is_not_replaced(tmp_path):
    (tmp_path / "page.docx").write_bytes(b"mine")
    (job,) = plan(["page.txt"], [DOCX], str(tmp_path / "page.docx"))
    with pytest.raises(OutputError, match="exists already; give --force"):
        check_free(job)


def article(headline: str) -> Article:
    return Article("a1", Kind.NEWS, (Block(Role.HEADLINE, headline, ((0, len(headline)),)),))


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("Bridge opens early", "03-Bridge-opens-early.txt"),
        ("新桥提前通车", "03-新桥提前通车.txt"),
        ('Who? "What": a/b\\c <now> | then*', "03-Who-What-a-b-c-now-then.txt"),
        ("../../etc/passwd", "03-etc-passwd.txt"),
        ("Two\nlines", "03-Two-lines.txt"),
        ("evil\u202etxt.exe\x00", "03-evil-txt.exe.txt"),
        ("...", "03.txt"),
    ],
)
def test_a_split_file_is_named_by_place_and_headline(headline, name):
    assert article_name(3, 12, article(headline), ".txt") == name


def test_a_long_headline_is_cut_between_characters_to_fit_a_file_name():
    name = article_name(1, 5, article("桥" * 200), ".docx")
    assert name == "01-" + "桥" * 40 + ".docx"
    assert len(name.encode()) <= 255


def test_places_have_as_many_digits_as_the_page_needs():
    assert article_name(7, 120, article("Fog"), ".txt") == "007-Fog.txt"
    assert Path(article_name(1, 1, article("Fog"), ".txt")).name == "01-Fog.txt"
