"""Dialogue: interviews whose turns no names open, but dashes, or a bullet for who asks and a dash for who answers; lines that say who speaks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.byline import STANDFIRST_COLUMNS
from broadsheet.rules.matching import runs
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.galley import Lines

_DASHES, _BULLETS = "-–—―−", "▪■●•◆►▶"
_QUESTION_ENDS = ("?", "؟", "?»", "؟»", '?"', "?”", "?)")
#: A question is asked in so many lines, an answer given in so many, each a paragraph or a part of one.
_QUESTION_LINES, _ANSWER_LINES = 6, 40
_FEWEST_EXCHANGES = 2
#: What ends with a colon, too.
_OTHERS = ("byline", "bare_name", "affiliation", "dateline", "column_label", "section_label", "notice", "caption", "credit", "question", "answer")


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for the turns of an interview, and for the standfirst above the first of them."""
    del options
    yield from _introductions(lines, context)
    opened = [index for index, form in enumerate(lines.forms) if form.shade[0] in _DASHES or form.shade[0] in _BULLETS]
    asks = {index: _asks(lines, index, below) for index, below in pairwise([*opened, len(lines)])}
    opened = [index for index in opened if asks[index] or lines.forms[index].shade[0] in _DASHES]
    for turns in runs(opened, lambda above, below: not any(lines.titles[above + 1 : below]), reach=_ANSWER_LINES):
        asked = [turn for turn, below in pairwise(turns) if asks[turn] and not asks[below]]
        if len(asked) >= _FEWEST_EXCHANGES:
            yield from _claims(lines, [turn for turn in turns if turn >= asked[0]], asks)
        elif len(turns) > _FEWEST_EXCHANGES and all(asks[turn] for turn in turns) and all(below - above > 1 for above, below in pairwise(turns)):
            yield from _claims(lines, turns, asks)  # dashes open the questions alone


def _introductions(lines: Lines, context: Context) -> Iterator[Claim]:
    """A short line that ends with a colon, over text: it says who speaks or what follows, and is no title."""
    others = {index for name in _OTHERS for index in hits(lines, context.language, name)}
    for index in range(1, len(lines) - 1):
        form = lines.forms[index]
        row = lines.forms[index + 1].shade[-1].isdigit()
        if form.shade[-1] == ":" and lines.titles[index] and not (lines.titles[index + 1] or row) and index not in others:
            yield Claim(form.start, form.end, Role.PARAGRAPH, 0.88, "ends with a colon, over what it speaks of")


def _claims(lines: Lines, turns: Sequence[int], asks: dict[int, bool]) -> Iterator[Claim]:
    """Claims from the first question on, as long as questions and answers take turns."""
    for index in turns:
        form = lines.forms[index]
        if asks[index]:
            yield Claim(form.start, form.end, Role.QUESTION, 0.96, "opens with a dash or bullet, asks, and is answered")
        else:
            yield Claim(form.start, form.end, Role.ANSWER, 0.95, "opens with a dash, in an interview")
    index = lines.block_start(max(turns[0] - 1, 0))
    form = lines.forms[index]
    if index and index < turns[0] and lines.titles[index - 1] and not lines.titles[index] and form.columns <= STANDFIRST_COLUMNS:
        yield Claim(form.start, form.end, Role.STANDFIRST, 0.96, "stands between a title and the first question")


def _asks(lines: Lines, index: int, below: int) -> bool:
    """Whether what a dash opens ends with a question, soon and before anything else does."""
    for at in range(index, min(index + _QUESTION_LINES, below)):
        form = lines.forms[at]
        if form.shade.endswith(_QUESTION_ENDS):
            return at + 1 == below or not lines.full[at]
        if form.stopped and not lines.full[at]:
            return False
    return False


RULE = Rule(
    name="dialogue", summary="Finds questions and answers that dashes open, and lines that say who speaks.",
    roles=frozenset({Role.QUESTION, Role.ANSWER, Role.STANDFIRST, Role.PARAGRAPH}), propose=propose,
)  # fmt: skip
