"""Bad input and bad targets at the command line: the exit code, one line on standard error, and nothing half-written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import broadsheet

PAGE = "临溪早稻开镰\n\n本报讯（记者 唐果）昨天，临溪的六万亩早稻开镰收割，预计半个月割完。\n"
LIB = str(Path(broadsheet.__file__).parents[1])


@pytest.fixture
def run(tmp_path):
    """A process of its own in an empty folder with one good page: exit code, standard output, standard error."""
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")

    def call(*arguments, cwd=tmp_path, **options):
        environment = {"PYTHONPATH": LIB, "BROADSHEET_PLUGINS": "none", "PATH": os.environ["PATH"]}
        command = [sys.executable, "-m", "broadsheet", *map(str, arguments)]
        done = subprocess.run(command, cwd=cwd, env=environment, stdout=options.get("stdout", subprocess.PIPE), stderr=subprocess.PIPE, check=False, timeout=60)
        return done.returncode, (done.stdout or b"").decode(), done.stderr.decode()

    return call


def one_line(said: str) -> bool:
    return said.startswith("error: ") and said.count("\n") == 1 and "Traceback" not in said


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("blank.txt", b" \n\n\t", "blanks only"), ("empty.txt", b"", "empty"), ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "a PNG picture"),
        ("photo.txt", b"\xff\xd8\xff\xe0" + bytes(200), "a JPEG picture"), ("binary.txt", bytes(range(32)) * 40, "binary"), ("bad.json", b'{"schema_version": "9.0"}', "9.0"),
        ("broken.json", b'{"schema_version": ', "not a Broadsheet document"), ("bad.outline", b"headlin: x\n", "headline"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused_with_3(run, tmp_path, name, data, says):
    (tmp_path / name).write_bytes(data)
    before = names(tmp_path)
    code, out, said = run("convert", name, "-o", "made.docx")
    assert (code, out) == (3, "")
    assert one_line(said)
    assert name in said
    assert says in said
    assert names(tmp_path) == before


def test_a_missing_file_and_a_folder_are_refused_with_3(run, tmp_path):
    for name in ("nowhere.txt", "."):
        code, _, said = run("convert", name, "-t", "docx")
        assert code == 3
        assert one_line(said)
    assert names(tmp_path) == ["page.txt"]


def test_an_unknown_format_is_refused_with_2_and_the_nearest_name(run, tmp_path):
    code, _, said = run("convert", "page.txt", "-t", "dcox")
    assert code == 2
    assert one_line(said)
    assert "did you mean docx?" in said
    assert names(tmp_path) == ["page.txt"]


def test_an_existing_target_is_refused_with_5_and_stays_as_it_was(run, tmp_path):
    (tmp_path / "page.docx").write_bytes(b"mine")
    code, _, said = run("convert", "page.txt", "-t", "docx")
    assert code == 5
    assert one_line(said)
    assert "--force" in said
    assert (tmp_path / "page.docx").read_bytes() == b"mine"


def test_a_full_device_is_said_with_5(run):
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        code, _, said = run("convert", "page.txt", "-t", "json", stdout=full)
    assert code == 5
    assert one_line(said)


def test_a_full_disk_leaves_nothing_half_written(run, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(disk)], capture_output=True, check=False) if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    if mounted is None or mounted.returncode != 0:
        pytest.skip("a small disk can be mounted by root only, where mounting is allowed")
    try:
        code, _, said = run("convert", "page.txt", "-o", disk / "page.pdf")
        assert code == 5
        assert one_line(said)
        assert names(disk) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_that_must_not_be_written_is_said_with_5(run, tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    code, _, said = run("convert", "page.txt", "-o", locked / "page.docx")
    assert code == 5
    assert one_line(said)
    assert names(locked) == []


def test_a_target_under_a_file_is_said_with_5(run, tmp_path):
    code, _, said = run("convert", "page.txt", "-o", "page.txt/made.docx")
    assert code == 5
    assert one_line(said)
    assert names(tmp_path) == ["page.txt"]


def test_a_folder_that_cannot_be_made_is_said_with_5(run, tmp_path):
    code, _, said = run("convert", "page.txt", "-t", "docx", "-t", "txt", "-o", "/proc/nothing")
    if not Path("/proc").exists():
        pytest.skip("there is no /proc here")
    assert code == 5
    assert one_line(said)
    assert names(tmp_path) == ["page.txt"]


def test_one_bad_file_does_not_stop_the_others_of_a_batch(run, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "good.txt").write_text(PAGE, "utf-8")
    (pages / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    code, _, said = run("batch", "pages", "--to", "txt", "-o", "out")
    assert code == 1
    assert "picture.txt" in said
    assert "Traceback" not in said
    assert (tmp_path / "out" / "good.txt").exists()
    assert not (tmp_path / "out" / "picture.txt").exists()


@pytest.mark.parametrize("text", ["\x1b[31m红色的字走进了报纸\n" * 3, "a" * 200_000, "（" * 5000, "“" * 3000 + "。", "1\n" * 5000, "\n" * 5000 + "甲", "本报讯" * 4000])
def test_an_odd_text_is_converted_without_a_crash(run, tmp_path, text):
    (tmp_path / "odd.txt").write_text(text, "utf-8")
    code, out, said = run("convert", "odd.txt", "-t", "outline")
    assert code == 0, said
    assert "".join(char for char in out if not char.isspace())
