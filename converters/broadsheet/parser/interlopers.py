"""What may fall between the halves of a broken paragraph: credits, captions, jump lines, furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.parser.evidence import LineEvidence

_INTERLOPERS = (Role.CREDIT, Role.CAPTION, Role.JUMP)
_LIKELY = 1.5


def lines_above(order: Sequence[int], evidence: Sequence[LineEvidence]) -> list[int]:
    """For each line, the line that it would go on with: furniture is passed over, and interlopers where they are sure.

    Args:
        order: the lines that are not furniture.
        evidence: the claims on every line.

    Returns:
        The index of the line above for every line; -1 for the first and for furniture.
    """
    found = [-1] * len(evidence)
    last = text = -1
    for index in order:
        odds = evidence[index].odds
        interloper = bool(odds) and any(odds.get(role, 0.0) > _LIKELY for role in _INTERLOPERS)
        found[index] = text if not interloper and text >= 0 else last
        last = index
        if not interloper:
            text = index
    return found
