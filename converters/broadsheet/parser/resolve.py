"""The best labelling of a page under the grammar of an article, as one sequence."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet.model import FURNITURE, Role
from broadsheet.parser.cues import Cues
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
    from collections.abc import Mapping, Sequence

    from broadsheet.galley import Lines
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
_PARAGRAPH = _NUMBER[Role.PARAGRAPH]
_LABELS = frozenset({Role.KICKER, Role.COLUMN_LABEL})
_SURE_LEAD = 9.0
#: A reading so far behind another of the same line, in log odds, is not followed further.
_HOPELESS = 14.0

# One way to read a line, in one number: its role times four, and whether it begins a block (2) and an article (1).
_State = int
_BEGINS, _OPENS = 2, 1
# A role above, a reading of the line below it, and what that adds.
_Way = tuple[int, _State, float]


def furniture_lines(evidence: Sequence[LineEvidence]) -> dict[int, Role]:
    """The lines that belong to the page and not to an article, decided first: they lie across everything else."""
    found: dict[int, Role] = {}
    for index, line in enumerate(evidence):
        odds = {role: value for role, value in line.odds.items() if role in FURNITURE}
        if not odds:
            continue
        best = max(sorted(odds), key=lambda role: odds[role])
        rival = max((value for role, value in line.odds.items() if role not in FURNITURE and role not in TITLE_ROLES), default=0.0)
        if odds[best] >= _FURNITURE_ODDS and odds[best] >= rival:
            found[index] = best
    return found


def resolve(lines: Lines, evidence: Sequence[LineEvidence], seams: Seams, order: Sequence[int]) -> dict[int, Label]:
    """The best label of every line in `order` (the lines that are not furniture), by Viterbi's algorithm.

    The cost is linear in the number of lines: each has at most a dozen ways to be read, and most of them, between lines of
    plain text, only two.
    """
    if not order:
        return {}
    cues = Cues(lines, evidence)
    follows: dict[tuple[int, bool], list[tuple[float, int]]] = {}
    lone = LINE["lone_story"] if _is_lone_story(evidence, order) else 0.0
    first = [(_NUMBER[role], score + (LINE["top_of_file"] if role in OPENS_ARTICLE else 0.0)) for role, score in _emissions(lines, evidence[order[0]], order[0], cues).items()]
    steps: list[_Step | tuple[float, float]] = [_Step([(0, number << 2 | _BEGINS | _OPENS, gain) for number, gain in first], {0: 0.0})]
    scores = dict(first)
    for above, index in pairwise(order):
        emissions = _emissions(lines, evidence[index], index, cues)
        end = _end(lines, evidence[above], above)
        if len(emissions) == len(scores) == 1 and _PARAGRAPH in scores:
            paragraph = emissions[Role.PARAGRAPH]
            ways = (paragraph + end, seams.text(index) + max(paragraph, 0.0))
            scores[_PARAGRAPH] += max(ways)
            steps.append(ways)
            continue
        step = _Step(_ways(lines, evidence, seams, (above, index), scores, emissions, (end, lone), follows), scores)
        scores = step.by_role()
        steps.append(step)
    return _traced(order, steps, scores)


class _Step:
    """All readings of one line below all readings of the line above.

    Args:
        ways: what each reading adds below each role of the line above.
        scores: the score of the best way to each of those roles.
    """

    __slots__ = ("best", "ways")

    def __init__(self, ways: list[_Way], scores: Mapping[int, float]) -> None:
        self.ways = ways
        #: The score of the best way to each reading, and the role above on it.
        self.best: dict[_State, tuple[float, int]] = {}
        best = self.best
        for above, state, gain in ways:
            total = scores[above] + gain
            known = best.get(state)
            if known is None or total > known[0] + 1e-9 or (total > known[0] - 1e-9 and above < known[1]):
                best[state] = (total, above)

    def by_role(self) -> dict[int, float]:
        """The score of the best reading of each role: what comes below depends on the role alone; hopeless ones are dropped."""
        found: dict[int, float] = {}
        for state, (score, _) in self.best.items():
            role = state >> 2
            if score > found.get(role, -math.inf):
                found[role] = score
        least = max(found.values()) - _HOPELESS
        return {role: score for role, score in found.items() if score > least}


def _ways(
    lines: Lines, evidence: Sequence[LineEvidence], seams: Seams, places: tuple[int, int], scores: Mapping[int, float],
    emissions: dict[Role, float], costs: tuple[float, float], follows: dict[tuple[int, bool], list[tuple[float, int]]],
) -> list[_Way]:  # fmt: skip
    """What each reading of a line adds below each role of the line above.

    Args:
        lines: the printed lines.
        evidence: the claims on them.
        seams: the evidence that each goes on with the line above.
        places: the index of the line above, and of the line.
        scores: the roles that the line above may have.
        emissions: how well each role fits the line by itself.
        costs: what it costs to end a text with the line above, and to begin a second article in the file.
        follows: what each role adds below each other and whether it opens an article there, kept from line to line.
    """
    (above, index), (end, lone) = places, costs
    closed = _closes(evidence[above])
    boundary = _boundary(lines, index, closed=closed) + lone
    if Role.JUMP in emissions and _jumps(evidence[index], "from"):
        emissions[Role.JUMP] += max(boundary, 0.0)  # a jump line begins what it goes on with, as a headline would
    start = seams.start(index)
    here = [(_NUMBER[role], gain + start if role in TITLE_ROLES else gain) for role, gain in emissions.items()]
    text = max(emissions.get(Role.PARAGRAPH, 0.0), 0.0)
    ways: list[_Way] = []
    for over in scores:
        row = follows.get((over, closed))
        if row is None:
            row = follows[over, closed] = [_follows(_ROLES[over], role, closed=closed, unspaced=lines.unspaced) for role in _ROLES]
        ended = end if _TEXT[over] else 0.0
        # Below a label the first piece begins as an article does, but the label has opened it.
        labelled = max(boundary, 0.0) if _ROLES[over] is Role.COLUMN_LABEL else 0.0
        for number, gain in here:
            more, opens = row[number]
            ways.append((over, number << 2 | _BEGINS | opens, gain + more + ended + (boundary if opens else labelled)))
        if _TITLE[over]:
            if _RUNS_ON[over] and (role := _ROLES[over]) in emissions:
                ways.append((over, over << 2, seams.title(index) + emissions[role] - PRIOR[role]))
        elif _RUNS_ON[over]:
            ways.append((over, over << 2, seams.text(index) + text))
        if _BETWEEN[over]:
            # The line above fell between the halves of a paragraph, which goes on below it.
            ways.append((over, _PARAGRAPH << 2, seams.text(index) + text + LINE["interloper"]))
    return ways


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


def _emissions(lines: Lines, line: LineEvidence, index: int, cues: Cues) -> dict[Role, float]:
    """How well each role fits the line by itself."""
    form, layout = lines.forms[index], lines.layouts[index]
    opener = bool(line.heads) and (line.head(Role.DATELINE) is not None or line.head(Role.JUMP) is not None)
    titled = lines.title_like(index) and not opener
    stopped = form.stopped and not form.capitals
    paragraph = LINE["stopped_paragraph"] if stopped or line.tails else 0.0
    if layout.indent and layout.measure and form.indent < layout.indent and not opener:
        paragraph += LINE["not_indented_paragraph"]
    if layout.gaps == "stories" and form.gap > 0:
        paragraph += LINE["story_paragraph"]
    if not titled and line is NOTHING:
        return {Role.PARAGRAPH: paragraph}
    found = {Role.PARAGRAPH: paragraph + line.odds.get(Role.PARAGRAPH, 0.0)}
    headline = line.odds.get(Role.HEADLINE, 0.0)
    for role in (Role.HEADLINE, Role.SUBHEADLINE, Role.HEADING, Role.KICKER):
        odds = line.odds.get(role, 0.0)
        if not titled:
            if role is Role.HEADLINE and odds > 0 and not form.inner and not form.stopped and not opener:
                found[role] = PRIOR[role] + odds + LINE["long_title"]
            continue
        odds += headline * 0.8 if role in (Role.SUBHEADLINE, Role.KICKER) and headline > 0 else 0.0
        if role is Role.SUBHEADLINE and form.unspaced and line.odds.get(role, 0.0) <= 0:
            odds += LINE["undashed_deck"]  # Chinese decks open with dashes; other lines are clauses of the headline
        found[role] = PRIOR[role] + odds + (LINE["asking_title" if form.shade[-1] in "?؟" else "stopped_title"] if stopped else 0.0)
    for role, odds in line.odds.items():
        if role not in TITLE_ROLES and role not in FURNITURE and role in PRIOR and role is not Role.PARAGRAPH:
            found[role] = PRIOR[role] + 1.5 * odds
    return found if len(found) == 1 else _weighed(found, cues.seen(index))


def _weighed(found: Mapping[Role, float], seen: Sequence[tuple[str, ...]]) -> dict[Role, float]:
    """How well each role fits once what is seen of the line is counted, too."""
    rows = [_row(group) for group in seen]
    return {role: gain + sum([row.get(role, 0.0) for row in rows]) for role, gain in found.items()}


@lru_cache(maxsize=16_384)
def _row(cues: tuple[str, ...]) -> dict[str, float]:
    """What some cues say together for each role."""
    found: dict[str, float] = {}
    for cue in cues:
        for role, weight in FORM.get(cue, {}).items():
            found[role] = found.get(role, 0.0) + weight
    return found


def _end(lines: Lines, line: LineEvidence, index: int) -> float:
    """What it costs to end a paragraph with a line: nothing where a sentence ends."""
    if lines.forms[index].stopped or line.tails:
        return 0.0
    if line.odds.get(Role.PARAGRAPH, 0.0) > 0:
        return 0.0
    below = lines[index + 1] if index + 1 < len(lines) else None
    if lines.layouts[index].indent and lines.layouts[index].measure and below is not None and below.indent == lines.layouts[index].indent:
        return LINE["unstopped_before_indent"]
    if lines.title_like(index) and not lines.layouts[index].measure:
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
    if any(claim.role in _CLOSES or claim.role is Role.JUMP for claim in line.tails):
        return True
    if _jumps(line, "to") or any(claim.role is Role.BYLINE and claim.fields.get("form") == "closing" for claim in line.whole):
        return True
    return any(line.odds.get(role, 0.0) > 1.5 for role in (Role.SIGN_OFF, Role.CREDIT, Role.END_MARK))  # noqa: PLR2004 - likely


def _is_lone_story(evidence: Sequence[LineEvidence], order: Sequence[int]) -> bool:
    """Whether a file has no furniture of a page and no second dateline or byline: then it holds one story, likely."""
    openers = sum(1 for line in evidence if line.head(Role.DATELINE) or any(c.role is Role.BYLINE and c.weight > _SURE_BYLINE for c in line.whole))
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
        whole = {state: score + ahead[state >> 2] for state, (score, _) in step.best.items() if state >> 2 in ahead}
        # Below a known line only the role above it is fixed; the best way to that role is the one taken.
        fitting = whole if role is None else {state: score for state, (score, _) in step.best.items() if state >> 2 == role}
        state = min(fitting, key=lambda s: (-fitting[s], s))
        least = whole[state] - _SURE_LEAD
        lead = whole[state] - max((score for other, score in whole.items() if other >> 1 != state >> 1), default=least)
        parted = whole[state] - max((score for other, score in whole.items() if (other ^ state) & _BEGINS), default=least)
        labels[index] = Label(_ROLES[state >> 2], bool(state & _BEGINS), bool(state & _OPENS), _confidence(lead), _confidence(parted))
        role = step.best[state][1]
        ahead = _above(step.ways, ahead)
    return labels


def _above(ways: Sequence[_Way], ahead: Mapping[int, float]) -> dict[int, float]:
    """The score of the best way from each role of the line above to the end."""
    found: dict[int, float] = {}
    for above, state, gain in ways:
        total = gain + ahead.get(state >> 2, -math.inf)
        if total > found.get(above, -math.inf):
            found[above] = total
    return found


def _confidence(lead: float) -> float:
    """A lead in log odds as a share from 0 to 1."""
    return round(1 / (1 + math.exp(-min(max(lead, -_SURE_LEAD), _SURE_LEAD) * LINE["confidence_slope"])), 2)

