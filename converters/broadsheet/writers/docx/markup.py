"""WordprocessingML as text: characters into runs, runs into paragraphs, with the directions of their scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.writers.docx.fonts import font_family, fonts_of, language_tags
from broadsheet.writers.docx.styles import SPACER, mark_style, style_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.model import Article, Document, Role
    from broadsheet.plugin import Style

_SEPARATORS = re.compile(r"(\r\n|[\n\r\t])")
_INNER = {"\t": "<w:tab/>", "\n": "<w:br/>", "\r": "<w:br/>", "\r\n": "<w:br/>"}
_LOOSE_BLANKS = re.compile(r"^\s|\s$|  ")
# A stretch of one direction, with the blanks and points inside it. Strong letters as in Unicode's Bidi_Class R, AL and L.
_LEFTWARD, _RIGHTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff", "A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff"
_LEFTWARD_WORDS = re.compile(f"([{_LEFTWARD}](?:[{_LEFTWARD}0-9 .,:،؛«»()-]*[{_LEFTWARD}])?)")
_RIGHTWARD_WORDS = re.compile(f"([{_RIGHTWARD}](?:[{_RIGHTWARD}0-9 .,:'’&()-]*[{_RIGHTWARD}0-9])?)")


class Opening(NamedTuple):
    """How a paragraph begins an article or a page: on a page of its own, below a rule in the middle of a gap, above another rule.

    Gaps are in points; without one there is no rule.
    """

    page: bool = False
    gap_pt: float = 0.0
    below_pt: float = 0.0


PLAIN = Opening()
_OFF = ' w:val="0"'
_LARGEST_BORDER_SPACE_PT = 31
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LEFT_TO_RIGHT_MARK = "\u200e"


class Voice:
    """How an article's text speaks: its direction, and its fonts and language where they differ from the document's."""

    def __init__(self, article: Article | None, document: Document, styles: Mapping[Role, Style]) -> None:
        language = article.language if article and article.language else document.language
        own, whole = fonts_of(language), fonts_of(document.language)
        self.rtl = own.rtl
        self.turned = f'<w:bidi{"" if own.rtl else _OFF}/>' if own.rtl != whole.rtl else ""
        self._fonts = own if article and article.language not in (None, document.language) else None
        self._styles = styles
        self._properties: dict[tuple[Role, Role | None, bool], str] = {}

    def runs(self, text: str, role: Role, mark: Role | None = None) -> str:
        """A piece of text as runs: one, or one for every stretch of the other direction and what stands between."""
        words = _RIGHTWARD_WORDS if self.rtl else _LEFTWARD_WORDS
        if not words.search(text):
            return f"<w:r>{self._look(role, mark, rtl=self.rtl)}{characters(text)}</w:r>"
        pieces = words.split(text)
        return "".join(
            f"<w:r>{self._look(role, mark, rtl=self.rtl != bool(at % 2))}{characters(piece)}</w:r>" for at, piece in enumerate(pieces) if piece
        )

    def fact(self, text: str, role: Role) -> str:
        """A line of ours, made of what is known of the paper: in text from right to left its dates stay in order."""
        return self.runs(_ISO_DATE.sub(rf"{_LEFT_TO_RIGHT_MARK}\g<0>", text) if self.rtl else text, role)

    def _look(self, role: Role, mark: Role | None, *, rtl: bool) -> str:
        key = (role, mark, rtl)
        if key not in self._properties:
            self._properties[key] = self._run_properties(role, mark, rtl=rtl)
        return self._properties[key]

    def _run_properties(self, role: Role, mark: Role | None, *, rtl: bool) -> str:
        style = f'<w:rStyle w:val="{style_id(mark_style(mark))}"/>' if mark else ""
        family = self._styles[mark if mark and mark in self._styles else role].family
        fonts = font_family(family, self._fonts) if self._fonts else ""
        speech = language_tags(self._fonts) if self._fonts else ""
        inside = f'{style}{fonts}{"<w:rtl/>" if rtl else ""}{speech}'
        return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def escape(text: str) -> str:
    """The text with the characters that mark up XML as references; also fit for an attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def characters(text: str) -> str:
    """A run's content: the text with its line ends and tabs as elements; blanks that XML would drop are kept."""
    if not _SEPARATORS.search(text):
        return _characters(text)
    return "".join(_INNER.get(piece) or _characters(piece) for piece in _SEPARATORS.split(text) if piece)


def _characters(text: str) -> str:
    kept = ' xml:space="preserve"' if _LOOSE_BLANKS.search(text) else ""
    return f"<w:t{kept}>{escape(text)}</w:t>"


def paragraph(
    style: str, content: str, *, opening: Opening = PLAIN, tight: bool = False, numbering: int = 0, turned: str = "", level: int | None = None,
) -> str:
    """A `w:p`.

    Args:
        style: the style's id.
        content: its runs and links.
        opening: how it begins an article.
        tight: without the style's space above.
        numbering: the `w:numId` of a list; 0 where it is no item.
        turned: the `w:bidi` element where the direction is not the document's.
        level: the outline level where it is not the style's, from 0.
    """
    page = "<w:pageBreakBefore/>" if opening.page else ""
    item = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>' if numbering else ""
    rules = _rules(opening.gap_pt, opening.below_pt)
    before = round(opening.gap_pt * 10) if opening.gap_pt else 0 if tight else None
    space = f'<w:spacing w:before="{before}"/>' if before is not None else ""
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{page}{item}{rules}{turned}{space}{outline}</w:pPr>{content}</w:p>'


def spacer(height_pt: float, gap_pt: float = 0.0) -> str:
    """A paragraph without text, so high; with a gap, a rule stands above it in the middle of the gap."""
    before = f' w:before="{round(gap_pt * 10)}"' if gap_pt else ""
    line = max(round(height_pt * 20), 20)
    return f'<w:p><w:pPr><w:pStyle w:val="{SPACER}"/>{_rules(gap_pt)}<w:spacing{before} w:line="{line}" w:lineRule="exact"/></w:pPr></w:p>'


def _rules(gap_pt: float, below_pt: float = 0.0) -> str:
    """A paragraph's borders, each in the middle of its gap.

    Word takes neighbours with the same borders for one, and draws only what stands between them.
    """
    if not gap_pt:
        return ""
    below = _rule("bottom", below_pt) if below_pt else ""
    return f'<w:pBdr>{_rule("top", gap_pt)}{below}{_rule("between", gap_pt)}</w:pBdr>'


def _rule(side: str, gap_pt: float) -> str:
    return f'<w:{side} w:val="single" w:sz="4" w:space="{min(round(gap_pt / 2), _LARGEST_BORDER_SPACE_PT)}" w:color="808080"/>'


def ending_section(element: str, section: str) -> str:
    """The element with section properties in its last paragraph, which they close; they come last in its properties."""
    before, start, after = element.rpartition("<w:p>")
    return before + start + after.replace("</w:pPr>", f"{section}</w:pPr>", 1)


def links(goal: str | None, runs: str) -> str:
    """The runs as a link to a bookmark; as they are where there is none to go to."""
    return f'<w:hyperlink w:anchor="{goal}" w:history="1">{runs}</w:hyperlink>' if goal else runs
