"""Claims from a profile's patterns: on a whole line, at its head, or at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.plugin import Claim
from broadsheet.scan import EDGE_CHARS, hits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Form, Lines
    from broadsheet.model import Role
    from broadsheet.plugin import Context


def whole(lines: Lines, context: Context, name: str, role: Role, weight: float, reason: str) -> Iterator[Claim]:
    """A claim on each line that a pattern of the set matches or opens, for the whole line."""
    for index in hits(lines, context.language, name):
        form = lines.forms[index]
        yield Claim(form.start, form.end, role, weight, reason)


def heads(lines: Lines, context: Context, name: str) -> Iterator[tuple[Form, int]]:
    """Each line that starts with a pattern of the set, and the length of what matched."""
    for index, match in hits(lines, context.language, name).items():
        yield lines.forms[index], match.end()


def tails(lines: Lines, context: Context, name: str) -> Iterator[tuple[Form, int]]:
    """Each line that ends with a pattern of the set, and where in the line the match starts."""
    for index, match in hits(lines, context.language, name).items():
        form = lines.forms[index]
        start = max(len(form.shade) - EDGE_CHARS, 0) + match.start()
        yield form, start + len(form.shade[start:]) - len(form.shade[start:].lstrip())
