"""Credits: who made or supplied a picture, on a line of its own or at the end of the caption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import tails, whole
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for picture credits."""
    del options
    yield from whole(lines, context, "credit", Role.CREDIT, 0.96, "says who made or supplied the picture")
    alone = hits(lines, context.language, "credit")
    for form, start in tails(lines, context, "tail_credit"):
        if start and lines.index_of(form.start) not in alone:
            yield Claim(form.start + start, form.end, Role.CREDIT, 0.93, "the picture's credit at the end")
    captions = hits(lines, context.language, "caption")
    for form, start in tails(lines, context, "tail_byline"):
        if start and lines.index_of(form.start) in captions:
            yield Claim(form.start + start, form.end, Role.CREDIT, 0.93, "the reporter's name at the end of a caption")


RULE = Rule(name="credit", summary="Finds who made or supplied a picture.", roles=frozenset({Role.CREDIT}), propose=propose)
