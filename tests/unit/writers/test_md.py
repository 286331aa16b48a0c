"""An independent CommonMark parser and an independent YAML parser read the Markdown back as what it was made from."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broadsheet.model import Article, Asset, Code, Document, Issue, Kind, Role, SourceInfo
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet.writers.md import MD, MdOptions

markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed")
yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")

PNG = bytes.fromhex("89504e470d0a1a0a") + b"not looked at"
SHA = hashlib.sha256(PNG).hexdigest()


def markdown(sink, document, context=None, **options):
    return sink.written(MD, document, MdOptions(**options), context).decode("utf-8")


def page(sink, *articles, furniture=(), assets=None):
    source = SourceInfo("page.txt", "text/plain", "utf-8", "0" * 64, "")
    made = tuple(Article(id=f"a{n}", kind=Kind.NEWS, blocks=blocks) for n, blocks in enumerate(articles, 1))
    return Document(schema_version="1.0", source=source, articles=made, furniture=furniture, assets=assets or {})


def body(text):
    return re.sub(r"\A---\n.*?\n---\n\n", "", text, flags=re.DOTALL)


def tokens(text):
    return markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body(text))


def read_back(text):
    """The text of every block that the parser finds, in order; a table's row is one line of its cells."""
    found = []
    for token in tokens(text):
        assert token.type not in {"html_block", "code_block", "fence"}
        if token.type == "inline":
            found.append("".join(map(said, token.children)))
    return [each for each in found if each]


def said(token):
    if token.type in {"hardbreak", "softbreak"}:
        return "\n"
    if token.type in {"text", "text_special"}:
        return token.content
    assert token.type in {"em_open", "em_close", "strong_open", "strong_close", "image"}
    return ""


def front_matter(text):
    return yaml.safe_load(text.split("\n---\n")[0].removeprefix("---\n"))


def test_a_page_looks_as_a_person_would_write_it(sink):
    blocks = (
        sink.block(Role.HEADLINE, "Bridge reopens"), sink.block(Role.BYLINE, "By Ada Quill"), sink.block(Role.PARAGRAPH, "It rained."),
        sink.block(Role.HEADING, "Traffic"), sink.block(Role.LIST_ITEM, "slow"), sink.block(Role.LIST_ITEM, "loud"),
        sink.block(Role.QUOTE, "We waited."),
    )
    document = replace(page(sink, blocks), issue=Issue(publication="The Riverton Post", date="2031-06-03", page="A1"), language="en")
    assert markdown(sink, document) == """---
title: "Bridge reopens"
publication: "The Riverton Post"
date: "2031-06-03"
page: "A1"
language: "en"
---

# Bridge reopens

*By Ada Quill*

It rained.

## Traffic

- slow
- loud

> We waited.
"""


def test_every_block_of_the_kitchen_sink_is_read_back_exactly_and_in_order(sink):
    document = sink.kitchen_sink()
    expected = []
    for text in sink.set_texts(document):
        expected += text.replace(" ", "\n").split("\n") if "312" in text else [text]  # a table is read cell by cell
    assert read_back(markdown(sink, document)) == expected


def test_every_seed_page_is_read_back_exactly_and_in_order(sink, seed_pages, parsed):
    for path in seed_pages:
        document = parsed(path.read_bytes())
        assert read_back(markdown(sink, document)) == sink.set_texts(document), path.stem


def test_a_headline_of_two_lines_is_one_heading(sink):
    text = markdown(sink, page(sink, (sink.block(Role.HEADLINE, "第一行\n第二行"), sink.block(Role.HEADING, "甲\n乙", level=2))))
    assert [token.tag for token in tokens(text) if token.type == "heading_open"] == ["h1", "h3"]
    assert read_back(text) == ["第一行\n第二行", "甲\n乙"]


def test_headings_have_a_level_each_and_never_more_than_six(sink):
    blocks = [sink.block(Role.HEADLINE, "Top"), *(sink.block(Role.HEADING, f"Deep {level}", level=level) for level in (1, 2, 3, 9))]
    found = [token.tag for token in tokens(markdown(sink, page(sink, tuple(blocks)))) if token.type == "heading_open"]
    assert found == ["h1", "h2", "h3", "h4", "h6"]


def test_items_that_follow_each_other_are_one_list_and_a_quotation_is_a_quotation(sink):
    blocks = (
        sink.block(Role.LIST_ITEM, "1. bring water"), sink.block(Role.LIST_ITEM, "2. be\nquiet"), sink.block(Role.PARAGRAPH, "Then:"),
        sink.block(Role.LIST_ITEM, "- leave"), sink.block(Role.QUOTE, "one\ntwo"),
    )
    text = markdown(sink, page(sink, blocks))
    kinds = [token.type for token in tokens(text) if token.type in {"bullet_list_open", "ordered_list_open", "list_item_open", "blockquote_open"}]
    assert kinds == ["bullet_list_open", "list_item_open", "list_item_open", "bullet_list_open", "list_item_open", "blockquote_open"]
    assert read_back(text) == ["1. bring water", "2. be\nquiet", "Then:", "- leave", "one\ntwo"]


def test_a_table_whose_columns_are_understood_is_a_table_and_any_other_keeps_its_lines(sink):
    known = sink.block(Role.TABLE, "a|b c\n1 2 3", rows=(("a|b", "c"), ("1", "2", "3")))
    unknown = sink.block(Role.TABLE, "Mon  9-5\nTue  9-6")
    text = markdown(sink, page(sink, (known, unknown)))
    assert "| a\\|b | c |  |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n\nMon  9-5\\\nTue  9-6\n" in text
    assert [token.type for token in tokens(text)].count("table_open") == 1
    assert read_back(text) == ["a|b", "c", "1", "2", "3", "Mon  9-5\nTue  9-6"]


def test_verse_breaks_where_it_broke(sink):
    assert body(markdown(sink, page(sink, (sink.block(Role.VERSE, "夜来灯火亮\n书声满山城"),)))) == "夜来灯火亮\\\n书声满山城\n"


def test_bylines_are_emphasised_and_decks_are_strong(sink):
    text = markdown(sink, page(sink, (sink.block(Role.HEADLINE, "夜读"), sink.block(Role.SUBHEADLINE, "（新变化）"), sink.block(Role.BYLINE, "“林小雨”"))))
    found = [child.type for token in tokens(text) for child in token.children or [] if child.type != "text"]
    assert found == ["strong_open", "strong_close", "em_open", "em_close"]
    assert read_back(text) == ["夜读", "（新变化）", "“林小雨”"]


def test_articles_are_parted_by_a_rule_and_furniture_stands_behind_the_last(sink):
    text = markdown(sink, sink.kitchen_sink())
    assert [token.type for token in tokens(text)].count("hr") == 4
    assert body(text).rsplit("***", 1)[1].split() == ["山城晚报", "第1版", "要闻", "责编：周舟", "今日8版", "\\|\\|\\|"]


def test_furniture_is_left_out_only_when_asked_and_never_in_silence(sink):
    context = sink.context()
    assert "责编：周舟" not in markdown(sink, sink.kitchen_sink(), context, furniture="none")
    assert [(each.code, "6 blocks" in each.message) for each in context.report.diagnostics] == [(Code.DEGRADED_ROLE, True)]


def test_roles_are_left_out_only_when_asked_and_never_in_silence(sink):
    context = sink.context()
    text = markdown(sink, sink.kitchen_sink(), context, leave_out=("byline", "list_item"))
    assert "通讯员" not in text
    assert "水杯" not in text
    assert [each.message for each in context.report.diagnostics] == [
        "byline is left out of the Markdown, as asked: 1 block", "list_item is left out of the Markdown, as asked: 2 blocks",
    ]


def test_the_front_matter_says_what_the_page_prints_and_nothing_that_it_does_not(sink):
    document = replace(page(sink, (sink.block(Role.PARAGRAPH, "x"),)), issue=Issue(page='A: "1" # \\ 前'))
    assert front_matter(markdown(sink, document)) == {"title": "page", "page": 'A: "1" # \\ 前'}
    assert markdown(sink, document, front_matter=False) == "x\n"


def test_one_article_alone_is_called_by_its_headline_and_has_its_authors(sink):
    blocks = (sink.block(Role.HEADLINE, "桥通了\n（快讯）"), sink.block(Role.BYLINE, "高 山", names=("高山", "林小雨")))
    document = replace(page(sink, blocks), issue=Issue(publication="山城晚报"))
    assert front_matter(markdown(sink, document)) == {"title": "桥通了 （快讯）", "publication": "山城晚报", "author": ["高山", "林小雨"]}


def test_addresses_stay_as_they_are(sink):
    text = "See https://riverton.example/a_b?c=1&d=2#e and mail ann_quill@riverton.example."
    assert body(markdown(sink, page(sink, (sink.block(Role.PARAGRAPH, text),)))) == f"{text}\n"


def test_a_paragraph_of_ten_thousand_words_and_a_word_of_three_thousand_letters_are_read_back_exactly(sink):
    texts = ["_word_ & *more* " * 5_000 + "end", "[x](y)" * 500]
    assert read_back(markdown(sink, page(sink, tuple(sink.block(Role.PARAGRAPH, text) for text in texts)))) == texts


def test_an_empty_document_is_an_empty_file(sink):
    assert markdown(sink, sink.empty()) == ""


def test_a_picture_is_linked_by_its_name_above_its_caption(sink):
    caption = sink.block(Role.CAPTION, "The [new] bridge", image=SHA)
    document = page(sink, (caption,), assets={SHA: Asset("image/png", "the bridge (1).png", 640, 480)})
    assert body(markdown(sink, document)) == "![The \\[new\\] bridge](the%20bridge%20%281%29.png)\n\n*The \\[new\\] bridge*\n"
    assert body(markdown(sink, document, pictures="none")) == "*The \\[new\\] bridge*\n"


def test_a_picture_with_two_captions_is_shown_once(sink):
    blocks = (sink.block(Role.CAPTION, "Left", image=SHA), sink.block(Role.CAPTION, "Right", image=SHA))
    document = page(sink, blocks, assets={SHA: Asset("image/png", "bridge.png", 640, 480)})
    assert body(markdown(sink, document)) == "![Left](bridge.png)\n\n*Left*\n\n*Right*\n"


def test_a_picture_is_embedded_only_where_its_bytes_are_at_hand_and_are_a_picture(sink):
    caption = sink.block(Role.CAPTION, "The bridge", image=SHA)
    given = Context(report=Report(), pictures={SHA: PNG})
    document = page(sink, (caption,), assets={SHA: Asset("image/png", "bridge.png", 640, 480)})
    assert "](data:image/png;base64,iVBORw0KGgpub3Q" in markdown(sink, document, given, pictures="embed")
    assert body(markdown(sink, document, pictures="embed")) == "*The bridge*\n"
    script = replace(document, assets={SHA: Asset("text/html", "bridge.png", 640, 480)})
    assert body(markdown(sink, script, given, pictures="embed")) == "*The bridge*\n"


def test_a_picture_name_is_never_an_address_of_another_machine(sink):
    caption = sink.block(Role.CAPTION, "x", image=SHA)
    document = page(sink, (caption,), assets={SHA: Asset("image/png", "javascript:alert(1)", 1, 1)})
    images = [child.attrs["src"] for token in tokens(markdown(sink, document)) for child in token.children or [] if child.type == "image"]
    assert images == ["javascript%3Aalert%281%29"]


def test_characters_that_no_page_can_hold_are_shown_and_said_once(sink):
    context = sink.context()
    document = page(sink, (sink.block(Role.PARAGRAPH, "前\x00\x0b\x85\ud800\ufdd0后"),))
    assert body(markdown(sink, document, context)) == "前\ufffd\ufffd\ufffd\ufffd\ufffd后\n"
    assert [each.code for each in context.report.diagnostics] == [Code.CONTROL_CHARACTERS]


MARKUP = st.sampled_from([
    *"\\`*_[]<>&#+-=.!|~(){}:;$^%\"'@/0129aZ é山，。（）“”—… \t\n\u3000\xa0\u2028\u200b\u202e\ufeff😀\u0301",
    "\n\n", "  ", "    ", "```", "~~~", "***", "---", "===", "1. ", "10) ", "- ", "+ ", "> ", "# ", "###### ", "<b>", "</b>", "<!--", "<?",
    "<![CDATA[", "&amp;", "&#35;", "&nbsp", "[a](b)", "![a](b)", "[a]: b", "http://a.b", "<http://a.b>", "|-|", ":-", ":-:\n", "a|b\n", "**", "__", "a_b", "_a", "&amp;amp;", "\\\n",
])
TEXTS = st.lists(MARKUP, min_size=1, max_size=24).map("".join)
ROLES = st.sampled_from([role for role in Role if role not in {Role.RUN_IN, Role.CONTINUED, Role.TABLE}])


def as_lines(text):
    return text.strip("\r\n")


@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(ROLES, TEXTS), min_size=1, max_size=5))
def test_any_text_in_any_role_is_read_back_exactly(sink, blocks):
    document = page(sink, tuple(sink.block(role, text) for role, text in blocks))
    expected = [as_lines(text) for _, text in blocks if text.strip()]
    assert read_back(markdown(sink, document)) == expected


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_any_text_in_a_table_is_read_back_exactly(sink, rows):
    block = sink.block(Role.TABLE, "\n".join(map(" ".join, rows)), rows=tuple(map(tuple, rows)))
    expected = [as_lines(cell) for row in rows for cell in row if as_lines(cell)]
    assert read_back(markdown(sink, page(sink, (block,)))) == (expected if block.text.strip() else [])


PRINTED = st.characters(exclude_categories=["Cs", "Cc", "Cn"])


@settings(max_examples=300, deadline=None)
@given(st.text(PRINTED | st.sampled_from("\t\n'\"\\:#-[]{}&*!|>%@`"), max_size=60))
def test_any_title_survives_the_front_matter(sink, text):
    document = replace(page(sink, (sink.block(Role.PARAGRAPH, "x"),)), issue=Issue(publication=text))
    assert front_matter(markdown(sink, document)).get("publication", "") == " ".join(text.split())


def test_four_times_the_text_takes_about_four_times_as_long(sink):
    import time

    def seconds(count):
        blocks = tuple(sink.block(Role.PARAGRAPH, f"{at}. *Hostile* <text> & [more] of it_" * 20) for at in range(count))
        document = page(sink, blocks)
        began = time.process_time()
        markdown(sink, document)
        return time.process_time() - began

    seconds(50)
    assert min(seconds(2_000) for _ in range(3)) < 8 * min(seconds(500) for _ in range(3))


def test_two_thousand_articles_are_two_thousand_headings(sink):
    articles = [(sink.block(Role.HEADLINE, f"Story {n}"), sink.block(Role.PARAGRAPH, "text")) for n in range(2_000)]
    assert sum(token.type == "heading_open" for token in tokens(markdown(sink, page(sink, *articles)))) == 2_000
