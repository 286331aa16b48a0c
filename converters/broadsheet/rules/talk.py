"""Questions and answers, by their speaker labels; list items, by their bullets; end marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import heads, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines

#: What opens speech, in interviews that label the questions alone; Korean papers set a triangle.
_QUOTES = '「『“"„«▲△'


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines that a speaker label or a bullet opens."""
    del options
    asked = {form.start for form, _ in heads(lines, context, "question")}
    if asked:
        yield from whole(lines, context, "question", Role.QUESTION, 0.97, "opens with the asker's label")
        yield from whole(lines, context, "answer", Role.ANSWER, 0.97, "opens with the answerer's label")
        for above, form in zip(lines.forms, lines.forms[1:], strict=False):
            if above.start in asked and form.start not in asked and form.shade[0] in _QUOTES:
                yield Claim(form.start, form.end, Role.ANSWER, 0.93, "is speech below a question")
    items = list(whole(lines, context, "list_item", Role.LIST_ITEM, 0.75, "opens with a bullet or number"))
    places = {form.start: index for index, form in enumerate(lines)}
    bullets = {places[claim.start]: lines.text[claim.start] for claim in items}
    for claim in items:
        index = places[claim.start]
        listed = bullets[index] in (bullets.get(index - 1), bullets.get(index + 1))
        yield replace(claim, weight=0.95, reason="opens with a bullet, as the line beside it does") if listed else claim
    yield from whole(lines, context, "end_mark", Role.END_MARK, 0.97, "is the mark that ends an article")


RULE = Rule(
    name="talk", summary="Finds questions, answers, list items and end marks.",
    roles=frozenset({Role.QUESTION, Role.ANSWER, Role.LIST_ITEM, Role.END_MARK}), propose=propose,
)  # fmt: skip
