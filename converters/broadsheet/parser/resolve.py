"""The best labelling of a page under the grammar of an article, as one sequence."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet.model import FURNITURE, Role
from broadsheet.parser.evidence import NOTHING
from broadsheet.parser.weights import (
    FOLLOWS,
    FOLLOWS_UNSPACED,
    FORM,
    LINE,
    OPENS_ARTICLE,
    PRIOR,
    RUNS_ON,
    TEXT_ROLES,
    TITLE_ROLES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.galley import Form, Lines
    from broadsheet.parser.cues import Cues, Group
    from broadsheet.parser.evidence import LineEvidence
    from broadsheet.parser.seams import Seams

_FURNITURE_ODDS = 1.7
_CLOSES = (Role.SIGN_OFF, Role.BYLINE, Role.CREDIT)


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


#: Roles stand as their place in this list, so that ties are broken by name.
_ROLES = sorted(PRIOR)
_NUMBER = {role: number for number, role in enumerate(_ROLES)}
_TITLE, _TEXT, _RUNS_ON, _BETWEEN = (
    [role in roles for role in _ROLES] for roles in (TITLE_ROLES, TEXT_ROLES, RUNS_ON, {Role.CREDIT, Role.JUMP, Role.CAPTION})
)
_OPENING = [role in OPENS_ARTICLE for role in _ROLES]
_PARAGRAPH, _JUMP, _COLUMN_LABEL = _NUMBER[Role.PARAGRAPH], _NUMBER[Role.JUMP], _NUMBER[Role.COLUMN_LABEL]
_LABELS = frozenset({Role.KICKER, Role.COLUMN_LABEL})
_SURE_LEAD = 9.0
_LIKELY_CLOSE = 1.5
#: A reading so far behind another of the same line, in log odds, is not followed further.
_HOPELESS = 14.0

# One way to read a line, in one number: its role times four, and whether it begins a block (2) and an article (1).
_State = int
_BEGINS, _OPENS = 2, 1
# What each of some readings adds, one below the other, by following each of some roles above.
_Columns = tuple[tuple[float, ...], ...]


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
    page = _Page(lines, evidence, seams, cues, LINE["lone_story"] if _is_lone_story(evidence, order) else 0.0)
    first = {number: gain + (LINE["top_of_file"] if _OPENING[number] else 0.0) for number, gain in page.emissions(order[0]).items()}
    steps: list[_Step | tuple[float, float]] = [_Step((), (), [(0, number << 2 | _BEGINS | _OPENS, gain) for number, gain in first.items()], {0: 0.0})]
    scores = first
    for above, index in pairwise(order):
        emissions = page.emissions(index)
        if len(emissions) == len(scores) == 1 and _PARAGRAPH in scores:
            paragraph = emissions[_PARAGRAPH]
            ways = (paragraph + _end(lines, evidence[above], above), seams.text(index) + max(paragraph, 0.0))
            scores[_PARAGRAPH] += max(ways)
            steps.append(ways)
            continue
        step = page.step(above, index, scores, emissions)
        scores = step.by_role()
        steps.append(step)
    return _traced(order, steps, scores)


class _Step:
    """All readings of one line below all readings of the line above.

    Args:
        begun: the readings that begin a block, each with what it adds whatever stands above.
        follows: for each of them what it adds below each role above, in the order of `scores`.
        ways: of all other readings: the role above, the reading, and what it adds there.
        scores: the score of the best way to each role of the line above, in order.
        ended: what ending with each of those roles adds to what begins below it.
    """

    __slots__ = ("_begun", "_ended", "_follows", "_overs", "_ways", "best")

    def __init__(
        self, begun: Sequence[tuple[_State, float]], follows: _Columns, ways: Sequence[tuple[int, _State, float]], scores: Mapping[int, float], ended: Sequence[float] = ()
    ) -> None:
        self._begun, self._follows, self._ways, self._ended = begun, follows, ways, ended
        self._overs = tuple(scores)
        #: The score of the best way to each reading, and the role above on it.
        self.best: dict[_State, tuple[float, int]] = {}
        tops = [*map(add, scores.values(), ended)]
        for (state, gain), column in zip(begun, follows, strict=True):
            totals = [*map(add, tops, column)]
            best = max(totals)
            self.best[state] = best + gain, self._overs[totals.index(best)]
        for above, state, gain in ways:
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

    def best_of(self, role: int | None, ahead: Mapping[int, float]) -> _State:
        """The best reading of a role; of any, where none is given: with the best way on to the end."""
        if role is None:
            return min(self.best, key=lambda state: (-self.best[state][0] - ahead.get(state >> 2, -math.inf), state))
        return min([state for state in self.best if state >> 2 == role], key=lambda state: (-self.best[state][0], state))

    def leads(self, chosen: _State, ahead: Mapping[int, float]) -> tuple[float, float]:
        """How far, with the best way on to the end, a reading is ahead of those that give another role or begin otherwise, and of the latter."""
        score = self.best[chosen][0] + ahead[chosen >> 2]
        other = parted = score - _SURE_LEAD
        for state, (gain, _) in self.best.items():
            if state >> 1 != chosen >> 1 and (total := gain + ahead.get(state >> 2, -math.inf)) > parted:
                other = max(total, other)
                parted = total if (state ^ chosen) & _BEGINS else parted
        return score - other, score - parted

    def above(self, ahead: Mapping[int, float]) -> dict[int, float]:
        """The score of the best way from each role of the line above to the end, given those from each role of the line."""
        gains = [gain + ahead.get(state >> 2, -math.inf) for state, gain in self._begun]
        found = {over: ended + max(map(add, gains, row)) for over, ended, row in zip(self._overs, self._ended, zip(*self._follows, strict=True), strict=False)}
        for above, state, gain in self._ways:
            total = gain + ahead.get(state >> 2, -math.inf)
            if total > found.get(above, -math.inf):
                found[above] = total
        return found


class _Page:
    """What the readings of a page's lines add.

    Args:
        lines: the printed lines.
        evidence: the claims on them.
        seams: the evidence that each goes on with the line above.
        cues: what is seen of them.
        lone: what it costs to begin a second article in the file.
    """

    def __init__(self, lines: Lines, evidence: Sequence[LineEvidence], seams: Seams, cues: Cues, lone: float) -> None:
        self._lines, self._evidence, self._seams, self._cues, self._lone = lines, evidence, seams, cues, lone

    def emissions(self, index: int) -> dict[int, float]:
        """How well each role fits a line by itself."""
        return _emissions(self._lines, self._evidence[index], index, self._cues)

    def step(self, above: int, index: int, scores: Mapping[int, float], emissions: dict[int, float]) -> _Step:
        """What each reading of a line adds below each role of the line above.

        Args:
            above: the index of the line above.
            index: that of the line.
            scores: the roles that the line above may have.
            emissions: how well each role fits the line by itself.
        """
        lines, evidence = self._lines, self._evidence
        closed = _closes(evidence[above])
        boundary = _boundary(lines, index, closed=closed) + self._lone
        if _JUMP in emissions and _jumps(evidence[index], "from"):
            emissions[_JUMP] += max(boundary, 0.0)  # a jump line begins what it goes on with, as a headline would
        end, start = _end(lines, evidence[above], above), self._seams.start(index)
        # Below a label the first piece begins as an article does, but the label has opened it.
        ended = [end if _TEXT[over] else max(boundary, 0.0) if over == _COLUMN_LABEL else 0.0 for over in scores]
        states, follows = _following(tuple(scores), tuple(emissions), closed=closed, unspaced=lines.unspaced)
        begun = [
            (state, emissions[number := state >> 2] + (start if _TITLE[number] else 0.0) + (boundary if state & _OPENS else 0.0)) for state in states
        ]  # fmt: skip
        return _Step(begun, follows, [*self._run_on(index, scores, emissions)], scores, ended)

    def _run_on(self, index: int, scores: Mapping[int, float], emissions: Mapping[int, float]) -> Iterator[tuple[int, _State, float]]:
        """The readings by which a line goes on with one above it."""
        text: float | None = None
        for over in scores:
            if _TITLE[over]:
                if _RUNS_ON[over] and over in emissions:
                    yield over, over << 2, self._seams.title(index) + emissions[over] - PRIOR[_ROLES[over]]
            elif _RUNS_ON[over] or _BETWEEN[over]:
                text = self._seams.text(index) + max(emissions.get(_PARAGRAPH, 0.0), 0.0) if text is None else text
                if _RUNS_ON[over]:
                    yield over, over << 2, text
                if _BETWEEN[over]:
                    # The line above fell between the halves of a paragraph, which goes on below it.
                    yield over, _PARAGRAPH << 2, text + LINE["interloper"]


@lru_cache(maxsize=16_384)
def _following(overs: tuple[int, ...], roles: tuple[int, ...], *, closed: bool, unspaced: bool) -> tuple[tuple[_State, ...], _Columns]:
    """The readings of some roles that begin a block, and what each adds below each of the roles above."""
    columns: dict[_State, list[float]] = {}
    for number in roles:
        for place, over in enumerate(overs):
            gain, opens = _follows(_ROLES[over], _ROLES[number], closed=closed, unspaced=unspaced)
            columns.setdefault(number << 2 | _BEGINS | opens, [-math.inf] * len(overs))[place] = gain
    return tuple(columns), tuple(map(tuple, columns.values()))


def _follows(above: Role, role: Role, *, closed: bool, unspaced: bool) -> tuple[float, int]:
    """What a block adds by following another, and whether it opens an article there."""
    opens = role in OPENS_ARTICLE and above not in _LABELS
    gain = FOLLOWS.get((above, role), 0.0) + _heading_gain(above, role, closed=closed)
    return gain + FOLLOWS_UNSPACED.get((above, role), 0.0) if unspaced else gain, _OPENS if opens else 0


def _heading_gain(above: Role, role: Role, *, closed: bool) -> float:
    """What speaks against a heading where an article has just ended, or where no text stands between two titles."""
    if role is Role.HEADING:
        if closed or above in (Role.SIGN_OFF, Role.JUMP):
            return LINE["heading_after_close"]
        return LINE["heading_after_heading"] if above is Role.HEADING else 0.0
    return LINE["heading_before_title"] if above is Role.HEADING and role in TITLE_ROLES else 0.0


def _emissions(lines: Lines, line: LineEvidence, index: int, cues: Cues) -> dict[int, float]:
    """How well each role fits the line by itself."""
    paragraph = _as_paragraph(lines, line, index)
    if cues.plain(index):
        return {_PARAGRAPH: paragraph}
    found = {Role.PARAGRAPH: paragraph + line.odds.get(Role.PARAGRAPH, 0.0)}
    form = lines.forms[index]
    if cues.titled(index):
        found |= _as_titles(form, line)
    elif (odds := line.odds.get(Role.HEADLINE, 0.0)) > 0 and not (form.inner or form.stopped or line.opens):
        found[Role.HEADLINE] = PRIOR[Role.HEADLINE] + odds + LINE["long_title"]
    for role, odds in line.odds.items():
        if role not in TITLE_ROLES and role not in FURNITURE and role in PRIOR and role is not Role.PARAGRAPH:
            found[role] = PRIOR[role] + 1.5 * odds
    for role in cues.bare(index):
        found.setdefault(role, PRIOR[role])
    return {_PARAGRAPH: found[Role.PARAGRAPH]} if len(found) == 1 else _weighed(found, cues.seen(index))


def _as_paragraph(lines: Lines, line: LineEvidence, index: int) -> float:
    """What speaks for a line to begin a paragraph, apart from claims."""
    form, layout = lines.forms[index], lines.layouts[index]
    score = LINE["stopped_paragraph"] if (form.stopped and not form.capitals) or line.tails else 0.0
    if layout.indent and layout.measure and form.indent < layout.indent and not line.opens:
        score += LINE["not_indented_paragraph"]
    return score + LINE["story_paragraph"] if layout.gaps == "stories" and form.gap > 0 else score


def _as_titles(form: Form, line: LineEvidence) -> dict[Role, float]:
    """How well each role of a title fits a line that may be one."""
    headline = line.odds.get(Role.HEADLINE, 0.0)
    stopped = LINE["asking_title" if form.shade[-1] in "?؟" else "stopped_title"] if form.stopped and not form.capitals else 0.0
    found = {}
    for role in (Role.HEADLINE, Role.SUBHEADLINE, Role.HEADING, Role.KICKER):
        odds = line.odds.get(role, 0.0)
        if role is Role.SUBHEADLINE and form.unspaced and odds <= 0:
            odds += LINE["undashed_deck"]  # Chinese decks open with dashes; other lines are clauses of the headline
        if role in (Role.SUBHEADLINE, Role.KICKER) and headline > 0:
            odds += headline * 0.8
        found[role] = PRIOR[role] + odds + stopped
    return found


def _weighed(found: Mapping[Role, float], seen: Sequence[Group]) -> dict[int, float]:
    """How well each role fits once what is seen of the line is counted, too."""
    rows = [_row(group) for group in seen]
    return {_NUMBER[role]: gain + sum([row[role] for row in rows]) for role, gain in found.items()}


@lru_cache(maxsize=16_384, typed=True)
def _row(group: Group) -> dict[Role, float]:
    """What the cues of a group say together for each role."""
    found = dict.fromkeys(_ROLES, 0.0)
    for cue in group.names():
        for role, weight in FORM.get(cue, {}).items():
            found[Role(role)] += weight
    return found


def _end(lines: Lines, line: LineEvidence, index: int) -> float:
    """What it costs to end a paragraph with a line: nothing where a sentence ends."""
    if lines.forms[index].stopped or line.tails:
        return 0.0
    if line.odds.get(Role.PARAGRAPH, 0.0) > 0:
        return 0.0
    below = lines.forms[index + 1] if index + 1 < len(lines) else None
    if lines.layouts[index].indent and lines.layouts[index].measure and below is not None and below.indent == lines.layouts[index].indent:
        return LINE["unstopped_before_indent"]
    if lines.titles[index] and not lines.layouts[index].measure:
        return LINE["lone_unstopped_paragraph"]
    return LINE["wrapped_unstopped_paragraph"] if lines.layouts[index].measure else LINE["long_unstopped_paragraph"]


def _boundary(lines: Lines, index: int, *, closed: bool) -> float:
    """The evidence, apart from the line's own, that an article begins at it."""
    form, layout = lines.forms[index], lines.layouts[index]
    score = LINE["new_article"] + (LINE["closed_above"] if closed else 0.0)
    if form.gap < 0:
        score += LINE["top_of_page"]
    if layout.gaps == "stories":
        score += LINE["story_gap"] if form.gap > 0 else LINE["no_story_gap"] if form.gap == 0 else 0.0
    elif layout.wide:
        score += LINE["wide_story_gap"] if form.gap > layout.gap else LINE["no_wide_story_gap"]
    elif layout.gaps in ("apart", "blocks") and form.gap > layout.gap:
        score += LINE["wide_gap"]
    return score


def _closes(line: LineEvidence) -> bool:
    """Whether a line closes the article that it stands in."""
    if line is NOTHING:
        return False
    if line.tails and any(claim.role in _CLOSES or claim.role is Role.JUMP for claim in line.tails):
        return True
    odds = line.odds
    if (Role.JUMP in odds and _jumps(line, "to")) or (Role.BYLINE in odds and any(claim.role is Role.BYLINE and claim.fields.get("form") == "closing" for claim in line.whole)):
        return True
    return any(odds.get(role, 0.0) > _LIKELY_CLOSE for role in (Role.SIGN_OFF, Role.CREDIT, Role.END_MARK))


def _is_lone_story(evidence: Sequence[LineEvidence], order: Sequence[int]) -> bool:
    """Whether a file has no furniture of a page and no second dateline or byline: then it holds one story, likely."""
    openers = sum(1 for line in evidence if line is not NOTHING and (line.head(Role.DATELINE) or any(c.role is Role.BYLINE and c.weight > _SURE_BYLINE for c in line.whole)))
    return openers <= 1 and len(order) == len(evidence)


_SURE_BYLINE = 0.9


def _jumps(line: LineEvidence, direction: str) -> bool:
    """Whether the whole line is a jump line of that direction."""
    return any(claim.role is Role.JUMP and claim.fields.get("direction") == direction for claim in line.whole)


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
            ahead = {_PARAGRAPH: max(step) + ahead[_PARAGRAPH]}
            role = _PARAGRAPH
            continue
        # Below a known line only the role above it is fixed; the best way to that role is the one taken.
        state = step.best_of(role, ahead)
        lead, parted = step.leads(state, ahead)
        labels[index] = Label(_ROLES[state >> 2], bool(state & _BEGINS), bool(state & _OPENS), _confidence(lead), _confidence(parted))
        role = step.best[state][1]
        ahead = step.above(ahead)
    return labels


def _confidence(lead: float) -> float:
    """A lead in log odds as a share from 0 to 1."""
    return round(1 / (1 + math.exp(-min(max(lead, -_SURE_LEAD), _SURE_LEAD) * LINE["confidence_slope"])), 2)

