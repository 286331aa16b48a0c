"""Questions and answers, by their speaker labels; list items, by their bullets; end marks."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.byline import STANDFIRST_COLUMNS
from broadsheet.rules.matching import heads, whole
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.form import Form
    from broadsheet.galley import Lines

#: What opens speech, in interviews that label the questions alone; Korean papers set a triangle.
_QUOTES = '「『“"„«▲△'
#: A speaker's name or paper and a colon; no clock time.
_LABEL = re.compile(r"([^\W\d_][^\d:。.!?,،、]{0,22}): ?(?=\S)")
_FEWEST_TURNS, _TURN_LINES = 2, 6
_SYMBOLS = "▶►▷●■◆◇□○◎▪•·*※☆★▲△▼▽"
_LISTED = 3
#: An item without a bullet has a line or two below its first.
_ITEM_LINES = 5


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines that a speaker label or a bullet opens."""
    del options
    spoken: set[int] = set()
    asked = {form.start for form, _ in heads(lines, context, "question")}
    if asked:
        yield from whole(lines, context, "question", Role.QUESTION, 0.97, "opens with the asker's label")
        yield from (claim for claim in whole(lines, context, "answer", Role.ANSWER, 0.97, "opens with the answerer's label") if claim.start > min(asked))
        for above, form in zip(lines.forms, lines.forms[1:], strict=False):
            if above.start in asked and form.start not in asked and form.shade[0] in _QUOTES:
                spoken.add(form.start)
                yield Claim(form.start, form.end, Role.ANSWER, 0.93, "is speech below a question")
    turns = [*_turns(lines)]
    yield from turns
    yield from _standfirst(lines, [claim for claim in turns if claim.role is Role.QUESTION])
    yield from (claim for claim in _items(lines, context) if claim.start not in spoken)
    yield from _hanging(lines)
    yield from whole(lines, context, "end_mark", Role.END_MARK, 0.97, "is the mark that ends an article")


def _items(lines: Lines, context: Context) -> Iterator[Claim]:
    """Texts that open with a bullet or number: sure where the line beside them does so, too, or three on the page with one symbol."""
    known, captions = hits(lines, context.language, "list_item"), hits(lines, context.language, "caption")
    # Titles open with symbols, too, but end no sentence; a dash opens speech, and many other things.
    marked = {index for index, form in enumerate(lines.forms) if form.shade[0] in _SYMBOLS and len(form.shade) > 1 and not lines.titles[index]}
    bullets = {index: _bullet(lines.forms[index]) for index in sorted({*known, *marked})}
    often = Counter(bullets.values())
    # In wrapped text an item takes several lines; the next begins below its last.
    stacked = {index for pair in pairwise(known) if bullets[pair[0]] == bullets[pair[1]] and lines.block_start(pair[1] - 1) == pair[0] for index in pair}
    for index, bullet in bullets.items():
        form = lines.forms[index]
        beside = index in known and (bullet in (bullets.get(index - 1), bullets.get(index + 1)) or index in stacked)
        if (index in captions and not beside) or "②" in form.text[1:]:
            continue  # a triangle points at a picture, too; and the places of a race are a table's row
        if beside or (bullet in _SYMBOLS and often[bullet] >= _LISTED):
            yield Claim(form.start, form.end, Role.LIST_ITEM, 0.95, "opens with a bullet, as other texts here do")
        elif index in known:
            yield Claim(form.start, form.end, Role.LIST_ITEM, 0.75, "opens with a bullet or number")
        above = lines.forms[index - 1]
        if index and index - 1 not in bullets and above.shade[-1] == ":" and (beside or form.stopped):
            yield Claim(above.start, above.end, Role.PARAGRAPH, 0.93, "says what the list below it is of")


def _hanging(lines: Lines) -> Iterator[Claim]:
    """Items of several lines without bullet: the first stands out, the others are set in, and so the next item's; a paragraph's are not."""
    items: list[int] = []
    for index in (*_outdented(lines), len(lines)):
        if items and _next_out(lines, items[-1]) != index:
            if len(items) > 1:
                for form in (lines.forms[at] for at in items):
                    yield Claim(form.start, form.end, Role.LIST_ITEM, 0.95, "stands out from the lines below it, as the next item does")
            items = []
        items.append(index)


def _outdented(lines: Lines) -> list[int]:
    """Lines that are not set in, with some below that are; titles are shorter."""
    return [
        index for index, (form, below) in enumerate(pairwise(lines.forms))
        if below.indent > form.indent == 0 and below.gap == 0 and not form.stopped and form.columns * 2 > lines.layouts[index].measure > 0
    ]  # fmt: skip


def _next_out(lines: Lines, index: int) -> int:
    """The first line below a line that is not set in."""
    return next((at for at in range(index + 1, min(index + _ITEM_LINES, len(lines))) if not lines.forms[at].indent), index + _ITEM_LINES)


def _bullet(form: Form) -> str:
    """The symbol that opens a line, numbers of one kind alike: 一 and 二 are, ① and ②, (1) and (2)."""
    first = form.text[1] if form.shade[0] == "(" and len(form.shade) > 1 else form.text[0]
    kind = first if not first.isnumeric() else "1" if first.isdecimal() else "①" if "①" <= first <= "⑳" else "一"
    return f"({kind}" if form.shade[0] == "(" else kind


def _turns(lines: Lines) -> Iterator[Claim]:
    """Interviews whose speakers are named: a label that asks, and the one that takes turns with it."""
    labels = {index: match[1] for index, form in enumerate(lines.forms) if (match := _LABEL.match(form.shade))}
    turns = Counter(labels.values())
    spoken = [(index, label) for index, label in labels.items() if turns[label] >= _FEWEST_TURNS]
    ends = [*(index for index, _ in spoken[1:]), len(lines)]
    asked = Counter(label for (index, label), end in zip(spoken, ends, strict=False) if _asks(lines, index, end))
    exchanges = Counter((one, other) for (_, one), (_, other) in pairwise(spoken) if one != other)
    roles: dict[str, Role] = {}
    for (asker, answerer), count in sorted(exchanges.items()):
        if count >= _FEWEST_TURNS and asked[asker] * 2 > turns[asker] and asked[answerer] * 2 <= turns[answerer]:
            roles |= {asker: Role.QUESTION, answerer: Role.ANSWER}
    yield from _answered(lines, labels)
    for index, label in spoken:
        if label in roles:
            form = lines.forms[index]
            yield Claim(form.start, form.end, roles[label], 0.96, "opens with the name of a speaker who takes turns with another")


def _standfirst(lines: Lines, questions: Sequence[Claim]) -> Iterator[Claim]:
    """The paragraph between a title and the first question of an interview says who is asked, and about what."""
    for asked in (lines.index_of(claim.start) for claim in questions):
        index = lines.block_start(max(asked - 1, 0))
        form = lines.forms[index]
        if 0 < index < asked and lines.titles[index - 1] and not lines.titles[index] and form.columns <= STANDFIRST_COLUMNS:
            yield Claim(form.start, form.end, Role.STANDFIRST, 0.96, "stands between a title and the first question")


def _answered(lines: Lines, labels: Mapping[int, str]) -> Iterator[Claim]:
    """Interviews that name who answers and not who asks: the same name opens what stands below a question, again and again."""
    below = {index: label for index, label in labels.items() if index and index - 1 not in labels and lines.forms[index - 1].shade[-1] in "?؟"}
    turns, asked = Counter(labels.values()), Counter(below.values())
    for index, label in below.items():
        if asked[label] >= _FEWEST_TURNS and asked[label] * 3 >= turns[label] * 2:
            form, question = lines.forms[index], lines.forms[lines.block_start(index - 1)]
            yield Claim(form.start, form.end, Role.ANSWER, 0.96, "opens with the name of who answers, below a question")
            yield Claim(question.start, question.end, Role.QUESTION, 0.96, "asks, and the one named below answers")


def _asks(lines: Lines, start: int, end: int) -> bool:
    """Whether what is said from a line on, and before another speaks, holds a question."""
    return any("?" in form.shade or "؟" in form.shade for form in lines.forms[start : min(end, start + _TURN_LINES)])


RULE = Rule(
    name="talk", summary="Finds questions, answers, list items and end marks.",
    roles=frozenset({Role.STANDFIRST, Role.QUESTION, Role.ANSWER, Role.LIST_ITEM, Role.END_MARK, Role.PARAGRAPH}), propose=propose,
)  # fmt: skip
