"""The commands as a person meets them: results, messages and exit codes."""

from __future__ import annotations

import io
import json
import sys
import zipfile

import pytest

from broadsheet import __version__, cli
from broadsheet.cli import run

PAGE = """Harbour bridge opens a month early

By Nora Whitlock

PORT ALDEN, May 3 - The new harbour bridge opened to traffic on Sunday, a month ahead of plan.

The mayor said the crossing would save drivers twenty minutes a day.


Library keeps its Sunday hours

By Tom Ferris

PORT ALDEN, May 3 - The city library will stay open on Sundays through the winter, its board said.

Volunteers will staff the reading room after the caretaker retires.
"""
OUTLINE = """headline: Harbour bridge opens a month early
byline: By Nora Whitlock
paragraph: The new harbour bridge opened to traffic on Sunday.

headline: Library keeps its Sunday hours
paragraph: The city library will stay open on Sundays.
"""


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROADSHEET_PLUGINS", "none")
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    (tmp_path / "page.outline").write_text(OUTLINE, "utf-8")
    return tmp_path


@pytest.fixture
def broadsheet(capfdbinary):
    """Run the command line: exit code, standard output, standard error."""

    def call(*arguments):
        code = run([str(one) for one in arguments])
        said = capfdbinary.readouterr()
        return code, said.out.decode(), said.err.decode()

    return call


def test_text_goes_to_standard_output(broadsheet):
    code, out, err = broadsheet("convert", "page.outline", "--to", "txt")
    assert code == 0
    assert out.startswith("Harbour bridge opens a month early\n")
    assert "Library keeps its Sunday hours" in out
    assert err == ""


def test_a_binary_format_goes_to_a_file_of_the_inputs_name(broadsheet, here):
    code, out, err = broadsheet("convert", "page.txt", "-t", "docx", "-q")
    assert (code, out, err) == (0, "", "")
    assert zipfile.ZipFile(here / "page.docx").testzip() is None


def test_the_suffix_of_o_names_the_format(broadsheet, here):
    assert broadsheet("convert", "page.txt", "-o", "front.pdf")[0] == 0
    assert (here / "front.pdf").read_bytes().startswith(b"%PDF-")


def test_several_formats_go_into_a_folder_that_is_made(broadsheet, here):
    code, _, err = broadsheet("convert", "page.txt", "-t", "txt", "-t", "json", "-o", "out")
    assert code == 0
    assert sorted(path.name for path in (here / "out").iterdir()) == ["page.json", "page.txt"]
    assert "wrote out/page.txt" in err


def test_standard_input_is_read_and_an_outline_on_it_is_known_by_its_lines(broadsheet, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(OUTLINE.encode())))
    code, out, _ = broadsheet("convert", "-", "-t", "outline")
    assert code == 0
    assert out.startswith("headline: Harbour bridge opens a month early\n")


def test_facts_from_the_command_line_reach_the_document(broadsheet):
    code, out, _ = broadsheet(
        "convert", "page.txt", "-t", "json", "--publication", "The Alden Post", "--issue-date", "2026-05-04", "--page", "A1", "--language", "en",
    )
    document = json.loads(out)
    assert code == 0
    assert document["issue"] == {"publication": "The Alden Post", "date": "2026-05-04", "page": "A1", "section": None, "edition": None}
    assert document["language"] == "en"
    assert document["source"]["name"] == "page.txt"


def test_json_written_and_converted_again_is_the_same(broadsheet, here):
    broadsheet("convert", "page.txt", "-o", "one.json")
    broadsheet("convert", "one.json", "-o", "two.json")
    assert (here / "one.json").read_bytes() == (here / "two.json").read_bytes()


def test_an_outline_read_against_its_page_gives_the_pages_offsets(broadsheet, here):
    broadsheet("convert", "page.txt", "-o", "made.outline")
    code, out, err = broadsheet("convert", "made.outline", "-t", "json", "--from-outline-source", "page.txt")
    document = json.loads(out)
    start, end = document["articles"][1]["blocks"][0]["source"][0]
    assert (code, err) == (0, "")
    assert document["source"]["text"][start:end] == "Library keeps its Sunday hours"
    assert document["source"]["text"] == PAGE


@pytest.mark.parametrize("flag", ["--no-to-json-source-text", "--to-json-no-source-text"])
def test_a_truth_is_denied_in_either_spelling(broadsheet, flag):
    code, out, _ = broadsheet("convert", "page.outline", "-t", "json", flag)
    assert code == 0
    assert json.loads(out)["source"]["text"] is None


def test_each_article_becomes_a_file(broadsheet, here):
    assert broadsheet("convert", "page.outline", "-t", "txt", "--split", "articles", "-o", "out")[0] == 0
    assert sorted(path.name for path in (here / "out").iterdir()) == [
        "01-Harbour-bridge-opens-a-month-early.txt", "02-Library-keeps-its-Sunday-hours.txt",
    ]
    assert "Harbour" not in (here / "out" / "02-Library-keeps-its-Sunday-hours.txt").read_text("utf-8")


def test_a_split_says_how_much_furniture_is_in_no_file(broadsheet, here):
    (here / "paged.outline").write_text("headline: Ferry runs\nparagraph: It runs again.\n\n--- furniture\nfolio: A4\n", "utf-8")
    code, _, said = broadsheet("convert", "paged.outline", "-t", "txt", "--split", "articles", "-o", "parts")
    assert code == 0
    assert "furniture belongs to no article and is in no file: 1 blocks" in said


def test_an_existing_file_is_refused_and_left_alone_unless_forced(broadsheet, here):
    (here / "page.docx").write_bytes(b"mine")
    code, _, err = broadsheet("convert", "page.txt", "-t", "docx")
    assert code == 5
    assert err == "error: page.docx: exists already; give --force to replace it, or another -o\n"
    assert (here / "page.docx").read_bytes() == b"mine"
    assert broadsheet("convert", "page.txt", "-t", "docx", "--force")[0] == 0
    assert zipfile.is_zipfile(here / "page.docx")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["convert", "nowhere.txt", "-t", "txt"], 3, "nowhere.txt: cannot be read (No such file or directory); check the path"),
        (["convert", ".", "-t", "txt"], 3, "is a folder; give its files"),
        (["convert", "empty.txt", "-t", "txt"], 3, "empty.txt: is empty"),
        (["convert", "picture.txt", "-t", "txt"], 3, "picture.txt: this is a PNG picture, not text"),
        (["convert", "paper.txt", "-t", "txt"], 3, "this is a PDF"),
        (["convert", "data.json", "-t", "txt"], 3, "data.json: not a Broadsheet document"),
        (["convert", "page.txt", "-t", "docxx"], 2, "no format called 'docxx'; did you mean docx?"),
        (["convert", "page.txt", "-t", "txt", "-f", "tx"], 2, "no format called 'tx'; did you mean txt?"),
        (["convert", "page.txt", "-t", "txt", "--language", "zh-Han"], 2, "did you mean zh-Hant or zh-Hans?"),
        (["convert", "page.txt", "-t", "docx", "--theme", "readng"], 2, "no theme called 'readng'; did you mean reading?"),
        (["convert", "page.txt", "-t", "txt", "--to-txt-layuot", "plain"], 2, "--to-txt-layout"),
        (["convert", "page.txt", "-t", "txt", "--to-txt-width-chars", "5"], 2, "width_chars must be from 20 to 400, not 5"),
        (["convert", "page.txt", "-t", "txt", "--issue-date", "2026-02-30"], 2, "--issue-date: '2026-02-30' is not a date"),
        (["convert", "page.txt", "-t", "txt", "-f", "json", "--encoding", "gbk"], 2, "json has no choice of encoding"),
        (["convert", "page.txt"], 2, "no format to write; give --to"),
        (["convert", "page.txt", "-o", "page.xyz"], 2, "no format is written with the suffix '.xyz'"),
        (["convert", "-", "-", "-t", "txt"], 2, "standard input can be read once"),
        (["convert", "page.txt", "-t", "txt", "-o", "no/where.txt"], 5, "make the folder first"),
        (["convert", "page.txt", "-t", "txt", "--config", "no.toml"], 3, "no.toml: cannot be read"),
        (["convrt", "page.txt"], 2, "no command called 'convrt'; did you mean convert?"),
        (["plugins", "show", "bultin"], 2, "did you mean builtin?"),
        (["batch", "page.txt", "-o", "out"], 2, "Missing option"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_with_its_exit_code(broadsheet, here, arguments, code, says):
    (here / "empty.txt").write_bytes(b"")
    (here / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (here / "paper.txt").write_bytes(b"%PDF-1.7\n" + bytes(64))
    (here / "data.json").write_text('{"a": 1}')
    got, out, err = broadsheet(*arguments)
    assert got == code
    assert out == ""
    assert err.startswith("error: ")
    assert err.count("\n") == 1
    assert says in err
    assert "Traceback" not in err


def test_debug_shows_the_traceback(broadsheet):
    code, _, err = broadsheet("convert", "nowhere.txt", "-t", "txt", "--debug")
    assert code == 3
    assert "Traceback" in err
    assert "FileNotFoundError" in err


def test_of_several_inputs_the_failed_are_listed_and_the_others_written(broadsheet, here):
    (here / "empty.txt").write_bytes(b"")
    code, _, err = broadsheet("convert", "page.txt", "empty.txt", "-t", "docx", "-o", "out")
    assert code == 1
    assert err.endswith("error: 1 of 2 inputs failed: empty.txt\n")
    assert (here / "out" / "page.docx").exists()


def test_strict_turns_a_warning_into_failure_and_writes_all_the_same(broadsheet, here):
    (here / "odd.txt").write_bytes(PAGE.encode() + b"A bell\x07 rang.\n")
    code, out, err = broadsheet("convert", "odd.txt", "-t", "txt", "--strict")
    assert code == 1
    assert "Harbour bridge" in out
    assert "warning: control-characters:" in err
    assert "(odd.txt:17:7)" in err
    assert broadsheet("convert", "odd.txt", "-t", "txt")[0] == 0
    assert broadsheet("inspect", "odd.txt", "--strict")[0] == 1


def test_the_configuration_gives_options_and_the_command_line_wins(broadsheet, here):
    (here / "broadsheet.toml").write_text('publication = "The Alden Post"\n[to.json]\nsource_text = false\nindent = 2\n')
    _, out, _ = broadsheet("convert", "page.outline", "-t", "json", "--to-json-indent", "0")
    document = json.loads(out)
    assert document["source"]["text"] is None
    assert document["issue"]["publication"] == "The Alden Post"
    assert out.count("\n") == 1


def test_a_wrong_configuration_is_refused_with_every_mistake(broadsheet, here):
    (here / "broadsheet.toml").write_text("[to.json]\nindent = 99\n[to.docs]\n")
    code, _, err = broadsheet("convert", "page.txt", "-t", "txt")
    assert code == 2
    assert "indent must be from 0 to 8, not 99" in err
    assert "did you mean docx?" in err


def test_a_rule_can_be_left_out_by_configuration(broadsheet, here):
    (here / "broadsheet.toml").write_text('[rules]\noff = ["byline"]\n')
    assert broadsheet("inspect", "page.txt")[0] == 0
    (here / "broadsheet.toml").write_text('[rules]\noff = ["bylne"]\n')
    assert "did you mean byline" in broadsheet("inspect", "page.txt")[2]


def test_inspect_prints_roles_with_confidence_and_articles_set_apart(broadsheet):
    code, out, _ = broadsheet("inspect", "page.outline")
    assert code == 0
    assert "headline 1.00: Harbour bridge opens a month early\nbyline 1.00: By Nora Whitlock\n" in out
    assert "\n\nheadline 1.00: Library keeps its Sunday hours\n" in out


def test_inspect_explain_prints_reasons_under_the_blocks(broadsheet):
    plain = broadsheet("inspect", "page.txt")[1]
    explained = broadsheet("inspect", "page.txt", "--explain")[1]
    assert not [line for line in plain.splitlines() if line.startswith("    ")]
    assert [line for line in explained.splitlines() if line.startswith("    ")]
    assert [line for line in explained.splitlines() if not line.startswith("    ")] == plain.splitlines()


def test_inspect_json_is_the_document(broadsheet):
    document = json.loads(broadsheet("inspect", "page.txt", "--json")[1])
    assert document["schema_version"] == "1.0"
    assert document["source"]["text"] == PAGE


def test_schema_is_the_documents_json_schema(broadsheet):
    schema = json.loads(broadsheet("schema")[1])
    assert schema["$schema"].endswith("2020-12/schema")
    assert {"Document", "Article", "Block"} <= set(schema["$defs"])


def test_formats_lists_readers_writers_their_plugin_and_options(broadsheet):
    out = broadsheet("formats")[1]
    assert f"broadsheet {__version__}" in out
    for part in ("read   txt", "write  docx", ".pdf", "--from-txt-encoding", "--to-json-indent", "From 0 to 8. Default: 0."):
        assert part in out


def test_plugins_lists_and_shows(broadsheet):
    assert broadsheet("plugins")[1] == broadsheet("plugins", "list")[1]
    shown = broadsheet("plugins", "show", "builtin")[1]
    assert "writer docx: " in shown
    assert "--to-docx-" in shown
    assert "rule byline: " in shown


def test_help_shows_only_the_options_of_the_formats_asked_for(broadsheet):
    plain, chosen, everything = (
        broadsheet("convert", *more)[1] for more in (["--help"], ["-t", "docx", "--help"], ["--help-all"])
    )
    assert "--to-docx-" not in plain
    assert "--to-docx-" in chosen
    assert "--to-pdf-" not in chosen
    assert "--to-docx-" in everything
    assert "--to-pdf-" in everything
    assert "--from-txt-encoding" in everything


def test_a_reader_of_our_output_that_goes_away_is_no_error(broadsheet, monkeypatch):
    import os

    reading, writing = os.pipe()
    os.close(reading)
    kept = os.dup(1)
    os.dup2(writing, 1)
    try:
        code = run(["convert", "page.outline", "-t", "txt"])
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(writing)
    assert code == 0


def test_an_interrupt_ends_with_130_and_leaves_nothing_half_written(broadsheet, here, monkeypatch):
    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("broadsheet.cli.convert.save", interrupted)
    code, _, err = broadsheet("convert", "page.txt", "-t", "docx")
    assert code == 130
    assert "interrupted" in err
    assert sorted(path.name for path in here.iterdir()) == ["page.outline", "page.txt"]


def test_every_command_of_the_list_exists_and_has_help(broadsheet):
    for name in cli.COMMANDS:
        code, out, _ = broadsheet(name, "--help")
        assert code == 0
        assert out.startswith(f"Usage: broadsheet {name}")
