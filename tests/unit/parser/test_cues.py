"""What can be seen of a line and of a seam, by name."""

from __future__ import annotations

from importlib import import_module

import pytest

from broadsheet.conversion import parse
from broadsheet.galley import galley
from broadsheet.languages import load_languages
from broadsheet.lines import Source, cut_pages
from broadsheet.model import Role
from broadsheet.parser.cues import Cues
from broadsheet.parser.evidence import gather
from broadsheet.parser.seam_cues import text_seam, title_seam
from broadsheet.parser.weights import FORM
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet.rules import ALL

ENGLISH = next(language for language in load_languages() if language.code == "en")
NAMES = frozenset(rule.name for rule in ALL)
TEXT = "The bridge over the Alder reopened on Monday, four months after a barge struck its third pier, the council said."
WRAPPED = """\
Bridge reopens
after repairs
It must now wait
for the spring
The bridge over the Alder reopened on
Monday, four months after a barge had
struck its third pier. The deck is new,
and the council says that it will last.
Lorries of more than seven tons still
go round by Stonewick, as they have all
winter, until the deck is laid anew.
"""


def lines_of(text: str):
    return galley(Source(name="", media_type="text/plain", encoding="utf-8", sha256="", text=text, pages=cut_pages(text)))


def seen(text: str, index: int) -> set[str]:
    lines = lines_of(text)
    evidence = gather(lines, [(rule, None) for rule in ALL], Context(report=Report(), language=ENGLISH))
    return {cue for group in Cues(lines, evidence, ENGLISH, NAMES).seen(index) for cue in group.names()}


def test_a_title_is_seen_with_its_size_its_case_and_what_stands_below_it():
    assert {"up to 5 words", "up to 5 words whole", "capitals few", "title", "above none", "below stopped", "title above stopped", "line 0"} <= seen(
        f"Bridge reopens after repairs\n{TEXT}", 0
    )


def test_a_neighbour_is_called_by_what_is_claimed_of_it():
    assert "below byline" in seen(f"Bridge reopens after repairs\nBy Ada Finch\n{TEXT}", 0)
    assert "below dateline" in seen("Bridge reopens after repairs\nSTONEWICK, March 3 (Reuters) - The bridge reopened on Monday.", 0)


def test_a_title_knows_its_place_in_a_run_of_titles():
    assert {"titles above 1", "titles below 1", "titles 1 and 1", "titles under none", "titles over stopped"} <= seen(f"Transport\nBridge reopens after repairs\nLorries must wait\n{TEXT}", 1)


def test_plain_text_is_not_told_of_titles():
    assert not {cue for cue in seen(f"Transport\n{TEXT}", 1) if cue.startswith("titles")}


@pytest.mark.parametrize(("line", "cue"), [
    ("Who pays for the bridge?", "ends asks"), ("“It will last”", "starts quote"), ("Bridge: lorries must wait", "inside colon"), ("12 lorries turned back", "inside digit"),
    ("BRIDGE REOPENS", "capitals"), ("• Bridge reopens", "starts bullet"), ("Bridge Reopens After Four Months", "capitals all of many"),
])  # fmt: skip
def test_the_characters_of_a_line_are_cues(line, cue):
    assert cue in seen(f"{line}\n{TEXT}", 0)


def test_a_gap_is_a_cue_only_where_blank_lines_mean_something():
    apart = f"Bridge reopens\n\n{TEXT}\n\nLibrary asks for maps\n\n{TEXT}"
    assert not {cue for cue in seen(apart, 2) if cue.startswith("gap above")}
    assert "gap above stories whole" in seen(f"Bridge reopens\n{TEXT}\n{TEXT}\n\nLibrary asks for maps\n{TEXT}\n{TEXT}\n\nRain\n{TEXT}", 3)


def test_titles_set_narrower_than_the_text_have_a_measure_of_their_own():
    lines = lines_of(WRAPPED)
    assert lines.narrow[:4] == (16, 16, 16, 16)
    assert set(lines.narrow[4:10]) == {0}


def test_a_break_that_the_narrow_measure_did_not_force_parts_two_titles():
    lines = lines_of(WRAPPED)
    assert [next(cue for cue in title_seam(lines, index - 1, index) if cue.startswith("narrow")) for index in (1, 2, 3)] == [
        "narrow full spaced", "narrow short spaced", "narrow full spaced",
    ]  # fmt: skip


def test_seams_of_one_kind_are_equal_so_that_each_kind_is_weighed_once():
    lines = lines_of(WRAPPED)
    assert text_seam(lines, 4, 5, closed=False, broken=False) != text_seam(lines, 7, 8, closed=False, broken=False)
    assert text_seam(lines, 8, 9, closed=False, broken=False) == text_seam(lines, 8, 9, closed=False, broken=False)


def test_a_seam_is_named_by_the_ends_that_meet_there():
    lines = lines_of(f"{TEXT[:60]}\n\n{TEXT[60:]}\n\n{TEXT}\n\n{TEXT}")
    names = text_seam(lines, 0, 1, closed=False, broken=False).names()
    assert {"starts lower unstopped", "meets lower lower", "apart no gap spaced unstopped whole"} <= set(names)


@pytest.fixture
def weighed(monkeypatch):
    """Cues of known weight, whatever the fit found."""
    monkeypatch.setitem(FORM, "below byline", {"headline": 1.5})
    monkeypatch.setitem(FORM, "line 0", {"headline": -2.5, "heading": 3.0})
    monkeypatch.setitem(FORM, "title", {"headline": 0.2})
    sums = import_module("broadsheet.parser.readings")._row
    sums.cache_clear()
    yield
    sums.cache_clear()


def test_the_cues_that_tell_most_of_a_title_come_first_and_plain_text_has_none(weighed):
    lines = lines_of(f"Bridge reopens after repairs\nBy Ada Finch\n{TEXT}\n{TEXT}")
    evidence = gather(lines, [(rule, None) for rule in ALL], Context(report=Report(), language=ENGLISH))
    assert Cues(lines, evidence, ENGLISH, NAMES).telling(0, Role.HEADLINE)[:2] == [("line 0", -2.5), ("below byline", 1.5)]
    assert "title" not in dict(Cues(lines, evidence, ENGLISH, NAMES).telling(0, Role.HEADLINE))
    assert Cues(lines, evidence, ENGLISH, NAMES).telling(3, Role.PARAGRAPH) == []


def test_reasons_name_the_cues_with_their_weights(weighed):
    text = f"Bridge reopens after repairs\nBy Ada Finch\n{TEXT}\n"
    document = parse(Source(name="", media_type="text/plain", encoding="utf-8", sha256="", text=text, pages=cut_pages(text)), explain=True)
    told = {reason for block in document.articles[0].blocks[:1] for reason in block.reasons}
    assert told & {"headline -2.50: line 0", "heading +3.00: line 0"}


CHINESE = next(language for language in load_languages() if language.code == "zh-Hans")


def cues_of(text: str, language=ENGLISH) -> Cues:
    lines = lines_of(text)
    return Cues(lines, gather(lines, [(rule, None) for rule in ALL], Context(report=Report(), language=language)), language, NAMES)


def test_a_short_line_is_seen_with_the_sorts_of_words_it_has():
    cues = cues_of("AP Staff Writer\nRiver ice\nBy Monday\n" + TEXT)
    said = [{name for group in cues.seen(index) for name in group.names() if name.startswith("says ") and " in " not in name} for index in range(4)]
    assert said == [{"says agency", "says title"}, {"says nothing"}, {"says weekday"}, set()]


def test_chinese_words_are_found_without_blanks_and_surnames_at_the_beginning_alone():
    cues = cues_of("王若水\n三月十日\n若王\n外来的记者\n图为水库大坝", CHINESE)
    said = [{name for group in cues.seen(index) for name in group.names() if name.startswith("says ") and " in " not in name} for index in range(5)]
    assert said == [{"says surname"}, {"says date"}, {"says nothing"}, {"says title"}, {"says picture"}]


def test_a_short_sentence_of_alphabetic_text_may_be_a_title_or_a_name_and_a_line_of_a_paragraph_may_not():
    cues = cues_of(f"Bekanntmachung.\n{TEXT}\n{TEXT}\n{TEXT}\n")
    assert cues.titled(0)
    assert set(cues.bare(0)) == {Role.COLUMN_LABEL}
    assert not cues_of(WRAPPED).titled(7)
    assert not cues_of("他说：“不。”\n", CHINESE).titled(0)


def test_text_beside_a_picture_s_credit_may_be_its_caption_and_text_farther_off_is_plain():
    cues = cues_of(f"{TEXT}\n{TEXT}\n{TEXT}\n{TEXT}\n{TEXT}\nPhoto by Ada Finch\n{TEXT}")
    assert [Role.CAPTION in cues.bare(index) for index in (1, 3, 4, 6)] == [False, True, True, True]
    assert cues.plain(1)
    assert not cues.plain(3)


def test_a_title_is_seen_with_how_much_of_it_comes_again_below_and_stood_above():
    text = f"Alder bridge reopens\n{TEXT}\nBarge struck third pier\nNothing else was said of it by anybody in the town, and the winter went on.\n"
    cues = cues_of(text)
    echoes = [{name for group in cues.seen(index) for name in group.names() if name.startswith(("comes", "stood")) and name.count("spaced") == 1} for index in (0, 2)]
    assert {"comes again over 0.6 spaced", "stood above up to 0.0 spaced"} <= echoes[0]
    assert {"comes again up to 0.0 spaced", "stood above over 0.6 spaced"} <= echoes[1]


def test_the_seam_between_two_titles_is_named_by_the_characters_that_meet_and_the_clauses_on_both_sides():
    lines = lines_of("省政府昨晚召开电话会议强调：\n抓住冬闲　大干水利\n改造低产　治理荒滩\n今年全省计划投入劳力三百万人，开工一万四千处。")
    assert {"ends colon unspaced", "parted ny alike n unspaced", "place none unspaced"} <= set(title_seam(lines, 0, 1))
    assert {"ends letter unspaced", "parted yy alike y unspaced"} <= set(title_seam(lines, 1, 2))


def test_a_name_without_a_claim_stands_below_a_title_or_between_a_text_and_the_next_title_and_has_no_figure():
    cues = cues_of(f"Ice on the river\nA. Marlowe Finch\n{TEXT}\nOld Lamplighter\nBridge reopens\n{TEXT}\nStill closed\n{TEXT}\nRoom 14 to let\nYear\n")
    assert [Role.BYLINE in cues.bare(index) for index in (0, 1, 3, 4, 6, 8, 9)] == [False, True, True, True, False, False, False]


def test_what_is_claimed_as_text_is_no_name_and_no_label():
    rows = "Shr 48 cts vs 77 cts\nNet loss 3,923,000 vs 11,551,000\nFirst quarter\nShr profit 1.80 dlrs vs 2.32 dlrs\nNet profit 30,923,000 vs 31,004,000"
    assert list(cues_of(f"{TEXT}\n{rows}\n").bare(3)) == []


def test_a_rule_that_is_not_asked_leaves_its_role_to_nothing_else():
    lines = lines_of(f"Ice on the river\nA. Marlowe Finch\n{TEXT}\n")
    evidence = gather(lines, [(rule, None) for rule in ALL if rule.name != "byline"], Context(report=Report(), language=ENGLISH))
    assert list(Cues(lines, evidence, ENGLISH, (name for name in sorted(NAMES) if name != "byline")).bare(1)) == [Role.COLUMN_LABEL]
