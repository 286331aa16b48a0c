"""A paper's own profile: a file named in the configuration that adds to one of ours, or is a language of its own."""

from __future__ import annotations

import sys

import pytest

from broadsheet.cli import run as command
from broadsheet.errors import BroadsheetError
from broadsheet.languages import load_languages, parse_language, read_languages

OWN = """
extends = "zh-Hans"
[words]
agency = ["石渡通讯社"]
[patterns]
column_label = ['''^渡口灯下$''']
"""
PAGE = "渡口灯下\n\n石渡镇修好了老码头\n\n石渡通讯社石渡6月6日电 镇里的老码头昨日修好，两条木船重新下水。老人们坐在石阶上看了一个下午。\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capfdbinary):
    monkeypatch.setenv("BROADSHEET_PLUGINS", "none")
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    (tmp_path / "our-paper.toml").write_text(OWN, "utf-8")

    def inspect(config: str) -> str:
        (tmp_path / "broadsheet.toml").write_text(config, "utf-8")
        command(["inspect", str(tmp_path / "page.txt"), "--config", str(tmp_path / "broadsheet.toml")])
        said = capfdbinary.readouterr()
        return said.out.decode() + said.err.decode()

    return inspect


def test_a_file_named_in_the_configuration_teaches_the_parser_the_papers_own_words(run):
    assert "column_label" not in run("")
    found = run('languages = ["our-paper.toml"]\n')
    assert "column_label" in found
    assert "[dateline: 石渡通讯社石渡6月6日电]" in found


def test_a_profile_that_extends_one_keeps_what_that_one_knows():
    base = next(language for language in load_languages() if language.code == "zh-Hans")
    own = parse_language(OWN, where="our-paper.toml")
    assert own.code == "zh-Hans"
    assert own.words["agency"] == (*base.words["agency"], "石渡通讯社")
    assert own.patterns["column_label"][0] == "^渡口灯下$"
    assert set(own.patterns) == set(base.patterns)


def test_a_file_may_bring_a_language_of_its_own(tmp_path):
    path = tmp_path / "eo.toml"
    path.write_text('code = "eo"\nname = "Esperanto"\n[words]\n[patterns]\nbyline = ["^De [A-Z].*$"]\n', "utf-8")
    assert read_languages([path])["eo"].patterns == {"byline": ("^De [A-Z].*$",)}


@pytest.mark.parametrize(
    ("text", "said"),
    [('extends = "zh-Hanz"', "zh-Hans"), ("extends = ", "not a language profile"), ('extends = "en"\n[patterns]\nbyline = ["("]', "not a language profile")],
)
def test_a_mistake_in_it_is_named_with_its_file(tmp_path, text, said):
    path = tmp_path / "wrong.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(BroadsheetError) as caught:
        read_languages([path])
    assert said in caught.value.message()


def test_a_missing_file_and_a_wrong_type_are_usage_and_input_errors(run):
    assert "none.toml" in run('languages = ["none.toml"]\n')
    assert "languages must be a list of files" in run("languages = 3\n")
