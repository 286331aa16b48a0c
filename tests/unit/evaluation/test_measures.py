"""The measures by themselves, on cases small enough to count by hand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from broadsheet.conversion import read
from broadsheet.evaluation.accounts import Accounts, accounts
from broadsheet.evaluation.boundaries import Joins, Windows, joins, windows
from broadsheet.evaluation.compare import Count, count
from broadsheet.evaluation.folding import FoldedPage, fold, folded
from broadsheet.evaluation.gold import from_document, from_json
from broadsheet.evaluation.pages import score_page
from broadsheet.evaluation.summary import summarize
from broadsheet.model import Edit, Role
from broadsheet.outline import from_outline

PAGE = """Bridge opens early
By Nora Whitlock
The new bridge opened on Sunday, a month ahead
of plan.
The mayor spoke.
Library stays open
The library will stay open.
Volunteers will help.
"""
GOLD = """headline: Bridge opens early
byline: By Nora Whitlock
paragraph: The new bridge opened on Sunday, a month ahead of plan.
paragraph: The mayor spoke.

headline: Library stays open
paragraph: The library will stay open.
paragraph: Volunteers will help.
"""


def document(outline, page=PAGE):
    return from_outline(outline, source=read(page.encode(), name="page.txt", format="txt"))


def scored(outline, gold=GOLD, page=PAGE):
    """The score of an outline as if it were the parse."""
    return score_page(from_document("page", document(gold, page)), document(outline, page))


def told(score):
    return [(fault.wanted, fault.got, fault.extent, fault.words) for fault in score.faults]


def test_widths_blanks_and_hyphens_make_no_difference():
    assert fold("２０２４ 年－\nway-\u00adtrains") == fold("2024年waytrains") == "2024年waytrains"


def test_a_dateline_counts_without_its_brackets_a_headline_with_them():
    assert folded(Role.DATELINE, "（新华社北京6月6日电）") == "新华社北京6月6日电"
    assert folded(Role.HEADLINE, "（更正）") == "(更正)"


def test_a_folded_page_finds_its_way_back_to_lines_and_words():
    page = FoldedPage("　　一 二\n\nThe ﬁrst bridge\n")
    assert page.text == "一二Thefirstbridge"
    assert page.visible == [0, 2]
    assert page.at(page.source.index("bridge")) == page.text.index("bridge")
    assert page.line_of(page.text.index("bridge")) == 2
    assert page.words_of("firstbridge") == "ﬁrst bridge"


def test_a_perfect_parse_scores_one_in_everything():
    score = scored(GOLD)
    assert score.perfect
    assert score.faults == ()
    assert {role: (row.hit, row.found, row.wanted) for role, row in score.rows.items() if row.wanted} == {
        "headline": (2, 2, 2), "byline": (1, 1, 1), "paragraph": (4, 4, 4), "articles": (2, 2, 2),
    }
    assert score.joins == Joins(right=1)
    assert (score.windows.pk, score.windows.window_diff) == (0, 0)


def test_precision_counts_what_is_too_many_and_recall_what_is_missing():
    row = count(["a", "a", "b"], ["a", "b", "c", "d"])
    assert row == Count(hit=2, found=3, wanted=4)
    assert (row.precision, row.recall, row.f1) == (pytest.approx(2 / 3), 0.5, pytest.approx(4 / 7))
    assert Count().f1 == 1.0


def test_a_headline_taken_for_a_heading_costs_an_article_start_and_is_told_by_role():
    score = scored(GOLD.replace("\n\nheadline: Library", "\nheading: Library"))
    assert told(score) == [
        ("article", None, "other", "Library stays open"),
        ("headline", "heading", "same", "Library stays open"),
    ]
    assert (score.rows["headline"].hit, score.rows["headline"].wanted, score.rows["heading"].found) == (1, 2, 1)
    assert score.rows["articles"] == Count(1, 1, 2)


def test_a_paragraph_in_pieces_is_one_missed_join_and_one_that_swallows_the_next_a_wrong_one():
    pieces = scored(GOLD.replace("a month ahead of plan.", "a month ahead\nparagraph: of plan."))
    assert pieces.joins == Joins(right=0, missed=1, wrong=0)
    assert told(pieces) == [("paragraph", "paragraph", "shorter", "The new bridge opened on Sunday, a m…")]
    swallowed = scored(GOLD.replace("of plan.\nparagraph: The mayor", "of plan. The mayor"))
    assert swallowed.joins == Joins(right=1, missed=0, wrong=1)
    assert ("paragraph", "paragraph", "longer", "The mayor spoke.") in told(swallowed)


def test_boundaries_are_counted_in_windows_of_half_an_article():
    # Two gold articles of four lines: k is 2, six windows. A boundary one line late is wrong in one window on either side.
    assert windows(range(8), [0, 4], [0, 4]) == Windows(6, 0, 0)
    assert windows(range(8), [0, 4], [0, 5]) == Windows(6, 2, 2)
    assert windows(range(8), [0, 4], [0]) == Windows(6, 2, 2)


def test_window_diff_sees_a_boundary_too_many_beside_a_right_one_where_pk_does_not():
    near = windows(range(12), [0, 6], [0, 5, 6])
    assert near.pk < near.window_diff


def test_blank_lines_are_no_lines_and_a_page_of_none_has_no_windows():
    assert windows([3, 5, 9, 11], [3, 9], [3, 9]) == Windows(3, 0, 0)
    assert windows([], [], []) == Windows(0, 0, 0)


def test_joins_are_judged_only_where_the_gold_knows_both_lines():
    assert joins([[1, 2], [5]], [[1, 2, 3], [5, 6]]) == Joins(1, 0, 0)


def test_what_is_lost_doubled_or_made_up_is_counted_by_character():
    whole = document(GOLD)
    assert accounts(whole) == Accounts(0, 0, 0)
    article = whole.articles[1]
    first, second, third = article.blocks
    assert accounts(replace(whole, articles=(whole.articles[0], replace(article, blocks=(first, second))))).lost == len("Volunteerswillhelp.")
    assert accounts(replace(whole, articles=(*whole.articles, replace(article, blocks=(third,))))).doubled == len("Volunteerswillhelp.")
    padded = replace(third, text=third.text + " Or not.")
    assert accounts(replace(whole, articles=(whole.articles[0], replace(article, blocks=(first, second, padded))))).invented == len(" Or not.")


def test_an_undone_hyphen_is_an_edit_and_nothing_is_lost_or_made_up(parsed):
    made = parsed("Committee meets\n\nThe commit-\ntee met on Monday, and the commit-\ntee will meet again.\n")
    assert any(isinstance(edit, Edit) for edit in made.edits)
    assert accounts(made) == Accounts(0, 0, 0)


def test_confidence_is_banded_and_the_share_of_right_blocks_given():
    outline = GOLD.replace("headline: Library", "headline 0.95: Library").replace("paragraph: Volunteers", "list_item 0.55: Volunteers")
    summary = summarize([scored(outline)])
    shares = {band.low: (band.blocks, band.right, band.share) for band in summary.calibration if band.blocks}
    assert shares == {0.99: (5, 5, 1.0), 0.95: (1, 1, 1.0), 0.5: (1, 0, 0.0)}
    assert (summary.sure.blocks, summary.sure.share) == (6, 1.0)


def test_furniture_taken_for_text_is_told():
    page = "The Port Herald\n" + PAGE
    gold = GOLD + "\n--- furniture\nmasthead: The Port Herald\n"
    score = scored("headline: The Port Herald\n\n" + GOLD, gold, page)
    assert ("masthead", "headline", "same", "The Port Herald") in told(score)
    assert score.rows["masthead"] == Count(0, 0, 1)


ROW = {
    "id": "one", "kind": "page", "input": PAGE,
    "articles": [
        {"headline": "Bridge opens early", "byline": ["Nora Whitlock"], "paragraphs": ["The new bridge opened on Sunday, a month ahead of plan.", "The mayor spoke."]},
        {"headline": "Library stays open", "paragraphs": ["The library will stay open.", "Volunteers will help.", "Not on the page."]},
    ],
}  # fmt: skip


def test_gold_of_json_finds_its_places_on_the_page_and_asks_for_nothing_else():
    gold = from_json(ROW)
    assert [gold.page.words_at(article.start) for article in gold.articles] == ["Bridge opens early", "Library stays open"]
    assert gold.articles[1].parts == {
        Role.HEADLINE: ("Librarystaysopen",), Role.PARAGRAPH: ("Thelibrarywillstayopen.", "Volunteerswillhelp."),
    }
    assert [0] in gold.blocks
    assert [2, 3] in gold.blocks


def test_gold_of_json_does_not_judge_what_it_does_not_know():
    deck = GOLD.replace("headline: Library stays open\n", "headline: Library\nsubheadline: stays open\n")
    score = score_page(from_json(ROW), document(deck, PAGE.replace("Library stays", "Library\nstays")))
    assert "subheadline" not in score.rows
    assert score.rows["headline"] == Count(2, 2, 2)


def test_what_a_dateline_says_is_compared_in_the_article_that_starts_at_the_same_place(parsed):
    text = "桥通车了\n新华社江城6月6日电 （记者何枫）大桥6日通车。\n第一天有八千人过桥，两岸的人都来看。\n"
    row = {"id": "one", "kind": "page", "input": text, "articles": [
        {"headline": "桥通车了", "dateline": {"raw": "新华社江城6月6日电", "agency": "新华社", "place": "河城", "date": "6月6日"}},
    ]}  # fmt: skip
    values = score_page(from_json(row), parsed(text)).values
    assert {key: (value.hit, value.wanted) for key, value in values.items()} == {"agency": (1, 1), "place": (0, 1), "date": (1, 1)}


def test_the_worst_pages_come_first_and_perfect_ones_not_at_all():
    bad = scored(GOLD.replace("headline", "heading"))
    odd = scored(GOLD.replace("byline", "editor_note"))
    named = [named_as(score, name) for score, name in ((scored(GOLD), "good"), (odd, "odd"), (bad, "bad"))]
    summary = summarize(named)
    assert [page.name for page in summary.worst] == ["bad", "odd"]
    assert [page.name for page in summarize(named, worst=1).worst] == ["bad"]
    assert summary.perfect == pytest.approx(1 / 3, abs=0.001)
    assert (summary.confusions[0].wanted, summary.confusions[0].got, summary.confusions[0].times) == ("headline", "heading", 2)


def named_as(score, name):
    return replace(score, name=name)


def test_pages_are_added_up_by_counts_not_by_their_means():
    summary = summarize([scored(GOLD), scored(GOLD.replace("headline: Bridge", "heading: Bridge"))])
    assert (summary.articles.wanted, summary.articles.right) == (4, 4)
    assert (summary.roles["headline"].right, summary.roles["headline"].wanted, summary.roles["headline"].recall) == (3, 4, 0.75)
