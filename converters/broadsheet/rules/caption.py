"""Captions: the text under a picture, known by how it opens or by the credit that ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.facts import pattern_set
from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import broken, tails, whole
from broadsheet.scan import EDGE_CHARS, hits

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from broadsheet.galley import Lines

_LONGEST_COLUMNS = 400
_GROUP_COLUMNS = 160
#: The rest of a credit takes half a line at most, or so much.
_CREDIT_COLUMNS = 48
#: A headline, so many texts, and a credit: the story of a picture.
_PICTURE_TEXTS = 2
_FEWEST_PICTURES = 2


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines that describe a picture."""
    del options
    yield from whole(lines, context, "caption", Role.CAPTION, 0.95, "opens as the description of a picture does")
    yield from _broken(lines, context)
    alone = hits(lines, context.language, "credit")
    credited = {*hits(lines, context.language, "tail_credit"), *alone}
    for last, start in tails(lines, context, "tail_credit"):
        index = lines.index_of(last.start)
        if index in alone:
            continue  # 新华社发（甲 摄）: a credit through and through
        first = _first_line(lines, index, start, credited)
        form = lines.forms[first]
        if (start or first < index) and sum(one.columns for one in lines.forms[first : index + 1]) <= _LONGEST_COLUMNS:
            yield Claim(form.start, form.end, Role.CAPTION, 0.95, "ends with the picture's credit")
    yield from _broken_credits(lines, context)
    yield from _group_texts(lines, context)
    yield from _above_credits(lines, context)
    yield from _scenes(lines, context, len(credited))


def _broken(lines: Lines, context: Context) -> Iterator[Claim]:
    """Captions that the measure broke, in scripts without blanks: what tells them stands on the second line, such as where the picture was taken."""
    patterns, known = pattern_set(context.language, "caption"), hits(lines, context.language, "caption")
    for index, form in enumerate(lines.forms if patterns and any(lines.full) else ()):
        begins = index > 0 and (lines.forms[index - 1].stopped or not lines.full[index - 1])
        if begins and form.unspaced and lines.full[index] and not (form.indent or form.inner) and index not in known and broken(lines, index, patterns):
            yield Claim(form.start, form.end, Role.CAPTION, 0.96, "is the description of a picture, broken by the measure")
            rest = lines.forms[index + 1]
            for role in (Role.HEADLINE, Role.HEADING):
                yield Claim(rest.start, rest.end, role, 0.1, "is the rest of what describes the picture")


def _broken_credits(lines: Lines, context: Context) -> Iterator[Claim]:
    """Captions whose credit in brackets the measure broke, in scripts with blanks: (Foto: Ana / Robles)."""
    patterns = pattern_set(context.language, "tail_credit")
    for index in range(1, len(lines)):
        form, below = lines.forms[index - 1], lines.forms[index]
        if form.open == "(" and below.shade[-1] in ").»" and not (form.unspaced or below.unspaced) and below.columns * 2 <= max(form.columns, _CREDIT_COLUMNS):
            joined = f"{form.shade.rstrip('-')}{'' if form.shade[-1] == '-' else ' '}{below.shade}"[-EDGE_CHARS:]
            if any((match := pattern.search(joined)) and match.end() == len(joined) for pattern in patterns):
                first = lines.forms[lines.block_start(index)]
                yield Claim(first.start, first.end, Role.CAPTION, 0.95, "ends with the picture's credit, broken by the measure")


def _first_line(lines: Lines, index: int, credit: int, credited: Container[int]) -> int:
    """The first line of a caption whose last line holds the credit: what stands before it there may be a leftover of the lines above."""
    first = lines.block_start(index)
    leftover = index == first and not lines.forms[index].unspaced and 0 < credit <= lines.forms[index - 1].columns
    while leftover and first and not lines.forms[first].gap and first - 1 not in credited and not (lines.forms[first - 1].stopped or lines.forms[first - 1].capitals):
        first = lines.block_start(first - 1)
    return first


def _scenes(lines: Lines, context: Context, credited: int) -> Iterator[Claim]:
    """One sentence that shows somebody at something, or names a thing and its place, on a page that has pictures."""
    pictured = credited + len(hits(lines, context.language, "caption"))
    for index in hits(lines, context.language, "scene") if pictured >= _FEWEST_PICTURES else ():
        if lines.block_start(index) == index and not lines.titles[index]:
            yield Claim(lines.forms[index].start, lines.forms[index].end, Role.CAPTION, 0.8, "is one sentence that shows a scene, on a page with pictures")


def _above_credits(lines: Lines, context: Context) -> Iterator[Claim]:
    """What stands above a credit of its own line: all of a piece that has a picture and a sentence or two, else the text right above."""
    alone, reported = hits(lines, context.language, "credit"), {*hits(lines, context.language, "dateline"), *hits(lines, context.language, "byline")}
    dated = hits(lines, context.language, "lead_opening")
    described = {*hits(lines, context.language, "caption"), *hits(lines, context.language, "scene")}
    for below in sorted(alone.keys() - hits(lines, context.language, "graphic_credit").keys()):
        texts = [lines.block_start(max(below - 1, 0))]
        while texts[-1] and len(texts) <= _PICTURE_TEXTS and not (lines.titles[texts[-1]] or lines.titles[texts[-1] - 1]):
            texts.append(lines.block_start(texts[-1] - 1))
        story = len(texts) <= _PICTURE_TEXTS and texts[-1] > 0 and lines.titles[texts[-1] - 1]
        shown = texts[0] in described
        report = story and not reported.isdisjoint(texts)
        for form in (lines.forms[index] for index in (texts if story and not (report or shown) else texts[:1])):
            if below and form.columns <= _LONGEST_COLUMNS:
                yield Claim(form.start, form.end, Role.CAPTION, 0.5 if report and texts[0] not in dated else 0.8, "stands above a picture credit")


def _group_texts(lines: Lines, context: Context) -> Iterator[Claim]:
    """The text of a whole set of pictures: a short sentence between a headline and captions that nothing else follows."""
    pictured = {*hits(lines, context.language, "caption"), *hits(lines, context.language, "credit")}
    jumps = hits(lines, context.language, "jump_from")
    others = {*hits(lines, context.language, "dateline"), *hits(lines, context.language, "standfirst")}
    for below in sorted(pictured):
        index = below - 1
        if index < 1 or index in pictured or index in others or not lines.titles[index - 1]:
            continue
        form = lines.forms[index]
        if not form.stopped or form.columns > _GROUP_COLUMNS:
            continue
        end = next(at for at in range(below, len(lines) + 1) if at not in pictured)
        if end == len(lines) or lines.titles[end] or end in jumps:
            yield Claim(form.start, form.end, Role.CAPTION, 0.9, "stands between a headline and a caption, as the text of a set of pictures does")


RULE = Rule(name="caption", summary="Finds the text under a picture.", roles=frozenset({Role.CAPTION, Role.HEADING, Role.HEADLINE}), propose=propose)
