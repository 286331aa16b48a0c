"""Plugins are found, checked and kept apart; what is wrong with one is listed and hides nothing else."""

from __future__ import annotations

import dataclasses
from types import ModuleType
from typing import Annotated

import pytest

from broadsheet.model import Code, Role
from broadsheet.plugin import Certainty, Cleaner, Help, Reader, Rule, Stage, Writer
from broadsheet.registry import Candidate, load_registry
from broadsheet.report import Report


def reader(name="morse", **changes):
    fields = {
        "name": name, "summary": "Telegraph tapes.", "suffixes": (f".{name}",), "media_type": "text/x-morse",
        "sniff": lambda head, name: Certainty.NO, "read": lambda stream, options, context: None,
    }
    return Reader(**{**fields, **changes})


def writer(name="tape", renders=frozenset(Role), **changes):
    fields = {
        "name": name, "summary": "Ticker tape.", "suffix": ".tape", "media_type": "text/plain", "renders": renders,
        "write": lambda document, out, options, context: None,
    }
    return Writer(**{**fields, **changes})


def plugin(name="wire", *, distribution=None, version="2.0", api=1, **hooks):
    module = ModuleType(name)
    if api is not None:
        module.broadsheet_api = api
    for hook, function in hooks.items():
        setattr(module, hook, function)
    return Candidate(name=name, distribution=distribution or f"broadsheet-{name}", version=version, load=lambda: module)


def problems(registry):
    return [(one.plugin, one.stage) for one in registry.problems]


def test_the_built_in_records_load_without_a_problem():
    registry = load_registry(())
    assert registry.problems == ()
    assert {"txt", "json", "outline"} <= set(registry.readers)
    assert {"docx", "json", "outline", "pdf", "txt"} <= set(registry.writers)
    assert {"en", "zh-Hans"} <= set(registry.languages)
    assert "reading" in registry.themes


def test_a_plugin_needs_no_marker_on_its_functions():
    registry = load_registry([plugin(register_readers=lambda: [reader()])])
    assert registry.readers["morse"].summary == "Telegraph tapes."
    assert registry.owner(registry.readers["morse"]).version == "2.0"


def test_a_hook_may_be_a_generator():
    def register_readers():
        yield reader("one")
        yield reader("two")

    registry = load_registry([plugin(register_readers=register_readers)])
    assert {"one", "two"} <= set(registry.readers)


def test_records_are_sorted_by_name_and_cleaners_by_stage_first():
    def cleaner(name, stage):
        return Cleaner(name=name, summary="Cleans.", stage=stage, clean=lambda lines, options, context: ())

    made = [cleaner("b", Stage.WORDS), cleaner("z", Stage.GLYPHS), cleaner("a", Stage.WORDS)]
    registry = load_registry([plugin(register_cleaners=lambda: made, register_readers=lambda: [reader("zz"), reader("aa")])])
    assert list(registry.cleaners) == ["z", "a", "b"]
    assert list(registry.readers) == sorted(registry.readers)


def test_the_registry_cannot_be_changed():
    registry = load_registry(())
    with pytest.raises(TypeError):
        registry.readers["txt"] = None
    with pytest.raises(dataclasses.FrozenInstanceError):
        registry.readers = {}


def test_a_plugin_that_cannot_be_imported_hides_no_other():
    def broken():
        raise ImportError("no module named 'telegraph'")

    bad = Candidate(name="bad", distribution="broadsheet-bad", version="1", load=broken)
    registry = load_registry([bad, plugin(register_readers=lambda: [reader()])])
    assert problems(registry) == [("bad", "import")]
    assert "telegraph" in registry.problems[0].message
    assert "morse" in registry.readers


def test_a_plugin_that_ends_the_interpreter_on_import_is_a_problem_like_any_other():
    def leaves():
        raise SystemExit(3)

    registry = load_registry([Candidate(name="bad", distribution="d", version="1", load=leaves)])
    assert problems(registry) == [("bad", "import")]


@pytest.mark.parametrize(
    ("api", "says"), [(None, "does not say broadsheet_api = 1"), (7, "a newer broadsheet"), (0, "a newer release of"), ("1", "does not say")],
)
def test_a_plugin_of_another_api_is_not_loaded_and_told_what_to_install(api, says):
    registry = load_registry([plugin(api=api, register_readers=lambda: [reader()])])
    assert problems(registry) == [("wire", "version")]
    assert says in registry.problems[0].message
    assert "morse" not in registry.readers


def test_a_misspelt_hook_is_listed_with_the_right_name_and_the_others_work():
    registry = load_registry([plugin(register_reader=lambda: [reader("lost")], register_writers=lambda: [writer()])])
    assert problems(registry) == [("wire", "hooks")]
    assert "did you mean register_readers?" in registry.problems[0].message
    assert "tape" in registry.writers
    assert "lost" not in registry.readers


def test_a_hook_that_wants_arguments_is_listed():
    registry = load_registry([plugin(register_readers=lambda config: [reader()])])
    assert problems(registry) == [("wire", "hooks")]
    assert "it wants config" in registry.problems[0].message


def test_a_plugin_without_hooks_is_listed():
    assert problems(load_registry([plugin()])) == [("wire", "hooks")]


def test_a_hook_that_raises_leaves_the_plugins_other_hooks_alone():
    def register_readers():
        raise RuntimeError("tape torn")

    registry = load_registry([plugin(register_readers=register_readers, register_writers=lambda: [writer()])])
    assert problems(registry) == [("wire", "register")]
    assert "register_readers failed: RuntimeError: tape torn" in registry.problems[0].message
    assert "tape" in registry.writers


@dataclasses.dataclass(frozen=True, slots=True)
class NoHelp:
    columns: int = 1


@dataclasses.dataclass(slots=True)
class Thawed:
    columns: Annotated[int, Help("Columns.")] = 1


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("morse", "a Reader was expected, not str"),
        (writer(), "a Reader was expected, not Writer"),
        (reader("Morse"), "lower-case"),
        (reader("mor se"), "lower-case"),
        (reader(summary=""), "summary of one sentence"),
        (reader(summary="One.\nTwo."), "summary of one sentence"),
        (reader(options=NoHelp), "NoHelp.columns needs a Help"),
        (reader(options=Thawed), "Thawed must be frozen"),
        (reader(options=dict), "must be a dataclass"),
    ],
)
def test_a_faulty_record_is_left_out_and_its_neighbour_stays(record, says):
    registry = load_registry([plugin(register_readers=lambda: [record, reader("sound")])])
    assert problems(registry) == [("wire", "register")]
    assert says in registry.problems[0].message
    assert "sound" in registry.readers


def test_a_writer_must_render_paragraphs():
    registry = load_registry([plugin(register_writers=lambda: [writer(renders=frozenset({Role.HEADLINE}))])])
    assert "must render paragraphs" in registry.problems[0].message


def test_a_built_in_wins_over_a_plugin_of_its_name_and_both_are_named():
    registry = load_registry([plugin(register_readers=lambda: [reader("txt")])])
    assert registry.owner(registry.readers["txt"]).distribution == "broadsheet"
    message = registry.problems[0].line()
    assert "wire" in message
    assert "builtin (broadsheet)" in message
    assert 'block = ["txt"]' in message


def test_blocking_a_built_in_makes_room_for_a_plugins_own():
    registry = load_registry([plugin(register_readers=lambda: [reader("txt")])], block=["txt"])
    assert registry.problems == ()
    assert registry.readers["txt"].summary == "Telegraph tapes."


def test_blocking_a_plugin_keeps_it_out():
    registry = load_registry([plugin(register_readers=lambda: [reader()])], block=["wire"])
    assert "morse" not in registry.readers
    assert registry.problems == ()


def test_blocking_what_is_not_there_is_a_problem():
    assert problems(load_registry((), block=["txtt"])) == [("txtt", "block")]


def test_of_two_plugins_the_first_given_wins():
    first = plugin("a", register_readers=lambda: [reader(summary="First.")])
    second = plugin("b", register_readers=lambda: [reader(summary="Second.")])
    registry = load_registry([first, second])
    assert registry.readers["morse"].summary == "First."
    assert problems(registry) == [("b", "register")]


@pytest.mark.parametrize(("limit", "there"), [("none", set()), ("one", {"one"}), ("one, two", {"one", "two"}), ("", {"one", "two"})])
def test_the_environment_limits_which_plugins_load(monkeypatch, limit, there):
    monkeypatch.setenv("BROADSHEET_PLUGINS", limit)
    two = [plugin(name, register_readers=lambda name=name: [reader(name)]) for name in ("one", "two")]
    registry = load_registry(two)
    assert {"one", "two"} & set(registry.readers) == there
    assert "txt" in registry.readers


def test_the_environment_naming_a_plugin_that_is_not_there_is_a_problem(monkeypatch):
    monkeypatch.setenv("BROADSHEET_PLUGINS", "nine")
    assert problems(load_registry(())) == [("nine", "import")]


def test_problems_become_diagnostics():
    report = Report()
    load_registry([plugin(api=9)]).report_problems(report)
    assert [one.code for one in report.diagnostics] == [Code.PLUGIN_PROBLEM]


def test_option_classes_are_given_by_configuration_table():
    rule = Rule(name="ticker", summary="Finds prices.", roles=frozenset({Role.TABLE}), propose=lambda lines, options, context: ())
    tables = load_registry([plugin(register_rules=lambda: [rule], register_writers=lambda: [writer()])]).option_classes()
    assert "ticker" in tables["rule"]
    assert "tape" in tables["to"]
    assert "txt" in tables["from"]
    assert tables["clean"] == {}
