"""How each line may be read, and what each reading adds below each other: the weights' sums."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.model import FURNITURE, Role
from broadsheet.parser.evidence import NOTHING
from broadsheet.parser.weights import FOLLOWS, FOLLOWS_UNSPACED, FORM, LINE, OPENS_ARTICLE, PRIOR, RUNS_ON, TEXT_ROLES, TITLE_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.form import Form
    from broadsheet.galley import Lines
    from broadsheet.parser.cues import Cues
    from broadsheet.parser.evidence import LineEvidence
    from broadsheet.parser.groups import Group
    from broadsheet.parser.seams import Seams

_CLOSES = (Role.SIGN_OFF, Role.BYLINE)
#: Roles stand as their place in this list, so that ties are broken by name.
ROLES = sorted(PRIOR)
NUMBER = {role: number for number, role in enumerate(ROLES)}
_TITLE, _TEXT, _RUNS_ON, _BETWEEN = (
    [role in roles for role in ROLES] for roles in (TITLE_ROLES, TEXT_ROLES, RUNS_ON, {Role.CREDIT, Role.JUMP, Role.CAPTION})
)
OPENING = [role in OPENS_ARTICLE for role in ROLES]
PARAGRAPH, _JUMP, _COLUMN_LABEL = NUMBER[Role.PARAGRAPH], NUMBER[Role.JUMP], NUMBER[Role.COLUMN_LABEL]
_LABELS = frozenset({Role.KICKER, Role.COLUMN_LABEL})
_LIKELY_CLOSE = 1.5

# One way to read a line, in one number: its role times four, and whether it begins a block (2) and an article (1).
State = int
BEGINS, OPENS = 2, 1
# What each of some readings adds, one below the other, by following each of some roles above.
Columns = tuple[tuple[float, ...], ...]


class Below(NamedTuple):
    """All readings of one line below all readings of the line above.

    Args:
        begun: the readings that begin a block, each with what it adds whatever stands above.
        follows: for each of them what it adds below each role above.
        ways: of all other readings: the role above, the reading, and what it adds there.
        ended: what ending with each of the roles above adds to what begins below it.
    """

    begun: Sequence[tuple[State, float]]
    follows: Columns
    ways: Sequence[tuple[int, State, float]]
    ended: Sequence[float]


class Readings:
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

    def below(self, above: int, index: int, scores: Mapping[int, float], emissions: dict[int, float]) -> Below:
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
        if not closed and _credits(evidence[above]):
            boundary += LINE["picture_above"]
        if _JUMP in emissions and _jumps(evidence[index], "from"):
            emissions[_JUMP] += max(boundary, 0.0)  # a jump line begins what it goes on with, as a headline would
        end, start = end_of(lines, evidence[above], above), self._seams.start(index)
        # Below a label the first piece begins as an article does, but the label has opened it.
        ended = [end if _TEXT[over] else max(boundary, 0.0) if over == _COLUMN_LABEL else 0.0 for over in scores]
        states, follows = _following(tuple(scores), tuple(emissions), unspaced=lines.unspaced)
        begun = [
            (state, emissions[number := state >> 2] + (start if _TITLE[number] else 0.0) + (boundary if state & OPENS else 0.0)) for state in states
        ]  # fmt: skip
        return Below(begun, follows, [*self._run_on(index, scores, emissions)], ended)

    def _run_on(self, index: int, scores: Mapping[int, float], emissions: Mapping[int, float]) -> Iterator[tuple[int, State, float]]:
        """The readings by which a line goes on with one above it."""
        text: float | None = None
        for over in scores:
            if _TITLE[over]:
                if _RUNS_ON[over] and over in emissions:
                    yield over, over << 2, self._seams.title(index) + emissions[over] - PRIOR[ROLES[over]]
            elif _RUNS_ON[over] or _BETWEEN[over]:
                text = self._seams.text(index) + max(emissions.get(PARAGRAPH, 0.0), 0.0) if text is None else text
                if _RUNS_ON[over]:
                    yield over, over << 2, text
                if _BETWEEN[over]:
                    # The line above fell between the halves of a paragraph, which goes on below it.
                    yield over, PARAGRAPH << 2, text + LINE["interloper"]


@lru_cache(maxsize=16_384)
def _following(overs: tuple[int, ...], roles: tuple[int, ...], *, unspaced: bool) -> tuple[tuple[State, ...], Columns]:
    """The readings of some roles that begin a block, and what each adds below each of the roles above."""
    columns: dict[State, list[float]] = {}
    for number in roles:
        for place, over in enumerate(overs):
            gain, opens = _follows(ROLES[over], ROLES[number], unspaced=unspaced)
            columns.setdefault(number << 2 | BEGINS | opens, [-math.inf] * len(overs))[place] = gain
    return tuple(columns), tuple(map(tuple, columns.values()))


def _follows(above: Role, role: Role, *, unspaced: bool) -> tuple[float, int]:
    """What a block adds by following another, and whether it opens an article there."""
    opens = role in OPENS_ARTICLE and above not in _LABELS
    gain = FOLLOWS.get((above, role), 0.0) + _heading_gain(above, role)
    return gain + FOLLOWS_UNSPACED.get((above, role), 0.0) if unspaced else gain, OPENS if opens else 0


def _heading_gain(above: Role, role: Role) -> float:
    """What speaks against a heading where no text stands between two titles."""
    if above is not Role.HEADING:
        return 0.0
    return LINE["heading_after_heading"] if role is Role.HEADING else LINE["heading_before_title"] if role in TITLE_ROLES else 0.0


def _emissions(lines: Lines, line: LineEvidence, index: int, cues: Cues) -> dict[int, float]:
    """How well each role fits the line by itself."""
    paragraph = _as_paragraph(lines, line, index)
    if cues.plain(index):
        return {PARAGRAPH: paragraph}
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
    return {PARAGRAPH: found[Role.PARAGRAPH]} if len(found) == 1 else _weighed(found, cues.seen(index))


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
    return {NUMBER[role]: gain + sum([row[role] for row in rows]) for role, gain in found.items()}


@lru_cache(maxsize=16_384, typed=True)
def _row(group: Group) -> dict[Role, float]:
    """What the cues of a group say together for each role."""
    found = dict.fromkeys(ROLES, 0.0)
    for cue in group.names():
        for role, weight in FORM.get(cue, {}).items():
            found[Role(role)] += weight
    return found


def end_of(lines: Lines, line: LineEvidence, index: int) -> float:
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
    return any(odds.get(role, 0.0) > _LIKELY_CLOSE for role in (Role.SIGN_OFF, Role.END_MARK))


def _credits(line: LineEvidence) -> bool:
    """Whether a line says who took a picture: that ends a photo item, but not the story that the picture stands in."""
    return line.odds.get(Role.CREDIT, 0.0) > _LIKELY_CLOSE or line.tail(Role.CREDIT) is not None


def _jumps(line: LineEvidence, direction: str) -> bool:
    """Whether the whole line is a jump line of that direction."""
    return any(claim.role is Role.JUMP and claim.fields.get("direction") == direction for claim in line.whole)
