"""Questions and answers, by their speaker labels; list items, by their bullets; end marks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import heads, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines

#: What opens speech, in interviews that label the questions alone; Korean papers set a triangle.
_QUOTES = '「『“"„«▲△'


#: A speaker's name or paper and a colon; no clock time.
_LABEL = re.compile(r"([^\W\d_][^\d:。.!?,،、]{0,22}): ?(?=\S)")
_FEWEST_TURNS, _SPEAKERS, _TURN_LINES = 2, 2, 6
_DASHES = "-–—"
_SYMBOLS = "▶►▷●■◆◇□○▪•·*※☆★▲△"
_LISTED = 3


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines that a speaker label or a bullet opens."""
    del options
    spoken: set[int] = set()
    asked = {form.start for form, _ in heads(lines, context, "question")}
    if asked:
        yield from whole(lines, context, "question", Role.QUESTION, 0.97, "opens with the asker's label")
        yield from whole(lines, context, "answer", Role.ANSWER, 0.97, "opens with the answerer's label")
        for above, form in zip(lines.forms, lines.forms[1:], strict=False):
            if above.start in asked and form.start not in asked and form.shade[0] in _QUOTES:
                spoken.add(form.start)
                yield Claim(form.start, form.end, Role.ANSWER, 0.93, "is speech below a question")
    yield from _turns(lines)
    bulleted = whole(lines, context, "list_item", Role.LIST_ITEM, 0.75, "opens with a bullet or number")
    items = [claim for claim in bulleted if claim.start not in spoken]
    places = {form.start: index for index, form in enumerate(lines)}
    bullets = {places[claim.start]: lines.text[claim.start] for claim in items}
    often = Counter(bullets.values())
    for claim in items:
        index = places[claim.start]
        # A dash opens speech, too, and many other things.
        symbol = not bullets[index].isalnum() and bullets[index] not in _DASHES
        listed = bullets[index] in (bullets.get(index - 1), bullets.get(index + 1)) or (symbol and often[bullets[index]] >= _LISTED)
        yield replace(claim, weight=0.95, reason="opens with a bullet, as the line beside it does") if listed else claim
    yield from (claim for claim in _bullets(lines) if claim.start not in spoken)
    yield from whole(lines, context, "end_mark", Role.END_MARK, 0.97, "is the mark that ends an article")


def _bullets(lines: Lines) -> Iterator[Claim]:
    """Texts that open with one and the same symbol, three or more on the page; titles do, too, but end no sentence."""
    marked = [index for index, form in enumerate(lines.forms) if form.shade[0] in _SYMBOLS and len(form.shade) > 1 and not lines.title_like(index)]
    often = Counter(lines.forms[index].shade[0] for index in marked)
    for form in (lines.forms[index] for index in marked):
        if often[form.shade[0]] >= _LISTED:
            yield Claim(form.start, form.end, Role.LIST_ITEM, 0.93, "opens with a symbol, as other texts here do")


def _turns(lines: Lines) -> Iterator[Claim]:
    """An interview whose speakers are named: two labels that take turns, one of them asking."""
    labels = {index: match[1] for index, form in enumerate(lines.forms) if (match := _LABEL.match(form.shade))}
    turns = Counter(labels.values())
    speakers = {label for label, count in turns.items() if count >= _FEWEST_TURNS}
    if len(speakers) != _SPEAKERS:
        return
    spoken = [(index, label) for index, label in labels.items() if label in speakers]
    ends = [*(index for index, _ in spoken[1:]), len(lines)]
    asked = Counter(label for (index, label), end in zip(spoken, ends, strict=True) if _asks(lines, index, end))
    asker = max(sorted(speakers), key=lambda label: asked[label] / turns[label])
    if asked[asker] * 2 <= turns[asker]:
        return
    for index, label in spoken:
        form = lines.forms[index]
        role = Role.QUESTION if label == asker else Role.ANSWER
        yield Claim(form.start, form.end, role, 0.96, "opens with the name of a speaker who takes turns with another")


def _asks(lines: Lines, start: int, end: int) -> bool:
    """Whether what is said from a line on, and before another speaks, holds a question."""
    return any("?" in form.shade or "؟" in form.shade for form in lines.forms[start : min(end, start + _TURN_LINES)])


RULE = Rule(
    name="talk", summary="Finds questions, answers, list items and end marks.",
    roles=frozenset({Role.QUESTION, Role.ANSWER, Role.LIST_ITEM, Role.END_MARK}), propose=propose,
)  # fmt: skip
