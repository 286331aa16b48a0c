"""Labels above and around an article: column labels, kickers, editor's notes, the salutation of a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for standing titles, kickers and editor's notes."""
    del options
    notices = dict.fromkeys(claim.start for claim in _notices(lines, context))
    yield from _notices(lines, context)
    for claim in whole(lines, context, "column_label", Role.COLUMN_LABEL, 0.97, "is the standing title of a column"):
        if claim.start not in notices:
            yield claim
    for claim in whole(lines, context, "section_label", Role.COLUMN_LABEL, 0.97, "is the label of a column of short pieces"):
        if claim.start not in notices:
            yield replace(claim, fields={"form": "section"})
    yield from whole(lines, context, "kicker", Role.KICKER, 0.75, "is a theme, as kickers are")
    yield from whole(lines, context, "salutation", Role.PARAGRAPH, 0.95, "is how a letter opens")
    yield from whole(lines, context, "editor_note", Role.EDITOR_NOTE, 0.98, "opens as an editor's note does")


def _notices(lines: Lines, context: Context) -> Iterator[Claim]:
    """訂正, 부고: over text they are the only title that the piece has; over another title they are labels."""
    places = {form.start: index for index, form in enumerate(lines)}
    for claim in whole(lines, context, "notice", Role.HEADLINE, 0.97, "is the title of a notice"):
        below = places[claim.start] + 1
        if below < len(lines) and not lines.title_like(below):
            yield claim


RULE = Rule(
    name="label", summary="Finds kickers, column labels and editor's notes.",
    roles=frozenset({Role.HEADLINE, Role.KICKER, Role.COLUMN_LABEL, Role.EDITOR_NOTE, Role.PARAGRAPH}), propose=propose,
)  # fmt: skip
