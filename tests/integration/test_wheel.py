"""The command from a built wheel, in an environment that has never seen the source tree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = "Ferry runs again\n\nBy Ada Quill\n\nPORT ALDEN, May 3 - The ferry to the islands ran again on Monday after a week of fog.\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)], cwd=ROOT, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def broadsheet(wheel, tmp_path_factory):
    """The installed command; its dependencies are borrowed from the environment that runs the tests."""
    home = tmp_path_factory.mktemp("fresh")
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    packages = home / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)],
        check=True, capture_output=True,
    )
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"BROADSHEET_PLUGINS": "none"}

    def call(*arguments, cwd):
        return subprocess.run([home / "bin" / "broadsheet", *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False)

    return call


def test_the_wheel_carries_its_data_and_nothing_of_the_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "broadsheet/themes/reading.toml" in names
    assert "broadsheet/languages/zh-Hans.toml" in names
    assert not [name for name in names if name.startswith("tests") or "/tests/" in name]


def test_the_installed_command_converts_a_page_to_every_format(broadsheet, tmp_path):
    (tmp_path / "ferry.txt").write_text(PAGE, "utf-8")
    done = broadsheet("convert", "ferry.txt", "-t", "docx", "-t", "pdf", "-t", "txt", "-t", "json", "-t", "outline", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert zipfile.ZipFile(tmp_path / "out" / "ferry.docx").testzip() is None
    assert (tmp_path / "out" / "ferry.pdf").read_bytes()[:5] == b"%PDF-"
    assert json.loads((tmp_path / "out" / "ferry.json").read_text("utf-8"))["articles"][0]["blocks"][0]["text"] == "Ferry runs again"


def test_the_installed_command_tells_its_version_and_its_plugin(broadsheet, tmp_path):
    version = broadsheet("--version", cwd=tmp_path).stdout.split()[1]
    assert f"broadsheet {version}" in broadsheet("plugins", cwd=tmp_path).stdout


def test_the_installed_command_fails_with_one_line_and_its_code(broadsheet, tmp_path):
    done = broadsheet("convert", "nowhere.txt", "-t", "txt", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1


def test_two_runs_give_the_same_bytes(broadsheet, tmp_path):
    (tmp_path / "ferry.txt").write_text(PAGE, "utf-8")
    for folder in ("one", "two"):
        broadsheet("convert", "ferry.txt", "-t", "docx", "-t", "pdf", "-t", "json", "-o", folder, cwd=tmp_path)
    for name in ("ferry.docx", "ferry.pdf", "ferry.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
