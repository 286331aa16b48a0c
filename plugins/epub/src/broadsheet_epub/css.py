"""The book's style sheet, made from a theme: sizes relative to the reader's own, so that readers may enlarge them.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import MARKS, Role

if TYPE_CHECKING:
    from broadsheet.plugin import Style, Theme

_BASE = (
    "body { margin: 0 5%; }",
    "header, figure, blockquote, ul { margin: 0; padding: 0; }",
    "ul { list-style: none; }",
    "p, h1, h2, h3, h4, h5, h6, li, figcaption { margin: 0; font-weight: normal; }",
    "table { border-collapse: collapse; }",
    "td { border: 1px solid; padding: 0.2em 0.6em; }",
    ".verse, .table { white-space: pre-wrap; }",
    "a { color: inherit; }",
)
_BLACK = "#000000"


def style_sheet(theme: Theme) -> str:
    """The theme as CSS: `p.role` and its like for blocks, `.mark.role` for what runs in on a block.

    Args:
        theme: sizes and spaces in points; they become ems of the body text.
    """
    body = theme.styles[Role.PARAGRAPH].size_pt
    blocks = [_rule(f".{role}", _block(theme.styles[role], body)) for role in Role if role in theme.styles]
    marks = [_rule(f".mark.{role}", _mark(theme.styles[role])) for role in Role if role in MARKS and role in theme.styles]
    return "\n".join([*_BASE, *blocks, *marks]) + "\n"


def _rule(selector: str, declarations: list[str]) -> str:
    return f"{selector} {{ {' '.join(f'{each};' for each in declarations)} }}"


def _block(style: Style, body_pt: float) -> list[str]:
    size = style.size_pt
    margins = (style.space_before_pt / size, style.space_after_pt / size)
    return [
        f"font-size: {size / body_pt:.3g}em",
        f"line-height: {style.leading_pt / size:.3g}",
        f"margin: {margins[0]:.3g}em 0 {margins[1]:.3g}em",
        f"text-indent: {style.indent_em:.3g}em",
        f"text-align: {style.align}",
        *(["break-after: avoid"] if style.keep_with_next else []),
        *_face(style),
    ]


def _mark(style: Style) -> list[str]:
    """What runs in keeps its paragraph's size and line."""
    return ["font-size: inherit", "line-height: inherit", "margin: 0", "text-indent: 0", *_face(style)]


def _face(style: Style) -> list[str]:
    """The face; black is left to the reader, who may want white on black."""
    return [
        f"font-family: {'serif' if style.family == 'serif' else 'sans-serif'}",
        f"font-weight: {'bold' if style.bold else 'normal'}",
        f"font-style: {'italic' if style.italic else 'normal'}",
        *([f"color: {style.colour}"] if style.colour.lower() != _BLACK else []),
    ]
