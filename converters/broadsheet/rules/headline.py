"""Headlines: short unstopped lines that a dateline, a byline or a news opening follows, or that capitals set apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import standing_labels
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.form import Form
    from broadsheet.galley import Lines

#: A headline, its decks and its byline take this many lines at most before the text opens.
_HEAD_LINES = 6
_ENOUGH = 3
_SURE = 0.7
#: Under a section heading no dateline stands.
_DECISIVE = 0.88
#: How sure each kind of opener makes the title above it, and what it is called.
_OPENERS = (
    ("dateline", 0.95, "a dateline follows"),
    ("byline", 0.95, "a byline follows"),
    ("opening_byline", 0.9, "the text below opens with its writer's sign"),
    ("editor_note", 0.8, "an editor's note follows"),
    ("bare_name", 0.8, "a name alone follows"),
    ("lead_opening", 0.86, "the text below opens as reports do"),
    ("news_opening", 0.62, "the text below opens as news does"),
)


_CLOSERS = ("sign_off", "tail_byline", "tail_name", "tail_end", "jump_to", "closing_name")
_WEAK = tuple(opener[1:] for opener in _OPENERS[-2:])
_LONGEST_COLUMNS = 200
_SENTENCE_COMMAS = 4


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines that stand where a headline stands."""
    del options
    openers = _openers(lines, context)
    usual = sum(weight >= _OPENERS[4][1] for weight, _ in openers.values()) >= _ENOUGH
    usual = usual or (len(lines) > 1 and lines.titles[0] and (first := _opener_below(lines, 0, openers)) is not None and first[0] > _SURE)
    labelled, standing = _below_labels(lines, context), standing_labels(lines, context)
    items = hits(lines, context.language, "list_item")
    listed = {index for index in items if index - 1 in items or index + 1 in items}
    signed = {*(index for name in ("signature", "closing_name", "caption") for index in hits(lines, context.language, name)), *listed}
    capitals = _capitals_are_titles(lines)
    yield from _by_capitals(lines, capitals)
    notes = {
        **dict.fromkeys(hits(lines, context.language, "document"), "is the title of a document"),
        **dict.fromkeys(hits(lines, context.language, "picture_note"), "ends in a note of its pictures or of its column"),
    }
    # Below the mark that closes an article, a title is the next one's headline, whatever it opens with.
    closed = {index + 1 for name in _CLOSERS for index in hits(lines, context.language, name)}
    closed |= {index + 1 for index in hits(lines, context.language, "signature") if index and not lines.titles[index - 1]}
    for index, form in enumerate(lines.forms):
        if index in standing or index in signed or not _could_be(lines, index) or openers.get(index, _WEAK[0]) not in _WEAK:
            continue
        found = _opener_below(lines, index, openers)
        noted = index in notes
        capital = capitals is not None and _is_capital(form)
        if found is not None:
            yield Claim(form.start, form.end, Role.HEADLINE, found[0], found[1])
            if found[0] > _DECISIVE:
                yield Claim(form.start, form.end, Role.HEADING, 0.12, found[1])
        elif usual and not capital and not noted and index not in closed and index + 1 < len(lines) and lines.titles[index]:
            yield Claim(form.start, form.end, Role.HEADLINE, 0.3, "other stories here open with a dateline or byline, what follows does not")
        if index in closed and lines.titles[index]:
            yield Claim(form.start, form.end, Role.HEADING, 0.2, "stands below what closes an article")
        if index in labelled:
            yield Claim(form.start, form.end, Role.HEADLINE, 0.9, "is a short line over text in a column of short pieces")
            yield Claim(form.start, form.end, Role.HEADING, 0.15, "stands in a column of short pieces")
        if noted:
            yield Claim(form.start, form.end, Role.HEADLINE, 0.93, notes[index])
            yield Claim(form.start, form.end, Role.HEADING, 0.12, notes[index])


def _could_be(lines: Lines, index: int) -> bool:
    """Whether a line could be a headline: title-like, or longer, if nothing in it ends a sentence."""
    form = lines.forms[index]
    if lines.titles[index]:
        return True
    commas = form.shade.count(",") + form.shade.count("、")
    return form.columns <= _LONGEST_COLUMNS and commas < _SENTENCE_COMMAS and not (form.inner or form.stopped or lines.layouts[index].measure)


def _openers(lines: Lines, context: Context) -> dict[int, tuple[float, str]]:
    """The lines that open a story's text, and how; the first kind that fits counts."""
    found: dict[int, tuple[float, str]] = {}
    for name, weight, reason in reversed(_OPENERS):
        found.update(dict.fromkeys(hits(lines, context.language, name), (weight, reason)))
    return found


def _opener_below(lines: Lines, index: int, openers: Mapping[int, tuple[float, str]]) -> tuple[float, str] | None:
    """The first opener below a title, with only titles between; the farther, the weaker."""
    for steps, below in enumerate(range(index + 1, min(index + _HEAD_LINES, len(lines)))):
        opener = openers.get(below)
        if opener is not None and not (opener in _WEAK and steps and lines.layouts[index].measure):
            return max(opener[0] - 0.03 * steps, 0.55), opener[1]
        if not lines.titles[below]:
            return None
    return None


_CAPITAL_COLUMNS = 12
#: A masthead, a date and a kicker may stand above the first headline.
_FIRST_TITLES = 4


def _is_capital(form: Form) -> bool:
    """Whether a line is set in capitals, and long enough for that to mean something."""
    return form.columns > _CAPITAL_COLUMNS and form.capitals


def _by_capitals(lines: Lines, capitals: Role | None) -> Iterator[Claim]:
    """What capitals say: of the lines that have them, and, where several headlines do, of the titles that have not."""
    if capitals is None:
        return
    several = capitals is Role.HEADLINE and sum(_is_capital(form) for form in lines) >= _ENOUGH
    for index, form in enumerate(lines.forms):
        if not lines.titles[index]:
            continue
        if _is_capital(form):
            yield Claim(form.start, form.end, capitals, 0.85, "is set in capitals, as such titles are here")
        elif several and not (index and _is_capital(lines.forms[index - 1])):
            yield Claim(form.start, form.end, Role.HEADLINE, 0.2, "is not set in capitals, as headlines are here")


def _below_labels(lines: Lines, context: Context) -> frozenset[int]:
    """The short lines over text that stand in a column of briefs or letters, below its label."""
    sections, labels = hits(lines, context.language, "section_label"), hits(lines, context.language, "column_label")
    datelines = hits(lines, context.language, "dateline")
    # What a reporter signs under its title is a story of its own.
    signed = {*hits(lines, context.language, "byline"), *(index for index in hits(lines, context.language, "bare_name") if lines.titles[index - 1])}
    found: set[int] = set()
    inside = False
    for index in range(min(sections, default=len(lines)), len(lines)):
        if lines.forms[index].columns > _LABEL_COLUMNS:
            continue
        if index in sections:
            inside = index + 1 not in datelines  # a label with a dateline below it is the headline of one piece
        elif index in labels or index in signed:
            inside = False
        elif inside and lines.titles[index] and lines.forms[index].shade[-1] != ":" and index + 1 < len(lines) and (lines.forms[index + 1].stopped or lines.full[index + 1]) and not lines.titles[index + 1]:
            found.add(index)
    return frozenset(found)


_LABEL_COLUMNS = 60


def _capitals_are_titles(lines: Lines) -> Role | None:
    """What capitals set apart here: headlines where a first title has them, headings where none has, nothing where most lines do."""
    upper = [index for index, form in enumerate(lines.forms) if _is_capital(form)]
    if not upper or len(upper) * 3 >= len(lines):
        return None
    first = [index for index in range(len(lines)) if lines.titles[index]][:_FIRST_TITLES]
    return Role.HEADLINE if upper[0] in first else Role.HEADING


RULE = Rule(name="headline", summary="Finds headlines by what follows them and by capitals.", roles=frozenset({Role.HEADLINE, Role.HEADING}), propose=propose)
