"""What holds for every text whatever: nothing lost, nothing made up, the same answer twice, JSON and outline read back equal."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from broadsheet.conversion import parse, read
from broadsheet.errors import InputError
from broadsheet.lines import Source, cut_pages, line_spans
from broadsheet.model import Issue
from broadsheet.outline import from_outline, to_outline
from broadsheet.parser import parse_source
from broadsheet.registry import load_registry
from broadsheet.report import Report
from broadsheet.schema import from_json, to_json
from broadsheet.text import seam_glue, shadow

REGISTRY = load_registry(())
THOROUGH = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

LINES = (
    "秋粮入库过半", "——一座粮站的变迁", "新华社记者", "本报记者 张 帆 通讯员 李若水", "记者6日获悉，粮站今年全部实行预约。", "本报讯（记者何枫）", "贺小满",
    "新华社江城6月6日电 省里昨天印发办法，", "（新华社江城6月6日电）", "粮站里排起了长队。（据新华社电）", "（下转第四版）", "(上接A1版“新桥”)随着工程", "第4版", "简讯",
    "图为孩子们在包粽子。", "①村民采茶。②游客拍照。", "新华社记者 张帆摄", "一、把好老师留在山里", "坚持先问后修。规划人员数了三个月。", "全长1", "20公里。", "纳入市级“一", "把手”工程。",
    "问：如何理解？", "答：主要有三点。", "编者按：这里的做法值得借鉴。", "责任编辑：夏至", "２０２４年６月７日　星期五", "澄江日报", "（附图片２张）", "【又电】抢修队赶到。",
    "Harbour bridge opens early", "MAYOR, COUNCIL CLASH", "By Nora Whitlock", "Staff Writer", "PORT ALDEN, May 3 - The bridge opened on Sunday.", "WASHINGTON (AP) — The vote",
    "The commit-", "tee met on Monday.", "way-", "trains ran late, and", "See BRIDGE, Page A4", "BRIDGE from A1", "A4", "Photo: Tom Ferris", "(Owen Tully / The Courier)", "- 30 -",
    "HOME 2  VISITORS 1", "City    5   2  .714", "Q: How many?", "A: About forty.", "“We will", "not leave.” He agreed.", "Haus- und", "12", "■", "•", "()", "“", "”", "。", "，", "-", "/",
)  # fmt: skip
BLANKS = ("", " ", "　　", "\t", "\u00a0", "\u2003", "\u200b", "\ufeff")
ENDINGS = ("\n", "\n", "\n\n", "\r\n", "\r", "\f", "\n\f", "\n\n\n")
ODD = ("\x00", "\x07", "\x0b", "\x85", "\u2028", "\u2029", "\u202e", "\ufffd", "\ue000", "e\u0301", "👨\u200d👩", "𠮷", "ﬁ", "\u00ad", "[dateline: x]", "\\", " / ", "--- furniture", "! limit: x")

pieces = st.one_of(st.sampled_from(LINES), st.sampled_from(LINES), st.sampled_from(BLANKS), st.sampled_from(ODD), st.text(max_size=12))
pages = st.lists(st.tuples(st.sampled_from(BLANKS), st.lists(pieces, min_size=1, max_size=3).map("".join), st.sampled_from(ENDINGS)), max_size=25).map(
    lambda lines: "".join("".join(line) for line in lines)
)


def document_of(text: str, rules=None):
    """What the parser makes of a text, whatever a reader would have refused."""
    source = Source(name="page.txt", media_type="text/plain", encoding="utf-8", sha256="", text=text, pages=cut_pages(text))
    chosen = [(rule, rule.options()) for rule in rules or REGISTRY.rules.values()]
    return parse_source(source, rules=chosen, languages=REGISTRY.languages, language=None, issue=Issue(), report=Report())


@THOROUGH
@given(pages)
@example("")
@example("\ufeff")
@example("全长1\n\n20公里。")
@example("The commit-\ntee met.")
@example("\x00\f\x00\r\r\n")
def test_every_visible_character_lies_in_one_block_or_edit_and_blocks_say_what_their_spans_give(unaccounted, text):
    assert unaccounted(document_of(text)) == []


@THOROUGH
@given(pages)
def test_json_gives_back_an_equal_document(text):
    document = document_of(text)
    assert from_json(to_json(document)) == document


@THOROUGH
@given(pages)
def test_json_of_what_was_read_from_json_is_the_same_bytes(text):
    once = to_json(document_of(text))
    assert to_json(from_json(once)) == once


@THOROUGH
@given(pages)
def test_an_outline_read_against_its_page_gives_the_same_roles_texts_and_visible_characters(text):
    document = document_of(text)
    if not document.articles and not document.furniture:
        return
    source = Source(name="page.txt", media_type="text/plain", encoding="utf-8", sha256="", text=text, pages=cut_pages(text))
    back = from_outline(to_outline(document), source=source)
    assert shape(back) == shape(document)


def shape(document):
    """Articles and furniture as (role, text), every text without the blanks that an outline's line cannot hold at its ends."""
    articles = [[(block.role, block.text.split()) for block in article.blocks] for article in document.articles]
    return [*articles, [(block.role, block.text.split()) for block in document.furniture]]


@settings(THOROUGH, max_examples=60)
@given(pages, st.randoms(use_true_random=False))
def test_the_order_in_which_rules_are_asked_does_not_matter(text, chance):
    rules = list(REGISTRY.rules.values())
    chance.shuffle(rules)
    assert document_of(text, rules) == document_of(text)


@THOROUGH
@given(pages)
def test_marks_lie_inside_their_blocks_and_blocks_are_in_the_order_of_the_page(text):
    document = document_of(text)
    for article in document.articles:
        assert article.blocks
        firsts = [block.source[0][0] for block in article.blocks]
        assert firsts == sorted(firsts)
        assert all(0 <= mark.start <= mark.end <= len(block.text) for block in article.blocks for mark in block.marks)
    starts = [article.blocks[0].source[0][0] for article in document.articles]
    assert starts == sorted(starts)
    assert [article.id for article in document.articles] == [f"a{number}" for number in range(1, len(starts) + 1)]


@THOROUGH
@given(st.binary(max_size=600), st.sampled_from([None, "utf-8", "gb18030", "big5", "utf-16-le", "shift_jis", "latin-1"]))
def test_bytes_of_any_kind_are_refused_or_kept_whole(data, encoding):
    try:
        source = read(data, name="x.txt", format="txt", options={"encoding": encoding}, registry=REGISTRY)
    except InputError:
        return
    document = parse(source, registry=REGISTRY)
    assert document.source.text == source.text
    assert from_json(to_json(document)) == document


@THOROUGH
@given(st.binary(max_size=600), st.sampled_from([None, "gb18030", "utf-16-le"]))
def test_no_character_of_bytes_of_any_kind_is_lost(unaccounted, data, encoding):
    try:
        source = read(data, name="x.txt", format="txt", options={"encoding": encoding}, registry=REGISTRY)
    except InputError:
        return
    assert unaccounted(parse(source, registry=REGISTRY)) == []


@THOROUGH
@given(st.text(alphabet=st.sampled_from("a中\r\n\f\v\x00\x1c\u2028 "), max_size=40))
def test_lines_and_their_ends_are_the_whole_text_in_order(text):
    made = "".join(text[start:end] + ending for start, end, ending in line_spans(text))
    assert made == text
    lines = [line for page in cut_pages(text) for line in page.lines]
    assert [line.text for line in lines] == [text[line.start : line.end] for line in lines]
    assert not [line for line in lines if set(line.text) & set("\r\n\f")]


@THOROUGH
@given(st.text(max_size=60))
def test_the_shadow_has_the_length_of_the_text(text):
    assert len(shadow(text)) == len(text)


@given(st.characters(), st.characters())
def test_a_seam_is_glued_with_nothing_or_one_space(before, after):
    assert seam_glue(before, after) in {"", " "}


@pytest.mark.parametrize("seed", range(6))
def test_whole_pages_shuffled_line_by_line_lose_nothing(seed, seed_pages, unaccounted):
    chance = random.Random(seed)
    for page in seed_pages:
        lines = page.read_text("utf-8").split("\n")
        chance.shuffle(lines)
        assert unaccounted(document_of("\n".join(lines))) == []
