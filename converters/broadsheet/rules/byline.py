"""Bylines: who wrote it, on a line of its own, after the dateline, or in brackets at the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.facts import pattern_set
from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import broken, heads, tails, whole
from broadsheet.scan import EDGE_CHARS, hits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines


# Names in brackets stand at the end of an article.
_CLOSING = {"form": "closing"}
#: So many offices sign together at most.
_SIGNERS = 5
_SITE, _SITE_COLUMNS = re.compile(r"(?:www\.)?[a-z][a-z0-9-]{1,24}\.(?:[a-z]{2,4}|com?\.[a-z]{2})"), 32
#: A standfirst is a sentence or two.
STANDFIRST_COLUMNS = 420


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines that name their author, and for the parts of lines that do."""
    del options
    credited = hits(lines, context.language, "credit")
    for claim in whole(lines, context, "byline", Role.BYLINE, 0.98, "names the reporter, and nothing else"):
        if lines.index_of(claim.start) in credited and not lines.titles[lines.index_of(claim.start) - 1]:
            continue  # 摄影报道 is who wrote it under a title, and who took the picture below a caption
        yield replace(claim, fields=_CLOSING) if lines.below_text(lines.index_of(claim.start)) else claim
    yield from _bare_names(lines, context)
    for claim in whole(lines, context, "signature", Role.BYLINE, 0.9, "says where the writer lives or works, and the name"):
        yield replace(claim, fields=_CLOSING) if lines.below_text(lines.index_of(claim.start)) else claim
    yield from _sites(lines)
    yield from _offices(lines, context)
    yield from _affiliations(lines, context)
    yield from _standfirsts(lines, context)
    for claim in whole(lines, context, "closing_name", Role.BYLINE, 0.95, "a name in brackets, alone on its line"):
        yield replace(claim, fields=_CLOSING)
    captions = hits(lines, context.language, "caption")
    for form, length in heads(lines, context, "opening_byline"):
        yield Claim(form.start, form.start + length, Role.BYLINE, 0.93, "the writer's sign at the head of the text")
    for form, start in tails(lines, context, "tail_byline"):
        if lines.index_of(form.start) in captions:
            continue  # ▲ … 홍길동 기자: who took the picture
        yield Claim(form.start + start, form.end, Role.BYLINE, 0.95, "the reporter in brackets at the end", _CLOSING)
    for form, start in tails(lines, context, "tail_name"):
        yield Claim(form.start + start, form.end, Role.BYLINE, 0.8, "a name in brackets at the end")
    yield from _reporters(lines, context)


def _reporters(lines: Lines, context: Context) -> Iterator[Claim]:
    """The reporters right behind a dateline, in brackets or before 报道; the measure may break them."""
    patterns = pattern_set(context.language, "reporter")
    for form, length in heads(lines, context, "dateline"):
        start = form.start + length
        match = next((m for p in patterns if (m := p.match(form.shade[length : length + 120]))), None)
        if match:
            yield Claim(start + match.start("names"), start + match.end("names"), Role.BYLINE, 0.95, "the reporters after the dateline")
        elif length < len(form.shade) <= EDGE_CHARS and (over := broken(lines, lines.index_of(form.start), patterns, length)):
            yield Claim(start + over[0].start("names"), over[1], Role.BYLINE, 0.95, "the reporters after the dateline, broken by the measure")


def _bare_names(lines: Lines, context: Context) -> Iterator[Claim]:
    """A name alone is a byline where its place says so: under a title, or under a title and its standfirst."""
    names, datelines = hits(lines, context.language, "bare_name"), hits(lines, context.language, "dateline")
    for index in names:
        form = lines.forms[index]
        if index and lines.forms[index - 1].shade[-1] == ":":
            continue  # who holds the post that the line above names
        between = index + 1 in datelines or (form.gap > 0 and index + 1 < len(lines) and lines.forms[index + 1].gap > 0)
        under = index > 0 and (lines.titles[index - 1] or (between and not lines.forms[index - 1].stopped))
        under_standfirst = index > 1 and lines.titles[index - 2] and lines.forms[index - 1].columns <= STANDFIRST_COLUMNS
        above_text = index + 1 < len(lines) and (not lines.titles[index + 1] or index + 1 in names)
        if above_text and (under or under_standfirst):
            yield Claim(form.start, form.end, Role.BYLINE, 0.93 if under else 0.88, "is a name and nothing else, under a title")
        elif lines.below_text(index):
            yield Claim(form.start, form.end, Role.BYLINE, 0.85, "is a name and nothing else, below the end of a text", _CLOSING)
        else:
            yield Claim(form.start, form.end, Role.BYLINE, 0.4, "is a name and nothing else")


def _offices(lines: Lines, context: Context) -> Iterator[Claim]:
    """The offices that sign an appeal or a letter, and the day on which they do, below its text; under a title they say who issued it."""
    offices, days = hits(lines, context.language, "office_signature"), hits(lines, context.language, "date_signature")
    signed: set[int] = set()
    for index in sorted({*offices, *days}):
        form, above = lines.forms[index], lines.forms[index - 1]
        below = above.stopped
        if index - 1 in signed or (index and form.gap >= 0 and (below or (lines.titles[index - 1] and " " in form.shade))):
            signed.add(index)
            sure = index in days or index - 1 in signed or any(at in days for at in range(index + 1, min(index + _SIGNERS, len(lines))))
            yield Claim(form.start, form.end, Role.BYLINE, 0.98 if sure else 0.4, "an office or a day that signs what stands above", _CLOSING if below and sure else {})


def _affiliations(lines: Lines, context: Context) -> Iterator[Claim]:
    """The author's title, paper or address on the line below the name, or in brackets at the end."""
    named, datelines = _named(lines, context), hits(lines, context.language, "dateline")
    for index in hits(lines, context.language, "affiliation"):
        form = lines.forms[index]
        headed = index > 0 and lines.titles[index - 1] and index + 1 in datelines
        weight = 0.95 if index - 1 in named or headed or form.shade.startswith("(") else 0.5
        yield Claim(form.start, form.end, Role.BYLINE, weight, "says where the author belongs")


def _named(lines: Lines, context: Context) -> set[int]:
    """The lines that are a byline, or a name and nothing else."""
    return {*hits(lines, context.language, "byline"), *hits(lines, context.language, "bare_name")}


def _sites(lines: Lines) -> Iterator[Claim]:
    """Below a title, or a title and its standfirst, the paper's own site signs for the desk, in whatever language."""
    for index in range(1, len(lines)):
        form = lines.forms[index]
        above = index - 1 if index == 1 or lines.titles[index - 1] or lines.forms[index - 1].columns > STANDFIRST_COLUMNS else index - 2
        if form.columns <= _SITE_COLUMNS and lines.titles[above] and _SITE.fullmatch(form.shade):
            yield Claim(form.start, form.end, Role.BYLINE, 0.93, "is the name of a site, below a title")


def _standfirsts(lines: Lines, context: Context) -> Iterator[Claim]:
    """A paragraph between a title and the byline is a standfirst; one that a dateline opens is a report."""
    datelines = hits(lines, context.language, "dateline")
    # The reporter's mail address stands between the name and the text; other addresses are of those who write letters.
    mails = {index for index in hits(lines, context.language, "affiliation") if "@" in lines.forms[index].shade}
    for below in sorted(_named(lines, context)):
        index = lines.block_start(max(below - 1, 0))
        if index < 1 or index >= below or index in datelines or sum(form.columns for form in lines.forms[index:below]) > STANDFIRST_COLUMNS:
            continue
        if lines.titles[index - 1] and not lines.titles[index] and not lines.below_text(below + (below + 1 in mails)):
            form = lines.forms[index]
            yield Claim(form.start, form.end, Role.STANDFIRST, 0.93, "stands between a title and the byline")
    yield from _announced(lines, context)


def _announced(lines: Lines, context: Context) -> Iterator[Claim]:
    """What the paper's own reporters have seen or asked, said in one paragraph under the title, above headings, questions or pictures."""
    heads_below = {index for name in ("heading", "question", "caption", "tail_credit", "byline") for index in hits(lines, context.language, name)}
    named = _named(lines, context)
    for index in hits(lines, context.language, "standfirst"):
        form, below = lines.forms[index], index + 1
        while below < len(lines) and lines.block_start(below) == index:
            below += 1
        under = index > 0 and not lines.titles[index] and (lines.titles[index - 1] or index - 1 in named)
        if under and below in heads_below and sum(one.columns for one in lines.forms[index:below]) <= STANDFIRST_COLUMNS:
            yield Claim(form.start, form.end, Role.STANDFIRST, 0.95, "says what the paper's reporters have seen or asked, under the title")


RULE = Rule(name="byline", summary="Finds who wrote an article.", roles=frozenset({Role.BYLINE, Role.STANDFIRST}), propose=propose)
