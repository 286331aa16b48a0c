"""A batch mirrors its folders, survives bad files, records all, and goes on where it stopped."""

from __future__ import annotations

import json
import sys

import pytest

from broadsheet.batch.plan import make_plan
from broadsheet.batch.run import report, run
from broadsheet.cli import run as cli
from broadsheet.config import Config
from broadsheet.errors import InputError, PluginError, UsageError
from broadsheet.registry import load_registry
from broadsheet.settings import Settings, build_settings

REGISTRY = load_registry(())
SUFFIXES = frozenset({".txt", ".outline"})
OUTLINE = "headline: Ferry runs again\nparagraph: The ferry to the islands ran again on Monday.\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROADSHEET_PLUGINS", "none")
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    return tmp_path


def put(folder, *names, text=OUTLINE):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def planned(here, *sources, to=("docx",)):
    made = make_plan(sources, [REGISTRY.writers[name] for name in to], here / "out", suffixes=SUFFIXES)
    return {str(task.path): [str(path.relative_to(here)) for _, path in task.outputs] for task in made.tasks}, made.passed_over


def test_the_tree_under_o_has_the_shape_of_the_source(here):
    put(here / "in", "b.txt", "may/a.txt", "may/03/c.outline")
    tasks, _ = planned(here, "in", to=("docx", "txt"))
    assert tasks == {
        "in/b.txt": ["out/b.docx", "out/b.txt"], "in/may/a.txt": ["out/may/a.docx", "out/may/a.txt"],
        "in/may/03/c.outline": ["out/may/03/c.docx", "out/may/03/c.txt"],
    }


def test_inputs_that_would_meet_keep_their_suffix(here):
    put(here / "in", "page.txt", "page.outline", "Page2.txt")
    assert planned(here, "in")[0] == {
        "in/Page2.txt": ["out/Page2.docx"], "in/page.outline": ["out/page.outline.docx"], "in/page.txt": ["out/page.txt.docx"],
    }


def test_hidden_files_and_the_output_folder_are_not_walked_and_others_are_passed_over(here):
    put(here, "a.txt", ".hidden.txt", ".git/b.txt", "out/old.txt", "photo.tiff")
    tasks, passed_over = planned(here, ".")
    assert list(tasks) == ["a.txt"]
    assert [path.name for path in passed_over] == ["photo.tiff"]


def test_a_pattern_keeps_the_folders_after_its_first_wildcard(here):
    put(here / "in", "1990/a.dat", "1991/a.dat", "1991/b.log")
    assert planned(here, "in/*/*.dat")[0] == {"in/1990/a.dat": ["out/1990/a.docx"], "in/1991/a.dat": ["out/1991/a.docx"]}


def test_a_file_named_twice_is_converted_once(here):
    put(here / "in", "a.txt")
    assert list(planned(here, "in", "in/a.txt", "in/*.txt")[0]) == ["in/a.txt"]


@pytest.mark.parametrize("source", ["nowhere", "nowhere/*.txt"])
def test_a_source_that_is_not_there_is_refused(here, source):
    with pytest.raises(InputError):
        planned(here, source)


def test_two_sources_whose_results_would_meet_are_refused(here):
    put(here, "one/a.txt", "two/a.txt")
    with pytest.raises(UsageError, match="would meet"):
        planned(here, "one/a.txt", "two/a.txt")


def test_a_bad_file_is_recorded_and_the_rest_is_written(here, capfd):
    put(here / "in", "a.outline", "c.outline")
    (here / "in" / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert cli(["batch", "in", "-t", "txt", "-t", "json", "-o", "out"]) == 1
    said = capfd.readouterr().err
    assert "error: in/b.txt: this is a PNG picture, not text" in said
    assert "2 written" in said
    assert "1 failed" in said
    rows = json.loads((here / "out" / "batch-report.json").read_bytes())
    assert [(row["path"], row["status"]) for row in rows] == [("in/a.outline", "written"), ("in/b.txt", "failed"), ("in/c.outline", "written")]
    assert rows[0]["outputs"] == ["out/a.txt", "out/a.json"]
    assert "PNG" in rows[1]["error"]
    assert rows[1]["outputs"] == []
    assert (here / "out" / "a.txt").read_text("utf-8").startswith("Ferry runs again")


def test_a_second_run_makes_only_what_is_missing(here):
    put(here / "in", "a.outline", "b.outline")
    assert cli(["batch", "in", "-t", "txt", "-o", "out", "-q"]) == 0
    (here / "out" / "a.txt").unlink()
    (here / "out" / "b.txt").write_text("mine")
    assert cli(["batch", "in", "-t", "txt", "-o", "out", "-q"]) == 0
    assert (here / "out" / "a.txt").exists()
    assert (here / "out" / "b.txt").read_text() == "mine"
    rows = json.loads((here / "out" / "batch-report.json").read_bytes())
    assert [row["status"] for row in rows] == ["written", "done before"]
    assert cli(["batch", "in", "-t", "txt", "-o", "out", "-q", "--force"]) == 0
    assert (here / "out" / "b.txt").read_text() != "mine"


def test_an_interrupted_run_records_what_was_finished_and_goes_on(here, monkeypatch):
    put(here / "in", "a.outline", "b.outline")
    whole = Settings.opened

    def stops_at_b(self, source, **options):
        if source.name == "b.outline":
            raise KeyboardInterrupt
        return whole(self, source, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Settings, "opened", stops_at_b)
        assert cli(["batch", "in", "-t", "txt", "-o", "out", "-q"]) == 130
    rows = json.loads((here / "out" / "batch-report.json").read_bytes())
    assert [row["path"] for row in rows] == ["in/a.outline"]
    assert cli(["batch", "in", "-t", "txt", "-o", "out", "-q"]) == 0
    assert (here / "out" / "b.txt").exists()


def test_a_fault_of_ours_fails_one_file_only(here, monkeypatch):
    put(here / "in", "a.outline", "b.outline")
    whole = Settings.opened

    def faulty(self, source, **options):
        if source.name == "a.outline":
            raise ZeroDivisionError("nought")
        return whole(self, source, **options)

    monkeypatch.setattr(Settings, "opened", faulty)
    plan = make_plan(["in"], [REGISTRY.writers["txt"]], here / "out", suffixes=SUFFIXES)
    outcomes = list(run(plan, build_settings(REGISTRY, Config(), {})))
    assert [one.status for one in outcomes] == ["failed", "written"]
    assert isinstance(outcomes[0].error, PluginError)
    assert "ZeroDivisionError: nought" in outcomes[0].error.message()


def test_the_report_names_files_that_no_reader_knows(here):
    put(here / "in", "photo.tiff")
    plan = make_plan(["in"], [REGISTRY.writers["txt"]], here / "out", suffixes=SUFFIXES)
    rows = json.loads(report(run(plan, build_settings(REGISTRY, Config(), {}))))
    assert rows == [{"path": "in/photo.tiff", "status": "passed over", "outputs": [], "error": None, "diagnostics": 0}]
