"""Turns the roles that a format cannot show into the nearest that it can, and says so."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.model import FURNITURE, MARKS, Article, Block, Code, Document, Role

if TYPE_CHECKING:
    from broadsheet.report import Report

#: The role that is nearest to each, to be followed until a rendered one is met; every way ends at `paragraph`.
NEAREST: dict[Role, Role] = {
    Role.KICKER: Role.SUBHEADLINE,
    Role.COLUMN_LABEL: Role.KICKER,
    Role.HEADLINE: Role.HEADING,
    Role.SUBHEADLINE: Role.HEADING,
    Role.STANDFIRST: Role.PARAGRAPH,
    Role.BYLINE: Role.PARAGRAPH,
    Role.DATELINE: Role.PARAGRAPH,
    Role.EDITOR_NOTE: Role.PARAGRAPH,
    Role.HEADING: Role.PARAGRAPH,
    Role.LIST_ITEM: Role.PARAGRAPH,
    Role.QUESTION: Role.PARAGRAPH,
    Role.ANSWER: Role.PARAGRAPH,
    Role.VERSE: Role.QUOTE,
    Role.QUOTE: Role.PARAGRAPH,
    Role.TABLE: Role.VERSE,
    Role.CAPTION: Role.PARAGRAPH,
    Role.CREDIT: Role.CAPTION,
    Role.SIGN_OFF: Role.BYLINE,
    Role.JUMP: Role.PARAGRAPH,
    Role.END_MARK: Role.PARAGRAPH,
}


def nearest(role: Role, renders: frozenset[Role]) -> Role:
    """The role itself where it is rendered, else the nearest that is; `renders` must hold `paragraph`."""
    while role not in renders and role in NEAREST:
        role = NEAREST[role]
    return role


def degrade(document: Document, renders: frozenset[Role], *, format: str, report: Report) -> Document:  # noqa: A002 - the API's word
    """The document with only the roles that a writer claims.

    Blocks take the nearest role, marks that the format cannot show leave their text unmarked, and furniture that it
    does not print is left out; each is a `degraded-role` diagnostic with its count.

    Args:
        document: what is to be written.
        renders: the roles that the writer claims, `paragraph` among them.
        format: the format's name, for the diagnostics.
        report: where the diagnostics go.
    """
    if renders.issuperset(Role):
        return document
    changed: Counter[tuple[Role, Role]] = Counter()
    unmarked: Counter[Role] = Counter()

    def fit(block: Block) -> Block:
        role = nearest(block.role, renders)
        marks = tuple(mark for mark in block.marks if mark.role in renders or mark.role not in MARKS)
        if role is not block.role:
            changed[block.role, role] += 1
        unmarked.update(mark.role for mark in block.marks if mark not in marks)
        return block if role is block.role and len(marks) == len(block.marks) else replace(block, role=role, marks=marks)

    def fit_article(article: Article) -> Article:
        blocks = tuple(fit(block) for block in article.blocks)
        return article if blocks == article.blocks else replace(article, blocks=blocks)

    articles = tuple(fit_article(article) for article in document.articles)
    furniture = tuple(block for block in document.furniture if block.role in renders or block.role not in FURNITURE)
    for (was, now), count in changed.items():
        report.add(Code.DEGRADED_ROLE, f"{format} has no {was}: {count} written as {now}")
    for was, count in unmarked.items():
        report.add(Code.DEGRADED_ROLE, f"{format} does not mark a {was}: {count} written as plain text")
    left = Counter(block.role for block in document.furniture if block not in furniture)
    for was, count in left.items():
        report.add(Code.DEGRADED_ROLE, f"{format} does not print a {was}: {count} left out")
    if articles == document.articles and not left:
        return document
    return replace(document, articles=articles, furniture=furniture)
