"""How an article is looked at: its label, its facts from blocks and marks alike, and its blocks as writers set them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.model import TITLES, Article, Block, Document, Mark, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.model import Issue

_LABEL_CHARS = 28
#: How a language names a page of a newspaper.
_PAGE_WORDS = {
    "zh": "第{}版", "ja": "{}面", "ko": "{}면", "en": "page {}", "fr": "page {}", "de": "Seite {}", "es": "página {}",
    "ru": "с. {}", "ar": "ص {}",
}
_CONTENTS = {
    "zh": "目录", "zh-Hant": "目錄", "ja": "目次", "ko": "차례", "fr": "Sommaire", "de": "Inhalt", "es": "Sumario", "ru": "Содержание",
    "ar": "المحتويات",
}
#: A page that is printed without its word: 3, A12, 三.
_BARE_PAGE = re.compile(r"[A-Z]?\d{1,4}|[一二三四五六七八九十]{1,3}")
_BLANKS = re.compile(r"\s+")


def parts(article: Article, role: Role) -> Iterator[Block | Mark]:
    """Every block and every mark of one role, in reading order: a dateline counts the same wherever it is printed."""
    for block in article.blocks:
        if block.role is role:
            yield block
        if block.marks:
            yield from (mark for mark in block.marks if mark.role is role)


def headline(article: Article) -> str | None:
    """The headline in one line, or null: a jumped article has none, and none is made up."""
    found = next((block for block in article.blocks if block.role is Role.HEADLINE), None)
    return one_line(found.text) if found else None


def byline_names(article: Article) -> tuple[str, ...]:
    """Who wrote it, each name once, in the order in which they are printed; bylines first, then the reporters that datelines name."""
    return tuple(dict.fromkeys(name for role in (Role.BYLINE, Role.DATELINE) for part in parts(article, role) for name in part.names))


def label(article: Article) -> str:
    """What an article is called in a list of contents: its headline, else its jump line, else its first words."""
    blocks = set_blocks(article)
    place = label_block(blocks)
    if place is not None:
        return one_line(blocks[place].text)
    words = one_line(blocks[0].text) if blocks else article.id
    return words if len(words) <= _LABEL_CHARS else words[:_LABEL_CHARS].rstrip() + "…"


def label_block(blocks: Sequence[Block]) -> int | None:
    """The position of the block that names the article, among its blocks as `set_blocks` gives them.

    Returns:
        The first headline, else the first title or jump line; null where only running text could name the article.
    """
    found = (i for i, block in enumerate(blocks) if block.role is Role.HEADLINE)
    fallback = (i for i, block in enumerate(blocks) if block.role in TITLES or block.role is Role.JUMP)
    return next(found, next(fallback, None))


def document_title(document: Document) -> str:
    """What the whole file is called: what the page prints of the paper, else its first headline, else the file's name."""
    issue = document.issue
    printed = [part for part in (issue.publication, issue.date, page_label(issue.page, document.language)) if part]
    if issue.publication and printed:
        return " ".join(printed)
    first = next((title for article in document.articles if (title := headline(article))), None)
    return first or document.source.name.rsplit("/", 1)[-1].rsplit(".", 1)[0] or "Broadsheet"


def contents_title(language: str | None) -> str:
    """What a list of contents is headed in a language; English where none is known."""
    tag = language or ""
    return _CONTENTS.get(tag[:7] if tag.startswith("zh-Hant") else tag.split("-")[0], "Contents")


def printed_page(document: Document, article: Article) -> str | None:
    """The page that an article was printed on; null where it is unknown.

    The first page of a source is the one whose number the issue gives; the source's own count stands for the others.
    """
    own = next((block.page for block in article.blocks if block.page and block.role is not Role.JUMP), None)
    return document.issue.page or own if own in {None, "1"} else own


def source_line(document: Document, article: Article) -> str:
    """Where an article was printed, as press cuttings say it: publication, date, page and section, what is known of them."""
    return issue_line(replace(document.issue, page=printed_page(document, article)), language_of(document, article))


def issue_line(issue: Issue, language: str | None) -> str:
    """What is known of an issue, on one line: publication, date, page and section."""
    return " · ".join(part for part in (issue.publication, issue.date, page_label(issue.page, language), issue.section) if part)


def page_label(page: str | None, language: str | None) -> str | None:
    """A page's number with the word that a language has for it, unless it is printed with one; null where there is none."""
    words = _PAGE_WORDS.get((language or "").split("-")[0], "p. {}")
    return words.format(page) if page and _BARE_PAGE.fullmatch(page) else page


def language_of(document: Document, article: Article) -> str | None:
    """The article's language: its own where it differs, else the document's."""
    return article.language or document.language


def set_blocks(article: Article) -> tuple[Block, ...]:
    """The article's blocks as a writer sets them.

    A jumped article has no headline; its jump line, where it runs in on the first paragraph, becomes a block of its
    own, so that the article is labelled by it and it is printed once.
    """
    blocks = article.blocks
    if not blocks or any(block.role is Role.HEADLINE for block in blocks):
        return blocks
    first = blocks[0]
    jump = next((mark for mark in first.marks if mark.role is Role.JUMP and mark.start == 0 and mark.direction == "from"), None)
    if jump is None or first.role is Role.JUMP or not first.text[jump.end :].strip():
        return blocks
    return (_lifted(first, jump), _without_head(first, jump), *blocks[1:])


def inline_parts(block: Block) -> list[tuple[str, Mark | None]]:
    """The block's text cut at its marks: pieces in order, each with the mark that covers it or null.

    Marks that lie inside another are passed over; the pieces joined are the text.
    """
    pieces: list[tuple[str, Mark | None]] = []
    at = 0
    for mark in sorted(block.marks, key=lambda mark: (mark.start, -mark.end)):
        if mark.start < at or mark.start == mark.end:
            continue
        if mark.start > at:
            pieces.append((block.text[at : mark.start], None))
        pieces.append((block.text[mark.start : mark.end], mark))
        at = mark.end
    if at < len(block.text):
        pieces.append((block.text[at:], None))
    return pieces


def one_line(text: str) -> str:
    """The text with every run of blanks and line ends as one space."""
    return _BLANKS.sub(" ", text).strip()


def _lifted(block: Block, mark: Mark) -> Block:
    return replace(
        block, role=Role.JUMP, text=block.text[: mark.end], marks=(), lead=False, page=mark.page,
        direction=mark.direction, slug=mark.slug, article=mark.article, source=block.source[:1], glue=(),
    )


def _without_head(block: Block, mark: Mark) -> Block:
    cut = mark.end + len(block.text[mark.end :]) - len(block.text[mark.end :].lstrip())
    kept = (m for m in block.marks if m is not mark and m.end >= cut)
    marks = tuple(replace(m, start=max(m.start - cut, 0), end=m.end - cut) for m in kept)
    return replace(block, text=block.text[cut:], marks=marks)
