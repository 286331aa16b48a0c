"""The book's style sheets: the theme, and what only a book needs: room beside the text, lines that run downwards, its cover.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.writers.css import style_sheet

if TYPE_CHECKING:
    from broadsheet.plugin import Theme

_HORIZONTAL = (
    "body { margin: 0 5%; }",
    "img { max-height: 95vh; }",
    "figure { margin: 1em 0; }",
    "nav h1 { margin: 1em 0; }",
    "nav li { margin: 0.6em 0; }",
)
_VERTICAL = (
    "html { writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl; -epub-writing-mode: vertical-rl; text-orientation: mixed; }",
    "body { margin: 5% 0; }",
    "img { max-height: 80vh; max-width: 80vw; width: auto; margin: 0; }",
    "figure { margin: 0 1em; }",
    "nav h1 { margin: 0 1em; }",
    "nav li { margin: 0 0.6em; }",
    ".abreast { text-combine-upright: all; -webkit-text-combine: horizontal; -epub-text-combine: horizontal; }",
    ".upright { text-orientation: upright; -webkit-text-orientation: upright; -epub-text-orientation: upright; }",
)
_BOTH = (
    "nav ol { list-style: none; margin: 0; padding: 0; }",
    "nav h1 { font-size: 1.4em; font-weight: bold; }",
    "nav a { text-decoration: none; }",
    ".cover { margin: 0; text-align: center; }",
    ".cover img { max-height: 99vh; }",
)


def book_sheet(theme: Theme, *, vertical: bool) -> str:
    """The style sheet that every file of the book links to.

    Args:
        theme: the look.
        vertical: lines run downwards, from right to left.
    """
    own = (*_BOTH, *(_VERTICAL if vertical else _HORIZONTAL))
    return style_sheet(theme, vertical=vertical) + "\n".join(own) + "\n"
