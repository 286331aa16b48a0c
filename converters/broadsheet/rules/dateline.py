"""Datelines: agency, place and date at the head of the lead, or on a line of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.facts import pattern_set
from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import below_text, broken, heads
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines


#: A line that the measure broke within its dateline is not longer; a bracket opens it, or the agency is named so near its beginning.
_BROKEN_CHARS = 40
_AGENCY_CHARS = 9
#: The sign that old papers set before a report of their own is no part of its dateline.
_SIGN = re.compile(r"(?:[*+†‡#§] ?)?")


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for the head of each line that starts with agency, place and date."""
    del options
    for form, length in heads(lines, context, "dateline"):
        closing = length == len(form.shade) and form.shade.startswith("(") and below_text(lines, lines.index_of(form.start))
        sign = _SIGN.match(form.shade)
        alone = not form.unspaced and not form.shade[length:].strip(" .:—–-")  # its full stop is its own, then
        yield Claim(form.start + (sign.end() if sign else 0), form.end if alone else form.start + length, Role.DATELINE, 0.1 if closing else 0.97, "agency, place or date, then the report")
    yield from _broken(lines, context)


def _broken(lines: Lines, context: Context) -> Iterator[Claim]:
    """Datelines that the measure broke: the line ends within them."""
    patterns, agencies = pattern_set(context.language, "dateline"), pattern_set(context.language, "agency")
    found = hits(lines, context.language, "dateline")
    for index, form in enumerate(lines.forms):
        if not form.unspaced or len(form.shade) > _BROKEN_CHARS or index in found:
            continue
        opens = form.open == form.shade[0] or any(pattern.search(form.shade, 0, _AGENCY_CHARS) for pattern in agencies)
        if opens and (over := broken(lines, index, patterns)):
            yield Claim(form.start, over[1], Role.DATELINE, 0.97, "agency, place or date, broken by the measure")


RULE = Rule(name="dateline", summary="Finds where and when a report was filed.", roles=frozenset({Role.DATELINE}), propose=propose)
