"""The navigation document: the articles, where the reader may start, and the pages of the paper; and the old form of it.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.views import contents_title
from broadsheet_epub.files import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: What the list of the paper's pages is called.
_PAGES = {
    "zh": "版面", "zh-Hant": "版面", "ja": "紙面", "ko": "지면", "en": "Pages", "fr": "Pages", "de": "Seiten", "es": "Páginas", "ru": "Страницы", "ar": "الصفحات",
}
_COVER = {
    "zh": "封面", "zh-Hant": "封面", "ja": "表紙", "ko": "표지", "en": "Cover", "fr": "Couverture", "de": "Titelblatt", "es": "Cubierta", "ru": "Обложка", "ar": "الغلاف",
}

_NCX = """<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{language}">
<head><meta name="dtb:uid" content="{identifier}"/></head>
<docTitle><text>{title}</text></docTitle>
<navMap>
{points}</navMap>
</ncx>
"""


class Goal(NamedTuple):
    """One entry: an address, what it is called, and its language where it differs from the book's."""

    href: str
    title: str
    language: str = ""


def navigation(
    articles: Sequence[Goal], pages: Sequence[Goal], *, title: str, language: str, sheet: str, cover: str | None,
) -> bytes:
    """The navigation document.

    Args:
        articles: the chapters, in reading order; at least one.
        pages: where the paper's pages begin; the list is left out where there are none.
        title: the book's.
        language: BCP 47 tag of the book.
        sheet: the style sheet's file.
        cover: the cover page's file; null where there is none.
    """
    contents = contents_title(language)
    starts = [("cover", cover, _word(_COVER, language))] if cover else []
    starts += [("toc", "nav.xhtml#toc", contents), ("bodymatter", articles[0].href, articles[0].title)]
    landmarks = (f'<li><a epub:type="{kind}" href="{href}">{escape(name, quote=False)}</a></li>' for kind, href, name in starts)
    lines = [
        *_list("toc", "doc-toc", contents, map(_entry, articles)),
        *_list("landmarks", "", title, landmarks),
        *(_list("page-list", "doc-pagelist", _word(_PAGES, language), map(_entry, pages)) if pages else ()),
    ]
    return whole_file("\n".join(lines), title=title, language=language, sheet=sheet)


def old_navigation(articles: Sequence[Goal], *, title: str, language: str, identifier: str) -> bytes:
    """The articles once more, as an NCX, for readers of an older time.

    Args:
        articles: the chapters, in reading order.
        title: the book's.
        language: BCP 47 tag of the book.
        identifier: the book's, which must be the package's.
    """
    points = (
        f'<navPoint id="n{number}"><navLabel><text>{escape(each.title, quote=False)}</text></navLabel><content src="{escape(each.href)}"/></navPoint>\n'
        for number, each in enumerate(articles, 1)
    )
    return _NCX.format(language=language, identifier=escape(identifier), title=escape(title, quote=False), points="".join(points)).encode()


def cover_word(language: str) -> str:
    """What a cover is called in a language."""
    return _word(_COVER, language)


def _list(kind: str, role: str, name: str, entries: Iterable[str]) -> Iterator[str]:
    """One `nav`; all but the contents are for the reader's software, and hidden where the document is shown."""
    said = f' role="{role}"' if role else ""
    shown = "" if kind == "toc" else ' hidden=""'
    yield f'<nav epub:type="{kind}" id="{kind}"{said} aria-labelledby="{kind}-title"{shown}>'
    yield f'<h1 id="{kind}-title">{escape(name, quote=False)}</h1>'
    yield "<ol>"
    yield from entries
    yield "</ol>"
    yield "</nav>"


def _entry(goal: Goal) -> str:
    tongue = f' xml:lang="{goal.language}" lang="{goal.language}"' if goal.language else ""
    return f'<li><a href="{escape(goal.href)}"{tongue}>{escape(goal.title, quote=False)}</a></li>'


def _word(words: dict[str, str], language: str) -> str:
    parts = language.split("-")
    script = "-".join(parts[:2])
    return words.get(script) or words.get(parts[0].lower()) or words["en"]
