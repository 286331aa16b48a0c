"""The text of the Word file: articles in the columns that the theme gives them, a bookmark around each."""

from __future__ import annotations

import re
from itertools import count, groupby
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.model import TITLES, Role
from broadsheet.views import inline_parts, label_block, page_label, set_blocks, source_line
from broadsheet.writers.docx.contents import bookmarks, contents
from broadsheet.writers.docx.markup import PLAIN, Opening, Voice, ending_section, links, paragraph, spacer
from broadsheet.writers.docx.pictures import drawing
from broadsheet.writers.docx.styles import (
    BRIEF,
    ISSUE_LINE,
    JUMP_LABEL,
    LEAD,
    NAMEPLATE,
    PARAGRAPHS,
    RESUMED,
    SOURCE_LINE,
    SPACER,
    SUBHEADING,
    brief_roles,
    style_id,
)
from broadsheet.writers.docx.tables import fitting_rows, table
from broadsheet.writers.shared import is_brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from broadsheet.model import Article, Block, Document
    from broadsheet.writers.docx.pictures import Picture
    from broadsheet.writers.docx.sheet import Sheet

#: An element of the body, and in how many columns it stands.
Set = tuple[int, str]

_STYLES = {role: style_id(name) for role, (name, _) in PARAGRAPHS.items()}
_LOWER, _DEEPEST_OUTLINE = 2, 8
#: The sign or number that a list item prints itself: what is neither a letter nor opens something, or a number with its point.
_PRINTED_SIGN = re.compile(r"""\s*(?:[^\w\s“‘"'«《「『〈（(\[【¿¡]|[（(]?(?:\d{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3})[.．、)）]|[①-⑳])""")
#: The lists of `word/numbering.xml`: signs that we set, and none, for the item prints its own.
BULLETS, PRINTED_SIGNS = 1, 2
_FURNITURE_GAP_PT, _NAMEPLATE_GAP_PT = 24.0, 10.0
#: An article of nothing else shows pictures, and has them across its columns.
_PICTURE_STORY = frozenset({*TITLES, Role.CAPTION, Role.CREDIT, Role.BYLINE})


def body(document: Document, sheet: Sheet, pictures: Mapping[str, Picture], *, furniture: bool) -> Iterator[str]:
    """The children of `w:body` in order, the last section's properties at the end.

    Args:
        document: its text holds only what XML can carry.
        sheet: the paper and its columns.
        pictures: those that can be drawn, by sha256.
        furniture: set the furniture at the end, under a rule.
    """
    return _sectioned(_Setter(document, sheet, pictures).everything(furniture=furniture), sheet)


def _sectioned(elements: Iterable[Set], sheet: Sheet) -> Iterator[str]:
    """The elements, a section closed wherever the number of columns changes.

    Word levels the columns of a section only where another follows it, so the last one stands in one column.
    """
    columns, waiting, first = 1, "", True
    for wanted, element in elements:
        if waiting and wanted != columns:
            yield ending_section(waiting, sheet.section(columns, first=first))
            first = False
        else:
            yield waiting
        columns, waiting = wanted, element
    if columns > 1:
        yield ending_section(waiting, sheet.section(columns, first=first))
        columns, waiting, first = 1, spacer(0), False
    yield waiting + sheet.section(columns, first=first)


class _Place(NamedTuple):
    """Where and as what a block stands: its style's id, over so many columns, how it begins an article, its outline level."""

    style: str
    columns: int
    opening: Opening = PLAIN
    level: int | None = None
    tight: bool = False


class _Setter:
    """Sets the blocks of one document; what all of them need is looked up once."""

    def __init__(self, document: Document, sheet: Sheet, pictures: Mapping[str, Picture]) -> None:
        self._document, self._sheet, self._pictures = document, sheet, pictures
        self._styles, self._layout = sheet.theme.styles, sheet.theme.layout
        self._names = bookmarks(document.articles)
        self._goals = {article.id: name for article, name in zip(document.articles, self._names, strict=True)}
        self._briefs = brief_roles(sheet.theme)
        self._column_pt = sheet.box_pt(self._layout.columns)[0]
        self._listed = self._layout.contents == "front"
        self._named = self._layout.nameplate and bool(document.issue.publication)
        self._led = len(document.articles) > 1 and self._layout.lead_title_scale != 1
        self._drawings = count(1)
        self._voices: dict[str | None, Voice] = {}

    def everything(self, *, furniture: bool) -> Iterator[Set]:
        """Contents, articles and furniture, element by element."""
        for element in contents(self._document, self._names, self._styles) if self._listed else ():
            yield 1, element
        yield from ((1, element) for element in self._nameplate())
        stories = enumerate((article, set_blocks(article)) for article in self._document.articles)
        for brief, found in groupby(stories, lambda story: is_brief(story[1][1], self._sheet.theme, self._column_pt, self._pictures)):
            run = list(found)
            for at, (number, (article, blocks)) in enumerate(run):
                yield from self._article(article, blocks, number, brief=brief and len(run) > 1, apart=at == 0 or not brief)
        for number, block in enumerate(self._document.furniture if furniture else ()):
            gap = _FURNITURE_GAP_PT if number == 0 and self._document.articles else 0.0
            yield from ((1, element) for element in self._block(block, self._voice(None), _Place(_STYLES[block.role], 1, Opening(gap_pt=gap))))

    def _nameplate(self) -> Iterator[str]:
        """The paper's name over the first page, where the theme has it, and between two rules what else is known of the issue."""
        if not self._named:
            return
        issue, voice = self._document.issue, self._voice(None)
        yield paragraph(style_id(NAMEPLATE), voice.runs(issue.publication or "", Role.HEADLINE), opening=Opening(page=self._listed))
        facts = [part for part in (issue.date, page_label(issue.page, self._document.language), issue.section, issue.edition) if part]
        if facts:
            between = Opening(gap_pt=_NAMEPLATE_GAP_PT, below_pt=_NAMEPLATE_GAP_PT)
            yield paragraph(style_id(ISSUE_LINE), voice.fact(" · ".join(facts), Role.RUNNING_HEAD), opening=between)

    def _article(self, article: Article, blocks: Sequence[Block], number: int, *, brief: bool, apart: bool) -> Iterator[Set]:
        """The article between the two ends of its bookmark."""
        elements = list(self._elements(article, blocks, number, brief=brief, apart=apart))
        if not elements:
            return
        mark = f'<w:bookmarkStart w:id="{number}" w:name="{self._names[number]}"/>'
        elements[0] = (elements[0][0], mark + elements[0][1])
        elements[-1] = (elements[-1][0], f'{elements[-1][1]}<w:bookmarkEnd w:id="{number}"/>')
        yield from elements

    def _elements(self, article: Article, blocks: Sequence[Block], number: int, *, brief: bool, apart: bool) -> Iterator[Set]:
        """The article's blocks; those of a brief stand in the columns with it, titles too.

        An article that begins in columns and stands apart from those before gets a rule of its own across them.
        """
        voice, label, opening = self._voice(article), label_block(blocks), self._opening(number)
        line = source_line(self._document, article) if self._layout.source_line else ""
        if line:
            yield 1, paragraph(style_id(SOURCE_LINE), voice.fact(line, Role.RUNNING_HEAD), opening=opening, turned=voice.turned)
            opening = PLAIN
        shown = all(block.role in _PICTURE_STORY for block in blocks)
        for at, block in enumerate(blocks):
            columns = 1 if not brief and (shown or self._styles[block.role].across) else self._layout.columns
            if at == 0 and columns > 1 and apart and (number or opening != PLAIN):
                yield 1, spacer(opening.gap_pt / 4, opening.gap_pt)
                opening = opening._replace(gap_pt=0.0)
            style, level = self._role_style(block, BRIEF if brief else "" if number else LEAD, labels=at == label)
            tight = at > 0 and block.role in TITLES and blocks[at - 1].role in TITLES
            yield from ((columns, element) for element in self._block(block, voice, _Place(style, columns, opening, level, tight=tight)))
            opening = PLAIN

    def _opening(self, number: int) -> Opening:
        """How an article begins: the first below the contents and each of a cutting's on a new page, others below a rule."""
        page = self._layout.article_start == "page" if number else self._listed and not self._named
        ruled = number > 0 and not page and self._layout.article_rule
        return Opening(page=page, gap_pt=self._styles[Role.HEADLINE].space_before_pt if ruled else 0.0)

    def _role_style(self, block: Block, kind: str, *, labels: bool) -> tuple[str, int | None]:
        """The style's id, and the outline level where it is not the style's: what labels the article is navigated by."""
        level, name = block.level or 1, PARAGRAPHS[block.role][0]
        if labels and block.role is Role.JUMP:
            return style_id(JUMP_LABEL), None
        if block.role is Role.HEADING and level > 1 and not labels:
            return style_id(SUBHEADING), min(level, _DEEPEST_OUTLINE) if level > _LOWER else None
        if block.role is Role.PARAGRAPH and any(mark.role is Role.CONTINUED for mark in block.marks):
            return style_id(RESUMED), None
        special = (kind == BRIEF and block.role in self._briefs) or (kind == LEAD and self._led and block.role is Role.HEADLINE)
        return style_id(kind + name if special else name), 0 if labels and block.role is not Role.HEADLINE else None

    def _block(self, block: Block, voice: Voice, place: _Place) -> Iterator[str]:
        """One block as a paragraph, as a table where its cells are understood, below its picture where it has one."""
        box, opening = self._sheet.box_pt(place.columns), place.opening
        rows = fitting_rows(block)
        picture = self._pictures.get(block.image or "") if block.role is Role.CAPTION else None
        if opening != PLAIN and (rows or picture):
            yield paragraph(style_id(SPACER), "", opening=opening)
            opening = PLAIN
        if rows:
            yield table(rows, voice, self._styles[Role.TABLE], box[0])
            return
        if picture:
            yield drawing(picture, next(self._drawings), block.text, box)
        yield paragraph(
            place.style, self._content(block, voice), opening=opening, tight=place.tight, numbering=_numbering(block), turned=voice.turned,
            level=place.level,
        )

    def _content(self, block: Block, voice: Voice) -> str:
        """The block's runs; a jump whose other half is in the document is a link to it."""
        goal = block.article if block.role is Role.JUMP else None
        return "".join(
            links(self._goals.get((mark.article if mark else goal) or ""), voice.runs(text, block.role, mark.role if mark else None))
            for text, mark in inline_parts(block)
        )

    def _voice(self, article: Article | None) -> Voice:
        language = article.language if article else None
        if language not in self._voices:
            self._voices[language] = Voice(article, self._document, self._styles)
        return self._voices[language]


def _numbering(block: Block) -> int:
    """The list that a block is an item of; 0 where it is none."""
    if block.role is not Role.LIST_ITEM:
        return 0
    return PRINTED_SIGNS if _PRINTED_SIGN.match(block.text) else BULLETS
