"""Section headings, known by a number or symbol; decks, known by the dashes that open them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines whose form says that they are headings or decks."""
    del options
    yield from whole(lines, context, "heading", Role.HEADING, 0.9, "is numbered or marked, and no sentence")
    for index, form in enumerate(lines.forms):
        if form.unspaced and "," in form.shade and lines.titles[index] and not form.stopped:
            yield Claim(form.start, form.end, Role.HEADING, 0.78, "has a comma, as headlines seldom have")
    yield from whole(lines, context, "subheadline", Role.SUBHEADLINE, 0.97, "opens with the dashes of a lower deck")


RULE = Rule(
    name="heading", summary="Finds marked section headings and decks.",
    roles=frozenset({Role.HEADING, Role.SUBHEADLINE}), propose=propose,
)  # fmt: skip
