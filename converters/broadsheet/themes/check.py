"""What a theme may say: keys that exist, lengths within bounds, text that can be seen, room for it on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec

from broadsheet.errors import unknown
from broadsheet.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.plugin import Layout, Style, Theme

Bounds = dict[str, tuple[float, float]]

#: The smallest and largest sensible value of each length, in points (`_em`: in ems of the text).
BOUNDS: Bounds = {
    "size_pt": (5, 96), "leading_pt": (6, 144), "space_before_pt": (0, 144), "space_after_pt": (0, 144), "indent_em": (0, 8),
}
PAGE_BOUNDS: Bounds = {
    "width_pt": (144, 2400), "height_pt": (144, 3600),
    "margin_top_pt": (0, 288), "margin_bottom_pt": (0, 288), "margin_inner_pt": (0, 288), "margin_outer_pt": (0, 288),
}
LAYOUT_BOUNDS: Bounds = {"columns": (1, 6), "gutter_pt": (4, 72), "brief_lines": (0, 40), "brief_title_scale": (0.4, 1), "lead_title_scale": (1, 2)}
_STYLE_CHOICES = {"family": ("serif", "sans"), "align": ("left", "center", "right", "justify")}
_LAYOUT_CHOICES = {"article_start": ("flow", "page"), "contents": ("none", "front")}
_WANTED = {float: "a number", int: "a whole number", str: "a text", bool: "true or false"}
_MIN_CONTRAST = 4.5
_MIN_MEASURE_PT = 72.0


def fitting(kind: type, values: Mapping[str, Any], where: str, problems: list[str]) -> dict[str, Any]:
    """The values that a record of this kind can take; what is wrong with the others is added to the problems.

    Args:
        kind: a dataclass of plain fields.
        values: key to value, as TOML gives them.
        where: the table's name, for messages.
        problems: gets a short sentence for each unknown key (with the nearest known one) and each value of a wrong type.
    """
    types = get_type_hints(kind)
    good = {}
    for key, value in values.items():
        if key not in types:
            problems.append(unknown("key", key, types, where=where).message())
            continue
        try:
            good[key] = msgspec.convert(value, types[key])
        except msgspec.ValidationError:
            problems.append(f"{where}.{key} wants {_WANTED[types[key]]}, not {value!r}")
    return good


def theme_problems(theme: Theme) -> Iterator[str]:
    """What is wrong with a theme, one short sentence each: missing roles, lengths out of bounds, text hard to see."""
    missing = [role.value for role in Role if role not in theme.styles]
    if missing:
        yield f"no style for {', '.join(missing)}"
    yield from (f"page.{problem}" for problem in _out_of_bounds(theme.page, PAGE_BOUNDS))
    yield from (f"layout.{problem}" for problem in _layout_problems(theme.layout))
    if all(key in theme.page for key in PAGE_BOUNDS):
        yield from _page_problems(theme)
    for role, style in theme.styles.items():
        yield from (f"styles.{role}.{problem}" for problem in _style_problems(style))


def contrast(colour: str) -> float:
    """The contrast of a colour (`#rrggbb`) against white paper, from 1 to 21, as WCAG 2 reckons it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _layout_problems(layout: Layout) -> Iterator[str]:
    yield from _out_of_bounds({key: getattr(layout, key) for key in LAYOUT_BOUNDS}, LAYOUT_BOUNDS)
    yield from _wrong_choices(layout, _LAYOUT_CHOICES)


def _style_problems(style: Style) -> Iterator[str]:
    yield from _out_of_bounds({key: getattr(style, key) for key in BOUNDS}, BOUNDS)
    if style.leading_pt < style.size_pt:
        yield f"leading_pt {style.leading_pt:g} is less than size_pt {style.size_pt:g}"
    yield from _wrong_choices(style, _STYLE_CHOICES)
    if not _is_colour(style.colour):
        yield f"colour {style.colour!r} is not #rrggbb"
    elif contrast(style.colour) < _MIN_CONTRAST:
        yield f"colour {style.colour} is too pale on white (contrast {contrast(style.colour):.1f}, at least {_MIN_CONTRAST})"


def _page_problems(theme: Theme) -> Iterator[str]:
    page, columns = theme.page, theme.layout.columns
    width = page["width_pt"] - page["margin_inner_pt"] - page["margin_outer_pt"]
    height = page["height_pt"] - page["margin_top_pt"] - page["margin_bottom_pt"]
    if min(width, height) < _MIN_MEASURE_PT:
        yield f"page leaves {width:g} x {height:g} pt for text, at least {_MIN_MEASURE_PT:g} each way"
    elif columns > 1 and (column := (width + theme.layout.gutter_pt) / columns - theme.layout.gutter_pt) < _MIN_MEASURE_PT:
        yield f"layout.columns {columns} leaves {column:g} pt for each, at least {_MIN_MEASURE_PT:g}"


def _wrong_choices(record: Style | Layout, choices: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for key, allowed in choices.items():
        if getattr(record, key) not in allowed:
            yield f"{key} {getattr(record, key)!r} is none of {', '.join(allowed)}"


def _out_of_bounds(values: Mapping[str, float], bounds: Bounds) -> Iterator[str]:
    for key, (low, high) in bounds.items():
        if key not in values:
            yield f"{key} is missing"
        elif not low <= values[key] <= high:
            yield f"{key} must be from {low:g} to {high:g}, not {values[key]:g}"


def _is_colour(colour: str) -> bool:
    return len(colour) == len("#rrggbb") and colour[0] == "#" and all(digit in "0123456789abcdefABCDEF" for digit in colour[1:])
