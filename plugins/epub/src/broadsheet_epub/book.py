"""The book that a document makes: a chapter an article, what leads to them, and what the book says of itself.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.model import Block, Code, Role
from broadsheet.views import contents_title, label, label_block, language_of, one_line, set_blocks, source_line
from broadsheet.writers.shared import NOT_XML, carried, furniture_shown
from broadsheet.writers.xhtml import Surroundings, page_breaks, reading_direction
from broadsheet_epub import metadata
from broadsheet_epub.container import Book, Item
from broadsheet_epub.files import article_body, cover_body, whole_file
from broadsheet_epub.fonts import embedded_fonts
from broadsheet_epub.images import placed_pictures
from broadsheet_epub.metadata import language_tag, printable
from broadsheet_epub.navigation import Goal, cover_word, navigation
from broadsheet_epub.sheets import book_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.model import Document
    from broadsheet.plugin import Context, Theme
    from broadsheet.report import Report
    from broadsheet.writers.xhtml import PageBreak, Picture
    from broadsheet_epub import EpubOptions
    from broadsheet_epub.fonts import Text

_XHTML = "application/xhtml+xml"
#: The languages whose lines may run downwards, from right to left.
_VERTICAL = frozenset({"zh", "ja", "ko", "yue"})
#: The style sheets: lines across the page, and lines down.
_ACROSS, _DOWN = "style.css", "vertical.css"


@dataclass(frozen=True, slots=True)
class _Chapter:
    """One article, or the furniture, on its way into a file."""

    file: str
    id: str
    title: str
    language: str
    kind: str
    blocks: Sequence[Block]
    breaks: Mapping[int, PageBreak]
    source: str = ""


def make_book(document: Document, options: EpubOptions, theme: Theme, context: Context) -> Book:
    """Everything that goes into the container.

    Args:
        document: the page.
        options: what goes in besides the articles, and how lines run.
        theme: the look.
        context: gives the pictures and the date, and takes the report of what is left out.
    """
    document = carried(document, NOT_XML, context.report)
    furniture = furniture_shown(document, options.furniture, "EPUB", context.report)
    chapters = list(_chapters(document, furniture=furniture, sourced=theme.layout.source_line))
    language, title = language_tag(document.language), metadata.title(document)
    down = _runs_down(language, options, context.report)
    pictures, images = placed_pictures(document, context.pictures, context.report)
    goals = [Goal(each.file, each.title, "" if each.language == language else each.language) for each in chapters]
    pages = [Goal(f"{each.file}#{page.id}", printable(page.label)) for each in chapters for page in each.breaks.values()]
    front = _cover(document, title, language) if options.cover else []
    nav = navigation(goals, pages, title=title, language=language, sheet=_sheet(language, options), cover=front[0].file if front else None)
    listed = theme.layout.contents == "front"
    contents = Item("nav", "nav.xhtml", _XHTML, nav, "yes" if listed else "no", ("nav",))
    body = _files(chapters, pictures, options)
    return Book(
        identifier=metadata.identifier(document.source.sha256), title=title, language=language, when=context.when,
        direction="rtl" if down else reading_direction(language), contents=tuple((each.file, each.title) for each in chapters),
        meta=(
            *metadata.describe(document, dict.fromkeys(goal.language for goal in goals if goal.language)),
            *metadata.accessibility(document, pictures=bool(pictures), pages=bool(pages), vertical=down),
            *metadata.old_readers(cover=options.cover, vertical=down),
        ),
        items=(*front, *([contents, *body] if listed else [*body, contents]), *_look(chapters, language, options, context), *images),
    )


def _chapters(document: Document, *, furniture: bool, sourced: bool) -> Iterator[_Chapter]:
    """Every article, then the furniture; one empty chapter where there is neither, for a book needs one."""
    blocks = [set_blocks(article) for article in document.articles]
    for number, (article, own, breaks) in enumerate(zip(document.articles, blocks, page_breaks(blocks, document.issue.page), strict=True), 1):
        yield _Chapter(
            file=f"article-{number:04}.xhtml", id=article.id, title=printable(label(article), article.id), kind=str(article.kind),
            language=language_tag(language_of(document, article)), blocks=own, breaks=breaks,
            source=printable(source_line(document, article), "") if sourced else "",
        )
    rest = document.furniture if furniture else ()
    if rest or not blocks:
        title = printable(one_line(rest[0].text) if rest else "", metadata.title(document))
        yield _Chapter("furniture.xhtml", "", title, language_tag(document.language), "furniture", rest, {})


def _files(chapters: Sequence[_Chapter], pictures: Mapping[str, Picture], options: EpubOptions) -> Iterator[Item]:
    """The chapters as files of the book."""
    links = {each.id: each.file for each in chapters if each.id}
    for number, each in enumerate(chapters, 1):
        sheet = _sheet(each.language, options)
        level = 1 if label_block(each.blocks) is not None else 0  # headings of an article that nothing names are the highest
        around = Surroundings(links, pictures, headline_level=level, epub=True, vertical=sheet == _DOWN)
        body = article_body(each.blocks, around, each.breaks, kind=each.kind, source=each.source)
        yield Item(f"c{number}", each.file, _XHTML, whole_file(body, title=each.title, language=each.language, sheet=sheet), "yes")


def _cover(document: Document, title: str, language: str) -> list[Item]:
    """The cover's page and its picture."""
    from broadsheet_epub.cover import draw_cover

    page = whole_file(cover_body("cover.png", title), title=cover_word(language), language=language, sheet=_ACROSS)
    return [
        Item("cover", "cover.xhtml", _XHTML, page, "yes"),
        Item("cover-image", "cover.png", "image/png", draw_cover(document), properties=("cover-image",)),
    ]


def _look(chapters: Sequence[_Chapter], language: str, options: EpubOptions, context: Context) -> Iterator[Item]:
    """The style sheets that files link to, and the fonts."""
    assert context.theme is not None, "the writer has asked for it"
    fonts, rules = embedded_fonts(_printed(chapters, language, options), context.theme, context.report) if options.fonts else ([], "")
    used = {_ACROSS} if options.cover else set()
    used |= {_sheet(each, options) for each in (language, *(chapter.language for chapter in chapters))}
    for file in sorted(used):
        sheet = book_sheet(context.theme, vertical=file == _DOWN) + rules
        yield Item(file.split(".", maxsplit=1)[0], file, "text/css", sheet.encode())
    yield from fonts


def _printed(chapters: Sequence[_Chapter], language: str, options: EpubOptions) -> Iterator[Text]:
    """All that the book prints, chapter by chapter, then the contents: the language, whether lines run downwards, the blocks."""
    for each in chapters:
        source = Block(role=Role.RUNNING_HEAD, text=each.source, source=())
        yield each.language, _sheet(each.language, options) == _DOWN, (source, *each.blocks)
    titles = Block(role=Role.PARAGRAPH, text="".join([contents_title(language), *(each.title for each in chapters)]), source=())
    yield language, _sheet(language, options) == _DOWN, (titles,)


def _sheet(language: str, options: EpubOptions) -> str:
    """The style sheet of a file, by how its lines run."""
    may = language.split("-", maxsplit=1)[0].lower() in _VERTICAL
    return _DOWN if may and options.direction == "vertical" else _ACROSS


def _runs_down(language: str, options: EpubOptions, report: Report) -> bool:
    """Whether the book's lines run downwards; where they cannot, as its language is not set so, that is said."""
    down = _sheet(language, options) == _DOWN
    if options.direction == "vertical" and not down:
        report.add(Code.DEGRADED_ROLE, f"the EPUB's lines stay horizontal: {language} is not set vertically")
    return down
