"""One article as an XHTML file of the book.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from broadsheet.writers.xhtml import Surroundings, article_markup, reading_direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.model import Block
    from broadsheet.writers.xhtml import PageBreak

_FILE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="{language}" lang="{language}" dir="{direction}">
<head>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
<article class="{kind}">
{body}</article>
</body>
</html>
"""


def chapter(
    blocks: Sequence[Block], around: Surroundings, breaks: Mapping[int, PageBreak], *, title: str, language: str, kind: str
) -> bytes:
    """One article as an XHTML file.

    Args:
        blocks: as `views.set_blocks` gives them, holding only what XML can carry.
        around: links, pictures and heading level.
        breaks: position among the blocks to the page that begins there.
        title: what the file is called; it is not printed in the text.
        language: BCP 47 tag.
        kind: the article's kind, as a class.
    """
    return _FILE.format(
        language=language, direction=reading_direction(language), title=escape(title, quote=False), kind=kind,
        body=article_markup(blocks, around, breaks),
    ).encode()
