"""The reference is what the code says, and what it says of diagnostics is true."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from broadsheet.model import ROLE_MEANING, Code, Role
from broadsheet.report import MEANING, SEVERITY

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "converters" / "REFERENCE.md"
HOME = ROOT / "converters" / "broadsheet"


@pytest.fixture(scope="module")
def generated():
    spec = importlib.util.spec_from_file_location("reference", Path(__file__).with_name("reference.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.reference()


def test_the_reference_is_what_the_code_says(generated):
    assert REFERENCE.read_text("utf-8") == generated, "run: python tests/meta/reference.py > converters/REFERENCE.md"


@pytest.mark.parametrize(
    "line",
    [
        "### `broadsheet convert INPUT...`",
        "| `paper` | `--to-pdf-paper` | `theme` `a3` `a4` `a5` `letter` `tabloid` | `theme` | Paper size; theme takes the size that the theme names. |",
        "| `furniture` | `--to-epub-furniture` | `end` `none` | `end` | Where mastheads, folios and the like go. |",
        "| 3 | The input cannot be read as what it says it is. | `InputError` |",
        "| `orphan-fragment` | warning | An article's text starts in mid-sentence: its beginning is on another page, or lost. |",
        "| `jump` | where the article goes on or came from | block, mark |",
        "| `register_writers` | [`Writer`](#writer) |",
    ],
)
def test_the_reference_tells_of_commands_options_exit_codes_diagnostics_roles_and_hooks(generated, line):
    assert line in generated.splitlines()


def test_every_code_and_every_role_has_a_meaning():
    assert set(MEANING) == set(SEVERITY) == set(Code)
    assert set(ROLE_MEANING) == set(Role)


def test_a_code_is_called_reserved_exactly_when_nothing_reports_it():
    sources = "\n".join(path.read_text("utf-8") for path in HOME.rglob("*.py") if path.name not in {"model.py", "report.py"})
    unused = {code for code in Code if f"Code.{code.name}" not in sources}
    assert {code for code, meaning in MEANING.items() if meaning.startswith("Reserved:")} == unused
