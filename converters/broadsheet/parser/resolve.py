"""The best labelling of a page under the grammar of an article, as one sequence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet.model import FURNITURE, Role
from broadsheet.parser.weights import (
    CLOSED_ABOVE,
    FOLLOWS,
    HEADING_AFTER_CLOSE,
    HEADING_AFTER_HEADING,
    HEADING_BEFORE_TITLE,
    LONE_UNSTOPPED_PARAGRAPH,
    LONG_TITLE,
    LONG_UNSTOPPED_PARAGRAPH,
    NEW_ARTICLE,
    NO_STORY_GAP,
    NOT_INDENTED_PARAGRAPH,
    OPENS_ARTICLE,
    PRIOR,
    RUNS_ON,
    STOPPED_PARAGRAPH,
    STOPPED_TITLE,
    STORY_GAP,
    TEXT_ROLES,
    TITLE_ROLES,
    TOP_OF_FILE,
    TOP_OF_PAGE,
    WIDE_GAP,
    WRAPPED_UNSTOPPED_PARAGRAPH,
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
    trail: list[dict[_State, tuple[float, _State | None]]] = []
    closed = False
    for place, index in enumerate(order):
        emissions = _emissions(lines, evidence[index], index)
        boundary = _boundary(lines, place, index, closed=closed)
        scores: dict[_State, tuple[float, _State | None]] = {}
        if place == 0:
            for role, score in emissions.items():
                scores[role, True, True] = (score + (TOP_OF_FILE if role in OPENS_ARTICLE else 0.0), None)
        else:
            above = order[place - 1]
            _step(scores, trail[-1], emissions, seams[index], boundary, _end(lines, evidence[above], above), closed=closed)
        trail.append(scores)
        closed = _closes(evidence[index])
    return _traced(order, trail)


def _step(
    scores: dict[_State, tuple[float, _State | None]],
    before: dict[_State, tuple[float, _State | None]],
    emissions: dict[Role, float],
    seam: Seam,
    boundary: float,
    end: float,
    *,
    closed: bool,
) -> None:
    """Add the best way into each reading of one line; `end` is what it costs to end a text with the line above."""
    for previous, (score, _) in before.items():
        above = previous[0]
        for role, emission in emissions.items():
            follow = FOLLOWS.get((above, role), 0.0)
            opens = _opens(above, role, previous)
            total = score + emission + follow + (boundary if opens else 0.0) + (end if above in TEXT_ROLES else 0.0)
            if role is Role.HEADING:
                total += HEADING_AFTER_CLOSE if closed or above in (Role.SIGN_OFF, Role.JUMP) else HEADING_AFTER_HEADING if above is Role.HEADING else 0.0
            elif above is Role.HEADING and role in TITLE_ROLES:
                total += HEADING_BEFORE_TITLE
            _keep(scores, (role, True, opens), total, previous)
        if above in RUNS_ON and (above not in TITLE_ROLES or above in emissions):
            gain = seam.title if above in TITLE_ROLES else seam.text
            fit = emissions.get(above, PRIOR[above]) - PRIOR[above] if above in TITLE_ROLES else _text_fit(emissions)
            _keep(scores, (above, False, False), score + gain + fit, previous)
        elif above in (Role.CREDIT, Role.JUMP, Role.CAPTION):
            # An interloper: the paragraph above it goes on below.
            _keep(scores, (Role.PARAGRAPH, False, False), score + seam.text - 1.5 + _text_fit(emissions), previous)


def _text_fit(emissions: dict[Role, float]) -> float:
    return max(emissions.get(Role.PARAGRAPH, 0.0), 0.0)


def _keep(scores: dict[_State, tuple[float, _State | None]], state: _State, total: float, previous: _State) -> None:
    known = scores.get(state)
    if known is None or total > known[0] + 1e-9:
        scores[state] = (total, previous)


def _opens(above: Role, role: Role, previous: _State) -> bool:
    """Whether a block of `role` below a block of `above` begins an article."""
    del previous
    if role not in OPENS_ARTICLE:
        return False
    if above in (Role.KICKER, Role.COLUMN_LABEL):
        return False
    return not (above is Role.HEADLINE and role is Role.KICKER)


def _emissions(lines: Lines, line: LineEvidence, index: int) -> dict[Role, float]:
    """How well each role fits the line by itself."""
    form, layout = lines[index], lines.layout
    opener = line.head(Role.DATELINE) is not None or line.head(Role.JUMP) is not None
    titled = lines.title_like(index) and not opener
    paragraph = STOPPED_PARAGRAPH if form.stopped or line.tails else 0.0
    if layout.indent and layout.measure and form.indent < layout.indent and not opener:
        paragraph += NOT_INDENTED_PARAGRAPH
    found = {Role.PARAGRAPH: paragraph + line.odds.get(Role.PARAGRAPH, 0.0)}
    headline = line.odds.get(Role.HEADLINE, 0.0)
    for role in (Role.HEADLINE, Role.SUBHEADLINE, Role.HEADING, Role.KICKER):
        odds = line.odds.get(role, 0.0)
        if not titled:
            if role is Role.HEADLINE and odds > 0 and not form.inner and not form.stopped and not opener:
                found[role] = PRIOR[role] + odds + LONG_TITLE
            continue
        odds += headline * 0.8 if role in (Role.SUBHEADLINE, Role.KICKER) and headline > 0 else 0.0
        found[role] = PRIOR[role] + odds + (STOPPED_TITLE if form.stopped else 0.0)
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
    if lines.title_like(index) and not lines.layout.measure:
        return LONE_UNSTOPPED_PARAGRAPH
    return WRAPPED_UNSTOPPED_PARAGRAPH if lines.layout.measure else LONG_UNSTOPPED_PARAGRAPH


def _boundary(lines: Lines, place: int, index: int, *, closed: bool) -> float:
    """The evidence, apart from the line's own, that an article begins at it."""
    form, layout = lines[index], lines.layout
    score = NEW_ARTICLE + (CLOSED_ABOVE if closed else 0.0)
    if place and form.gap < 0:
        score += TOP_OF_PAGE
    if layout.gaps == "stories":
        score += STORY_GAP if form.gap > 0 else NO_STORY_GAP if form.gap == 0 else 0.0
    elif layout.gaps == "apart" and form.gap > layout.gap:
        score += WIDE_GAP
    elif layout.gaps == "blocks" and form.gap > layout.gap:
        score += WIDE_GAP
    return score


def _closes(line: LineEvidence) -> bool:
    """Whether a line closes the article that it stands in."""
    if any(claim.role in _CLOSES or claim.role is Role.JUMP for claim in line.tails):
        return True
    return any(line.odds.get(role, 0.0) > 1.5 for role in (Role.SIGN_OFF, Role.CREDIT, Role.END_MARK))  # noqa: PLR2004 - likely


def _traced(order: Sequence[int], trail: list[dict[_State, tuple[float, _State | None]]]) -> dict[int, Label]:
    """The labels along the best way, each with its lead over the best other role as confidence."""
    labels: dict[int, Label] = {}
    if not trail:
        return labels
    state = min(trail[-1], key=lambda s: (-trail[-1][s][0], s[0], s[1]))
    for place in range(len(order) - 1, -1, -1):
        scores = trail[place]
        rivals = [value for other, (value, _) in scores.items() if other[:2] != state[:2]]
        lead = scores[state][0] - max(rivals, default=scores[state][0] - 9.0)
        labels[order[place]] = Label(state[0], state[1], state[2], round(1 / (1 + math.exp(-max(min(lead, 9.0), -9.0) * 0.8)), 2))
        previous = scores[state][1]
        if previous is None:
            break
        state = previous
    return labels


