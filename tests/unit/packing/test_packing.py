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


def test_more_entries_than_zip_could_count_at_first_are_read_back():
    out = io.BytesIO()
    write_packed(out, (stored(f"{n}.txt", str(n).encode()) for n in range(70_000)))
    archive = zipfile.ZipFile(out)
    assert len(archive.namelist()) == 70_000
    assert [archive.read(f"{n}.txt") for n in (0, 65_534, 65_535, 69_999)] == [b"0", b"65534", b"65535", b"69999"]


class Sparse(io.RawIOBase):
    """A file that holds its small writes and only counts the large ones, which are zeros."""

    def __init__(self):
        self.held, self.at, self.size = {}, 0, 0

    def write(self, data):
        if len(data) < 1 << 20:
            self.held[self.at] = bytes(data)
        self.at = self.size = self.at + len(data)
        return len(data)

    def seekable(self):
        return True

    def tell(self):
        return self.at

    def seek(self, offset, whence=io.SEEK_SET):
        self.at = offset + (0, self.at, self.size)[whence]
        return self.at

    def read(self, size=-1):
        end = self.size if size < 0 else min(self.at + size, self.size)
        data = bytearray(end - self.at)
        for place, held in self.held.items():
            first, last = max(place, self.at), min(place + len(held), end)
            if first < last:
                data[first - self.at : last - self.at] = held[first - place : last - place]
        self.at = end
        return bytes(data)


def test_entries_beyond_four_gigabytes_are_found():
    out, large = Sparse(), stored("large", bytes(1 << 28))
    write_packed(out, [*(large._replace(name=f"{n}.bin") for n in range(17)), stored("last.txt", b"here"), deflated("more.xml", [b"<a/>"])])
    assert out.size > 17 << 28
    archive = zipfile.ZipFile(out)
    assert (archive.getinfo("last.txt").header_offset > 1 << 32, archive.read("last.txt"), archive.read("more.xml")) == (True, b"here", b"<a/>")


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
def test_unzip_finds_nothing_wrong(tmp_path):
    (tmp_path / "made.zip").write_bytes(packed())
    done = subprocess.run(["unzip", "-t", "made.zip"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "No errors detected" in done.stdout) == (0, True)
