"""A table of the page as a table of Word, as wide as its column and shared out by what its cells hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.text import display_width
from broadsheet.writers.docx.markup import paragraph, spacer
from broadsheet.writers.docx.styles import CELL, TABLE, style_id
from broadsheet.writers.shared import faithful_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.model import Block
    from broadsheet.plugin import Style
    from broadsheet.writers.docx.markup import Voice

#: The most columns that a table of Word has.
_MOST_COLUMNS = 63
#: The narrowest and widest that a column counts, in half ems.
_NARROWEST, _WIDEST = 4, 60


def fitting_rows(block: Block) -> tuple[tuple[str, ...], ...]:
    """The table's cells where they hold exactly the text's characters and Word has room for them; else none."""
    rows = faithful_rows(block)
    return rows if max((len(row) for row in rows), default=0) <= _MOST_COLUMNS else ()


def table(rows: Sequence[Sequence[str]], voice: Voice, style: Style, width_pt: float) -> str:
    """A `w:tbl` between two gaps; without a paragraph behind it, Word would make it one with a table that follows.

    Args:
        rows: the cells' texts; short rows are filled up with empty cells.
        voice: how its text speaks.
        style: the space around it.
        width_pt: how wide it is, in points.
    """
    widths = _widths(rows, round(width_pt * 20))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(f"<w:tr>{_cells(row, widths, voice)}</w:tr>" for row in rows)
    side = "<w:bidiVisual/>" if voice.rtl else ""
    look = f'<w:tblPr><w:tblStyle w:val="{style_id(TABLE)}"/>{side}<w:tblW w:w="{sum(widths)}" w:type="dxa"/></w:tblPr>'
    return f"{spacer(style.space_before_pt)}<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>{spacer(style.space_after_pt)}"


def _cells(row: Sequence[str], widths: Sequence[int], voice: Voice) -> str:
    filled = [*row, *[""] * (len(widths) - len(row))]
    return "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_cell(text, voice)}</w:tc>' for text, width in zip(filled, widths, strict=True)
    )


def _cell(text: str, voice: Voice) -> str:
    return paragraph(style_id(CELL), voice.runs(text, Role.TABLE) if text else "", turned=voice.turned)


def _widths(rows: Sequence[Sequence[str]], whole: int) -> list[int]:
    """The columns' widths in twentieths of a point, by the longest text of each."""
    count = max(len(row) for row in rows)
    longest = [max((display_width(row[at]) for row in rows if at < len(row)), default=0) for at in range(count)]
    shares = [min(max(length, _NARROWEST), _WIDEST) for length in longest]
    return [whole * share // sum(shares) for share in shares]
