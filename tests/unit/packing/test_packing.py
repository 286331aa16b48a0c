"""Zip archives whose bytes depend on their contents alone."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile

import pytest

from broadsheet.packing import deflated, stored, write_packed

ENTRIES = (deflated("word/text.xml", [b"<a>", b"text " * 1000, b"</a>"]), stored("media/one.png", b"\x89PNG"), deflated("empty.xml", []))


def packed() -> bytes:
    out = io.BytesIO()
    write_packed(out, ENTRIES)
    assert not out.closed
    return out.getvalue()


def test_entries_packed_beforehand_are_read_back_by_pythons_own_reader():
    archive = zipfile.ZipFile(io.BytesIO(packed()))
    assert archive.testzip() is None
    assert {name: archive.read(name) for name in archive.namelist()} == {
        "word/text.xml": b"<a>" + b"text " * 1000 + b"</a>", "media/one.png": b"\x89PNG", "empty.xml": b"",
    }


def test_entries_carry_one_date_and_plain_rights():
    entries = zipfile.ZipFile(io.BytesIO(packed())).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o644}
    assert [entry.compress_type for entry in entries] == [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]


def test_pieces_pack_as_they_would_in_one():
    assert deflated("a", [b"one", b"", b"two"]) == deflated("a", [b"onetwo"])


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
def test_unzip_finds_nothing_wrong(tmp_path):
    (tmp_path / "made.zip").write_bytes(packed())
    done = subprocess.run(["unzip", "-t", "made.zip"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "No errors detected" in done.stdout) == (0, True)
