"""The public functions: what they take, what they give, and the one family of errors that they raise."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from types import ModuleType

import pytest

import broadsheet
from broadsheet.conversion import Limits, convert, parse, read, render, write
from broadsheet.errors import BroadsheetError, InputError, LimitError, OutputError, PluginError, UsageError
from broadsheet.model import Code, Document, Issue, Role
from broadsheet.plugin import Certainty, Reader, Rule, Writer
from broadsheet.registry import Candidate, load_registry
from broadsheet.report import Report

PAGE = b"""Ferry runs again

By Ada Quill

PORT ALDEN, May 3 - The ferry to the islands ran again on Monday after a week of fog.
"""


def plugged(**hooks):
    module = ModuleType("wire")
    module.broadsheet_api = 1
    for name, function in hooks.items():
        setattr(module, name, function)
    return load_registry([Candidate(name="wire", distribution="broadsheet-wire", version="2.1", load=lambda: module, report_to="https://wire.example/issues")])


def tape(write, **changes):
    fields = {"name": "tape", "summary": "Tape.", "suffix": ".tape", "media_type": "text/plain", "renders": frozenset(Role), "write": write}
    return Writer(**{**fields, **changes})


def morse(read=lambda stream, options, context: None, sniff=lambda head, name: Certainty.SURE, name="morse"):
    return Reader(name=name, summary="Morse.", suffixes=(".morse",), media_type="text/x-morse", sniff=sniff, read=read)


@pytest.fixture(scope="module")
def document() -> Document:
    return parse(read(PAGE, name="ferry.txt"))


def test_the_four_functions_are_the_packages_own():
    assert (broadsheet.read, broadsheet.parse, broadsheet.write, broadsheet.convert) == (read, parse, write, convert)


def test_a_path_bytes_and_a_stream_read_alike(tmp_path):
    path = tmp_path / "ferry.txt"
    path.write_bytes(PAGE)
    with path.open("rb") as stream:
        assert read(path) == read(str(path)) == read(PAGE, name="ferry.txt") == read(stream)
    assert read(path).name == "ferry.txt"


def test_the_document_says_nothing_of_the_folders_it_came_from(tmp_path):
    assert read(PAGE, name=str(tmp_path / "ferry.txt")).name == "ferry.txt"


def test_convert_is_read_parse_and_write_in_one(tmp_path, document):
    (tmp_path / "ferry.txt").write_bytes(PAGE)
    assert convert(tmp_path / "ferry.txt", tmp_path / "ferry.json") == document
    assert (tmp_path / "ferry.json").read_bytes() == render(document, format="json")


def test_a_stream_is_written_and_left_open(document):
    out = io.BytesIO()
    write(document, out, format="txt")
    assert out.getvalue().startswith(b"Ferry runs again\n")
    assert not out.closed


def test_a_file_is_replaced(tmp_path, document):
    target = tmp_path / "ferry.txt"
    target.write_text("old")
    write(document, target)
    assert target.read_text("utf-8").startswith("Ferry runs again\n")


def test_given_facts_win_and_the_rest_is_kept():
    found = parse(read(PAGE), language="en", issue=Issue(publication="The Alden Post", date="2026-05-04"))
    assert found.issue.publication == "The Alden Post"
    assert found.issue.date == "2026-05-04"
    assert found.language == "en"


def test_a_document_that_knows_its_articles_comes_through_unchanged(document):
    assert parse(read(render(document, format="json"), name="ferry.json")) == document


def test_an_outline_gets_the_facts_that_its_texts_print():
    found = parse(read(b"headline: Ferry runs again\nbyline: By Ada Quill\nparagraph: It ran on Monday.\n", name="x.outline"))
    assert found.articles[0].blocks[1].names == ("Ada Quill",)
    assert found.articles[0].blocks[2].lead


def test_reasons_are_kept_on_request():
    assert not any(block.reasons for article in parse(read(PAGE)).articles for block in article.blocks)
    assert any(block.reasons for article in parse(read(PAGE), explain=True).articles for block in article.blocks)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: read("no/such.txt"), InputError, "cannot be read"),
        (lambda: read("a\0b.txt"), InputError, "cannot be read"),
        (lambda: read(b""), InputError, "is empty"),
        (lambda: read(b"   \n"), InputError, "blanks only"),
        (lambda: read(b"GIF89a" + bytes(99)), InputError, "this is a GIF picture, not text"),
        (lambda: read(io.StringIO("text")), UsageError, "binary stream"),
        (lambda: read(PAGE, format="text"), UsageError, "did you mean"),
        (lambda: read(PAGE, format="txt", options={"encodng": "gbk"}), UsageError, "did you mean encoding?"),
        (lambda: read(PAGE, format="txt", options=3), UsageError, "TxtOptions or a mapping"),
        (lambda: read(PAGE, limits=Limits(max_bytes=10)), LimitError, "larger than 10 bytes"),
        (lambda: parse(read(PAGE), language="english"), UsageError, "no language called 'english'"),
        (lambda: parse(read(PAGE), options={"bylin": {}}), UsageError, "did you mean byline?"),
        (lambda: parse(read(PAGE), options={"byline": {"x": 1}}), UsageError, "no option called 'x'"),
        (lambda: convert(PAGE, "out.xyz"), UsageError, "suffix '.xyz'"),
        (lambda: convert(PAGE, io.BytesIO()), UsageError, "format is not known"),
        (lambda: convert(PAGE, "no/such/folder.txt"), OutputError, "make the folder first"),
        (lambda: convert(PAGE, "x.docx", theme="plane"), UsageError, "no theme called 'plane'"),
        (lambda: convert(PAGE, "x.docx", theme="no.toml"), InputError, "cannot be read"),
    ],
)
def test_what_goes_wrong_is_one_of_our_errors(tmp_path, monkeypatch, call, error, says):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BroadsheetError) as caught:
        call()
    assert type(caught.value) is error
    assert says in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_no_more_than_the_limit_is_read_of_a_stream_without_end():
    class Endless(io.RawIOBase):
        asked = 0

        def read(self, size=-1):
            self.asked += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(LimitError):
        read(stream, limits=Limits(max_bytes=1000))
    assert stream.asked == 1001


def test_two_readers_that_are_equally_sure_are_refused():
    registry = plugged(register_readers=lambda: [morse(name="one"), morse(name="two")])
    with pytest.raises(InputError, match=r"one, two are equally sure .* name one with --from"):
        read(PAGE, registry=registry)


def test_a_reader_that_crashes_is_named_with_its_version_and_where_to_report():
    def crash(stream, options, context):
        raise ValueError("dash too long")

    with pytest.raises(PluginError) as caught:
        read(PAGE, name="a.morse", registry=plugged(register_readers=lambda: [morse(crash)]))
    message = str(caught.value)
    assert "reader morse of broadsheet-wire 2.1 crashed (ValueError: dash too long)" in message
    assert "https://wire.example/issues" in message
    assert isinstance(caught.value.__cause__, ValueError)


def test_a_writer_that_crashes_leaves_no_file(tmp_path, document):
    def crash(document, out, options, context):
        out.write(b"half")
        raise KeyError("role")

    with pytest.raises(PluginError, match=r"writer tape of broadsheet-wire 2\.1 crashed"):
        write(document, tmp_path / "x.tape", registry=plugged(register_writers=lambda: [tape(crash)]))
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_refuses_has_the_inputs_name_added():
    def refuse(stream, options, context):
        raise InputError("no dots in it", todo="add some")

    with pytest.raises(InputError, match=r"a\.morse: no dots in it; add some"):
        read(PAGE, name="a.morse", registry=plugged(register_readers=lambda: [morse(refuse)]))


def test_a_rule_that_crashes_is_left_out_and_reported_and_the_page_is_parsed(document):
    def propose(lines, options, context):
        yield from ()
        raise RuntimeError("lost the thread")

    rule = Rule(name="thread", summary="Finds threads.", roles=frozenset({Role.CREDIT}), propose=propose)
    found = parse(read(PAGE, name="ferry.txt"), registry=plugged(register_rules=lambda: [rule]))
    (said,) = [one for one in found.diagnostics if one.code is Code.RULE_FAILED]
    assert said.message == "rule thread of broadsheet-wire 2.1 failed and was left out (RuntimeError: lost the thread)"
    assert found.articles == document.articles


def test_a_rule_set_to_null_is_not_asked():
    asked = []

    def propose(lines, options, context):
        asked.append(lines)
        return ()

    rule = Rule(name="ear", summary="Listens.", roles=frozenset({Role.CREDIT}), propose=propose)
    registry = plugged(register_rules=lambda: [rule])
    parse(read(PAGE), options={"ear": None}, registry=registry)
    assert asked == []
    parse(read(PAGE), registry=registry)
    assert len(asked) == 1


def test_what_is_said_while_reading_stands_in_the_document_and_in_the_report():
    report = Report()
    found = parse(read(PAGE + b"A bell\x07.\n", report=report))
    assert [one.code for one in report.diagnostics] == [Code.CONTROL_CHARACTERS]
    assert Code.CONTROL_CHARACTERS in [one.code for one in found.diagnostics]


def test_a_writer_meets_only_roles_that_it_claims_and_the_change_is_reported(document):
    met = set()

    def look(document, out, options, context):
        met.update(block.role for article in document.articles for block in article.blocks)

    report = Report()
    registry = plugged(register_writers=lambda: [tape(look, renders=frozenset({Role.PARAGRAPH, Role.HEADING}))])
    render(document, format="tape", report=report, registry=registry)
    assert met == {Role.PARAGRAPH, Role.HEADING}
    said = [one.message for one in report.diagnostics if one.code is Code.DEGRADED_ROLE]
    assert "tape has no headline: 1 written as heading" in said
    assert "tape has no byline: 1 written as paragraph" in said


@pytest.mark.parametrize(
    ("date", "epoch", "when"),
    [
        ("2026-05-04", "0", datetime(2026, 5, 4, tzinfo=UTC)),
        ("--05-04", "86400", datetime(1970, 1, 2, tzinfo=UTC)),
        ("2026-02-30", None, None),
        (None, None, None),
    ],
)
def test_the_timestamp_is_the_issues_date_else_the_given_epoch_and_never_the_clock(monkeypatch, document, date, epoch, when):
    seen = []
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    registry = plugged(register_writers=lambda: [tape(lambda document, out, options, context: seen.append(context.when))])
    dated = parse(document, issue=Issue(date=date))
    render(dated, format="tape", registry=registry)
    assert seen == [when]


def test_only_visual_writers_get_a_theme(document):
    seen = []
    look = lambda document, out, options, context: seen.append(context.theme and context.theme.name)
    registry = plugged(register_writers=lambda: [tape(look), tape(look, name="poster", visual=True)])
    render(document, format="tape", registry=registry)
    render(document, format="poster", registry=registry)
    assert seen == [None, "reading"]


def test_a_language_without_a_profile_is_kept_and_read_with_the_nearest():
    document = parse(read(PAGE), language="fr")
    assert document.language == "fr"
    assert document.articles
