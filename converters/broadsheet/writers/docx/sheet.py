"""The paper: its size and margins, its columns, and what stands at its edges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.plugin import Layout, Theme

#: The properties of a section as text, by how many columns it has and whether it is the first of the file.
Sections = dict[tuple[int, bool], str]

#: A comment in a part's XML where the text of each document goes.
GAP = "text"
_DECLARATIONS = re.compile(r' xmlns:\w+="[^"]*"')
_PAGE_NUMBER = '<w:fldSimple {} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


class Sheet(NamedTuple):
    """The theme's page, and the sections that python-docx made of it."""

    theme: Theme
    sections: Mapping[tuple[int, bool], str]

    def box_pt(self, columns: int) -> tuple[float, float]:
        """Width and height of one of so many columns, in points."""
        page, gutter = self.theme.page, self.theme.layout.gutter_pt
        height = page["height_pt"] - page["margin_top_pt"] - page["margin_bottom_pt"]
        return (measure_pt(self.theme) - gutter * (columns - 1)) / columns, height

    def section(self, columns: int, *, first: bool) -> str:
        """The properties of a section, which follows on the page of the one before.

        Args:
            columns: how many columns its text stands in: one, or as many as the theme has.
            first: it is the first of the file, which names what stands at the edges of its pages and those after it.
        """
        return self.sections[columns, first]


def measure_pt(theme: Theme) -> float:
    """The width of the text over all columns, in points."""
    page = theme.page
    return page["width_pt"] - page["margin_inner_pt"] - page["margin_outer_pt"]


def set_pages(word: Any, theme: Theme, *, rtl: bool) -> Sections:
    """Set up the pages of python-docx's document, and give the sections that a text may need.

    Args:
        word: a document of one section and without text.
        theme: its page and layout.
        rtl: whether columns follow each other from the right.
    """
    from docx.enum.section import WD_SECTION
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    first = word.sections[0]
    first.start_type = WD_SECTION.CONTINUOUS
    _set_paper(first, theme)
    _set_edges(first, theme.layout)
    properties = word.element.body.sectPr
    properties.remove(properties.find(qn("w:docGrid")))  # lines end where their paragraph says
    if rtl:
        properties.append(OxmlElement("w:bidi"))
    choices = (1, theme.layout.columns)
    sections = {(columns, True): _in_columns(properties, columns, theme.layout) for columns in choices}
    later = word.add_section(WD_SECTION.CONTINUOUS)
    later.different_first_page_header_footer = False
    return sections | {(columns, False): _in_columns(word.element.body.sectPr, columns, theme.layout) for columns in choices}


def _set_paper(section: Any, theme: Theme) -> None:
    from docx.shared import Pt

    page = {key: Pt(points) for key, points in theme.page.items()}
    section.page_width, section.page_height = page["width_pt"], page["height_pt"]
    section.top_margin, section.bottom_margin = page["margin_top_pt"], page["margin_bottom_pt"]
    section.left_margin, section.right_margin = page["margin_inner_pt"], page["margin_outer_pt"]
    section.header_distance, section.footer_distance = page["margin_top_pt"] // 2, page["margin_bottom_pt"] // 2


def _set_edges(section: Any, layout: Layout) -> None:
    """Name what stands at the edges. A first page has no running head, but its number."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from lxml import etree

    section.different_first_page_header_footer = layout.running_head
    if layout.running_head:
        _line(section.header).append(etree.Comment(GAP))
    feet = (section.footer, section.first_page_footer) if layout.running_head else (section.footer,)
    for footer in feet if layout.folio else ():
        _line(footer).append(parse_xml(_PAGE_NUMBER.format(nsdecls("w"))))


def _line(edge: Any) -> Any:
    """The one paragraph of a header or footer, as an element: python-docx makes both when asked for it."""
    return edge.paragraphs[0]._p  # noqa: SLF001 - it has no public name


def _in_columns(section: Any, columns: int, layout: Layout) -> str:
    """The section's properties as text, with so many columns; what their prefixes mean is said by the whole document."""
    from docx.oxml.ns import qn
    from lxml import etree

    space = {"space": round(layout.gutter_pt * 20)}
    facts = {"num": columns, "sep": int(layout.column_rule), **space} if columns > 1 else space
    copy = section.clone()
    for name, value in facts.items():
        copy.find(qn("w:cols")).set(qn(f"w:{name}"), str(value))
    return _DECLARATIONS.sub("", etree.tostring(copy, encoding="unicode"))
