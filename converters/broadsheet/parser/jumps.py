"""Jumped articles paired within a document: the head that goes on elsewhere with the tail that comes from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.model import Article, Block, Mark, Role
from broadsheet.views import headline, parts

if TYPE_CHECKING:
    from collections.abc import Sequence


def pair_jumps(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles with each jump naming the article that it was paired with.

    A tail belongs to the head whose headline or jump line shares its slug; without a slug, to the only head there is on
    another page.
    """
    heads = [(article, jump) for article in articles for jump in _jumps(article, "to")]
    tails = [(article, jump) for article in articles for jump in _jumps(article, "from")]
    paired: dict[str, dict[str, str]] = {}
    for tail, jump in tails:
        fitting = [head for head, other in heads if head.id != tail.id and _fits(head, other, tail, jump)]
        if len(fitting) == 1:
            paired.setdefault(tail.id, {})["from"] = fitting[0].id
            paired.setdefault(fitting[0].id, {})["to"] = tail.id
    return tuple(_linked(article, paired[article.id]) if article.id in paired else article for article in articles)


def _jumps(article: Article, direction: str) -> list[Block | Mark]:
    return [part for part in parts(article, Role.JUMP) if part.direction == direction]


def _fits(head: Article, to: Block | Mark, tail: Article, come: Block | Mark) -> bool:
    if come.slug and to.slug:
        return come.slug.casefold() == to.slug.casefold()
    slug = come.slug or to.slug
    if slug:
        return slug.casefold() in (headline(head) or "").casefold()
    return _page(head) != _page(tail)


def _page(article: Article) -> str | None:
    """The page that an article stands on; a jump line's own page is the one that it names."""
    return next((block.page for block in article.blocks if block.role is not Role.JUMP), None)


def _linked(article: Article, pairs: dict[str, str]) -> Article:
    return replace(article, blocks=tuple(_linked_block(block, pairs) for block in article.blocks))


def _linked_block(block: Block, pairs: dict[str, str]) -> Block:
    marks = tuple(replace(m, article=pairs[m.direction]) if m.role is Role.JUMP and m.direction in pairs else m for m in block.marks)
    if block.role is Role.JUMP and block.direction in pairs:
        return replace(block, marks=marks, article=pairs[block.direction])
    return replace(block, marks=marks) if marks != block.marks else block
