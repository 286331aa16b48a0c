"""Datelines: agency, place and date at the head of the lead, or on a line of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import heads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for the head of each line that starts with agency, place and date."""
    del options
    for form, length in heads(lines, context, "dateline"):
        yield Claim(form.start, form.start + length, Role.DATELINE, 0.97, "agency, place or date, then the report")


RULE = Rule(name="dateline", summary="Finds where and when a report was filed.", roles=frozenset({Role.DATELINE}), propose=propose)
