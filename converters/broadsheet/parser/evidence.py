"""The claims of all rules, gathered line by line, whatever the order in which the rules ran."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet.model import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.galley import Lines
    from broadsheet.plugin import Claim, Context, Rule

#: Evidence of one claim counts no more than this (the log of its odds): no rule is infallible.
_MOST = 3.6


class LineEvidence(Struct, frozen=True, gc=False):
    """What the rules say of one line.

    Args:
        whole: the claims on the whole line.
        heads: the claims on its beginning, in order of where they start; the measure may break the last of them, which then ends in the line below.
        tails: the claims on its end, unless they stand right behind a head.
        odds: for each claimed role, the sum of the log odds of its whole-line claims.
    """

    whole: tuple[Claim, ...]
    heads: tuple[Claim, ...]
    tails: tuple[Claim, ...]
    odds: Mapping[Role, float]

    @property
    def opens(self) -> bool:
        """Whether a dateline or a jump line opens it: a text begins there, however short the line is."""
        return bool(self.heads) and any(claim.role is Role.DATELINE or claim.role is Role.JUMP for claim in self.heads)

    def tail(self, role: Role) -> Claim | None:
        """The claim on the line's end for a role, if there is one."""
        return next((claim for claim in self.tails if claim.role is role), None) if self.tails else None

    def head(self, role: Role) -> Claim | None:
        """The claim on the line's beginning for a role, if there is one."""
        return next((claim for claim in self.heads if claim.role is role), None) if self.heads else None


#: So many blanks may stand between a dateline and what belongs to it.
_BLANKS = 2
#: What is said of a line that no rule speaks of: most lines, so it is worth knowing it by identity.
NOTHING = LineEvidence((), (), (), {})


def gather(lines: Lines, rules: Sequence[tuple[Rule, object]], context: Context) -> list[LineEvidence]:
    """Every rule's claims, sorted into their lines; claims outside their line or role are the rule's fault and dropped."""
    found: dict[int, list[Claim]] = {}
    for rule, options in rules:
        for claim in rule.propose(lines, options, context):
            index = lines.index_of(claim.start)
            if index >= 0 and claim.start < claim.end <= lines.forms[min(index + 1, len(lines) - 1)].end and claim.role in rule.roles:
                found.setdefault(index, []).append(claim)
    return [_sorted(found[index], lines.forms[index].start, lines.forms[index].end) if index in found else NOTHING for index in range(len(lines))]


@lru_cache(maxsize=4096)
def log_odds(weight: float) -> float:
    """A claim's weight as evidence: 0.5 says nothing, less counts against."""
    clipped = min(max(weight, 0.001), 0.999)
    return max(min(math.log(clipped / (1 - clipped)), _MOST), -_MOST)


def _sorted(claims: list[Claim], start: int, end: int) -> LineEvidence:
    ordered = sorted(claims, key=_place) if len(claims) > 1 else claims
    whole = tuple([c for c in ordered if c.start == start and c.end == end])
    odds: dict[Role, float] = {}
    for claim in whole:
        odds[claim.role] = odds.get(claim.role, 0.0) + log_odds(claim.weight)
    if len(whole) == len(ordered):
        return LineEvidence(whole, (), (), odds)
    heads = _heads(ordered, start, end)
    return LineEvidence(whole, heads, tuple(c for c in ordered if c.start > start and c.end == end and c not in heads), odds)


def _heads(ordered: Sequence[Claim], start: int, end: int) -> tuple[Claim, ...]:
    """The claims that end before the line does, or in the line below, and those right behind them: a dateline's reporters, even where the line ends."""
    found: list[Claim] = []
    reach = start
    for claim in ordered:
        behind = claim.role is Role.BYLINE and reach > start and 0 <= claim.start - reach <= _BLANKS
        if claim.end != end or behind:
            found.append(claim)
            reach = claim.end if claim.role is Role.DATELINE else reach
    return tuple(found)


def _place(claim: Claim) -> tuple[int, int, Role, float, str]:
    """The order of claims on a line, whatever that in which the rules ran."""
    return claim.start, -claim.end, claim.role, -claim.weight, claim.reason
