"""Labels above and around an article: column labels, kickers, editor's notes, the salutation of a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.facts import pattern_set
from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import standing_labels, whole
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from broadsheet.galley import Lines


_KICKER_COLUMNS = 24
#: Four characters of an unspaced script, three words of another.
_COLUMN_COLUMNS = {True: 8, False: 18}
_TITLE_LINES = 6
#: What is short and above or below titles, and no kicker or headline.
_NO_HEADLINES = ("byline", "bare_name", "affiliation", "dateline", "subheadline", "section_label", "column_label", "running_head", "folio", "masthead", "section", "end_mark", "closing_name", "signature", "office_signature", "deck")


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for standing titles, kickers and editor's notes."""
    del options
    notices = dict.fromkeys(claim.start for claim in _notices(lines, context))
    yield from _notices(lines, context)
    for claim in whole(lines, context, "column_label", Role.COLUMN_LABEL, 0.97, "is the standing title of a column"):
        if claim.start not in notices:
            yield claim
    for index in standing_labels(lines, context):
        for role in (Role.HEADLINE, Role.HEADING):
            yield Claim(lines.forms[index].start, lines.forms[index].end, role, 0.12, "is the standing title of what is below")
    yield from _section_labels(lines, context, notices)
    yield from _parts(lines, context)
    yield from _series(lines, context)
    yield from _kickers(lines, context)
    yield from _columns(lines, context)
    yield from _themes(lines, context)
    yield from whole(lines, context, "salutation", Role.PARAGRAPH, 0.95, "is how a letter opens")
    yield from whole(lines, context, "salutation", Role.HEADLINE, 0.1, "is how a letter opens")
    yield from whole(lines, context, "editor_note", Role.EDITOR_NOTE, 0.98, "opens as an editor's note does")


def _section_labels(lines: Lines, context: Context, notices: Mapping[int, None]) -> Iterator[Claim]:
    """国际短讯: over pieces that each have a title it labels them; with a dateline right below, it titles one piece of several parts."""
    datelines = hits(lines, context.language, "dateline")
    for claim in whole(lines, context, "section_label", Role.COLUMN_LABEL, 0.97, "is the label of a column of short pieces"):
        if lines.index_of(claim.start) + 1 in datelines:
            yield replace(claim, role=Role.HEADLINE, reason="would label short pieces, but a dateline follows")
        elif claim.start not in notices:
            yield replace(claim, fields={"form": "section"})


def _parts(lines: Lines, context: Context) -> Iterator[Claim]:
    """国内联播快讯 over an opener that stands alone: the titles below are parts of the one piece, down to the title whose text has an opener of its own."""
    sections, datelines = hits(lines, context.language, "section_label"), hits(lines, context.language, "dateline")
    inside = False
    for index, form in enumerate(lines.forms):
        opener = datelines.get(index + 1)
        if index in sections and opener is not None:
            inside = not lines.forms[index + 1].shade[opener.end() :].strip(" :")
        elif inside and index not in datelines and lines.titles[index]:
            inside = _text_below(lines, index, datelines) not in datelines
            if inside:
                yield Claim(form.start, form.end, Role.HEADING, 0.93, "titles a part of the piece under the label")
                yield Claim(form.start, form.end, Role.HEADLINE, 0.12, "titles a part of the piece under the label")


def _text_below(lines: Lines, index: int, openers: Container[int]) -> int:
    """The first line below a title that is none, or that opens the text; a title has few lines."""
    last = min(index + _TITLE_LINES, len(lines))
    return next((below for below in range(index + 1, last) if below in openers or not lines.titles[below]), last)


def _series(lines: Lines, context: Context) -> Iterator[Claim]:
    """（社论）: the end of a title that wraps."""
    for claim in whole(lines, context, "series", Role.HEADLINE, 0.97, "names the series that the title belongs to"):
        index = lines.index_of(claim.start)
        if index and lines.titles[index - 1]:
            yield claim


def _notices(lines: Lines, context: Context) -> Iterator[Claim]:
    """訂正, 부고: over text or a list they are the only title that the piece has; over another title they are labels."""
    items = hits(lines, context.language, "list_item")
    for claim in whole(lines, context, "notice", Role.HEADLINE, 0.97, "is the title of a notice"):
        below = lines.index_of(claim.start) + 1
        if below < len(lines) and (below in items or not lines.titles[below]):
            yield claim
            yield replace(claim, role=Role.HEADING, weight=0.12)


def _themes(lines: Lines, context: Context) -> Iterator[Claim]:
    """聚焦“一老一小”: what is worded as a kicker is one above a headline."""
    others = {index for name in _NO_HEADLINES for index in hits(lines, context.language, name)}
    for claim in whole(lines, context, "kicker", Role.KICKER, 0.85, "is a theme, as kickers are"):
        below = lines.index_of(claim.start) + 1
        if below < len(lines) and lines.titles[below] and below not in others:
            yield claim


def _kickers(lines: Lines, context: Context) -> Iterator[Claim]:
    """A short line right above a title that is much longer, and below none: it says what the story is about before the headline does."""
    others = {index for name in _NO_HEADLINES for index in hits(lines, context.language, name)}
    for index in range(len(lines) - 1):
        form, below = lines.forms[index], lines.forms[index + 1]
        short = form.columns <= _KICKER_COLUMNS and form.columns * 5 <= below.columns * 3
        if not (short and lines.titles[index] and lines.titles[index + 1]) or lines.layouts[index].measure:
            continue
        first = not index or index - 1 in others or not lines.titles[index - 1]
        if first and index not in others and index + 1 not in others:
            yield Claim(form.start, form.end, Role.KICKER, 0.75, "is short, above a title that is much longer")


def _columns(lines: Lines, context: Context) -> Iterator[Claim]:
    """A few words, a short title and its author's name: the standing title of a column, whatever it says; of a report a reporter signs."""
    others = {index for name in (*_NO_HEADLINES, "credit") for index in hits(lines, context.language, name)}
    names = {*hits(lines, context.language, "byline"), *hits(lines, context.language, "bare_name")}
    titles = pattern_set(context.language, "title")
    for name in sorted(names):
        index = name - 2
        if index < 0 or index in others or index + 1 in others or not (lines.titles[index] and lines.titles[index + 1]):
            continue
        form, first = lines.forms[index], not index or not lines.titles[index - 1] or index - 1 in others
        short = form.columns <= _COLUMN_COLUMNS[form.unspaced] and form.shade[-1] != "," and lines.forms[index + 1].columns <= _KICKER_COLUMNS
        if first and short and not any(title.search(lines.forms[name].shade) for title in titles):
            yield Claim(form.start, form.end, Role.COLUMN_LABEL, 0.88, "is short, above a short title and its author's name")
            yield Claim(form.start, form.end, Role.KICKER, 0.3, "is short, above a short title and its author's name")


RULE = Rule(
    name="label", summary="Finds kickers, column labels and editor's notes.",
    roles=frozenset({Role.HEADLINE, Role.HEADING, Role.KICKER, Role.COLUMN_LABEL, Role.EDITOR_NOTE, Role.PARAGRAPH}), propose=propose,
)  # fmt: skip
