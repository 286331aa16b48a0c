"""Listed lines: items that no bullet opens, but their place, house or day, set off in the same way in each, below a label or title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import runs
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.form import Form
    from broadsheet.galley import Lines

_FEWEST = 2
_LONGEST_COLUMNS = 300
_ITEM_LINES = 8
# After a dash stands the report of a place, or the notice of a death: those are paragraphs.
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁ][A-ZÀ-ÖØ-ÞА-ЯЁ'’&-]+(?: [A-ZÀ-ÖØ-ÞА-ЯЁ«»'’&-]+){0,4}\. (?=[^\s—–-])")
_QUOTED = re.compile(r"[«“„\"][^«»“”„\"]{2,30}[»”\"](?:\. ?[—–-]? ?|: ?)(?=\S)")
_BRACKETED = re.compile(r"(?:【[^【】]{1,8}】|〈[^〈〉]{1,8}〉|〔[^〔〕]{1,8}〕)(?=\S)")
_DAY_ENDS = (",", "—", "–", ":", ".")
_WEIGHTS = {"a place or house": 0.85, "a day": 0.75, "a label in brackets": 0.85}
#: What opens with a place, too, and is no item.
_OTHERS = ("dateline", "byline", "caption", "question", "list_item", "jump_from", "running_head", "editor_note", "index")


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for two lines or more below a label or title that open in the same way."""
    del options
    others = {index for name in _OTHERS for index in hits(lines, context.language, name)}
    days = frozenset(context.language.words.get("weekday", ()) if context.language else ())
    leads = {index: lead for index, form in enumerate(lines.forms) if index not in others and (lead := _lead(form, days))}
    labels = {index for name in ("column_label", "section_label") for index in hits(lines, context.language, name)}
    for run in runs([*leads], lambda above, below: leads[above] == leads[below] and (below == above + 1 or lines.block_start(below - 1) == above), reach=_ITEM_LINES):
        if len(run) >= _FEWEST and run[0] and (lines.titles[run[0] - 1] or run[0] - 1 in labels):
            for form in (lines.forms[index] for index in run):
                yield Claim(form.start, form.end, Role.LIST_ITEM, _WEIGHTS[leads[run[0]]], f"opens with {leads[run[0]]}, as the text below or above it, under a label")


def _lead(form: Form, days: frozenset[str]) -> str:
    """How a line opens, in words; empty for most."""
    shade = form.shade
    if form.capitals or form.columns > _LONGEST_COLUMNS:
        return ""
    if _CAPITALS.match(shade) or _QUOTED.match(shade):
        return "a place or house"
    if _BRACKETED.match(form.text):
        return "a label in brackets"
    word = re.match(r"[^\W\d_]+", shade)
    if word and word[0] in days and shade[word.end() : word.end() + 1] in _DAY_ENDS:
        return "a day"
    return ""


RULE = Rule(name="listed", summary="Finds list items that their first words set off.", roles=frozenset({Role.LIST_ITEM}), propose=propose)
