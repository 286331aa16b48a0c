"""Claims from a profile's patterns: on a whole line, at its head, or at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.plugin import Claim
from broadsheet.scan import EDGE_CHARS, hits

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence

    from broadsheet.form import Form
    from broadsheet.galley import Lines
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


def broken(lines: Lines, index: int, patterns: Sequence[re.Pattern[str]], at: int = 0) -> tuple[re.Match[str], int] | None:
    """What the measure broke: a pattern's match from a place in a line to somewhere in the line below.

    Args:
        lines: the printed lines.
        index: the line that it begins on.
        patterns: the first that matches counts.
        at: where in the line it begins.

    Returns:
        The match on the line's rest and the line below as one, and where it ends in the source; null where none crosses the line's end.
    """
    if index + 1 >= len(lines) or lines.forms[index].unspaced != lines.forms[index + 1].unspaced:
        return None
    rest, below = lines.forms[index].shade[at:], lines.forms[index + 1]
    if not below.unspaced and rest[-1:] != "-":
        rest += " "
    for pattern in patterns:
        match = pattern.match(rest + below.shade[:EDGE_CHARS])
        if match and match.end() > len(rest):
            return match, below.start + match.end() - len(rest)
    return None


def tails(lines: Lines, context: Context, name: str) -> Iterator[tuple[Form, int]]:
    """Each line that ends with a pattern of the set, and where in the line the match starts."""
    for index, match in hits(lines, context.language, name).items():
        form = lines.forms[index]
        start = max(len(form.shade) - EDGE_CHARS, 0) + match.start()
        yield form, start + len(form.shade[start:]) - len(form.shade[start:].lstrip())


def runs(indices: Sequence[int], fits: Callable[[int, int], bool] = lambda _above, _below: True, *, reach: int = 1) -> Iterator[list[int]]:
    """Runs of lines that stand on one another, each fitting the one above it.

    Args:
        indices: the lines, in order.
        fits: whether the second goes on with a run that the first is in.
        reach: how many lines farther down the next line of a run may stand; 1 is right below.

    Yields:
        Each run's lines, in order; runs of one line, too.
    """
    run: list[int] = []
    for index in indices:
        if run and not (index - run[-1] <= reach and fits(run[-1], index)):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def standing_labels(lines: Lines, context: Context) -> frozenset[int]:
    """The lines that say only what column they head, above a title or a list, and in alphabetic scripts above anything: no titles themselves."""
    items, notices = {*hits(lines, context.language, "list_item"), *hits(lines, context.language, "run_in")}, hits(lines, context.language, "notice")
    found = {index for name in ("column_label", "section_label") for index in hits(lines, context.language, name) if index + 1 < len(lines)}
    alone = {index for index in found if index not in notices and not lines.forms[index].unspaced}
    return frozenset(alone | {index for index in found if lines.titles[index + 1] or index + 1 in items})
