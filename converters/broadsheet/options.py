"""Options: a frozen dataclass becomes fields, and texts or config values become a checked instance of it."""

from __future__ import annotations

import dataclasses
import types
import typing
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from broadsheet.errors import BroadsheetError, UsageError, unknown

if typing.TYPE_CHECKING:
    from collections.abc import Mapping


@dataclasses.dataclass(frozen=True, slots=True)
class Help:
    """What an option does, in one sentence."""

    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Range:
    """The smallest and largest value that a number may have, both allowed."""

    low: float
    high: float


@dataclasses.dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of a record that has none."""


@dataclasses.dataclass(frozen=True, slots=True)
class OptionField:
    """One option: its key, the type of one value, and what may be said about it.

    `choices` are the allowed texts of a `Literal` or `Enum`, empty otherwise; `many` marks a `tuple[T, ...]`;
    `optional` allows null (no flag given).
    """

    key: str
    type: type
    default: object
    help: str
    range: Range | None = None
    choices: tuple[str, ...] = ()
    many: bool = False
    optional: bool = False


_SCALARS = (bool, int, float, str, Path)


def option_fields(options: type) -> tuple[OptionField, ...]:
    """The fields of an options class, in the order in which they are written.

    Raises:
        TypeError: the class is not a frozen dataclass, or a field has no default, no `Help`, or a type that cannot
            become a flag. The registry turns it into a `plugin-problem`.
    """
    if not (isinstance(options, type) and dataclasses.is_dataclass(options)):
        raise TypeError(f"options must be a dataclass, not {options!r}")
    if not options.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        raise TypeError(f"options class {options.__name__} must be frozen")
    hints = get_type_hints(options, include_extras=True)
    return tuple(_option_field(options.__name__, f, hints[f.name]) for f in dataclasses.fields(options))


def build_options(options: type, values: Mapping[str, object], *, where: str) -> Any:
    """An instance of an options class from config values or flag texts, every value checked.

    Args:
        options: the options class.
        values: key to value; texts are converted, other values must already have the field's type.
        where: what the values belong to, for messages (`[to.docx]`).

    Raises:
        UsageError: an unknown key, a value of the wrong type, or one out of range; all of them in one message.
    """
    fields = {field.key: field for field in option_fields(options)}
    checked: dict[str, object] = {}
    problems: list[str] = []
    for key, value in values.items():
        try:
            if key not in fields:
                raise unknown("option", key, fields)
            checked[key] = _check_value(fields[key], value)
        except BroadsheetError as error:
            problems.append(error.message())
    if problems:
        raise UsageError(". ".join(problems), where=where)
    return options(**checked)


def _option_field(owner: str, field: dataclasses.Field[Any], hint: object) -> OptionField:
    notes: tuple[object, ...] = ()
    if get_origin(hint) is Annotated:
        hint, *extras = get_args(hint)
        notes = tuple(extras)
    name = f"{owner}.{field.name}"
    if field.default is dataclasses.MISSING:
        raise TypeError(f"option {name} needs a plain default")
    text = next((note.text for note in notes if isinstance(note, Help)), "")
    if not text:
        raise TypeError(f"option {name} needs a Help")
    limits = next((note for note in notes if isinstance(note, Range)), None)
    inner, optional, many = _unwrap(hint)
    choices: tuple[str, ...] = ()
    if get_origin(inner) is Literal:
        choices = tuple(str(choice) for choice in get_args(inner))
        inner = str
    elif isinstance(inner, type) and issubclass(inner, Enum):
        choices = tuple(str(member.value) for member in inner)
    elif inner not in _SCALARS:
        raise TypeError(f"option {name} has type {hint!r}; allowed: bool, int, float, str, Path, Literal, Enum, tuple of one of them")
    return OptionField(
        key=field.name, type=typing.cast("type", inner), default=field.default, help=text,
        range=limits, choices=choices, many=many, optional=optional,
    )


def _unwrap(hint: object) -> tuple[object, bool, bool]:
    """The scalar type inside `T | None` or `tuple[T, ...]`, and which of the two it was."""
    optional = many = False
    if get_origin(hint) in (types.UnionType, typing.Union):
        inner = [arg for arg in get_args(hint) if arg is not type(None)]
        optional = len(inner) < len(get_args(hint))
        hint = inner[0] if len(inner) == 1 else hint
    if get_origin(hint) is tuple and len(get_args(hint)) == 2 and get_args(hint)[1] is ...:  # noqa: PLR2004
        many = True
        hint = get_args(hint)[0]
    return hint, optional, many


def _check_value(field: OptionField, value: object) -> object:
    if field.many:
        if isinstance(value, str) or not isinstance(value, (list, tuple)):
            raise UsageError(f"{field.key} wants a list, not {value!r}")
        return tuple(_check_scalar(field, item) for item in value)
    if value is None and field.optional:
        return None
    return _check_scalar(field, value)


def _check_scalar(field: OptionField, value: object) -> object:
    if field.choices:
        if str(value) not in field.choices:
            raise unknown("choice", str(value), field.choices, where=field.key)
        return field.type(str(value)) if issubclass(field.type, Enum) else str(value)
    number = _convert(field, value)
    if field.range is not None and isinstance(number, (int, float)) and not field.range.low <= number <= field.range.high:
        raise UsageError(f"{field.key} must be from {field.range.low:g} to {field.range.high:g}, not {number:g}")
    return number


_TRUTHS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def _convert(field: OptionField, value: object) -> object:
    wanted = field.type
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, wanted) and not (wanted is int and isinstance(value, bool)):
        return value
    try:
        if isinstance(value, str):
            return _TRUTHS[value.lower()] if wanted is bool else wanted(value)
    except (KeyError, ValueError):
        pass
    raise UsageError(f"{field.key} wants {wanted.__name__}, not {value!r}")
