"""What of an article's gold a parse has found, role by role; habits of other people's gold are forgiven."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet.evaluation.folding import fold, folded
from broadsheet.evaluation.gold import pieces
from broadsheet.model import TITLES, Block, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from broadsheet.model import Article

_ABOVE_TEXT = (*TITLES, Role.BYLINE, Role.JUMP, Role.EDITOR_NOTE)
_HEADING_CHARS = 40
_STOPS = "。！？!?.…"


class Item(Struct, frozen=True):
    """One parsed block or mark: its folded text and names, and the block's confidence; null on a mark."""

    role: Role
    text: str
    names: tuple[str, ...]
    confidence: float | None


class Found(Struct, frozen=True):
    """A text that counts as found, and the items that it was made of."""

    text: str
    items: tuple[Item, ...]


class Count(Struct, frozen=True):
    """How many were right, found and wanted."""

    hit: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.hit + other.hit, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        return self.hit / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what was wanted that was found; 1 where nothing was wanted."""
        return self.hit / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def count(found: Iterable[object], wanted: Iterable[object]) -> Count:
    """Found and wanted things as bags: what stands in both is right, as often as in both."""
    have, want = Counter(found), Counter(wanted)
    return Count((have & want).total(), have.total(), want.total())


def items_of(article: Article) -> list[Item]:
    """The article's blocks and the marks on them, in reading order; what has neither text nor names is left out."""
    return items_of_blocks(article.blocks)


def items_of_blocks(blocks: Iterable[Block]) -> list[Item]:
    """The same for blocks outside articles."""
    items = [
        Item(part.role, fold(text), tuple(fold(name) for name in part.names), part.confidence if isinstance(part, Block) else None)
        for block in blocks for part, text in pieces(block)
    ]
    return [item for item in items if item.text or item.names]


def found_of(role: Role, items: Sequence[Item], gold: Mapping[Role, Sequence[str]]) -> list[Found]:
    """What was found of a role in the items of an article, as the gold's habits have it.

    A title that the gold keeps in one piece may be parsed as kicker, headline and decks. A dateline that closes an
    article may be a sign-off, and a second one inside it is not held against the parse, where the gold knows the first
    alone. What the gold calls a paragraph may be of a role that it does not know.
    """
    if role is Role.HEADLINE and not {Role.KICKER, Role.SUBHEADLINE} <= set(gold):
        return _headlines(items, gold[role])
    if role is Role.DATELINE and not _all_known(gold):
        return _datelines(items, gold)
    if role is Role.PARAGRAPH:
        return _paragraphs(items, gold)
    if role is Role.BYLINE:
        return [Found(name, (item,)) for item in items if item.role is role for name in item.names or (item.text,)]
    if role is Role.SUBHEADLINE and Role.STANDFIRST not in gold:
        return _plain(items, (role, Role.STANDFIRST))
    return _plain(items, (role,))


def _all_known(gold: Mapping[Role, Sequence[str]]) -> bool:
    """Whether the gold is an outline, which says everything of a page."""
    return Role.RUN_IN in gold


def _plain(items: Iterable[Item], roles: Sequence[Role]) -> list[Found]:
    return [Found(folded(item.role, item.text), (item,)) for item in items if item.role in roles]


def _headlines(items: Sequence[Item], wanted: Sequence[str]) -> list[Found]:
    above = list(takewhile(lambda item: item.role in _ABOVE_TEXT, items))
    titles = [item for item in above if item.role in TITLES]
    runs = [titles[start:end] for start in range(len(titles)) for end in range(start + 1, len(titles) + 1)]
    joined = {"".join(item.text for item in run): tuple(run) for run in reversed(runs)}
    right = [Found(text, joined[text]) for text in wanted if text in joined]
    return (right or _plain(above, (Role.HEADLINE,))) + _plain(items[len(above) :], (Role.HEADLINE,))


def _datelines(items: Sequence[Item], gold: Mapping[Role, Sequence[str]]) -> list[Found]:
    wanted = gold[Role.DATELINE]
    found = _plain(items, (Role.DATELINE,))
    closing = [] if Role.SIGN_OFF in gold else _plain(items, (Role.SIGN_OFF,))
    by_text = {one.text: one for one in reversed(found + closing)}
    right = [by_text[text] for text in wanted if text in by_text]
    return right or (found[:1] if wanted else found)


def _paragraphs(items: Sequence[Item], gold: Mapping[Role, Sequence[str]]) -> list[Found]:
    wanted = set(gold[Role.PARAGRAPH])
    lent = (item for item in items if item.role is not Role.PARAGRAPH and item.role not in gold and item.text in wanted)
    short = [item for item in lent if item.role is not Role.HEADING or (len(item.text) <= _HEADING_CHARS and item.text[-1] not in _STOPS)]
    return [*_plain(items, (Role.PARAGRAPH,)), *(Found(item.text, (item,)) for item in short)]
