"""The house rules, checked on the source itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import broadsheet
from broadsheet import cli
from broadsheet.plugin import HOOKS
from broadsheet.registry import load_registry

HOME = Path(broadsheet.__file__).parent
ROOT = HOME.parent.parent
MODULES = sorted(HOME.rglob("*.py"))
NAMES = [path.relative_to(HOME).as_posix() for path in MODULES]
#: The three places that may catch whatever somebody else's code raises.
CATCHERS = {"registry.py", "steps.py", "batch/run.py"}
HEAVY = ("docx", "reportlab", "ebooklib", "lxml", "chardet", "rich", "uharfbuzz", "fontTools")

every_module = pytest.mark.parametrize("path", MODULES, ids=NAMES)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path):
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@every_module
def test_a_module_has_at_most_400_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


@every_module
def test_a_function_has_at_most_50_lines(path):
    assert [one.name for one in functions(path) if one.end_lineno - one.lineno + 1 > 50] == []


@every_module
def test_a_module_says_in_one_sentence_what_it_is(path):
    first = (ast.get_docstring(tree(path)) or "").split("\n")[0]
    assert first.endswith((".", ":"))
    assert first.count(". ") == 0


@every_module
def test_a_public_signature_has_no_keyword_catch_all(path):
    assert [one.name for one in functions(path) if one.args.kwarg and not one.name.startswith("_")] == []


@every_module
def test_a_module_carries_its_docstrings_on_public_names(path):
    body = tree(path).body
    public = [node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


def test_whatever_is_raised_is_caught_in_three_places_only():
    def catches_all(node):
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        return any(one is None or (isinstance(one, ast.Name) and one.id in {"Exception", "BaseException"}) for one in caught)

    found = [
        name for name, path in zip(NAMES, MODULES, strict=True)
        for node in ast.walk(tree(path)) if isinstance(node, ast.ExceptHandler) and catches_all(node)
    ]
    assert sorted(found) == sorted(CATCHERS)


def test_no_module_leaves_work_for_later():
    words = ("TODO", "FIXME", "XXX", "NotImplementedError")
    assert [name for name, path in zip(NAMES, MODULES, strict=True) if any(word in path.read_text("utf-8") for word in words)] == []


def test_imports_point_downward():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(HOME.parent)})
    assert done.returncode == 0, done.stdout


def test_what_the_package_exports_exists():
    assert {name for name in broadsheet.__all__ if getattr(broadsheet, name) is None} == set()
    assert callable(broadsheet.convert)


def test_the_function_convert_is_not_hidden_by_a_module_of_its_name():
    import broadsheet.conversion

    assert broadsheet.convert is broadsheet.conversion.convert


def test_every_command_has_a_module_and_every_module_of_a_command_is_listed():
    commands = {path.stem for path in (HOME / "cli").glob("*.py") if "\ncommand = " in (text := path.read_text("utf-8")) or "\ndef command(" in text}
    assert commands == set(cli.COMMANDS)


def test_every_hook_is_called_and_kept_by_the_registry():
    registry = load_registry(())
    for hook in HOOKS:
        assert getattr(registry, hook.removeprefix("register_")) is not None


def loaded_by(*arguments: str) -> set[str]:
    """The modules that a fresh process has loaded at the end of a command."""
    program = f"import sys; sys.argv[1:] = {list(arguments)!r}\nfrom broadsheet.__main__ import main\ncode = main()\nprint('|'.join(sys.modules), file=sys.stderr)\n"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(HOME.parent), "BROADSHEET_PLUGINS": "none"},
    )
    return {name.split(".")[0] for name in done.stderr.splitlines()[-1].split("|")}


def test_the_version_is_told_before_anything_is_loaded():
    assert not {"click", "msgspec", "pluggy", "argparse", "importlib.metadata"} & loaded_by("--version")


@pytest.mark.parametrize("arguments", [("--help",), ("convert", "--help"), ("convert", "--help-all"), ("formats",), ("plugins",), ("schema",)])
def test_help_and_lists_load_no_heavy_library(arguments):
    assert not set(HEAVY) & loaded_by(*arguments)


def test_the_list_of_commands_loads_not_even_the_model():
    assert not {"msgspec", "pluggy"} & loaded_by("--help")
