"""The built-in themes: one TOML file each, checked when it is loaded."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from broadsheet.errors import UsageError
from broadsheet.model import Role
from broadsheet.plugin import Style, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The smallest and largest sensible value of each length, in points (`_em`: in ems of the text).
BOUNDS: Mapping[str, tuple[float, float]] = {
    "size_pt": (5, 96), "leading_pt": (6, 144), "space_before_pt": (0, 144), "space_after_pt": (0, 144), "indent_em": (0, 8),
}
PAGE_BOUNDS: Mapping[str, tuple[float, float]] = {
    "width_pt": (144, 2400), "height_pt": (144, 3600),
    "margin_top_pt": (0, 288), "margin_bottom_pt": (0, 288), "margin_inner_pt": (0, 288), "margin_outer_pt": (0, 288),
}
_FAMILIES = ("serif", "sans")
_ALIGNMENTS = ("left", "center", "right", "justify")
_MIN_CONTRAST = 4.5
_MIN_MEASURE_PT = 72.0


def load_themes() -> tuple[Theme, ...]:
    """Every built-in theme, sorted by name.

    Raises:
        UsageError: a theme file is broken.
    """
    found = (entry for entry in files(__package__).iterdir() if entry.name.endswith(".toml"))
    return tuple(parse_theme(entry.read_text("utf-8"), where=entry.name) for entry in sorted(found, key=lambda entry: entry.name))


def parse_theme(text: str, *, where: str) -> Theme:
    """A theme from the text of its TOML file.

    Args:
        text: keys `name`, `summary`, tables `page`, `base` (what every style starts from) and `styles.<role>`.
        where: the file's name, for messages.

    Raises:
        UsageError: not TOML, an unknown key, a role without a style, or a value out of bounds; all problems in one message.
    """
    try:
        data = tomllib.loads(text)
        theme = Theme(
            name=str(data["name"]), summary=str(data["summary"]), page={key: float(data["page"][key]) for key in PAGE_BOUNDS},
            styles={Role(role): _style(data.get("base", {}), own) for role, own in data["styles"].items()},
        )
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"not a theme: {error!r}", where=where, todo="compare it with reading.toml") from error
    problems = list(theme_problems(theme))
    if problems:
        raise UsageError("; ".join(problems), where=where)
    return theme


def theme_problems(theme: Theme) -> Iterator[str]:
    """What is wrong with a theme, one short sentence each: missing roles, lengths out of bounds, text hard to see."""
    missing = [role.value for role in Role if role not in theme.styles]
    if missing:
        yield f"no style for {', '.join(missing)}"
    yield from (f"page.{problem}" for problem in _out_of_bounds(theme.page, PAGE_BOUNDS))
    if not any(key not in theme.page for key in PAGE_BOUNDS):
        yield from _page_problems(theme.page)
    for role, style in theme.styles.items():
        yield from (f"{role}.{problem}" for problem in _style_problems(style))


def contrast(colour: str) -> float:
    """The contrast of a colour (`#rrggbb`) against white paper, from 1 to 21, as WCAG 2 reckons it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _style(base: Mapping[str, Any], own: Mapping[str, Any]) -> Style:
    values = {**base, **own}
    unknown_keys = values.keys() - Style.__dataclass_fields__.keys()
    if unknown_keys:
        raise ValueError(f"unknown keys {sorted(unknown_keys)}")
    return msgspec.convert(values, Style)


def _style_problems(style: Style) -> Iterator[str]:
    yield from _out_of_bounds({key: getattr(style, key) for key in BOUNDS}, BOUNDS)
    if style.leading_pt < style.size_pt:
        yield f"leading_pt {style.leading_pt:g} is less than size_pt {style.size_pt:g}"
    if style.family not in _FAMILIES:
        yield f"family {style.family!r} is none of {', '.join(_FAMILIES)}"
    if style.align not in _ALIGNMENTS:
        yield f"align {style.align!r} is none of {', '.join(_ALIGNMENTS)}"
    if not _is_colour(style.colour):
        yield f"colour {style.colour!r} is not #rrggbb"
    elif contrast(style.colour) < _MIN_CONTRAST:
        yield f"colour {style.colour} is too pale on white (contrast {contrast(style.colour):.1f}, at least {_MIN_CONTRAST})"


def _page_problems(page: Mapping[str, float]) -> Iterator[str]:
    width = page["width_pt"] - page["margin_inner_pt"] - page["margin_outer_pt"]
    height = page["height_pt"] - page["margin_top_pt"] - page["margin_bottom_pt"]
    if min(width, height) < _MIN_MEASURE_PT:
        yield f"page leaves {width:g} x {height:g} pt for text, at least {_MIN_MEASURE_PT:g} each way"


def _out_of_bounds(values: Mapping[str, float], bounds: Mapping[str, tuple[float, float]]) -> Iterator[str]:
    for key, (low, high) in bounds.items():
        if key not in values:
            yield f"{key} is missing"
        elif not low <= values[key] <= high:
            yield f"{key} must be from {low:g} to {high:g}, not {values[key]:g}"


def _is_colour(colour: str) -> bool:
    return len(colour) == len("#rrggbb") and colour[0] == "#" and all(digit in "0123456789abcdefABCDEF" for digit in colour[1:])
