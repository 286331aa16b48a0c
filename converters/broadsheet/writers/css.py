"""A theme as CSS for the markup of `xhtml`: sizes relative to the reader's own, so that readers may enlarge them."""

from __future__ import annotations

import colorsys
from functools import lru_cache
from typing import TYPE_CHECKING

from broadsheet.model import MARKS, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.plugin import Style, Theme

_BASE = (
    "header, figure, figcaption, blockquote, ul { margin: 0; padding: 0; }",
    "ul { list-style: none; }",
    "p, h1, h2, h3, h4, h5, h6, li { margin: 0; font-weight: normal; line-break: strict; overflow-wrap: break-word; orphans: 2; widows: 2; }",
    "h1, h2, h3, h4, h5, h6 { text-wrap: balance; }",
    ".worded h1, .worded h2, .worded h3, .worded h4, .worded h5, .worded h6 { word-break: keep-all; }",
    ".clause { display: inline-block; text-indent: 0; }",
    "figure { break-inside: avoid; }",
    "img { display: block; max-width: 100%; height: auto; margin: 0 auto; }",
    "table { border-collapse: collapse; }",
    "td { border: 1px solid; padding: 0.2em 0.6em; }",
    ".verse, p.table { white-space: pre-wrap; }",
    "a { color: inherit; }",
)
#: What goes on in mid-sentence is no new paragraph.
_RESUMED = ".resumed { text-indent: 0 !important; }"
#: CSS follows the direction of writing where a theme says left and right.
_ALIGNED = {"left": "start", "right": "end"}


def style_sheet(theme: Theme, *, vertical: bool = False) -> str:
    """The theme as CSS, in such selectors as the oldest readers know, of which some leave out a whole sheet for one that they do not: a rule for the class of each role, `.mark.role` for what runs in on a block.

    Args:
        theme: sizes and spaces in points; they become ems of the body text.
        vertical: lines run downwards from right to left, so that the space before a block is on its right.
    """
    return _style_sheet(tuple((role, theme.styles[role]) for role in Role if role in theme.styles), vertical)


@lru_cache(maxsize=32)
def _style_sheet(styles: tuple[tuple[Role, Style], ...], vertical: bool) -> str:  # noqa: FBT001 - a cache's key
    body = dict(styles)[Role.PARAGRAPH].size_pt
    blocks = [_rule(f".{role}", _block(style, body, vertical=vertical)) for role, style in styles]
    marks = [_rule(f".mark.{role}", _mark(style)) for role, style in styles if role in MARKS]
    indents = [_rule(f".lettered .{role}", [f"text-indent: {style.indent_em / 2:.3g}em"]) for role, style in styles if style.indent_em]
    close = f".close {{ margin-{'right' if vertical else 'top'}: 0; }}"  # titles stand close: only the space after counts
    return "\n".join([*_BASE, *blocks, *indents, _RESUMED, close, *marks]) + "\n"


def dark_sheet(theme: Theme) -> str:
    """The theme's colours as they are read on black: as light as they were dark. Greys need none, they are half-transparent."""
    rules = [f"  .{role} {{ color: {_lightened(style.colour)}; }}" for role, style in theme.styles.items() if not _grey(style.colour)]
    return "\n".join(["@media (prefers-color-scheme: dark) {", *rules, "}"]) + "\n" if rules else ""


def _rule(selector: str, declarations: list[str]) -> str:
    return f"{selector} {{ {' '.join(f'{each};' for each in declarations)} }}"


def _block(style: Style, body_pt: float, *, vertical: bool) -> list[str]:
    size = style.size_pt
    before, after = f"{style.space_before_pt / size:.3g}em", f"{style.space_after_pt / size:.3g}em"
    return [
        f"font-size: {size / body_pt:.3g}em",
        f"line-height: {style.leading_pt / size:.3g}",
        f"margin: 0 {before} 0 {after}" if vertical else f"margin: {before} 0 {after}",
        f"text-indent: {style.indent_em:.3g}em",
        f"text-align: {_ALIGNED.get(style.align, style.align)}",
        f"hyphens: {'auto' if style.hyphenate else 'manual'}",
        *(["break-after: avoid"] if style.keep_with_next else []),
        *_font(style),
        *_colour(style.colour),
    ]


def _mark(style: Style) -> list[str]:
    """What runs in keeps its paragraph's size, line and tone: only family and weight apply, as in print."""
    return ["font-size: inherit", "line-height: inherit", "margin: 0", "text-indent: 0", "color: inherit", "opacity: 1", *_font(style)]


def _font(style: Style) -> Iterator[str]:
    yield f"font-family: {'serif' if style.family == 'serif' else 'sans-serif'}"
    yield f"font-weight: {'bold' if style.bold else 'normal'}"
    yield f"font-style: {'italic' if style.italic else 'normal'}"


def _colour(colour: str) -> Iterator[str]:
    """Black is left to the reader, who may want white on black; a grey is as much of the reader's own colour."""
    if not _grey(colour):
        yield f"color: {colour}"
    elif (depth := 1 - int(colour[1:3], 16) / 255) < 1:
        yield f"opacity: {depth:.3g}"


def _grey(colour: str) -> bool:
    return colour[1:3] == colour[3:5] == colour[5:7]


def _lightened(colour: str) -> str:
    """The colour of the same hue whose lightness is as far from black as this one's is from white."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, 1 - lightness, saturation))
