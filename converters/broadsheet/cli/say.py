"""Speaks to the person: results to standard output, diagnostics and errors to standard error, one line each."""

from __future__ import annotations

import os
import re
import sys
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from broadsheet.lines import line_spans
from broadsheet.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.errors import BroadsheetError
    from broadsheet.model import Diagnostic

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass
class Voice:
    """What is said to standard error, and how many warnings there were.

    Args:
        quiet: say errors only.
        verbose: say notes too, not only their number.
        debug: show the traceback of an error.
    """

    quiet: bool = False
    verbose: bool = False
    debug: bool = False
    warnings: int = 0
    notes: int = field(default=0, repr=False)

    def diagnostics(self, said: Iterable[Diagnostic], *, where: str = "", text: str | None = None) -> None:
        """Say what is worth saying of one input: `warning: code: message (file:line:column)`.

        Args:
            said: the diagnostics, in order.
            where: the input's path.
            text: the source's text, to turn offsets into lines and columns.
        """
        starts = [start for start, _, _ in line_spans(text)] if text is not None else []
        for one in said:
            self.warnings += one.severity is not Severity.INFO
            self.notes += one.severity is Severity.INFO
            if one.severity is Severity.ERROR or (not self.quiet and (self.verbose or one.severity is Severity.WARNING)):
                place = position(where, starts, one.source[0] if one.source else None)
                self.line(f"{_WORDS[one.severity]}: {one.code}: {one.message}{f' ({place})' if place else ''}")

    def error(self, error: BroadsheetError) -> None:
        """Say that an input failed, and why."""
        if self.debug:
            import traceback

            traceback.print_exception(error)
        self.line(f"error: {error.message()}")

    def note(self, message: str) -> None:
        """Say what was done, unless quiet was asked for."""
        if not self.quiet:
            self.line(message)

    def count(self) -> None:
        """Say how many notes were held back."""
        if self.notes and not self.verbose:
            self.note(f"{self.notes} {'note' if self.notes == 1 else 'notes'}; --verbose shows {'it' if self.notes == 1 else 'them'}")

    def line(self, text: str) -> None:
        """Print one line to standard error; characters that would move a terminal's cursor are shown as U+FFFD."""
        click.echo(_UNPRINTABLE.sub("\ufffd", text), err=True)


_WORDS = {Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}


def position(where: str, starts: list[int], offset: int | None) -> str:
    """`file:line:column` of an offset, both from 1; without an offset the file alone.

    Args:
        where: the file's path, which may be empty.
        starts: the offset of each line's first character; empty where the text is unknown.
        offset: code points into the text.
    """
    if offset is None or not starts:
        return where
    line = bisect_right(starts, offset)
    return ":".join(part for part in (where, str(line), str(offset - starts[line - 1] + 1)) if part)


def put(data: bytes) -> None:
    """Write a result to standard output; a reader that went away ends the program quietly.

    Raises:
        OutputError: standard output cannot be written, as on a full disk.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The interpreter flushes once more on its way out; there it shall find something that takes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(0) from None
    except OSError as error:
        from broadsheet.saving import output_error

        raise output_error(error, "standard output") from error


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows as aligned columns, a line each; wide characters count two."""
    from broadsheet.text import display_width

    kept = list(rows)
    columns = max((len(row) for row in kept), default=0)
    widths = [max(display_width(row[at]) for row in kept if len(row) > at) for at in range(columns)]
    return "".join(
        "  ".join(cell + " " * (widths[at] - display_width(cell)) for at, cell in enumerate(row)).rstrip() + "\n" for row in kept
    )
