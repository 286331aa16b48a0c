"""A file appears whole or not at all, whatever stops us."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from broadsheet.errors import OutputError
from broadsheet.saving import make_folder, save


def test_a_file_is_written_and_nothing_else_left(tmp_path):
    save(tmp_path / "a.txt", b"whole")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.txt", b"whole")]


def test_a_new_file_has_the_permissions_that_the_umask_gives(tmp_path):
    before = os.umask(0o027)
    try:
        save(tmp_path / "a.txt", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


def test_a_symbolic_link_keeps_pointing_where_it_points(tmp_path):
    (tmp_path / "real.txt").write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    save(tmp_path / "link.txt", b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"new"


def test_a_device_is_written_to_as_it_is():
    save(Path(os.devnull), b"gone")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_what_stops_the_rename_leaves_the_old_file_and_no_part(tmp_path, monkeypatch, failure):
    def stopped(self, target):
        raise failure

    (tmp_path / "a.txt").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        save(tmp_path / "a.txt", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.txt", b"old")]


def test_a_full_disk_is_said_with_what_to_do():
    with pytest.raises(OutputError, match=r"No space left on device.*free some space"):
        save(Path("/dev/full"), b"x")


def test_a_missing_folder_a_folder_and_a_file_in_the_way_are_refused(tmp_path):
    with pytest.raises(OutputError, match="make the folder first"):
        save(tmp_path / "no" / "a.txt", b"")
    with pytest.raises(OutputError, match="is a folder"):
        save(tmp_path, b"")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError):
        save(tmp_path / "file" / "a.txt", b"")
    with pytest.raises(OutputError):
        make_folder(tmp_path / "file")


def test_a_name_as_long_as_the_system_takes_can_be_saved(tmp_path):
    name = "桥" * 83 + ".txt"
    save(tmp_path / name, b"x")
    assert (tmp_path / name).read_bytes() == b"x"
    with pytest.raises(OutputError, match="shorter name"):
        save(tmp_path / ("x" * 300), b"x")
