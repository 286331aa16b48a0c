"""The XHTML files of the book: an article, the cover, and the frame that all have in common.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from broadsheet.model import Kind
from broadsheet.writers.xhtml import article_class, article_markup, reading_direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.model import Block
    from broadsheet.writers.xhtml import PageBreak, Surroundings

_FILE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="{language}" lang="{language}" dir="{direction}">
<head>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="{sheet}"/>
</head>
<body>
{body}
</body>
</html>
"""


#: What is no article, or an article with a word of its own in DPUB-ARIA, which only sections may carry.
_SECTIONS = {"furniture": "", str(Kind.CORRECTION): ' role="doc-errata"'}


def whole_file(body: str, *, title: str, language: str, sheet: str) -> bytes:
    """A whole file around what stands in its body.

    Args:
        body: well-formed markup.
        title: what the file is called; it is not printed in the text.
        language: BCP 47 tag.
        sheet: the style sheet's file.
    """
    return _FILE.format(
        language=language, direction=reading_direction(language), title=escape(title, quote=False), sheet=sheet, body=body,
    ).encode()


def article_body(blocks: Sequence[Block], around: Surroundings, breaks: Mapping[int, PageBreak], *, kind: str, language: str, source: str) -> str:
    """One article.

    Args:
        blocks: as `views.set_blocks` gives them, holding only what XML can carry.
        around: links, pictures and heading level.
        breaks: position among the blocks to the page that begins there.
        kind: the article's kind, for its class, which must be no role's: verse and index are both.
        language: BCP 47 tag.
        source: where it was printed, as press cuttings say it; empty where the theme does not want it.
    """
    name = "section" if kind in _SECTIONS else "article"
    line = f'<p class="running_head">{escape(source, quote=False)}</p>\n' if source else ""
    return f'<{name} class="{article_class(kind, language)}"{_SECTIONS.get(kind, "")}>\n{line}{article_markup(blocks, around, breaks)}</{name}>'


def cover_body(image: str, said: str) -> str:
    """The cover page.

    Args:
        image: the picture's file.
        said: what stands on it.
    """
    return f'<section epub:type="cover" class="cover">\n<img role="doc-cover" src="{image}" alt="{escape(said)}"/>\n</section>'
