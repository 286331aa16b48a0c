"""The best labelling of a page under the grammar of an article, as one sequence."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet.model import FURNITURE, Role
from broadsheet.parser.weights import (
    FOLLOWS,
    LINE,
    OPENS_ARTICLE,
    PRIOR,
    RUNS_ON,
    TEXT_ROLES,
    TITLE_ROLES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.galley import Lines
    from broadsheet.parser.evidence import LineEvidence
    from broadsheet.parser.seams import Seam

_FURNITURE_ODDS = 1.7
_CLOSES = (Role.SIGN_OFF, Role.BYLINE, Role.CREDIT)


class Label(Struct, frozen=True):
    """What a line is: the role of its block, whether it begins it, whether it begins an article, and how sure that is."""

    role: Role
    begins: bool
    opens_article: bool
    confidence: float


# One way to read a line: role, begins a block, begins an article.
_State = tuple[Role, bool, bool]


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


def resolve(lines: Lines, evidence: Sequence[LineEvidence], seams: Sequence[Seam], order: Sequence[int]) -> dict[int, Label]:
    """The best label of every line in `order` (the lines that are not furniture), by Viterbi's algorithm.

    The cost is linear in the number of lines: each has at most a dozen ways to be read.
    """
    if not order:
        return {}
    steps = [_first_step(_emissions(lines, evidence[order[0]], order[0]))]
    for above, index in pairwise(order):
        closed = _closes(evidence[above])
        boundary = _boundary(lines, index, closed=closed)
        end = _end(lines, evidence[above], above)
        roles = {state[0] for state in steps[-1].best}
        emissions = _emissions(lines, evidence[index], index)
        if Role.JUMP in emissions and _jumps(evidence[index], "from"):
            emissions[Role.JUMP] += max(boundary, 0.0)  # a jump line begins what it goes on with, as a headline would
        steps.append(_step(steps[-1], roles, emissions, seams[index], boundary, end, closed=closed))
    return _traced(order, steps)


class _Step(Struct):
    """All readings of one line.

    Args:
        gains: what each reading adds below each role of the line above (null for the first line).
        best: the score of the best way to each reading, and the role above on it.
    """

    gains: dict[tuple[Role | None, _State], float]
    best: dict[_State, tuple[float, Role | None]]

    def by_role(self) -> dict[Role, tuple[float, _State]]:
        """The best reading of each role: what comes below depends on the role alone."""
        found: dict[Role, tuple[float, _State]] = {}
        for state, (score, _) in self.best.items():
            known = found.get(state[0])
            if known is None or score > known[0]:
                found[state[0]] = (score, state)
        return found


def _first_step(emissions: dict[Role, float]) -> _Step:
    gains: dict[tuple[Role | None, _State], float] = {
        (None, (role, True, True)): score + (LINE["top_of_file"] if role in OPENS_ARTICLE else 0.0) for role, score in emissions.items()
    }
    return _Step(gains, {state: (gain, None) for (_, state), gain in gains.items()})


def _step(
    before: _Step, roles: set[Role], emissions: dict[Role, float], seam: Seam, boundary: float, end: float, *, closed: bool
) -> _Step:
    """The readings of one line below all readings of the line above.

    Args:
        before: the line above.
        roles: the roles that it may have.
        emissions: how well each role fits the line by itself.
        seam: the evidence that it goes on with the line above.
        boundary: the evidence that an article begins at it.
        end: what it costs to end a text with the line above.
        closed: whether the line above closes an article.
    """
    gains: dict[tuple[Role | None, _State], float] = {}
    text = max(emissions.get(Role.PARAGRAPH, 0.0), 0.0)
    for above in roles:
        ended = end if above in TEXT_ROLES else 0.0
        for role, emission in emissions.items():
            opens = role in OPENS_ARTICLE and above not in _LABELS and not (above is Role.HEADLINE and role is Role.KICKER)
            gain = emission + FOLLOWS.get((above, role), 0.0) + ended + (boundary if opens else 0.0)
            gain += seam.start if role in TITLE_ROLES else 0.0
            gains[above, (role, True, opens)] = gain + _heading_gain(above, role, closed=closed)
        if above in TITLE_ROLES:
            if above in emissions and above in RUNS_ON:
                gains[above, (above, False, False)] = seam.title + emissions[above] - PRIOR[above]
        elif above in RUNS_ON:
            gains[above, (above, False, False)] = seam.text + text
        if above in _BETWEEN:
            # The line above fell between the halves of a paragraph, which goes on below it.
            gains[above, (Role.PARAGRAPH, False, False)] = seam.text + text + LINE["interloper"]
    best: dict[_State, tuple[float, Role | None]] = {}
    scores = before.by_role()
    for (over, state), gain in gains.items():
        assert over is not None
        total = scores[over][0] + gain
        known = best.get(state)
        if known is None or total > known[0] + 1e-9 or (total > known[0] - 1e-9 and over < (known[1] or over)):
            best[state] = (total, over)
    return _Step(gains, best)


_LABELS = frozenset({Role.KICKER, Role.COLUMN_LABEL})
_BETWEEN = frozenset({Role.CREDIT, Role.JUMP, Role.CAPTION})


def _heading_gain(above: Role, role: Role, *, closed: bool) -> float:
    """What speaks against a heading where an article has just ended, or where no text stands between two titles."""
    if role is Role.HEADING:
        if closed or above in (Role.SIGN_OFF, Role.JUMP):
            return LINE["heading_after_close"]
        return LINE["heading_after_heading"] if above is Role.HEADING else 0.0
    return LINE["heading_before_title"] if above is Role.HEADING and role in TITLE_ROLES else 0.0


def _emissions(lines: Lines, line: LineEvidence, index: int) -> dict[Role, float]:
    """How well each role fits the line by itself."""
    form, layout = lines[index], lines.layout
    opener = line.head(Role.DATELINE) is not None or line.head(Role.JUMP) is not None
    titled = lines.title_like(index) and not opener
    stopped = form.stopped and not form.capitals
    paragraph = LINE["stopped_paragraph"] if stopped or line.tails else 0.0
    if layout.indent and layout.measure and form.indent < layout.indent and not opener:
        paragraph += LINE["not_indented_paragraph"]
    if layout.gaps == "stories" and form.gap > 0:
        paragraph += LINE["story_paragraph"]
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
        found[role] = PRIOR[role] + odds + (LINE["stopped_title"] if stopped else 0.0)
    for role, odds in line.odds.items():
        if role not in TITLE_ROLES and role not in FURNITURE and role in PRIOR and role is not Role.PARAGRAPH:
            found[role] = PRIOR[role] + 1.5 * odds
    return found


def _end(lines: Lines, line: LineEvidence, index: int) -> float:
    """What it costs to end a paragraph with a line: nothing where a sentence ends."""
    if lines[index].stopped or line.tails:
        return 0.0
    if line.odds.get(Role.PARAGRAPH, 0.0) > 0:
        return 0.0
    below = lines[index + 1] if index + 1 < len(lines) else None
    if lines.layout.indent and lines.layout.measure and below is not None and below.indent == lines.layout.indent:
        return LINE["unstopped_before_indent"]
    if lines.title_like(index) and not lines.layout.measure:
        return LINE["lone_unstopped_paragraph"]
    return LINE["wrapped_unstopped_paragraph"] if lines.layout.measure else LINE["long_unstopped_paragraph"]


def _boundary(lines: Lines, index: int, *, closed: bool) -> float:
    """The evidence, apart from the line's own, that an article begins at it."""
    form, layout = lines[index], lines.layout
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
    if any(claim.role in _CLOSES or claim.role is Role.JUMP for claim in line.tails):
        return True
    if _jumps(line, "to") or any(claim.role is Role.BYLINE and claim.fields.get("form") == "closing" for claim in line.whole):
        return True
    return any(line.odds.get(role, 0.0) > 1.5 for role in (Role.SIGN_OFF, Role.CREDIT, Role.END_MARK))  # noqa: PLR2004 - likely


def _jumps(line: LineEvidence, direction: str) -> bool:
    """Whether the whole line is a jump line of that direction."""
    return any(claim.role is Role.JUMP and claim.fields.get("direction") == direction for claim in line.whole)


def _traced(order: Sequence[int], steps: Sequence[_Step]) -> dict[int, Label]:
    """The labels along the best way; each with the share that its lead over the best other way gives it as confidence."""
    ahead = _ahead(steps)
    labels: dict[int, Label] = {}
    role: Role | None = None
    for place in range(len(order) - 1, -1, -1):
        step = steps[place]
        whole = {state: score + ahead[place].get(state[0], 0.0) for state, (score, _) in step.best.items()}
        fitting = [state for state in whole if role is None or state[0] is role]
        # Below a known line only the role above it is fixed; the best way to that role is the one taken.
        state = min(fitting, key=lambda s: (-(step.best[s][0] if role is not None else whole[s]), s))
        rivals = [score for other, score in whole.items() if other[:2] != state[:2]]
        lead = whole[state] - max(rivals, default=whole[state] - _SURE_LEAD)
        labels[order[place]] = Label(state[0], state[1], state[2], _confidence(lead))
        role = step.best[state][1]
    return labels


_SURE_LEAD = 9.0


def _confidence(lead: float) -> float:
    """A lead in log odds as a share from 0 to 1."""
    return round(1 / (1 + math.exp(-min(max(lead, -_SURE_LEAD), _SURE_LEAD) * LINE["confidence_slope"])), 2)


def _ahead(steps: Sequence[_Step]) -> list[dict[Role, float]]:
    """For each line and role, the score of the best way from there to the end."""
    ahead: list[dict[Role, float]] = [{} for _ in steps]
    for place in range(len(steps) - 1, 0, -1):
        here, below = ahead[place - 1], ahead[place]
        for (above, state), gain in steps[place].gains.items():
            assert above is not None
            total = gain + below.get(state[0], 0.0)
            if total > here.get(above, -math.inf):
                here[above] = total
    return ahead
