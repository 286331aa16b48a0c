"""The errors that Broadsheet raises, each with the exit code that the command line ends with.

    BroadsheetError            1   the root: catch this one
    ├── UsageError             2   an option, format, key or value that does not exist or does not fit
    ├── InputError             3   missing, unreadable, empty, not what it says
    │   └── LimitError         3   larger than the limits allow
    ├── PluginError            4   a plugin is broken, speaks another API, or crashed
    └── OutputError            5   the target exists, cannot be written, or the disk is full

A message says what happened, where, and what to do next, in one line.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class BroadsheetError(Exception):
    """Anything that went wrong in a way a person can act on.

    Args:
        what: what happened, as a short sentence without a full stop.
        where: the file, option or place that it is about; empty where there is none.
        todo: what to do next; empty where nothing helps.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        self.what, self.where, self.todo = what, where, todo
        super().__init__(self.message())

    def message(self) -> str:
        """The error as one line: `where: what; todo`."""
        place = f"{self.where}: " if self.where else ""
        advice = f"; {self.todo}" if self.todo else ""
        return " ".join(f"{place}{self.what}{advice}".split())

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders in a batch, so they must survive pickling."""
        return (_rebuild, (type(self), self.what, self.where, self.todo))


class UsageError(BroadsheetError):
    """The caller asked for something that does not exist or does not fit."""

    exit_code = 2


class InputError(BroadsheetError):
    """The input cannot be read as what it says it is."""

    exit_code = 3


class LimitError(InputError):
    """The input is larger or deeper than the limits allow."""


class PluginError(BroadsheetError):
    """A plugin is broken, was made for another API, or crashed."""

    exit_code = 4


class OutputError(BroadsheetError):
    """The result cannot be put where it was asked for."""

    exit_code = 5


def _rebuild(kind: type[BroadsheetError], what: str, where: str, todo: str) -> BroadsheetError:
    return kind(what, where=where, todo=todo)


def unknown(kind: str, name: str, known: Iterable[str], *, where: str = "") -> UsageError:
    """The error for a name that is not known, with the nearest known names.

    Args:
        kind: what the name names, in the singular (`format`, `option`).
        name: what was asked for.
        known: every name that would have done.
        where: the file or option that asked for it.
    """
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=2, cutoff=0.5)
    todo = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(names) or 'none'}"
    return UsageError(f"no {kind} called {name!r}", where=where, todo=todo)
