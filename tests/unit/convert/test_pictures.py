"""Pictures reach writers from Python and from the files beside a document's JSON, and from nowhere else."""

from __future__ import annotations

import hashlib
import os

import pytest

from broadsheet.cli import run
from broadsheet.conversion import convert, render, write
from broadsheet.model import Article, Asset, Block, Code, Document, Kind, Role, SourceInfo
from broadsheet.opening import Limits
from broadsheet.pictures import pictures_beside
from broadsheet.report import Report
from broadsheet.schema import to_json

PNG = bytes.fromhex("89504e470d0a1a0a") + b"the bridge"
SHA = hashlib.sha256(PNG).hexdigest()
EMBEDDED = "data:image/png;base64,iVBORw0KGgp0aGUgYnJpZGdl"
TEXT = "The new bridge."


def page(name="bridge.png", digest=SHA):
    caption = Block(role=Role.CAPTION, text=TEXT, source=((0, len(TEXT)),), image=digest)
    return Document(
        schema_version="1.0", source=SourceInfo("page.txt", "text/plain", "utf-8", "0" * 64, TEXT), language="en",
        articles=(Article(id="a1", kind=Kind.PHOTO, blocks=(caption,)),), assets={digest: Asset("image/png", name, 640, 480)},
    )


@pytest.fixture
def folder(tmp_path):
    """A folder with a document's JSON and its picture, beside a secret that is none of its business."""
    home = tmp_path / "issue"
    home.mkdir()
    (home / "bridge.png").write_bytes(PNG)
    (tmp_path / "secret.png").write_bytes(PNG)
    return home


def found(document, home, **options):
    """The pictures that were found, and what was said of the others."""
    report = Report()
    pictures = pictures_beside(document, home / "page.json", report=report, **options)
    assert {each.code for each in report.diagnostics} <= {Code.CAPTION_WITHOUT_PICTURE}
    return pictures, [each.message for each in report.diagnostics]


# In Python


def test_a_writer_gets_the_pictures_that_are_given():
    assert EMBEDDED in render(page(), format="html", pictures={SHA: PNG}).decode()
    assert "data:image" not in render(page(), format="html").decode()


def test_write_and_convert_pass_pictures_on(tmp_path):
    (tmp_path / "page.json").write_bytes(to_json(page()))
    write(page(), tmp_path / "written.html", pictures={SHA: PNG})
    convert(tmp_path / "page.json", tmp_path / "converted.html", pictures={SHA: PNG})
    assert EMBEDDED in (tmp_path / "written.html").read_text("utf-8")
    assert EMBEDDED in (tmp_path / "converted.html").read_text("utf-8")


# Beside the JSON


def test_a_picture_beside_the_json_is_found_by_its_name(folder):
    assert found(page(), folder) == ({SHA: PNG}, [])


def test_a_picture_in_a_folder_beside_the_json_is_found(folder):
    (folder / "pictures").mkdir()
    (folder / "bridge.png").rename(folder / "pictures" / "bridge.png")
    assert found(page("pictures/bridge.png"), folder) == ({SHA: PNG}, [])


def test_a_picture_that_is_missing_is_said_with_the_place_where_it_was_looked_for(folder):
    place = (folder / "harbour.png").resolve()
    assert found(page("harbour.png"), folder) == ({}, [f"the picture 'harbour.png' is left out: {place}: there is no such file"])


def test_another_picture_of_the_same_name_is_not_taken(folder):
    (folder / "bridge.png").write_bytes(b"another picture")
    pictures, said = found(page(), folder)
    assert pictures == {}
    assert "this is another picture" in said[0]
    assert SHA in said[0]


@pytest.mark.parametrize("name", ["../secret.png", "sub/../../secret.png", "{outside}", "link.png", "linked/secret.png"])
def test_nothing_outside_the_folder_is_looked_at(folder, name):
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    (folder / "linked").symlink_to(folder.parent)
    pictures, said = found(page(name.format(outside=folder.parent / "secret.png")), folder)
    assert pictures == {}
    assert "outside the folder" in said[0]


def test_whether_a_file_outside_exists_is_not_told(folder):
    _, there = found(page("../secret.png"), folder)
    _, missing = found(page("../nothing.png"), folder)
    assert there[0].replace("secret", "nothing") == missing[0]


@pytest.mark.parametrize("name", ["", ".", "a\0b", "x" * 5000, "loop"])
def test_a_name_that_is_no_file_is_said_and_nothing_breaks(folder, name):
    (folder / "loop").symlink_to(folder / "loop")
    pictures, said = found(page(name), folder)
    assert pictures == {}
    assert len(said) == 1


def test_a_pipe_is_no_picture(folder):
    os.mkfifo(folder / "pipe.png")
    assert "there is no such file" in found(page("pipe.png"), folder)[1][0]


def test_a_picture_larger_than_the_limit_is_left_out(folder):
    pictures, said = found(page(), folder, limits=Limits(max_bytes=4))
    assert pictures == {}
    assert "is larger than 4 bytes" in said[0]


# On the command line


def test_the_command_finds_the_pictures_of_a_json_beside_it(folder, capsys):
    (folder / "page.json").write_bytes(to_json(page()))
    assert run(["convert", str(folder / "page.json"), "--to", "html", "-o", str(folder / "page.html")]) == 0
    assert EMBEDDED in (folder / "page.html").read_text("utf-8")
    assert "left out" not in capsys.readouterr().err


def test_the_command_says_which_picture_is_missing_and_writes_the_caption(folder, capsys):
    (folder / "page.json").write_bytes(to_json(page("harbour.png")))
    assert run(["convert", "--verbose", str(folder / "page.json"), "--to", "html", "-o", str(folder / "page.html")]) == 0
    assert TEXT in (folder / "page.html").read_text("utf-8")
    assert "'harbour.png' is left out" in capsys.readouterr().err


def test_a_split_and_a_batch_have_their_pictures_too(folder, capsys):
    (folder / "page.json").write_bytes(to_json(page()))
    out = folder.parent / "out"
    assert run(["convert", str(folder / "page.json"), "--to", "html", "--split", "articles", "-o", str(out)]) == 0
    assert EMBEDDED in (out / "01-The-new-bridge.html").read_text("utf-8")
    assert run(["batch", str(folder / "page.json"), "--to", "html", "-o", str(out)]) == 0
    assert EMBEDDED in (out / "page.html").read_text("utf-8")
