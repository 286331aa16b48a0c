"""Items without bullets, known by their first lines standing out."""

from __future__ import annotations

from broadsheet.conversion import read
from broadsheet.galley import galley
from broadsheet.model import Role
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet.rules.talk import RULE

STORY = """溪口橋下月通車
　　溪口橋工程處昨日宣布，新橋
工程已告完竣，定下月一日通車。
橋長三百公尺，雙向四車道，並設
人行道。屆時將舉行踩街活動，歡
迎各界參加。
"""
CINEMAS = """電影
大華　國語片「春歸何處」
　一時半，三時半，七時，九
　時
中山　西片「荒野孤客」彩
　色新片　學生三元
"""
BRIEFS = """山路封閉
　　北埔山路昨日起封閉三天。
茶價看漲
　　春茶每斤漲價二元，茶農稱慶。
"""


def items(text: str) -> list[str]:
    lines = galley(read(text.encode(), name="page.txt"))
    claims = RULE.propose(lines, RULE.options(), Context(report=Report()))
    return [lines.text[claim.start : claim.end] for claim in claims if claim.role is Role.LIST_ITEM]


def test_lines_that_stand_out_from_those_below_are_items():
    assert items(STORY + STORY + CINEMAS) == ["大華　國語片「春歸何處」", "中山　西片「荒野孤客」彩"]


def test_a_title_over_paragraphs_that_are_set_in_is_none():
    assert items(STORY + STORY) == []


def test_pages_of_a_paragraph_a_line_have_no_such_items():
    assert items(BRIEFS) == []
