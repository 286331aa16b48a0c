"""What went wrong on a page, for a person to read: the role that was wanted, the one that came out, the first words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadsheet.evaluation.compare import Found
    from broadsheet.evaluation.folding import FoldedPage
    from broadsheet.model import Role

_ALIKE_CHARS = 6
ARTICLE = "article"


class Fault(Struct, frozen=True):
    """One error.

    Args:
        wanted: the role that the gold has; null where it has nothing there. `article` is an article's start.
        got: the role that the parser gave; null where it gave nothing of the kind.
        extent: `same`, `longer` (joined with more), `shorter` (in pieces) or `other` than the gold's text.
        words: the first words.
        place: the offset in the folded page, for order.
    """

    wanted: str | None
    got: str | None
    extent: str
    words: str
    place: int


# A role with a text, as the gold or the parse has it.
_Part = tuple[str, str]


def find_faults(
    page: FoldedPage, matched: Iterable[tuple[Role, Sequence[Found], Sequence[str]]], starts: tuple[Sequence[int], Sequence[int]],
) -> tuple[Fault, ...]:
    """Every error once, in the page's order: what is missing with what stands in its place, then what is too many.

    Args:
        page: the folded page.
        matched: for each role of each article what was found and what was wanted.
        starts: where articles begin, in the parse and in the gold.
    """
    gold: list[_Part] = []
    made: list[_Part] = []
    missed: list[_Part] = []
    extra: list[_Part] = []
    for role, found, wanted in matched:
        have, want = Counter(one.text for one in found), Counter(wanted)
        gold += [(str(role), text) for text in want.elements()]
        made += [(str(role), text) for text in have.elements()]
        missed += [(str(role), text) for text in (want - have).elements()]
        extra += [(str(role), text) for text in (have - want).elements()]
    faults = [*_starts(page, *starts), *_parts(page, (gold, made), missed, extra)]
    return tuple(sorted(faults, key=lambda fault: fault.place))


def _starts(page: FoldedPage, parsed: Sequence[int], gold: Sequence[int]) -> list[Fault]:
    missed, extra = Counter(gold) - Counter(parsed), Counter(parsed) - Counter(gold)
    return [
        *(Fault(ARTICLE, None, "other", page.words_at(at), at) for at in missed.elements()),
        *(Fault(None, ARTICLE, "other", page.words_at(at), at) for at in extra.elements()),
    ]


def _parts(page: FoldedPage, parts: tuple[list[_Part], list[_Part]], missed: list[_Part], extra: list[_Part]) -> list[Fault]:
    gold, made = parts
    faults: list[Fault] = []
    told: set[_Part] = set()
    for role, text in missed:
        got, extent = _counterpart(text, extra, made)
        told |= {got} if got else set()
        if got == (role, text):
            continue  # it is there, below an article's start that was missed or made up, which is told
        faults.append(_fault(page, role, got[0] if got else None, extent, text))
    for part in extra:
        if part in told:
            continue
        want, extent = _counterpart(part[1], missed, gold)
        if want not in missed:
            faults.append(_fault(page, want[0] if want else None, part[0], _REVERSE[extent], part[1]))
    return faults


_REVERSE = {"same": "same", "longer": "shorter", "shorter": "longer", "other": "other"}


def _fault(page: FoldedPage, wanted: str | None, got: str | None, extent: str, text: str) -> Fault:
    return Fault(wanted, got, extent, page.words_of(text), page.place_of(text))


def _counterpart(text: str, *others: Sequence[_Part]) -> tuple[_Part | None, str]:
    """What stands on the other side for a text: the same, one that holds it, one that it holds, one that begins alike."""
    for parts in others:
        same = next((part for part in parts if part[1] == text), None)
        if same:
            return same, "same"
    for parts in others:
        longer = next((part for part in parts if text in part[1]), None)
        if longer:
            return longer, "longer"
        shorter = next((part for part in parts if len(part[1]) >= _ALIKE_CHARS and part[1] in text), None)
        if shorter:
            return shorter, "shorter"
    alike = next((part for parts in others for part in parts if part[1][:_ALIKE_CHARS] == text[:_ALIKE_CHARS]), None)
    return alike, "other"
