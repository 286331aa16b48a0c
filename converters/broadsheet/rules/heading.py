"""Section headings, known by a number or symbol; decks, known by the dashes that open them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import whole
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines

#: What is short, stands above a title, and is none.
_NO_TITLES = ("byline", "affiliation", "bare_name", "closing_name", "signature", "office_signature", "date_signature", "credit", "column_label", "section_label", "editor_line", "jump_to", "end_mark", "tail_name", "tail_byline", "tail_credit", "sign_off")

#: What sets a heading apart from the text.
_SIGNS = frozenset("■□◆◇●○◎★☆▲△▼▽▶※")


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines whose form says that they are headings or decks."""
    del options
    yield from whole(lines, context, "heading", Role.HEADING, 0.9, "is numbered or marked, and no sentence")
    yield from _marked_alike(lines, context)
    for index, form in enumerate(lines.forms):
        if form.unspaced and "," in form.shade and lines.titles[index] and not form.stopped:
            yield Claim(form.start, form.end, Role.HEADING, 0.78, "has a comma, as headlines seldom have")
    yield from whole(lines, context, "subheadline", Role.SUBHEADLINE, 0.97, "opens with the dashes of a lower deck")
    others = {index for name in _NO_TITLES for index in hits(lines, context.language, name)}
    for claim in whole(lines, context, "deck", Role.SUBHEADLINE, 0.97, "says under a title whom or what it is about"):
        index = lines.index_of(claim.start)
        if index and lines.titles[index] and lines.titles[index - 1] and index - 1 not in others:
            yield claim


def _marked_alike(lines: Lines, context: Context) -> Iterator[Claim]:
    """■, ◆: a sign that two short lines over text open with is that of headings; a label of short pieces above makes them headlines."""
    marked = [index for index in hits(lines, context.language, "heading") if lines.titles[index] and lines.forms[index].shade[0] in _SIGNS]
    signs = Counter(lines.forms[index].text[0] for index in marked)
    briefs = min(hits(lines, context.language, "section_label"), default=len(lines))
    for index in marked:
        form = lines.forms[index]
        if index < briefs and signs[form.text[0]] > 1 and index and not lines.titles[index - 1]:
            yield Claim(form.start, form.end, Role.HEADING, 0.9, "opens with the same sign as another heading here")
            yield Claim(form.start, form.end, Role.HEADLINE, 0.15, "opens with the same sign as another heading here")


RULE = Rule(
    name="heading", summary="Finds marked section headings and decks.",
    roles=frozenset({Role.HEADING, Role.HEADLINE, Role.SUBHEADLINE}), propose=propose,
)  # fmt: skip
