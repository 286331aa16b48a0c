"""Bylines: who wrote it, on a line of its own, after the dateline, or in brackets at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.facts import pattern_set
from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import WHOLE_COLUMNS, heads, tails, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines


# Names in brackets stand at the end of an article.
_CLOSING = {"form": "closing"}
#: A standfirst is a sentence or two.
STANDFIRST_COLUMNS = 420


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines that name their author, and for the parts of lines that do."""
    del options
    places = {form.start: index for index, form in enumerate(lines)}
    for claim in whole(lines, context, "byline", Role.BYLINE, 0.98, "names the reporter, and nothing else"):
        yield replace(claim, fields=_CLOSING) if _below_text(lines, places[claim.start]) else claim
    yield from _bare_names(lines, context)
    yield from whole(lines, context, "signature", Role.BYLINE, 0.9, "says where the writer lives or works, and the name")
    yield from _affiliations(lines, context)
    yield from _standfirsts(lines, context)
    for claim in whole(lines, context, "closing_name", Role.BYLINE, 0.95, "a name in brackets, alone on its line"):
        yield replace(claim, fields=_CLOSING)
    for form, start in tails(lines, context, "tail_byline"):
        yield Claim(form.start + start, form.end, Role.BYLINE, 0.95, "the reporter in brackets at the end", _CLOSING)
    for form, start in tails(lines, context, "tail_name"):
        yield Claim(form.start + start, form.end, Role.BYLINE, 0.8, "a name in brackets at the end")
    reporters = pattern_set(context.language, "reporter")
    for form, length in heads(lines, context, "dateline"):
        match = next((m for p in reporters if (m := p.match(form.shade[length : length + 120]))), None)
        if match:
            start, end = match.span("names")
            yield Claim(form.start + length + start, form.start + length + end, Role.BYLINE, 0.95, "the reporters after the dateline")


def _below_text(lines: Lines, index: int) -> bool:
    """Whether a line stands below the end of a text, with a title or nothing below it: Korean papers name the reporter there."""
    above_title = index + 1 == len(lines) or lines.title_like(index + 1)
    return index > 0 and lines[index - 1].stopped and not lines.title_like(index - 1) and above_title


def _bare_names(lines: Lines, context: Context) -> Iterator[Claim]:
    """A name alone is a byline where its place says so: under a title, or under a title and its standfirst."""
    patterns = pattern_set(context.language, "bare_name")
    for index, form in enumerate(lines):
        if form.columns > WHOLE_COLUMNS or not any(pattern.search(form.shade) for pattern in patterns):
            continue
        under = index > 0 and lines.title_like(index - 1)
        under_standfirst = index > 1 and lines.title_like(index - 2) and lines[index - 1].columns <= STANDFIRST_COLUMNS
        below = lines[index + 1] if index + 1 < len(lines) else None
        above_text = below is not None and (not lines.title_like(index + 1) or any(pattern.search(below.shade) for pattern in patterns))
        if above_text and (under or under_standfirst):
            yield Claim(form.start, form.end, Role.BYLINE, 0.93 if under else 0.88, "is a name and nothing else, under a title")
        else:
            yield Claim(form.start, form.end, Role.BYLINE, 0.4, "is a name and nothing else")


def _affiliations(lines: Lines, context: Context) -> Iterator[Claim]:
    """The author's title, paper or address on the line below the name, or in brackets at the end."""
    names = pattern_set(context.language, "byline") + pattern_set(context.language, "bare_name")
    patterns = pattern_set(context.language, "affiliation")
    for above, form in zip((None, *lines), lines, strict=False):
        if form.columns <= WHOLE_COLUMNS and any(pattern.search(form.shade) for pattern in patterns):
            named = above is not None and above.columns <= WHOLE_COLUMNS and any(pattern.search(above.shade) for pattern in names)
            bracketed = form.shade.startswith("(")
            yield Claim(form.start, form.end, Role.BYLINE, 0.95 if named or bracketed else 0.5, "says where the author belongs")


def _standfirsts(lines: Lines, context: Context) -> Iterator[Claim]:
    """A paragraph between a title and the byline is a standfirst."""
    patterns = pattern_set(context.language, "byline") + pattern_set(context.language, "bare_name")
    for above, form, below in zip(range(len(lines)), lines.forms[1:], lines.forms[2:], strict=False):
        short = form.columns <= STANDFIRST_COLUMNS and below.columns <= WHOLE_COLUMNS
        titled = lines.title_like(above) and not lines.title_like(above + 1) and not _below_text(lines, above + 2)
        if short and titled and any(p.search(below.shade) for p in patterns):
            yield Claim(form.start, form.end, Role.STANDFIRST, 0.93, "stands between a title and the byline")


RULE = Rule(name="byline", summary="Finds who wrote an article.", roles=frozenset({Role.BYLINE, Role.STANDFIRST}), propose=propose)
