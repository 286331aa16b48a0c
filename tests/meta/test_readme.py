"""What the README shows is true: its examples run, its commands and links exist."""

from __future__ import annotations

import re
import subprocess
import tomllib
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

import broadsheet
from broadsheet.config import check, load_config
from broadsheet.registry import Candidate, load_registry

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
GUIDES = sorted(path for path in ROOT.rglob("*.md") if not any(part.startswith(".") for part in path.relative_to(ROOT).parts))


def block(marker: str) -> str:
    """The fenced block right after `<!-- marker -->`."""
    found = re.findall(rf"<!-- {marker} -->\n```\w*\n(.*?)```\n", README, re.DOTALL)
    assert len(found) == 1, f"{len(found)} blocks after {marker!r}"
    return found[0]


def test_the_example_gives_the_outline_that_the_readme_shows():
    document = broadsheet.parse(broadsheet.read(block("example: input").encode(), format="txt"))
    out = BytesIO()
    broadsheet.write(document, out, format="outline")
    shown = [line for line in out.getvalue().decode().splitlines() if not line.startswith("! ")]
    assert "\n".join(shown).strip() == block("example: outline").strip()


def test_the_python_example_runs_as_it_is_printed(tmp_path, monkeypatch, capsys):
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "page.txt").write_bytes((ROOT / "samples" / "page.txt").read_bytes())
    monkeypatch.chdir(tmp_path)
    exec(compile(block("example: python"), "README.md", "exec"), {})
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "page.docx").read_bytes().startswith(b"PK")
    printed = capsys.readouterr().out
    assert "a1 headline" in printed
    assert "小院里的“共享药房” 守护山村夜里的灯" in printed
    assert "info caption-without-picture" in printed


def test_the_plugin_example_adds_its_format():
    module = ModuleType("broadsheet_tsv")
    exec(compile(block("example: plugin"), "README.md", "exec"), module.__dict__)
    registry = load_registry([Candidate(name="tsv", distribution="broadsheet-tsv", version="0.1.0", load=lambda: module)], only=["tsv"])
    assert registry.problems == ()
    out = BytesIO()
    broadsheet.convert(block("example: input").encode(), out, from_format="txt", to_format="tsv", registry=registry)
    assert out.getvalue().decode() == "a1\tHarbor board picks a ferry over a bridge\tNora Estabrook\n"


def test_the_plugin_example_names_its_module_in_our_group():
    project = tomllib.loads(block("example: entry point"))["project"]
    assert project["entry-points"] == {"broadsheet": {"tsv": "broadsheet_tsv"}}


def test_the_configuration_example_is_a_configuration(tmp_path):
    path = tmp_path / "broadsheet.toml"
    path.write_text(block("example: configuration"), "utf-8")
    config = load_config(path)
    check(config, load_registry(()).option_classes())
    assert config.options("to", "pdf") == {"paper": "a4"}
    assert config.off == ("talk",)


@pytest.mark.parametrize("name", ["run", "test"])
def test_a_command_stops_at_its_first_failure_and_is_sound_shell(name):
    lines = block(f"command: {name}").strip().splitlines()
    assert [line for line in lines[:-1] if not line.endswith(" &&")] == []
    subprocess.run(["bash", "-n"], input="\n".join(lines), text=True, check=True)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_guide_links_to_files_and_sections_that_exist(guide):
    text = re.sub(r"```.*?```", "", guide.read_text("utf-8"), flags=re.DOTALL)
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    broken = [target for target in targets if not exists(guide, target)]
    assert broken == []


def exists(guide: Path, target: str) -> bool:
    path, _, section = target.partition("#")
    page = guide.parent / path if path else guide
    if not section:
        return page.exists()
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return section in {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_guide_of_the_tests_names_every_folder_that_has_tests():
    named = set(re.findall(r"^\| `(\w+)/` \|", (ROOT / "tests" / "README.md").read_text("utf-8"), re.MULTILINE))
    assert {path.name for path in (ROOT / "tests").iterdir() if any(path.rglob("test_*.py"))} - named == set()


def test_every_top_folder_has_a_guide():
    folders = ("converters", "plugins", "plugins/epub", "tests", "seeds", "samples")
    assert [name for name in folders if not (ROOT / name / "README.md").is_file()] == []


@pytest.mark.parametrize("project", ["pyproject.toml", "plugins/epub/pyproject.toml"])
def test_the_notices_name_whatever_is_installed_with_us(project):
    stated = tomllib.loads((ROOT / project).read_text("utf-8"))["project"]
    needed = [*stated["dependencies"], *(one for extra in stated["optional-dependencies"].values() for one in extra)]
    notices = (ROOT / "converters" / "broadsheet" / "THIRD_PARTY_NOTICES.md").read_text("utf-8").lower()
    assert [one for one in needed if re.split(r"[<>=\[]", one)[0] not in notices] == []
