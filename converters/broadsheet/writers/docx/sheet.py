"""The paper: its size and margins, its columns, and which parts stand at its edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from broadsheet.plugin import Theme

#: Relation and kind of the parts at the edges of pages. A first page has no running head, but its number.
HEADER, FOOTER, FIRST_FOOTER = "header", "footer", "firstFooter"


class Sheet(NamedTuple):
    """The theme's page, for one document; `rtl` lets columns follow each other from the right."""

    theme: Theme
    rtl: bool

    @property
    def measure_pt(self) -> float:
        """The width of the text over all columns, in points."""
        page = self.theme.page
        return page["width_pt"] - page["margin_inner_pt"] - page["margin_outer_pt"]

    def box_pt(self, columns: int) -> tuple[float, float]:
        """Width and height of one of so many columns, in points."""
        page, gutter = self.theme.page, self.theme.layout.gutter_pt
        height = page["height_pt"] - page["margin_top_pt"] - page["margin_bottom_pt"]
        return (self.measure_pt - gutter * (columns - 1)) / columns, height

    def section(self, columns: int, *, first: bool) -> str:
        """The properties of a section, which follows on the page of the one before.

        Args:
            columns: how many columns its text stands in.
            first: it is the first of the file, which names what stands at the edges of its pages and those after it.
        """
        edges = self._edges() if first else ""
        plain = "<w:titlePg/>" if first and self.theme.layout.running_head else ""
        bidi = "<w:bidi/>" if self.rtl else ""
        return f'<w:sectPr>{edges}<w:type w:val="continuous"/>{self._paper()}{self._columns(columns)}{plain}{bidi}</w:sectPr>'

    def _edges(self) -> str:
        layout = self.theme.layout
        head = f'<w:headerReference w:type="default" r:id="{HEADER}"/>' if layout.running_head else ""
        foot = f'<w:footerReference w:type="default" r:id="{FOOTER}"/>' if layout.folio else ""
        return head + foot + (f'<w:footerReference w:type="first" r:id="{FIRST_FOOTER}"/>' if head and foot else "")

    def _paper(self) -> str:
        page = {key: round(points * 20) for key, points in self.theme.page.items()}
        return (
            f'<w:pgSz w:w="{page["width_pt"]}" w:h="{page["height_pt"]}"/>'
            f'<w:pgMar w:top="{page["margin_top_pt"]}" w:right="{page["margin_outer_pt"]}" w:bottom="{page["margin_bottom_pt"]}"'
            f' w:left="{page["margin_inner_pt"]}" w:header="{page["margin_top_pt"] // 2}" w:footer="{page["margin_bottom_pt"] // 2}" w:gutter="0"/>'
        )

    def _columns(self, columns: int) -> str:
        space = round(self.theme.layout.gutter_pt * 20)
        if columns == 1:
            return f'<w:cols w:space="{space}"/>'
        rule = ' w:sep="1"' if self.theme.layout.column_rule else ""
        return f'<w:cols w:num="{columns}"{rule} w:space="{space}"/>'
