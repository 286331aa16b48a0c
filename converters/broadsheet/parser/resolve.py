"""The best labelling of a page under the grammar of an article, as one sequence."""

from __future__ import annotations

import math
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet.model import FURNITURE, Role
from broadsheet.parser.evidence import NOTHING
from broadsheet.parser.readings import BEGINS, OPENING, OPENS, PARAGRAPH, ROLES, Below, Readings, State, end_of
from broadsheet.parser.weights import LINE, TITLE_ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.galley import Lines
    from broadsheet.parser.cues import Cues
    from broadsheet.parser.evidence import LineEvidence
    from broadsheet.parser.seams import Seams

_FURNITURE_ODDS = 1.7
_SURE_BYLINE = 0.9
_SURE_LEAD = 9.0
#: A reading so far behind another of the same line, in log odds, is not followed further.
_HOPELESS = 14.0


class Label(Struct, frozen=True, gc=False):
    """What a line is: the role of its block, whether it begins it, whether it begins an article, and how sure that is.

    `parted` is how sure it is that the line begins a block or goes on with one, whatever the role: on that hangs where the
    block above ends.
    """

    role: Role
    begins: bool
    opens_article: bool
    confidence: float
    parted: float


def furniture_lines(evidence: Sequence[LineEvidence]) -> dict[int, Role]:
    """The lines that belong to the page and not to an article, decided first: they lie across everything else."""
    found: dict[int, Role] = {}
    for index, line in enumerate(evidence):
        odds = {role: value for role, value in line.odds.items() if role in FURNITURE} if line.odds else line.odds
        if not odds:
            continue
        best = max(sorted(odds), key=lambda role: odds[role])
        rival = max((value for role, value in line.odds.items() if role not in FURNITURE and role not in TITLE_ROLES), default=0.0)
        if odds[best] >= _FURNITURE_ODDS and odds[best] >= rival:
            found[index] = best
    return found


def resolve(lines: Lines, evidence: Sequence[LineEvidence], seams: Seams, cues: Cues, order: Sequence[int]) -> dict[int, Label]:
    """The best label of every line in `order` (the lines that are not furniture), by Viterbi's algorithm.

    The cost is linear in the number of lines: each has at most a dozen ways to be read, and most of them, between lines of
    plain text, only two.
    """
    if not order:
        return {}
    readings = Readings(lines, evidence, seams, cues, LINE["lone_story"] if _is_lone_story(evidence, order) else 0.0)
    first = {number: gain + (LINE["top_of_file"] if OPENING[number] else 0.0) for number, gain in readings.emissions(order[0]).items()}
    steps: list[_Step | tuple[float, float]] = [_Step(Below((), (), [(0, number << 2 | BEGINS | OPENS, gain) for number, gain in first.items()], ()), {0: 0.0})]
    scores = first
    for above, index in pairwise(order):
        emissions = readings.emissions(index)
        if len(emissions) == len(scores) == 1 and PARAGRAPH in scores:
            paragraph = emissions[PARAGRAPH]
            ways = (paragraph + end_of(lines, evidence[above], above), seams.text(index) + max(paragraph, 0.0))
            scores[PARAGRAPH] += max(ways)
            steps.append(ways)
            continue
        step = _Step(readings.below(above, index, scores, emissions), scores)
        scores = step.by_role()
        steps.append(step)
    return _traced(order, steps, scores)


class _Step:
    """All readings of one line below all readings of the line above.

    Args:
        below: what each reading adds.
        scores: the score of the best way to each role of the line above, in order.
    """

    __slots__ = ("_below", "_overs", "best")

    def __init__(self, below: Below, scores: Mapping[int, float]) -> None:
        self._below, self._overs = below, tuple(scores)
        #: The score of the best way to each reading, and the role above on it.
        self.best: dict[State, tuple[float, int]] = {}
        tops = [*map(add, scores.values(), below.ended)]
        for (state, gain), column in zip(below.begun, below.follows, strict=True):
            totals = [*map(add, tops, column)]
            best = max(totals)
            self.best[state] = best + gain, self._overs[totals.index(best)]
        for above, state, gain in below.ways:
            total = scores[above] + gain
            known = self.best.get(state)
            if known is None or total > known[0]:
                self.best[state] = total, above

    def by_role(self) -> dict[int, float]:
        """The score of the best reading of each role, in order: what comes below depends on the role alone; hopeless ones are dropped."""
        found: dict[int, float] = {}
        for state, (score, _) in self.best.items():
            role = state >> 2
            if score > found.get(role, -math.inf):
                found[role] = score
        least = max(found.values()) - _HOPELESS
        return {role: found[role] for role in sorted(found) if found[role] > least}

    def best_of(self, role: int | None, ahead: Mapping[int, float]) -> State:
        """The best reading of a role; of any, where none is given: with the best way on to the end."""
        if role is None:
            return min(self.best, key=lambda state: (-self.best[state][0] - ahead.get(state >> 2, -math.inf), state))
        return min([state for state in self.best if state >> 2 == role], key=lambda state: (-self.best[state][0], state))

    def leads(self, chosen: State, ahead: Mapping[int, float]) -> tuple[float, float]:
        """How far, with the best way on to the end, a reading is ahead of those that give another role or begin otherwise, and of the latter."""
        score = self.best[chosen][0] + ahead[chosen >> 2]
        other = parted = score - _SURE_LEAD
        for state, (gain, _) in self.best.items():
            if state >> 1 != chosen >> 1 and (total := gain + ahead.get(state >> 2, -math.inf)) > parted:
                other = max(total, other)
                parted = total if (state ^ chosen) & BEGINS else parted
        return score - other, score - parted

    def above(self, ahead: Mapping[int, float]) -> dict[int, float]:
        """The score of the best way from each role of the line above to the end, given those from each role of the line."""
        below = self._below
        gains = [gain + ahead.get(state >> 2, -math.inf) for state, gain in below.begun]
        found = {over: ended + max(map(add, gains, row)) for over, ended, row in zip(self._overs, below.ended, zip(*below.follows, strict=True), strict=False)}
        for above, state, gain in below.ways:
            total = gain + ahead.get(state >> 2, -math.inf)
            if total > found.get(above, -math.inf):
                found[above] = total
        return found


def _is_lone_story(evidence: Sequence[LineEvidence], order: Sequence[int]) -> bool:
    """Whether a file has no furniture of a page and no second dateline or byline: then it holds one story, likely."""
    openers = sum(1 for line in evidence if line is not NOTHING and (line.head(Role.DATELINE) or any(c.role is Role.BYLINE and c.weight > _SURE_BYLINE for c in line.whole)))
    return openers <= 1 and len(order) == len(evidence)


def _traced(order: Sequence[int], steps: Sequence[_Step | tuple[float, float]], scores: Mapping[int, float]) -> dict[int, Label]:
    """The labels along the best way; each with the share that its lead over the best other way gives it as confidence."""
    labels: dict[int, Label] = {}
    ahead = dict.fromkeys(scores, 0.0)  # for each role of the line, the score of the best way from there to the end
    role: int | None = None  # what the best way has on this line
    for index, step in zip(reversed(order), reversed(steps), strict=True):
        if isinstance(step, tuple):
            begins, goes_on = step
            sure = _confidence(abs(begins - goes_on))
            labels[index] = Label(Role.PARAGRAPH, begins > goes_on, opens_article=False, confidence=sure, parted=sure)
            ahead = {PARAGRAPH: max(step) + ahead[PARAGRAPH]}
            role = PARAGRAPH
            continue
        # Below a known line only the role above it is fixed; the best way to that role is the one taken.
        state = step.best_of(role, ahead)
        lead, parted = step.leads(state, ahead)
        labels[index] = Label(ROLES[state >> 2], bool(state & BEGINS), bool(state & OPENS), _confidence(lead), _confidence(parted))
        role = step.best[state][1]
        ahead = step.above(ahead)
    return labels


def _confidence(lead: float) -> float:
    """A lead in log odds as a share from 0 to 1."""
    return round(1 / (1 + math.exp(-min(max(lead, -_SURE_LEAD), _SURE_LEAD) * LINE["confidence_slope"])), 2)

