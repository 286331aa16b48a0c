"""The contents: Word's own field, filled with the articles already, for readers that do not update fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.views import contents_title, label
from broadsheet.writers.docx.markup import Voice, links, paragraph
from broadsheet.writers.docx.styles import style_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.model import Article, Document
    from broadsheet.plugin import Style

_NAME_CHARS = 40
_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_GALLERY = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'


def bookmarks(articles: Sequence[Article]) -> list[str]:
    """A name for every article's bookmark, after its id: letters, digits and underscores, a letter first, 40 in all.

    Ids that would give two bookmarks one name, whatever their case, give way to numbers.
    """
    names = [_bookmark(article.id) for article in articles]
    once = len({name.lower() for name in names}) == len(names)
    return names if once else [f"article{number}" for number in range(1, len(names) + 1)]


def _bookmark(article_id: str) -> str:
    name = re.sub(r"\W", "_", article_id)
    return (name if name[:1].isalpha() else f"a_{name}")[:_NAME_CHARS]


def contents(document: Document, names: Sequence[str], styles: Mapping[Role, Style]) -> Iterator[str]:
    """A link to every article below a heading in the document's language; nothing where there is no article.

    Args:
        document: the articles.
        names: their bookmarks.
        styles: the theme's.

    The page numbers are Word's to fill in when it updates the field, for only Word knows its pages.
    """
    if not document.articles:
        return
    heading = paragraph(style_id("TOC Heading"), Voice(None, document, styles).runs(contents_title(document.language), Role.HEADLINE))
    last = len(document.articles) - 1
    entries = []
    for at, (article, name) in enumerate(zip(document.articles, names, strict=True)):
        voice = Voice(article, document, styles)
        entry = links(name, voice.runs(label(article), Role.PARAGRAPH))
        entries.append(paragraph(style_id("toc 1"), f"{_BEGIN if at == 0 else ''}{entry}{_END if at == last else ''}"))
    yield f'<w:sdt>{_GALLERY}<w:sdtContent>{heading}{"".join(entries)}</w:sdtContent></w:sdt>'
