"""Datelines: agency, place and date at the head of the lead, or on a line of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.facts import pattern_set
from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import broken, heads
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines


#: A line that the measure broke within its dateline is not longer; a bracket opens it, or the agency is named so near its beginning.
_BROKEN_CHARS = 40
_AGENCY_CHARS = 9
#: A place, and a comma, dash or bracket before the date or agency that follows.
_FILED = re.compile(r"(?!\d)\w[^.!?]{2,26} ?(?:[,(/—–ـ-]|\. \d)")
#: The sign that old papers set before a report of their own is no part of its dateline.
_SIGN = re.compile(r"(?:[*+†‡#§] ?)?")


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for the head of each line that starts with agency, place and date."""
    del options
    over = dict(_broken(lines, context))
    broken_lines = {at for start in over for at in (lines.index_of(start), lines.index_of(start) + 1)}
    for form, length in heads(lines, context, "dateline"):
        if lines.index_of(form.start) in broken_lines:
            continue
        closing = length == len(form.shade) and form.shade.startswith("(") and lines.below_text(lines.index_of(form.start))
        sign = _SIGN.match(form.shade)
        alone = not form.unspaced and form.shade[length:] in ("", ".", ":")  # its full stop is its own, then
        yield Claim(form.start + (sign.end() if sign else 0), form.end if alone else form.start + length, Role.DATELINE, 0.1 if closing else 0.97, "agency, place or date, then the report")
    for start, end in over.items():
        yield Claim(start, end, Role.DATELINE, 0.97, "agency, place or date, broken by the measure")


def _broken(lines: Lines, context: Context) -> Iterator[tuple[int, int]]:
    """Where datelines that the measure broke begin and end: the line ends within them."""
    patterns, agencies = pattern_set(context.language, "dateline"), pattern_set(context.language, "agency")
    found, bylines = hits(lines, context.language, "dateline"), hits(lines, context.language, "byline")
    for index, form in enumerate(lines.forms):
        if len(form.shade) > _BROKEN_CHARS or index in bylines or (index in found and found[index].end() < len(form.shade)):
            continue
        if form.unspaced:
            opens = index not in found and (form.open == form.shade[0] or any(pattern.search(form.shade, 0, _AGENCY_CHARS) for pattern in agencies))
        else:
            opens = lines.full[index] and not (index and lines.full[index - 1]) and _FILED.match(form.shade) is not None
        if opens and (over := broken(lines, index, patterns)):
            yield form.start, over[1]


RULE = Rule(name="dateline", summary="Finds where and when a report was filed.", roles=frozenset({Role.DATELINE}), propose=propose)
