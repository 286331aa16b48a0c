"""What a pattern's matches begin with, end with and hold, so that most patterns need not be tried on most lines."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

_DIGITS = "0123456789"
_WIDEST_RANGE = 128
_LARGEST_NEED = 48
_WIDTHLESS = ("AT", "ASSERT", "ASSERT_NOT")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


class Edges(NamedTuple):
    """What is known of a pattern's matches; never too few characters.

    Args:
        first: the characters that a match may begin with; null where that may be any.
        last: those it may end with.
        need: characters of which a match holds one at least; empty where there is no such set, or only a large one.
    """

    first: frozenset[str] | None = None
    last: frozenset[str] | None = None
    need: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def edges(pattern: str) -> Edges:
    """What can be read off a regular expression in Python's notation, matched with case.

    Characters are to be looked up by `edge_class`, which lets one digit stand for those of other scripts.
    """
    # The parser of the standard library; public under this name only by habit, so nothing depends on its being there.
    try:
        tree = list(import_module("re._parser").parse(pattern))
    except (ImportError, AttributeError):
        return Edges()
    return Edges(_edge(tree), _edge(tree, last=True), next(iter(_needs(tree)), frozenset()))


def edge_class(char: str) -> str:
    """The character as it stands in the sets of `edges`."""
    return _DIGITS[0] if char.isdecimal() and not char.isascii() else char


def _edge(items: list[Any], *, last: bool = False) -> frozenset[str] | None:
    """The edge of a whole pattern; one that may be empty matches anywhere."""
    found, empty = _sequence(items, last=last)
    return None if empty else found


def _sequence(items: list[Any], *, last: bool) -> tuple[frozenset[str] | None, bool]:
    """The edge of a sequence (that of its first item, and of the next as long as those before may be empty), and whether all may be empty."""
    found: frozenset[str] = frozenset()
    for item in reversed(items) if last else items:
        chars, empty = _item(str(item[0]), item[1], last=last)
        if chars is None:
            return None, True
        found |= chars
        if not empty:
            return found, False
    return found, True


def _item(name: str, value: Any, *, last: bool) -> tuple[frozenset[str] | None, bool]:
    """The edge of one item of a pattern, and whether it may be empty."""
    chars: frozenset[str] | None = None
    empty = True
    if name in _WIDTHLESS:
        chars = frozenset()
    elif name == "LITERAL":
        chars, empty = frozenset(edge_class(chr(value))), False
    elif name == "IN":
        chars, empty = _class(value), False
    elif name == "BRANCH":
        chars, empty = _branch(value[1], last=last)
    elif (inner := _inner(name, value)) is not None:
        chars, empty = _sequence(inner, last=last)
    return chars, empty or (name in _REPEATS and not value[0])


def _inner(name: str, value: Any) -> list[Any] | None:
    """What a group or a repetition holds; null for other items, and for groups with flags of their own."""
    if name == "SUBPATTERN":
        return None if value[1] else list(value[-1])
    if name in _REPEATS:
        return list(value[2])
    return list(value) if name == "ATOMIC_GROUP" else None


def _branch(ways: list[Any], *, last: bool) -> tuple[frozenset[str] | None, bool]:
    found: frozenset[str] = frozenset()
    empty = False
    for way in ways:
        chars, may = _sequence(list(way), last=last)
        if chars is None:
            return None, True
        found, empty = found | chars, empty or may
    return found, empty


def _class(members: list[Any]) -> frozenset[str] | None:
    found: set[str] = set()
    for kind, value in ((str(member[0]), member[1]) for member in members):
        if kind == "LITERAL":
            found.add(edge_class(chr(value)))
        elif kind == "RANGE" and value[1] - value[0] < _WIDEST_RANGE:
            found.update(edge_class(chr(code)) for code in range(value[0], value[1] + 1))
        elif kind == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            found.update(_DIGITS)
        else:
            return None
    return frozenset(found)


def _needs(items: list[Any]) -> list[frozenset[str]]:
    """What a match of a sequence holds in any case, the smallest sets first."""
    found: set[frozenset[str]] = set()
    for item in items:
        found.update(_need(str(item[0]), item[1]))
    return sorted((need for need in found if len(need) <= _LARGEST_NEED), key=lambda need: (len(need), sorted(need)))


def _need(name: str, value: Any) -> list[frozenset[str]]:
    """What one item of a pattern needs."""
    if name == "LITERAL":
        return [frozenset(chr(value))]
    if name == "IN":
        chars = _class(value)
        return [chars] if chars and not chars & frozenset(_DIGITS) else []
    if name == "BRANCH":
        ways = [_needs(list(way)) for way in value[1]]
        return [frozenset[str]().union(*(way[0] for way in ways))] if all(ways) else []
    inner = _inner(name, value)
    return _needs(inner) if inner is not None and not (name in _REPEATS and not value[0]) else []
