"""What a person says of a page: its articles with their parts by role, from an outline or from a line of JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from broadsheet.evaluation.folding import FoldedPage, fold, folded
from broadsheet.model import BLOCKS, FURNITURE, MARKS, Block, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from broadsheet.model import Article, Document, Mark

#: The keys of an article in JSON Lines gold, and the roles that they speak of.
KEYS = {
    "kicker": Role.KICKER, "headline": Role.HEADLINE, "subheadlines": Role.SUBHEADLINE, "byline": Role.BYLINE, "dateline": Role.DATELINE,
    "sections": Role.HEADING, "paragraphs": Role.PARAGRAPH, "captions": Role.CAPTION, "credits": Role.CREDIT, "sign_off": Role.SIGN_OFF,
    "jumps": Role.JUMP,
}
#: What a dateline or a sign-off says beyond its text.
FACTS = ("agency", "place", "date")
_DATED = (Role.DATELINE, Role.SIGN_OFF)
_AFTER_CHARS = 20
Parts = dict[Role, tuple[str, ...]]


class GoldArticle(Struct, frozen=True):
    """One article as the gold has it.

    Args:
        start: the offset of its first character in the page's folded text.
        parts: folded texts by role; of a role that is absent nothing is known, and it is not scored. Bylines are names.
        facts: what the first dateline and the first sign-off say, where the gold knows it.
    """

    start: int
    parts: Mapping[Role, tuple[str, ...]]
    facts: Mapping[Role, Mapping[str, str]]


class GoldPage(Struct, frozen=True):
    """One page as the gold has it.

    Args:
        name: what it is called in tables.
        page: its text, folded.
        whole: whether it is a page of articles, so that their starts are scored; a lone article need not be.
        articles: in reading order.
        furniture: folded texts outside the articles by role; of a role that is absent nothing is known.
        blocks: the lines of each block that could be placed.
    """

    name: str
    page: FoldedPage
    whole: bool
    articles: tuple[GoldArticle, ...]
    furniture: Mapping[Role, tuple[str, ...]]
    blocks: tuple[Sequence[int], ...]


def from_document(name: str, document: Document) -> GoldPage:
    """The gold that a person's outline gives, placed on its page and with its facts read off: every role is known."""
    page = FoldedPage(document.source.text or "")
    articles = tuple(
        GoldArticle(page.at(article.blocks[0].source[0][0]), _article_parts(article), _facts(article)) for article in document.articles
    )
    furniture = {role: tuple(folded(role, block.text) for block in document.furniture if block.role is role) for role in FURNITURE}
    blocks = [*(block for article in document.articles for block in article.blocks), *document.furniture]
    return GoldPage(name, page, True, articles, furniture, tuple(page.lines_of(block.source) for block in blocks))  # noqa: FBT003


def from_json(row: Mapping[str, Any]) -> GoldPage:
    """The gold of one line of JSON: `id`, `input` and `articles` with the keys of `KEYS`.

    An absent key says that nothing is known of the role; null and an empty list say that there is none. What the page's
    text does not hold is not asked for.
    """
    page = FoldedPage(row["input"].removeprefix("\ufeff"))
    parts = [_json_parts(article, page.text) for article in row["articles"]]
    starts = _starts(page.text, parts)
    articles = tuple(
        GoldArticle(start, found, _json_facts(article)) for start, found, article in zip(starts, parts, row["articles"], strict=True)
    )
    whole = len(articles) > 1 or row.get("kind") == "page"
    return GoldPage(str(row["id"]), page, whole, articles, {}, tuple(_placed(page, articles)))


def pieces(block: Block) -> Iterator[tuple[Block | Mark, str]]:
    """A block and the marks on it, each with its text; a mark without length has the words that follow it."""
    yield block, block.text
    for mark in block.marks:
        yield mark, block.text[mark.start : mark.end] or block.text[mark.start : mark.start + _AFTER_CHARS]


def _article_parts(article: Article) -> Parts:
    found: dict[Role, list[str]] = {role: [] for role in BLOCKS | MARKS}
    for block in article.blocks:
        for part, text in pieces(block):
            names = part.names if part.role is Role.BYLINE else ()
            found[part.role] += [fold(name) for name in names] or [folded(part.role, text)]
    return {role: tuple(text for text in found[role] if text) for role in sorted(found)}


def _facts(article: Article) -> dict[Role, dict[str, str]]:
    parts = [part for block in article.blocks for part, _ in pieces(block)]
    first = {role: next((part for part in parts if part.role is role), None) for role in _DATED}
    return {role: {key: value for key in FACTS if (value := getattr(part, key))} for role, part in first.items() if part is not None}


def _json_parts(article: Mapping[str, Any], page: str) -> Parts:
    found = {role: [folded(role, text) for text in _texts(article[key])] for key, role in KEYS.items() if key in article}
    byline = article.get("byline")
    if isinstance(byline, dict) and byline.get("names"):
        found[Role.BYLINE] = [fold(name) for name in _texts(byline["names"])]
    others = {*found.get(Role.HEADING, ()), *found.get(Role.CAPTION, ())}
    return {
        role: tuple(text for text in texts if text and text in page and not (role is Role.PARAGRAPH and text in others))
        for role, texts in found.items()
    }


def _texts(value: object) -> list[str]:
    """A gold value as texts: a string, an object with `raw` or `text`, or a list of either."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return _texts(value.get("raw") or value.get("text"))
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else []


def _json_facts(article: Mapping[str, Any]) -> dict[Role, dict[str, str]]:
    dated = {role: article.get(str(role)) for role in _DATED}
    return {role: {key: str(value[key]) for key in FACTS if value.get(key)} for role, value in dated.items() if isinstance(value, dict)}


def _starts(page: str, articles: Iterable[Parts]) -> list[int]:
    """Where each article begins in the folded page: each is looked for after the end of the one before."""
    starts: list[int] = []
    at = 0
    for parts in articles:
        heads = [page.find(text, at) for role in (Role.KICKER, Role.HEADLINE) for text in parts.get(role, ())]
        start = min((place for place in heads if place >= 0), default=-1)
        end = max(start, at)
        for text in parts.get(Role.PARAGRAPH, ()):
            place = page.find(text, end)
            if place >= 0:
                start, end = (place if start < 0 else start), place + len(text)
        starts.append(start if start >= 0 else at)
        at = max(end, starts[-1] + 1)
    return starts


def _placed(page: FoldedPage, articles: Iterable[GoldArticle]) -> Iterator[list[int]]:
    """The lines of each whole block that the page holds in one piece."""
    for article in articles:
        at = article.start
        for role in (Role.KICKER, Role.HEADLINE, Role.SUBHEADLINE, Role.HEADING, Role.CAPTION, Role.PARAGRAPH):
            for text in article.parts.get(role, ()):
                place = page.text.find(text, at if role is Role.PARAGRAPH else article.start)
                if place >= 0:
                    yield page.lines_between(place, place + len(text))
                    at = place + len(text) if role is Role.PARAGRAPH else at
