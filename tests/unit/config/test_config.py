"""The configuration file is found, read and checked; all its mistakes come in one message."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import pytest

from broadsheet.config import Config, check, find_config, load_config
from broadsheet.errors import InputError, UsageError
from broadsheet.plugin import Help, Range


@dataclass(frozen=True, slots=True)
class DocxOptions:
    columns: Annotated[int, Help("Columns."), Range(1, 8)] = 1
    paper: Annotated[Literal["a4", "letter"], Help("Paper.")] = "a4"


CLASSES = {"from": {}, "to": {"docx": DocxOptions}, "clean": {}, "rule": {"byline": DocxOptions}}


@pytest.fixture
def written(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "broadsheet.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_the_nearest_file_above_is_found(tmp_path):
    (tmp_path / "broadsheet.toml").write_text("")
    below = tmp_path / "issue" / "page"
    below.mkdir(parents=True)
    assert find_config(below) == tmp_path / "broadsheet.toml"


def test_the_file_here_comes_before_the_one_above(tmp_path):
    here = tmp_path / "here"
    here.mkdir()
    for folder in (tmp_path, here):
        (folder / "broadsheet.toml").write_text("")
    assert find_config(here) == here / "broadsheet.toml"


def test_everything_that_the_file_says_is_read(written):
    config = load_config(written(
        'block = ["txt"]\ntheme = "reading"\nlanguage = "en"\nencoding = "gb18030"\npublication = "The Harbour Post"\nstrict = true\n'
        '[rules]\noff = ["byline"]\n[to.docx]\ncolumns = 3\n',
    ))
    assert config.block == ("txt",)
    assert (config.theme, config.language, config.encoding, config.publication) == ("reading", "en", "gb18030", "The Harbour Post")
    assert config.strict is True
    assert config.off == ("byline",)
    assert config.options("to", "docx") == {"columns": 3}
    assert config.options("to", "pdf") == {}


def test_a_missing_file_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        load_config(tmp_path / "nowhere.toml")


def test_a_file_that_is_not_toml_is_refused_with_its_line(written):
    with pytest.raises(UsageError, match="line 1"):
        load_config(written("theme = = 3"))


def test_all_mistakes_are_named_at_once(written):
    with pytest.raises(UsageError) as caught:
        load_config(written('them = "x"\nlanguage = 3\nblock = "txt"\nstrict = "yes"\nto = 1\n[rules]\nof = []\n'))
    message = str(caught.value)
    for part in (
        "no key called 'them'; did you mean theme?", "language must be a text", "block must be a list", "strict must be true or false",
        "to must be a table", "[rules]: no key called 'of'; did you mean off?",
    ):
        assert part in message


def test_options_are_checked_like_flags_ranges_included(written):
    config = load_config(written('[to.docx]\ncolumns = 9\npapper = "a4"\n[to.docs]\nx = 1\n[rule.byline]\npaper = "a5"\n[rules]\noff = ["bylin"]'))
    with pytest.raises(UsageError) as caught:
        check(config, CLASSES)
    message = str(caught.value)
    for part in (
        "columns must be from 1 to 8, not 9", "no option called 'papper'; did you mean paper?", "no output format called 'docs'; did you mean docx?",
        "paper: no choice called 'a5'", "[rules] off: no rule called 'bylin'; did you mean byline?",
    ):
        assert part in message


def test_a_sound_file_passes(written):
    check(load_config(written('[to.docx]\ncolumns = 8\npaper = "letter"\n')), CLASSES)


def test_without_a_file_nothing_is_set():
    config = Config()
    assert config.options("to", "docx") == {}
    assert not config.strict
