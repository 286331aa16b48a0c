"""Articles as semantic XHTML: a header, headings, paragraphs, figures, lists and tables, every class a role.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml.etree import Element, SubElement, tostring

from broadsheet.model import TITLES, Block, Mark, Role
from broadsheet.views import inline_parts, label_block
from broadsheet.writers.shared import faithful_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_XHTML = "http://www.w3.org/1999/xhtml"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BREAKS = re.compile(r"\r\n|\n|\r")
_HEADER = frozenset({*TITLES, Role.BYLINE, Role.DATELINE})
_DEEPEST_HEADING = 6


def chapter(blocks: Sequence[Block], *, title: str, language: str, direction: str, kind: str, links: Mapping[str, str]) -> bytes:
    """One article as an XHTML file.

    Args:
        blocks: as `views.set_blocks` gives them, holding only what XML can carry.
        title: what the file is called; it is not printed in the text.
        language: BCP 47 tag.
        direction: `ltr` or `rtl`.
        kind: the article's kind, as a class.
        links: article id to file name, for the jumps between halves.
    """
    root = Element("html", {_XML_LANG: language, "lang": language, "dir": direction}, nsmap={None: _XHTML})
    head = SubElement(root, "head")
    SubElement(head, "title").text = title
    SubElement(head, "link", rel="stylesheet", type="text/css", href="style.css")
    article = SubElement(SubElement(root, "body"), "article", {"class": kind})
    label = label_block(blocks)
    header_size = _header_size(blocks, label)
    if header_size:
        header = SubElement(article, "header")
        for at, block in enumerate(blocks[:header_size]):
            _set(header, block, links, title=at == label)
    for at, block in enumerate(blocks[header_size:], header_size):
        _set(article, block, links, title=at == label)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>"))


def _header_size(blocks: Sequence[Block], label: int | None) -> int:
    """How many blocks at the head only present the article: titles, byline, and the line that labels it."""
    return next((at for at, block in enumerate(blocks) if block.role not in _HEADER and at != label), len(blocks))


def _set(parent: Any, block: Block, links: Mapping[str, str], *, title: bool) -> None:
    rows = faithful_rows(block)
    if rows:
        _table(parent, rows)
        return
    element = _element(parent, block, title=title)
    element.set("class", str(block.role))
    goal = block.article if block.role is Role.JUMP else None
    for text, mark in inline_parts(block):
        _text(_inline(element, mark, mark.article if mark else goal, links), text)


def _element(parent: Any, block: Block, *, title: bool) -> Any:
    """The element that says what the block is."""
    role = block.role
    if title or role is Role.HEADLINE:
        return SubElement(parent, "h1")
    if role is Role.HEADING:
        return SubElement(parent, f"h{min(max(block.level or 1, 1) + 1, _DEEPEST_HEADING)}")
    if role is Role.CAPTION:
        return SubElement(SubElement(parent, "figure"), "figcaption")
    if role is Role.QUOTE:
        return SubElement(SubElement(parent, "blockquote"), "p")
    if role is Role.LIST_ITEM:
        is_list = len(parent) > 0 and parent[-1].tag == "ul"
        return SubElement(parent[-1] if is_list else SubElement(parent, "ul"), "li")
    return SubElement(parent, "p")


def _inline(element: Any, mark: Mark | None, goal: str | None, links: Mapping[str, str]) -> Any:
    """Where a piece of text goes: the block itself, a span that names its mark, or a link to the other half."""
    href = links.get(goal) if goal else None
    if mark is None and href is None:
        return element
    inner = SubElement(element, "a", href=href) if href else SubElement(element, "span")
    if mark:
        inner.set("class", f"mark {mark.role}")
    return inner


def _text(element: Any, text: str) -> None:
    first, *others = _BREAKS.split(text)
    _append(element, first)
    for line in others:
        SubElement(element, "br").tail = line


def _append(element: Any, text: str) -> None:
    """Put text behind all that the element already holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _table(parent: Any, rows: Sequence[Sequence[str]]) -> None:
    body = SubElement(SubElement(parent, "table", {"class": str(Role.TABLE)}), "tbody")
    columns = max(len(row) for row in rows)
    for row in rows:
        line = SubElement(body, "tr")
        for cell in (*row, *[""] * (columns - len(row))):
            _text(SubElement(line, "td"), cell)
