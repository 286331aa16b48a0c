"""Captions: the text under a picture, known by how it opens or by the credit that ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.facts import pattern_set
from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import opening, tails

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines

_LONGEST_COLUMNS = 400
_GROUP_COLUMNS = 160


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines that describe a picture."""
    del options
    yield from opening(lines, context, "caption", Role.CAPTION, 0.95, "opens as the description of a picture does")
    for form, start in tails(lines, context, "tail_credit"):
        if start and form.columns <= _LONGEST_COLUMNS:
            yield Claim(form.start, form.end, Role.CAPTION, 0.95, "ends with the picture's credit")
    yield from _group_texts(lines, context)
    credit = pattern_set(context.language, "credit")
    for above, form in zip(lines.forms, lines.forms[1:], strict=False):
        if above.columns <= _LONGEST_COLUMNS and form.columns <= _LONGEST_COLUMNS and any(p.search(form.shade) for p in credit):
            yield Claim(above.start, above.end, Role.CAPTION, 0.8, "stands above a picture credit")


def _group_texts(lines: Lines, context: Context) -> Iterator[Claim]:
    """The text of a whole set of pictures: a short sentence between a headline and captions that nothing else follows."""
    patterns = pattern_set(context.language, "caption") + pattern_set(context.language, "credit")
    jumps, datelines = pattern_set(context.language, "jump_from"), pattern_set(context.language, "dateline")
    pictured = [any(pattern.match(form.shade[:60]) for pattern in patterns) for form in lines]
    for index in range(1, len(lines) - 1):
        form = lines[index]
        if form.stopped and form.columns <= _GROUP_COLUMNS and lines.title_like(index - 1) and pictured[index + 1] and not pictured[index]:
            end = next((at for at in range(index + 1, len(lines)) if not pictured[at]), len(lines))
            if any(pattern.match(form.shade[:60]) for pattern in datelines):
                continue
            if end < len(lines) and not lines.title_like(end) and not any(pattern.match(lines[end].shade[:60]) for pattern in jumps):
                continue
            yield Claim(form.start, form.end, Role.CAPTION, 0.9, "stands between a headline and a caption, as the text of a set of pictures does")


RULE = Rule(name="caption", summary="Finds the text under a picture.", roles=frozenset({Role.CAPTION}), propose=propose)
