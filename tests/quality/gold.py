"""Gold outlines as the scorer's gold: one page as a JSON object with its articles' blocks by role."""

from __future__ import annotations

import json
import pathlib
import sys
from typing import Any

from broadsheet.conversion import read
from broadsheet.languages import load_languages
from broadsheet.model import Article, Document, Role
from broadsheet.outline import from_outline
from broadsheet.parser import complete
from broadsheet.report import Report
from broadsheet.views import parts

_LISTS = {
    "subheadlines": Role.SUBHEADLINE, "sections": Role.HEADING, "paragraphs": Role.PARAGRAPH, "captions": Role.CAPTION,
    "credits": Role.CREDIT, "jumps": Role.JUMP,
}


def gold_document(page: pathlib.Path) -> Document:
    """The document that a page's gold outline describes, with the page's own offsets and its facts read off."""
    source = read(page)
    outline = page.with_suffix(".outline")
    document = from_outline(outline.read_text("utf-8"), where=outline.name, source=source)
    return complete(document, languages={language.code: language for language in load_languages()}, report=Report())


def gold_page(page: pathlib.Path) -> dict[str, Any]:
    """One page in the scorer's form."""
    document = gold_document(page)
    articles = [_gold_article(article) for article in document.articles]
    return {"id": page.stem, "kind": "page", "lang": document.language, "input": document.source.text, "articles": articles}


def _gold_article(article: Article) -> dict[str, Any]:
    texts = {role: [_text(block_or_mark, article) for block_or_mark in parts(article, role)] for role in Role}
    found: dict[str, Any] = {key: texts[role] for key, role in _LISTS.items()}
    # An article begins at its column label or jump line, too; the scorer knows kickers only.
    labelled = bool(article.blocks) and article.blocks[0].role in (Role.COLUMN_LABEL, Role.JUMP)
    found["kicker"] = texts[Role.KICKER] + ([article.blocks[0].text] if labelled else [])
    found["headline"] = texts[Role.HEADLINE] or None
    names = [name for part in parts(article, Role.BYLINE) for name in (part.names or (_text(part, article),))]
    found["byline"] = names
    for key, role in (("dateline", Role.DATELINE), ("sign_off", Role.SIGN_OFF)):
        part = next(parts(article, role), None)
        found[key] = None if part is None else {"raw": _text(part, article), "agency": part.agency, "place": part.place, "date": part.date}
    return found


def _text(part: Any, article: Article) -> str:
    if hasattr(part, "text"):
        return part.text
    block = next(block for block in article.blocks if part in block.marks)
    return block.text[part.start : part.end]


def main() -> None:
    """Print the gold of the pages named on the command line as JSON Lines."""
    for name in sys.argv[1:]:
        print(json.dumps(gold_page(pathlib.Path(name)), ensure_ascii=False))


if __name__ == "__main__":
    main()
