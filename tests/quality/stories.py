"""Stories to make pages of: those of our own pages, and of the outside corpora where they are at hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from corpora import corpora
from msgspec import Struct

from broadsheet.model import Article, Block, Role
from broadsheet.outline import from_outline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from broadsheet.evaluation.run import Case

#: Roles with their texts, in reading order.
Blocks = Sequence[tuple[Role, str]]
_OPENER = re.compile(r"央视网消息（新闻联播）：")
_EDGE = " \u3000.:：—–-,=、＝"
_RUN_IN = {Role.DATELINE, Role.BYLINE, Role.CREDIT, Role.SIGN_OFF, Role.JUMP, Role.END_MARK}
_BODY = {Role.STANDFIRST, Role.SUBHEADLINE, Role.HEADING, Role.PARAGRAPH, Role.QUESTION, Role.ANSWER, Role.LIST_ITEM, Role.VERSE, Role.TABLE}
_ABOVE = {Role.STANDFIRST, Role.SUBHEADLINE, Role.HEADING}
_CJK = 0x2E80
_PARTIAL = {Role.JUMP, Role.CONTINUED}


class Story(Struct, frozen=True):
    """One story without what its source puts around it: no kicker, byline, dateline, credit or sign-off.

    Args:
        source: the corpus that it comes from.
        headline: its title in one line.
        blocks: role and text of what stands below it, in reading order.
        authors: who wrote it, where the source says.
    """

    source: str
    headline: str
    blocks: tuple[tuple[Role, str], ...]
    authors: tuple[str, ...] = ()

    @property
    def misread(self) -> bool:
        """Whether it comes from one of our pages that look as character recognition left them."""
        return bool(re.search("ocr|sachsenpost", self.source))

    @property
    def news(self) -> bool:
        """Whether it reads as a report, which may open with a dateline: no list of names, notice or table."""
        first = self.paragraphs[0]
        opening = next(role for role, _ in self.blocks if role not in _ABOVE)
        titled, reported = (6, 25) if ord(first[0]) > _CJK else (14, 110)
        return opening is Role.PARAGRAPH and len(self.headline) >= titled and len(first) >= reported and first[-1] in '。！？”.!?"»“』」'

    @property
    def paragraphs(self) -> list[str]:
        return [text for role, text in self.blocks if role is Role.PARAGRAPH]


@cache
def stories(language: str) -> tuple[Story, ...]:
    """All stories of a language, each headline once, in a steady order."""
    found = {story.headline: story for story in _ours(language)}
    for story in _outside(language):
        found.setdefault(story.headline, story)
    return tuple(found.values())


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are stories of."""
    seeds = {name.removeprefix("seeds ") for name in corpora() if name.startswith("seeds ")}
    rows = {_language(case.row["lang"]) for case in corpora().get("web_fundus", [])}
    return tuple(sorted(seeds | rows))


_left_out: list[Callable[[Case], bool]] = []


@contextmanager
def leaving_out(left: Callable[[Case], bool]) -> Iterator[None]:
    """While this lasts, there are no stories of some pages."""
    _left_out.append(left)
    stories.cache_clear()
    try:
        yield
    finally:
        _left_out.pop()
        stories.cache_clear()


def _cases(name: str) -> list[Case]:
    return [case for case in corpora().get(name, []) if not any(left(case) for left in _left_out)]


def _ours(language: str) -> Iterator[Story]:
    for case in _cases(f"seeds {language}"):
        for article in from_outline(case.outline.read_text("utf-8")).articles:
            yield from _of_article(article, case.outline.stem)


def _of_article(article: Article, name: str) -> Iterator[Story]:
    headline = " ".join(block.text.replace("\n", " ") for block in article.blocks if block.role is Role.HEADLINE)
    partial = any(block.role in _PARTIAL or {mark.role for mark in block.marks} & _PARTIAL for block in article.blocks)
    blocks = tuple((block.role, text) for block in article.blocks if block.role in _BODY and (text := _bare(block)))
    if headline and not partial and any(role is Role.PARAGRAPH for role, _ in blocks):
        yield Story(name, headline, blocks)


def _bare(block: Block) -> str:
    """The block's text without the marks that run in at its edges."""
    start, end = 0, len(block.text)
    for mark in block.marks:
        if mark.role in _RUN_IN and not block.text[start : mark.start].strip(_EDGE):
            start = mark.end
    for mark in reversed(block.marks):
        if mark.role in _RUN_IN and not block.text[mark.end : end].strip():
            end = mark.start
    text = block.text[start:end]
    return (text.lstrip(_EDGE) if start else text).strip()


def _outside(language: str) -> Iterator[Story]:
    names = {"zh-Hans": ("zh_xwlb_pages", "web_fundus"), "en": ("en_reuters21578_pages", "web_fundus")}
    for name in names.get(language, ("web_fundus",)):
        for case in _cases(name):
            if _language(case.row["lang"]) == language:
                for article in case.row["articles"]:
                    yield from _of_row(article, name)


def _of_row(article: dict[str, Any], name: str) -> Iterator[Story]:
    raw = (article.get("dateline") or {}).get("raw") or ""
    sections = set(article.get("sections") or ())
    lead = [(Role.STANDFIRST, text) for text in article.get("lead") or ()]
    body = [(Role.HEADING if text in sections or _untitled(text, name) else Role.PARAGRAPH, _without(text, raw)) for text in article["paragraphs"]]
    authors = article.get("byline") or ()
    story = Story(name, article["headline"], tuple((role, text) for role, text in lead + body if text), tuple(authors if isinstance(authors, list) else ()))
    if name == "zh_xwlb_pages" and ("快讯" in story.headline or sum(role is Role.HEADING for role, _ in story.blocks) * 2 >= len(story.blocks) - 2 > 0):
        yield from _sections(story)
    elif story.paragraphs:
        yield story


def _untitled(text: str, name: str) -> bool:
    """Whether a paragraph of the news programme is the title of a short item that its gold took for text."""
    return name == "zh_xwlb_pages" and 6 <= len(text) <= 36 and text[-1] not in "。！？”）；："


def _without(text: str, opener: str) -> str:
    text = _OPENER.sub("", text)
    return text.removeprefix(opener).lstrip(_EDGE) if opener and text.startswith(opener) else text.strip()


def _sections(story: Story) -> Iterator[Story]:
    """The sections of a story as stories: what stands above the first heading, then each heading as a headline."""
    parts: list[list[tuple[Role, str]]] = [[(Role.HEADLINE, story.headline)]]
    for role, text in story.blocks:
        if role is Role.HEADING:
            parts.append([(Role.HEADLINE, text)])
        elif role is Role.PARAGRAPH:
            parts[-1].append((role, text))
    return (Story(story.source, part[0][1], tuple(part[1:]), story.authors) for part in parts if len(part) > 1 and "快讯" not in part[0][1])


def _language(code: str) -> str:
    return "zh-Hans" if code == "zh" else code
