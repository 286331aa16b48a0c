"""The parser's own promises: facts of the issue, the language, jumps paired, the lead, reasons on request."""

from __future__ import annotations

import pytest

from broadsheet.model import Code, Issue, Kind, Role

BRIDGE = "新桥通车\n\n本报讯（记者 唐果）白鹭江新桥昨天通车，两岸居民第一次走着过江，队伍排了三里长。\n\n"
TAIL = "大桥建设历时三年。（下转第二版）\n\n"
HALF = "（上接第一版“新桥通车”）总投资六亿元。老船工说，他渡了四十年人，今天把船交给了博物馆。\n"
RICE = "早稻开镰\n\n本报讯（记者 陶然）昨天，临溪的六万亩早稻开镰收割，预计半个月割完，亩产比去年高。\n\n"


def blocks(document, role):
    return [block for article in document.articles for block in article.blocks if block.role is role]


def test_the_issue_is_what_the_page_prints(parsed):
    document = parsed("临溪日报\n\n2024年6月7日 星期五\n\n第4版\n\n" + RICE)
    assert (document.issue.publication, document.issue.date) == ("临溪日报", "2024-06-07")
    assert document.issue.page in {"4", "第4版"}


def test_what_is_given_wins_over_what_is_printed(parsed):
    document = parsed("临溪日报\n\n" + RICE, issue=Issue(publication="青石晚报", date="2024-06-08"))
    assert (document.issue.publication, document.issue.date) == ("青石晚报", "2024-06-08")


def test_what_is_not_printed_is_null(parsed):
    assert parsed(RICE).issue == Issue()


@pytest.mark.parametrize(("text", "code"), [(RICE, "zh-Hans"), ("Ferry runs again\n\nThe ferry to the islands ran again on Monday.\n", "en")])
def test_the_language_is_found_or_given(parsed, text, code):
    assert parsed(text).language == code
    assert parsed(text, language="en").language == "en"


def test_two_halves_on_one_page_name_each_other_and_stay_two_articles(parsed):
    document = parsed(BRIDGE + TAIL + RICE + HALF)
    jumps = [(article.id, mark.direction, mark.article) for article in document.articles for block in article.blocks for mark in (*block.marks, block) if mark.role is Role.JUMP]
    first, last = document.articles[0].id, document.articles[-1].id
    assert first != last
    assert jumps == [(first, "to", last), (last, "from", first)]
    assert Code.JUMP_WITHOUT_OTHER_HALF not in {diagnostic.code for diagnostic in document.diagnostics}


def test_halves_are_left_alone_where_the_reader_says_so(parsed):
    document = parsed(BRIDGE + TAIL + RICE + HALF, options={"jump": {"pair": False}})
    jumps = [mark for article in document.articles for block in article.blocks for mark in block.marks if mark.role is Role.JUMP]
    assert [(jump.direction, jump.article) for jump in jumps] == [("to", None), ("from", None)]


def test_a_half_alone_is_paired_with_nobody(parsed):
    document = parsed(RICE + HALF)
    jump = next(mark for block in document.articles[-1].blocks for mark in block.marks if mark.role is Role.JUMP)
    assert (jump.direction, jump.page, jump.slug, jump.article) == ("from", "一", "新桥通车", None)


def test_the_first_paragraph_of_a_body_is_the_lead_and_no_other(parsed):
    paragraphs = blocks(parsed(BRIDGE + "通车仪式从简。\n\n"), Role.PARAGRAPH)
    assert [block.lead for block in paragraphs] == [True] + [False] * (len(paragraphs) - 1)


def test_reasons_are_kept_only_when_asked_and_change_nothing_else(parsed):
    from msgspec.structs import replace

    plain, explained = parsed(BRIDGE), parsed(BRIDGE, explain=True)
    assert not any(block.reasons for article in plain.articles for block in article.blocks)
    assert any(block.reasons for article in explained.articles for block in article.blocks)
    bare = [[replace(block, reasons=()) for block in article.blocks] for article in explained.articles]
    assert bare == [list(article.blocks) for article in plain.articles]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("春茶开采\n图为村民在茶园采茶。\n本报记者 钟远 摄\n", Kind.PHOTO),
        ("更正\n本报昨日二版《夜市开张》一文中，“六百个”应为“六十个”，特此更正。\n", Kind.CORRECTION),
        ("医保新规问与答\n问：何时开始？\n答：从下月一日起，不用另外申请。\n问：怎样报销？\n答：凭证报销，比例是七成。\n", Kind.INTERVIEW),
    ],
)
def test_a_kind_is_told_where_the_page_says_it_plainly(parsed, text, kind):
    assert parsed(text).articles[0].kind is kind


def test_confidence_lies_between_nothing_and_certainty(parsed):
    document = parsed(BRIDGE + RICE + HALF)
    assert all(0 <= block.confidence <= 1 for article in document.articles for block in article.blocks)


@pytest.mark.parametrize("text", ["。", "甲", "a", "1", "（", "\f甲\f", "新华社", "（上接第一版）", "（下转第四版）", "第4版"])
def test_a_scrap_of_text_is_a_document_all_the_same(parsed, unaccounted, text):
    assert unaccounted(parsed(text)) == []


def test_an_undone_hyphen_is_an_edit_that_can_be_undone(parsed, unaccounted):
    document = parsed("The hospital committee will meet on\nMonday to choose a new chief. The com-\nmittee has nine members, five named by\nthe county and four by staff. It has met\ntwice since January.\n")
    (edit,) = document.edits
    assert (edit.before, edit.after) == ("-", "")
    assert document.source.text[slice(*edit.source)] == "-"
    assert "The committee has nine" in document.articles[0].blocks[0].text
    assert unaccounted(document) == []
