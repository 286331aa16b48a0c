"""The text writer says every block once, in order, and its layouts break lines where a typesetter would."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from broadsheet.model import BLOCKS, FURNITURE, Article, Code, Document, Kind, Role, SourceInfo
from broadsheet.options import option_fields
from broadsheet.text import display_width
from broadsheet.writers.txt import TXT, TxtOptions, wrap

INVISIBLE = re.compile("[\u200d\u202c\u202e]")  # joiners and direction marks take no column


def lines(sink, document, **options):
    return sink.written(TXT, document, TxtOptions(**options)).decode("utf-8")


def page(sink, *articles):
    source = SourceInfo("page.txt", "text/plain", "utf-8", "0" * 64, "")
    made = tuple(Article(id=f"a{n}", kind=Kind.NEWS, blocks=blocks) for n, blocks in enumerate(articles, 1))
    return Document(schema_version="1.0", source=source, articles=made)


def test_blocks_stand_one_blank_line_apart_articles_two_and_furniture_three(sink):
    document = page(sink, (sink.block(Role.HEADLINE, "桥通了"), sink.block(Role.PARAGRAPH, "昨日通车。")), (sink.block(Role.BYLINE, "高山"),))
    furniture = (sink.block(Role.FOLIO, "第1版"), sink.block(Role.NOISE, "||"))
    document = Document(schema_version="1.0", source=document.source, articles=document.articles, furniture=furniture)
    assert lines(sink, document) == "桥通了\n\n昨日通车。\n\n\n高山\n\n\n\n第1版\n||\n"


def test_every_text_of_the_kitchen_sink_is_there_once_and_in_order(sink):
    document = sink.kitchen_sink(control="\0\x0c\x1b")
    expected = "".join(re.sub(r"\s", "", text) for text in sink.set_texts(document))
    assert re.sub(r"\s", "", lines(sink, document)) == expected


def test_a_headline_of_two_lines_verse_and_table_keep_their_lines(sink):
    text = lines(sink, sink.kitchen_sink())
    assert "\n\n山城图书馆夜间开放\n市民读书到十点\n\n" in text
    assert "\n\n夜来灯火亮\n书声满山城\n\n" in text
    assert "\n\n时间 人数\n周一 312\n\n" in text


def test_a_jumped_article_begins_with_its_jump_line_and_prints_it_once(sink):
    text = lines(sink, sink.kitchen_sink())
    assert "\n\n\n（上接第1版）\n\n馆长说，夜间读者" in text
    assert text.count("（上接第1版）") == 1


def test_no_line_ends_in_a_blank_and_the_file_ends_in_one_line_end(sink):
    document = page(sink, (sink.block(Role.PARAGRAPH, "路 通 了\u3000 \n 桥也通了\t"),))
    assert lines(sink, document) == "路 通 了\n 桥也通了\n"


def test_an_empty_document_is_an_empty_file(sink):
    assert lines(sink, sink.empty()) == ""


def test_furniture_is_left_out_only_when_asked_and_never_in_silence(sink):
    context = sink.context()
    text = sink.written(TXT, sink.kitchen_sink(), TxtOptions(furniture="none"), context).decode()
    assert "责编：周舟" not in text
    assert [(each.code, "6 blocks" in each.message) for each in context.report.diagnostics] == [(Code.DEGRADED_ROLE, True)]


def test_the_gaps_between_blocks_articles_and_furniture_grow_and_shrink_together(sink):
    document = page(sink, (sink.block(Role.HEADLINE, "桥通了"), sink.block(Role.PARAGRAPH, "昨日通车。")), (sink.block(Role.BYLINE, "高山"),))
    document = replace(document, furniture=(sink.block(Role.FOLIO, "第1版"),))
    assert lines(sink, document, gap_lines=0) == "桥通了\n昨日通车。\n\n高山\n\n\n第1版\n"
    assert lines(sink, document, gap_lines=2) == "桥通了\n\n\n昨日通车。\n\n\n\n高山\n\n\n\n\n第1版\n"


def test_without_gaps_every_paragraph_is_one_line_and_every_line_one_paragraph(sink):
    texts = ["山城图书馆夜间开放。" * 40, "It reopened on Monday. " * 40 + "End.", "短。"]
    document = page(sink, tuple(sink.block(Role.PARAGRAPH, text) for text in texts))
    assert lines(sink, document, gap_lines=0).split("\n") == [*texts, ""]


def test_roles_are_left_out_only_when_asked_and_never_in_silence(sink):
    context = sink.context()
    text = sink.written(TXT, sink.kitchen_sink(), TxtOptions(leave_out=("byline", "caption", "noise", "jump")), context).decode()
    kept = [each for each in sink.set_texts(sink.kitchen_sink()) if each not in {
        "本报记者 林小雨 通讯员 高 山", "图为读者在灯下读书。", "|||", "（上接第1版）", "Continued on page 2",
    }]
    assert re.sub(r"\s", "", text) == "".join(re.sub(r"\s", "", each) for each in kept)
    assert [each.message for each in context.report.diagnostics] == [
        "byline is left out of the text, as asked: 1 block", "caption is left out of the text, as asked: 1 block",
        "jump is left out of the text, as asked: 2 blocks", "noise is left out of the text, as asked: 1 block",
    ]


def test_a_role_that_may_be_left_out_is_any_that_a_block_may_have():
    choices = next(field.choices for field in option_fields(TxtOptions) if field.key == "leave_out")
    assert set(choices) == BLOCKS | FURNITURE


def test_a_blank_block_leaves_no_gap_of_its_own(sink):
    document = page(sink, (sink.block(Role.PARAGRAPH, "一"), sink.block(Role.PARAGRAPH, " \u3000"), sink.block(Role.PARAGRAPH, "二")))
    assert lines(sink, document) == "一\n\n二\n"
    assert lines(sink, document, layout="indented") == "\u3000\u3000一\n\n\u3000\u3000二\n"


def test_line_ends_of_other_systems_are_line_ends(sink):
    assert lines(sink, page(sink, (sink.block(Role.VERSE, "一\r\n二\r三"),))) == "一\n二\n三\n"


def test_half_a_character_is_shown_as_a_replacement_and_said_once(sink):
    context = sink.context()
    document = page(sink, (sink.block(Role.PARAGRAPH, "前\ud800后"), sink.block(Role.PARAGRAPH, "\udfff")))
    assert sink.written(TXT, document, into=context).decode() == "前\ufffd后\n\n\ufffd\n"
    assert [each.code for each in context.report.diagnostics] == [Code.CONTROL_CHARACTERS]


def test_the_indented_layout_puts_two_ideographic_spaces_before_paragraphs_but_not_before_titles(sink):
    document = page(sink, (sink.block(Role.HEADLINE, "桥通了"), sink.block(Role.PARAGRAPH, "昨日通车。"), sink.block(Role.PARAGRAPH, "\u3000\u3000路也通了。")))
    assert lines(sink, document, layout="indented") == "桥通了\n\n\u3000\u3000昨日通车。\n\n\u3000\u3000路也通了。\n"


def test_the_wrapped_layout_breaks_chinese_by_columns_and_never_before_a_comma():
    assert wrap("山城图书馆从本周起，夜间开放。", 18) == ["山城图书馆从本周", "起，夜间开放。"]


def test_the_wrapped_layout_never_leaves_an_opening_mark_at_the_end_of_a_line():
    assert wrap("馆长今天上午说“欢迎大家来读书”", 14) == ["馆长今天上午说", "“欢迎大家来读", "书”"]


def test_the_wrapped_layout_never_begins_a_line_with_a_small_kana_or_a_sign_of_length():
    assert wrap("夜の図書館でキャッチボールのデータ", 14) == ["夜の図書館で", "キャッチボール", "のデータ"]


def test_the_wrapped_layout_breaks_english_between_words():
    assert wrap("The bridge over the river reopened on Monday.", 20) == ["The bridge over the", "river reopened on", "Monday."]


def test_a_word_longer_than_the_line_is_cut_and_nothing_is_lost():
    pieces = wrap("x" * 50, 20)
    assert [len(piece) for piece in pieces] == [20, 20, 10]


@pytest.mark.parametrize("width", [20, 33, 76, 400])
def test_wrapped_lines_fit_the_width_and_carry_every_visible_character(sink, width):
    texts = [text for text in sink.set_texts(sink.kitchen_sink()) if "312" not in text]
    for text in texts:
        for line in text.split("\n"):
            pieces = wrap(line, width)
            assert "".join("".join(pieces).split()) == "".join(line.split())
            assert max(display_width(INVISIBLE.sub("", piece)) for piece in pieces) <= width


CHARACTERS = st.sampled_from("山城图书馆a1-é“”，。《》（）—…  \u3000\u0301\U000e0100😀")
CLAUSES = st.sampled_from(["山", "城市", "桥，", "“图", "书”", "（馆）", "《路》。", "2031年"])


@given(st.text(CHARACTERS, max_size=120), st.integers(20, 60))
def test_wrapping_loses_nothing_and_parts_no_accent_from_its_letter(line, width):
    pieces = wrap(line, width)
    assert "".join("".join(pieces).split()) == "".join(line.split())
    for piece in pieces[1:]:
        assert piece[0] not in "\u0301\U000e0100"


@given(st.lists(CLAUSES, min_size=1, max_size=60), st.integers(20, 60))
def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one(clauses, width):
    pieces = wrap("".join(clauses), width)
    assert [piece[0] for piece in pieces if piece[0] in "，”）》。"] == []
    assert [piece[-1] for piece in pieces if piece[-1] in "“（《"] == []


def test_a_variation_selector_stays_with_its_character():
    assert wrap("葛\U000e0100" * 11, 20) == ["葛\U000e0100" * 10, "葛\U000e0100"]


def test_a_very_long_word_is_wrapped_in_little_time():
    began = time.process_time()
    assert len(wrap("e\u0301" * 100_000, 20)) == 5_000
    assert time.process_time() - began < 2


def test_the_wrapped_layout_leaves_tables_alone(sink):
    row = "周一 " * 30
    document = page(sink, (sink.block(Role.TABLE, row),))
    assert lines(sink, document, layout="wrapped", width_chars=20) == row.rstrip() + "\n"


@pytest.mark.parametrize("layout", ["plain", "wrapped", "indented"])
def test_two_thousand_articles_are_there_and_four_times_the_articles_take_about_four_times_as_long(sink, layout):
    def seconds(count):
        blocks = [(sink.block(Role.HEADLINE, f"Story {n}"), sink.block(Role.PARAGRAPH, "山城图书馆，夜间开放。Read on (p. 4). " * 20)) for n in range(count)]
        document = page(sink, *blocks)
        began = time.process_time()
        text = lines(sink, document, layout=layout)
        assert text.count("Story ") == count
        return time.process_time() - began

    small, large = min(seconds(500) for _ in range(3)), min(seconds(2_000) for _ in range(3))
    assert large < 8 * small


@given(st.lists(st.text(CHARACTERS, max_size=60), min_size=1, max_size=5), st.sampled_from(["plain", "wrapped", "indented"]))
def test_every_layout_says_every_visible_character_once_in_order_and_leaves_no_blank_at_an_end(sink, texts, layout):
    text = lines(sink, page(sink, tuple(sink.block(Role.PARAGRAPH, each) for each in texts)), layout=layout, width_chars=20)
    assert "".join(text.split()) == "".join("".join(texts).split())
    assert [line for line in text.split("\n") if line != line.rstrip()] == []
    assert text == "" or (text.endswith("\n") and not text.endswith("\n\n"))
