"""The built-in themes, a TOML file each, and how a person's own file overrides any part of one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from broadsheet.errors import UsageError, unknown
from broadsheet.model import Role
from broadsheet.plugin import Layout, Style, Theme
from broadsheet.themes.check import PAGE_BOUNDS, contrast, fitting, theme_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["contrast", "load_themes", "parse_theme", "theme_problems"]

#: What a theme file starts from that names no other.
ROOT = "reading"
_TABLES = ("page", "layout", "text", "styles")
_KEYS = ("base", "name", "summary", *_TABLES)
#: What every style must say, itself or through `text`; the values stand in while all problems are looked for.
_NEEDED = {"size_pt": 10.0, "leading_pt": 14.0}

Data = dict[str, Any]


def load_themes() -> tuple[Theme, ...]:
    """Every built-in theme, sorted by name.

    Raises:
        UsageError: a theme file is broken.
    """
    return tuple(parse_theme(text, where=f"{name}.toml") for name, text in _texts().items())


def parse_theme(text: str, *, where: str) -> Theme:
    """A theme from the text of its TOML file.

    Args:
        text: `base` names the built-in theme that the file starts from (`reading` where it names none, `""` for none at
            all), and every other key overrides what that one says: `name`, `summary`, the tables `page`, `layout`,
            `styles.<role>`, and `text`, which holds what styles have that do not say otherwise themselves.
        where: the file's name, for messages; a theme without a name is called by it.

    Raises:
        UsageError: not TOML, an unknown key or base, a wrong or missing value; all problems in one message.
    """
    data = _whole(_read(text, where), where)
    problems: list[str] = []
    theme = Theme(
        name=str(data.get("name", PurePath(where).stem)), summary=str(data.get("summary", "A theme of one's own.")),
        page=_page(data["page"], problems), styles=_styles(data["text"], data["styles"], problems),
        layout=Layout(**fitting(Layout, data["layout"], "layout", problems)),
    )
    problems += theme_problems(theme)
    if problems:
        raise UsageError("; ".join(problems), where=where)
    return theme


@cache
def _texts() -> Mapping[str, str]:
    found = sorted((entry for entry in files(__package__).iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    return {entry.name.removesuffix(".toml"): entry.read_text("utf-8") for entry in found}


def _read(text: str, where: str) -> Data:
    """The file's own data, its keys known and its tables tables."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"is not TOML ({error})", where=where, todo="correct the line") from error
    problems = list(_shape_problems(data))
    if problems:
        raise UsageError("; ".join(problems), where=where)
    return data


def _shape_problems(data: Data) -> Iterator[str]:
    yield from (unknown("key", key, _KEYS).message() for key in data if key not in _KEYS)
    yield from (f"{key} must be a text" for key in ("base", "name", "summary") if not isinstance(data.get(key, ""), str))
    yield from (f"{key} must be a table, [{key}]" for key in _TABLES if not isinstance(data.get(key, {}), dict))
    styles = data.get("styles", {})
    for role, values in styles.items() if isinstance(styles, dict) else ():
        if role not in set(Role):
            yield unknown("role", role, Role, where="styles").message()
        elif not isinstance(values, dict):
            yield f"styles.{role} must be a table, [styles.{role}]"


def _whole(own: Data, where: str) -> Data:
    """The data with everything that its base says where it says nothing."""
    name = own.get("base", ROOT)
    if not name:
        return {table: {} for table in _TABLES} | own
    if name not in _texts():
        raise unknown("theme", name, _texts(), where=f"{where}: base")
    base = _whole(_read(_texts()[name], f"{name}.toml"), f"{name}.toml")
    merged = {table: {**base[table], **own.get(table, {})} for table in _TABLES}
    merged["styles"] = {role: {**base["styles"].get(role, {}), **own.get("styles", {}).get(role, {})} for role in merged["styles"]}
    return merged | {key: own[key] for key in ("name", "summary") if key in own}


def _styles(text: Data, styles: Mapping[str, Data], problems: list[str]) -> dict[Role, Style]:
    shared = fitting(Style, text, "text", problems)
    made = {}
    for role in (role for role in Role if role in styles):
        values = shared | fitting(Style, styles[role], f"styles.{role}", problems)
        problems += [f"styles.{role}.{key} is missing" for key in _NEEDED if key not in values]
        made[role] = Style(**{**_NEEDED, **values})
    return made


def _page(values: Mapping[str, Any], problems: list[str]) -> dict[str, float]:
    problems += [unknown("key", key, PAGE_BOUNDS, where="page").message() for key in values if key not in PAGE_BOUNDS]
    wrong = [key for key, value in values.items() if isinstance(value, bool) or not isinstance(value, int | float)]
    problems += [f"page.{key} must be a number, not {values[key]!r}" for key in wrong]
    return {key: float(value) for key, value in values.items() if key in PAGE_BOUNDS and key not in wrong}
