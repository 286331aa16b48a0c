"""What a page says of its articles in the words of schema.org, as JSON-LD that is safe inside a script element."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from broadsheet.model import Block, Kind, Mark, Role
from broadsheet.views import byline_names, headline, one_line, printed_page
from broadsheet.writers.shared import NOT_HTML, REPLACEMENT, language_tag
from broadsheet.writers.xhtml import machine_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.model import Article, Document, Issue

#: What schema.org calls an article that is no plain news; the others are `NewsArticle`.
_TYPES = {Kind.EDITORIAL: "OpinionNewsArticle", Kind.ADVERTISEMENT: "AdvertiserContentArticle"}
#: What would end the script element, or begin a comment in it, wherever it stands in a JSON text.
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def linked_data(document: Document, links: Mapping[str, str]) -> str:
    """One object an article: what the page prints of it, and nothing that it doesn't.

    Args:
        document: the page.
        links: article id to its address in the file.
    """
    issue = _issue(document.issue)
    graph = [_article(document, article, issue, links[article.id]) for article in document.articles]
    text = dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return NOT_HTML.sub(REPLACEMENT, text).translate(_UNSAFE)


def _article(document: Document, article: Article, issue: dict[str, Any], address: str) -> dict[str, Any]:
    printed = document.issue
    return _known({
        "@type": _TYPES.get(article.kind, "NewsArticle"),
        "@id": address,
        "headline": headline(article),
        "alternativeHeadline": _first(article, Role.SUBHEADLINE),
        "abstract": _first(article, Role.STANDFIRST),
        "author": [{"@type": "Person", "name": name} for name in byline_names(article)],
        "dateline": _first(article, Role.DATELINE),
        "datePublished": machine_date(printed.date),
        "inLanguage": tag if (tag := language_tag(article.language or document.language)) != "und" else None,
        "isPartOf": issue,
        "pageStart": printed_page(document, article),
        "printSection": printed.section,
        "printEdition": printed.edition,
    })


def _issue(issue: Issue) -> dict[str, Any]:
    paper = {"@type": "Newspaper", "name": issue.publication} if issue.publication else None
    known = _known({"datePublished": machine_date(issue.date), "isPartOf": paper})
    return {"@type": "PublicationIssue", **known} if known else {}


def _first(article: Article, role: Role) -> str | None:
    """The text of the first block or mark of a role, in one line."""
    return next((one_line(text) for block in article.blocks for text in _texts(block, role)), None)


def _texts(block: Block, role: Role) -> list[str]:
    marks: list[Mark] = [mark for mark in block.marks if mark.role is role]
    return [block.text] if block.role is role else [block.text[mark.start : mark.end] for mark in marks]


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if value}
