"""The text of the Word file: blocks as paragraphs and tables, marks as runs, a bookmark around every article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from broadsheet.model import Role
from broadsheet.views import inline_parts, label_block, set_blocks
from broadsheet.writers.docx.styles import JUMP_LABEL, PARAGRAPHS, W, font_family, fonts_of, language_tags, mark_style, style_id
from broadsheet.writers.shared import faithful_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.model import Article, Block, Document, Mark
    from broadsheet.plugin import Theme

_P, _R, _T, _BR, _TAB = (f"{{{W}}}{tag}" for tag in ("p", "r", "t", "br", "tab"))
_PPR, _RPR, _PSTYLE, _RSTYLE, _VAL = (f"{{{W}}}{tag}" for tag in ("pPr", "rPr", "pStyle", "rStyle", "val"))
_PRESERVE = ("{http://www.w3.org/XML/1998/namespace}space", "preserve")
_PARAGRAPH_IDS = {role: style_id(name) for role, (name, _) in PARAGRAPHS.items()}
_CELL_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
_TABLE_LOOK = (
    f'<w:tblPr xmlns:w="{W}"><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{_CELL_BORDERS}</w:tblBorders></w:tblPr>'
)
_RULE = f'<w:pBdr xmlns:w="{W}"><w:top w:val="single" w:sz="4" w:space="6" w:color="808080"/></w:pBdr>'
_SPACE_ABOVE_RULE = "480"  # twentieths of a point
_SEPARATORS = re.compile(r"(\r\n|[\n\r\t])")
_DEEPEST_OUTLINE = 8
_NAME_CHARS = 40


def fill(body: Any, document: Document, theme: Theme, *, furniture: bool) -> None:
    """Put the document's blocks into an empty Word body, in reading order, before its section properties.

    Args:
        body: the `w:body` element.
        document: its text holds only what XML can carry.
        theme: which roles are set in serifs.
        furniture: set the furniture at the end, under a rule.
    """
    section = body.sectPr
    body.remove(section)
    known = frozenset(article.id for article in document.articles)
    for number, article in enumerate(document.articles):
        _Setter(body, known, theme, _difference(article, document)).article(article, number)
    if furniture:
        setter = _Setter(body, known, theme, None)
        for number, block in enumerate(document.furniture):
            setter.block(block, style=_PARAGRAPH_IDS[block.role], ruled=number == 0)
    body.append(section)


def bookmark(article_id: str) -> str:
    """The article's bookmark name: Word allows letters, digits and underscores, a letter first, 40 in all."""
    name = re.sub(r"\W", "_", article_id)
    return (name if name[:1].isalpha() else f"a_{name}")[:_NAME_CHARS]


def _difference(article: Article, document: Document) -> str | None:
    return article.language if article.language != document.language else None


class _Setter:
    """Sets blocks of one language into the body; every element is made here, in one place, and fast.

    Args:
        body: where paragraphs go.
        known: ids of the document's articles, that jumps may point to.
        theme: which roles are set in serifs.
        language: the article's language where it differs from the document's.
    """

    def __init__(self, body: Any, known: frozenset[str], theme: Theme, language: str | None) -> None:
        from lxml.etree import SubElement, fromstring

        self._sub, self._parse = SubElement, fromstring
        self._body, self._known, self._styles = body, known, theme.styles
        self._fonts = fonts_of(language) if language else None

    def article(self, article: Article, number: int) -> None:
        """Every block of the article, between the two ends of its bookmark."""
        blocks = set_blocks(article)
        self._bookmark("bookmarkStart", number, bookmark(article.id))
        label = label_block(blocks)
        for at, block in enumerate(blocks):
            style = _PARAGRAPH_IDS[block.role]
            level = None
            if at == label and block.role is Role.JUMP:
                style = style_id(JUMP_LABEL)
            elif at == label and block.role is not Role.HEADLINE:
                level = 0  # without a headline, the title that is there is what Word's navigation shows
            elif block.role is Role.HEADING and (block.level or 1) > 1:
                level = min(block.level or 1, _DEEPEST_OUTLINE)
            self.block(block, style=style, level=level)
        self._bookmark("bookmarkEnd", number, None)

    def block(self, block: Block, *, style: str, level: int | None = None, ruled: bool = False) -> None:
        """One block as a paragraph, or as a table where its cells are understood."""
        rows = faithful_rows(block)
        if rows:
            self._table(rows, style)
            return
        paragraph = self._paragraph(self._body, style, level=level, ruled=ruled)
        goal = block.article if block.role is Role.JUMP else None
        for text, mark in inline_parts(block):
            self._runs(self._linked(paragraph, mark.article if mark else goal), text, mark, block.role)

    def _paragraph(self, parent: Any, style: str, *, level: int | None = None, ruled: bool = False) -> Any:
        paragraph = self._sub(parent, _P)
        properties = self._sub(paragraph, _PPR)
        self._sub(properties, _PSTYLE).set(_VAL, style)
        if ruled:
            properties.append(self._parse(_RULE))
        if self._fonts and self._fonts.rtl:
            self._sub(properties, f"{{{W}}}bidi")
        if ruled:
            self._sub(properties, f"{{{W}}}spacing").set(f"{{{W}}}before", _SPACE_ABOVE_RULE)
        if level is not None:
            self._sub(properties, f"{{{W}}}outlineLvl").set(_VAL, str(level))
        return paragraph

    def _linked(self, paragraph: Any, goal: str | None) -> Any:
        """Where runs go: into a link to the other half of a jumped article where it is known, else the paragraph."""
        if goal is None or goal not in self._known:
            return paragraph
        link = self._sub(paragraph, f"{{{W}}}hyperlink")
        link.set(f"{{{W}}}anchor", bookmark(goal))
        return link

    def _runs(self, parent: Any, text: str, mark: Mark | None, role: Role) -> None:
        run = self._sub(parent, _R)
        if mark or self._fonts:
            properties = self._sub(run, _RPR)
            if mark:
                self._sub(properties, _RSTYLE).set(_VAL, style_id(mark_style(mark.role)))
            if self._fonts:
                self._speak(properties, mark.role if mark and mark.role in self._styles else role)
        for piece in _SEPARATORS.split(text) if _SEPARATORS.search(text) else (text,):
            if piece == "\t":
                self._sub(run, _TAB)
            elif piece in ("\n", "\r", "\r\n"):
                self._sub(run, _BR)
            elif piece:
                self._text(run, piece)

    def _text(self, run: Any, text: str) -> None:
        element = self._sub(run, _T)
        element.text = text
        if text[0].isspace() or text[-1].isspace() or "  " in text:
            element.set(*_PRESERVE)

    def _speak(self, properties: Any, role: Role) -> None:
        """Say a run's language, and take the East Asian font of that language."""
        assert self._fonts
        rtl = "<w:rtl/>" if self._fonts.rtl else ""
        wide = font_family(self._styles[role].family, self._fonts)
        for element in self._parse(f'<w:x xmlns:w="{W}">{wide}{rtl}{language_tags(self._fonts)}</w:x>'):
            properties.append(element)

    def _table(self, rows: Sequence[Sequence[str]], style: str) -> None:
        table = self._sub(self._body, f"{{{W}}}tbl")
        table.append(self._parse(_TABLE_LOOK))
        columns = max(len(row) for row in rows)
        grid = self._sub(table, f"{{{W}}}tblGrid")
        for _ in range(columns):
            self._sub(grid, f"{{{W}}}gridCol")
        for row in rows:
            line = self._sub(table, f"{{{W}}}tr")
            for cell in (*row, *[""] * (columns - len(row))):
                paragraph = self._paragraph(self._sub(line, f"{{{W}}}tc"), style)
                if cell:
                    self._runs(paragraph, cell, None, Role.TABLE)
        self._sub(self._body, _P)  # Word wants a paragraph behind every table, else two tables would become one

    def _bookmark(self, tag: str, number: int, name: str | None) -> None:
        element = self._sub(self._body, f"{{{W}}}{tag}")
        element.set(f"{{{W}}}id", str(number))
        if name:
            element.set(f"{{{W}}}name", name)
