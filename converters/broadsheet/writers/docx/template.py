"""The Word file before any text is in it: python-docx's template, trimmed and set up once for a theme and a language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from broadsheet.model import Role
from broadsheet.plugin import Theme
from broadsheet.writers.docx.fonts import W, font_table, fonts_of, language_tags
from broadsheet.writers.docx.sheet import GAP, Sections, set_pages
from broadsheet.writers.docx.styles import add_styles, first_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.plugin import Layout, Style
    from broadsheet.writers.docx.fonts import Fonts

_SETTINGS = (
    '<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>{mirror}<w:defaultTabStop w:val="720"/>{hyphens}<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:doNotExpandShiftReturn/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '{languages}<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
_LIST = (
    '<w:abstractNum xmlns:w="{W}" w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '{level}</w:lvl></w:abstractNum>'
)
_BULLETS = '<w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
_PRINTED_SIGNS = '<w:suff w:val="nothing"/><w:lvlText w:val=""/><w:lvlJc w:val="left"/><w:pPr>{indent}</w:pPr>'


class Related(NamedTuple):
    """A part that the text refers to: the relation's id and kind, and python-docx's part, its XML as bytes."""

    relation: str
    kind: str
    part: Any


class Template(NamedTuple):
    """What is the same in every document of a theme and a language: the text's part with a gap for it, what stands beside it, the sections."""

    text: tuple[bytes, bytes]
    parts: tuple[Related, ...]
    sections: Sections


def template(theme: Theme, language: str | None) -> Template:
    """The template of a theme and a language, made once in a process.

    Args:
        theme: the page, its layout and its styles.
        language: a BCP 47 tag; languages with the same fonts and the same name in Word share a template.
    """
    return _template(tuple(theme.page.items()), tuple(theme.styles.items()), theme.layout, fonts_of(language))


def around(xml: bytes) -> tuple[bytes, bytes]:
    """A part's XML before the gap that each document's text goes into, and behind it."""
    before, _, behind = xml.partition(f"<!--{GAP}-->".encode())
    return before, behind


@lru_cache(maxsize=32)
def _template(page: tuple[tuple[str, float], ...], styles: tuple[tuple[Role, Style], ...], layout: Layout, fonts: Fonts) -> Template:
    import docx
    from lxml import etree

    theme = Theme(name="", summary="", page=dict(page), styles=dict(styles), layout=layout)
    word = docx.Document()
    add_styles(word.styles, theme, fonts)
    sections = set_pages(word, theme, rtl=fonts.rtl)
    word.settings.element[:] = list(_settings(theme, fonts))
    _add_lists(word.part.numbering_part.element, theme, fonts)
    word.element.body[:] = [etree.Comment(GAP)]
    return Template(around(word.part.blob), tuple(_parts(word.part, fonts)), sections)


def _parts(text: Any, fonts: Fonts) -> Iterator[Related]:
    """The parts that a newspaper needs, of all that python-docx's template brings; our own table of fonts."""
    from docx.opc.constants import RELATIONSHIP_TYPE as KIND
    from docx.opc.part import Part

    needed = {KIND.THEME, KIND.STYLES, KIND.SETTINGS, KIND.NUMBERING, KIND.FONT_TABLE, KIND.HEADER, KIND.FOOTER}
    for name, relation in text.rels.items():
        if relation.reltype in needed:
            part = relation.target_part
            xml = font_table(fonts).encode() if relation.reltype == KIND.FONT_TABLE else part.blob
            yield Related(name, relation.reltype, Part(part.partname, part.content_type, xml))


def _settings(theme: Theme, fonts: Fonts) -> Any:
    from docx.oxml import parse_xml

    page = theme.page
    return parse_xml(_SETTINGS.format(
        W=W,
        mirror="<w:mirrorMargins/>" if page["margin_inner_pt"] != page["margin_outer_pt"] else "",
        hyphens="<w:autoHyphenation/>" if any(style.hyphenate for style in theme.styles.values()) else "",
        languages=language_tags(fonts, "themeFontLang"),
    ))


def _add_lists(numbering: Any, theme: Theme, fonts: Fonts) -> None:
    """The two lists: one with bullets, and one without a sign for items that print their own, indented like text."""
    from docx.oxml import parse_xml

    style = theme.styles[Role.LIST_ITEM]
    bullets = _BULLETS.format(left=round(style.size_pt * 40), hanging=round(style.size_pt * 27))  # two ems, and one and a third
    signs = _PRINTED_SIGNS.format(indent=first_line(style, fonts) or '<w:ind w:firstLine="0"/>')
    numbering[:] = [parse_xml(_LIST.format(W=W, number=number, level=level)) for number, level in enumerate((bullets, signs))]
    for number in range(2):
        numbering.add_num(number)
