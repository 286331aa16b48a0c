"""The outline notation: read, written, placed in its page, refused with the line's number."""

from __future__ import annotations

import pytest

from broadsheet.errors import InputError
from broadsheet.lines import Source, cut_pages
from broadsheet.model import Mark, Role
from broadsheet.outline import from_outline, to_outline

OUTLINE = """headline: 洪峰过境 / 两岸无恙
byline: 本报记者 唐果
paragraph: [dateline: 本报沙口九日电] 沙河洪峰今晨通过。[sign_off: （新华社）]

paragraph: [jump: （上接第一版）][continued:]的桥修好了。

--- furniture
folio: 第4版

! low-confidence: folio is a guess
"""


def page(text: str) -> Source:
    return Source(name="p.txt", media_type="text/plain", encoding="utf-8", sha256="0" * 64, text=text, pages=cut_pages(text))


def blocks(document):
    return [block for article in document.articles for block in article.blocks]


def test_an_outline_is_written_as_it_was_read():
    assert to_outline(from_outline(OUTLINE)) == OUTLINE


def test_marks_are_offsets_into_the_text_without_their_notation():
    paragraph = blocks(from_outline(OUTLINE))[2]
    assert paragraph.text == "本报沙口九日电 沙河洪峰今晨通过。（新华社）"
    assert paragraph.marks == (Mark(Role.DATELINE, 0, 7), Mark(Role.SIGN_OFF, 17, 22))


def test_lines_of_a_headline_are_spans_joined_by_a_line_end():
    for document in (from_outline("headline: 甲一 / 乙二\n"), from_outline("headline: 甲一 / 乙二\n", source=page("甲一\n乙二\n"))):
        (block,) = blocks(document)
        assert (block.text, block.source, block.glue) == ("甲一\n乙二", ((0, 2), (3, 5)), ("\n",))


def test_a_paragraph_around_a_folio_gets_two_spans():
    source = page("全长1\n第4版\n20公里。\n")
    document = from_outline("paragraph: 全长120公里。\n\n--- furniture\nfolio: 第4版\n", source=source)
    (block,) = blocks(document)
    assert (block.source, block.glue) == (((0, 3), (8, 13)), ("",))
    assert document.furniture[0].source == ((4, 7),)


def test_what_falls_inside_a_paragraph_is_found_though_its_place_lies_behind():
    source = page("一条长长的路通到山里的村\n（下转二版）\n子里去。（下一程还远。）\n")
    document = from_outline("paragraph: 一条长长的路通到山里的村子里去。（下一程还远。）\njump: （下转二版）\n", source=source)
    assert blocks(document)[1].source == ((13, 19),)


def test_an_undone_hyphen_is_passed_over():
    (block,) = blocks(from_outline("paragraph: The committee met.\n", source=page("The commit-\ntee met.\n")))
    assert (block.source, block.glue) == (((0, 10), (12, 20)), ("",))


def test_a_line_that_begins_as_the_block_around_it_goes_on_is_left_to_its_own_block():
    found = from_outline(
        "table: Redaktion 555-0110 / Anzeigen 555-0130\n\n--- furniture\neditor_line: Abo-Service 555-0120\n",
        source=page("Redaktion 555-0110\n\nAbo-Service 555-0120\n\nAnzeigen 555-0130\n"),
    )
    assert blocks(found)[0].source == ((0, 18), (42, 59))
    assert found.furniture[0].source == ((20, 40),)


@pytest.mark.parametrize("text", ["a / b", "[dateline: x]", "back\\slash", "]", "[x]", "--- furniture", "! limit: x", " / ", "a/b [jump:", "headline: x"])
def test_text_that_looks_like_notation_survives(text):
    from broadsheet.outline import Draft

    assert Draft(Role.PARAGRAPH, text, (), 1.0, 1).text == text
    source = page(text)
    escaped = to_outline(parsed_as_paragraph(source))
    (block,) = blocks(from_outline(escaped, source=source))
    assert (block.role, block.text, block.marks) == (Role.PARAGRAPH, text.strip(), ())


def parsed_as_paragraph(source: Source):
    from broadsheet.model import SCHEMA_VERSION, Article, Block, Document, Kind, SourceInfo

    text = source.text.strip()
    start = source.text.index(text)
    info = SourceInfo("p.txt", "text/plain", "utf-8", "0" * 64, source.text)
    return Document(SCHEMA_VERSION, info, articles=(Article("a1", Kind.UNKNOWN, (Block(Role.PARAGRAPH, text, ((start, start + len(text)),)),)),))


@pytest.mark.parametrize(
    ("outline", "says"),
    [
        ("", "no blocks"), ("headlin: x\n", "line 1: no role called 'headlin'; did you mean headline"), ("x\n", "line 1: not a block"),
        ("headline: x\nparagraph:\n", "line 2: a block without text"), ("paragraph: [dateline: x\n", "is not closed"), ("paragraph: [jump: [credit: x]]\n", "a mark inside a mark"),
        ("headline: x\n! nonsense: y\n", "line 2: not a diagnostic"), ("masthead: x\n", "no role called 'masthead'"), ("headline: x\n\n--- furniture\nheadline: y\n", "no role called 'headline'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(outline, says):
    with pytest.raises(InputError) as caught:
        from_outline(outline)
    assert says in str(caught.value)


def test_a_text_that_the_page_does_not_hold_is_refused():
    with pytest.raises(InputError, match="the source does not hold"):
        from_outline("headline: 桥没通\n", source=page("桥通了\n"))


def test_confidence_is_printed_and_read_back_and_reasons_are_passed_over():
    document = from_outline("headline 0.40: 桥通了\n    a reason\nparagraph: 人来了。\n")
    assert [block.confidence for block in blocks(document)] == [0.4, 1.0]
    assert to_outline(document, confidence=True).startswith("headline 0.40: 桥通了\nparagraph 1.00: ")
