"""Shows how far a long run is: a line that is kept up to date on a terminal, a line a minute elsewhere."""

from __future__ import annotations

import sys
import time

import click

_EVERY_SECONDS = 60.0


class Progress:
    """How many of a run's steps are done.

    Args:
        total: how many there are.
        shown: whether to show anything.
    """

    def __init__(self, total: int, *, shown: bool) -> None:
        self.total, self.done = total, 0
        self.live = shown and sys.stderr.isatty()
        self.slow = shown and not self.live
        self.told = time.monotonic()

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        if self.live:
            click.echo(f"{self.done} of {self.total}", err=True, nl=False)
        elif self.slow and time.monotonic() - self.told >= _EVERY_SECONDS:
            self.told = time.monotonic()
            click.echo(f"{self.done} of {self.total} done", err=True)

    def clear(self) -> None:
        """Take the line away, so that a message can stand in its place."""
        if self.live:
            click.echo("\r\x1b[K", err=True, nl=False)
