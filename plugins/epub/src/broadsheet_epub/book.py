"""The book that a document makes: a chapter an article, what leads to them, and what the book says of itself.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.model import Block, Code, Role
from broadsheet.views import contents_title, label, label_block, language_of, one_line, set_blocks, source_line
from broadsheet.writers.shared import NOT_XML, carried, furniture_shown, language_tag
from broadsheet.writers.xhtml import Surroundings, page_breaks, reading_direction
from broadsheet_epub import metadata
from broadsheet_epub.container import Book, Item
from broadsheet_epub.files import article_body, cover_body, whole_file
from broadsheet_epub.fonts import embedded_fonts
from broadsheet_epub.images import placed_pictures
from broadsheet_epub.metadata import printable
from broadsheet_epub.navigation import Goal, cover_word, navigation, old_navigation
from broadsheet_epub.sheets import book_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.model import Document
    from broadsheet.plugin import Context, Theme
    from broadsheet.report import Report
    from broadsheet.writers.xhtml import PageBreak, Picture
    from broadsheet_epub import EpubOptions
    from broadsheet_epub.fonts import Text
    from broadsheet_epub.metadata import Meta

_XHTML = "application/xhtml+xml"
#: The languages whose lines may run downwards, from right to left.
_VERTICAL = frozenset({"zh", "ja", "ko", "yue"})
#: The style sheets: lines across the page, and lines down.
_ACROSS, _DOWN = "style.css", "vertical.css"
_COVER = "cover.xhtml"


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


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all parts of the book have to know."""

    document: Document
    chapters: Sequence[_Chapter]
    options: EpubOptions
    theme: Theme

    @property
    def title(self) -> str:
        return metadata.title(self.document)

    @property
    def language(self) -> str:
        return language_tag(self.document.language)

    @property
    def identifier(self) -> str:
        return metadata.identifier(self.document.source.sha256)

    @property
    def runs_down(self) -> bool:
        return self.sheet(self.language) == _DOWN

    def sheet(self, language: str) -> str:
        """The style sheet of a file in a language, by how its lines run."""
        may = language.split("-", maxsplit=1)[0].lower() in _VERTICAL
        return _DOWN if may and self.options.direction == "vertical" else _ACROSS


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
    plan = _Plan(document, tuple(_chapters(document, furniture=furniture, sourced=theme.layout.source_line)), options, theme)
    if options.direction == "vertical" and not plan.runs_down:
        context.report.add(Code.DEGRADED_ROLE, f"the EPUB's lines stay horizontal: {plan.language} is not set vertically")
    pictures, images = placed_pictures(document, context.pictures, context.report)
    nav, ncx = _navigation(plan)
    body = [*_files(plan, pictures)]
    read = [nav, *body] if nav.reading == "yes" else [*body, nav]
    return Book(
        identifier=plan.identifier, title=plan.title, language=plan.language, when=context.when,
        direction="rtl" if plan.runs_down else reading_direction(plan.language), meta=tuple(_said(plan, pictures=bool(pictures))),
        items=(*_cover(plan), *read, *_look(plan, context.report), *images, ncx),
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


def _files(plan: _Plan, pictures: Mapping[str, Picture]) -> Iterator[Item]:
    """The chapters as files of the book."""
    links = {each.id: each.file for each in plan.chapters if each.id}
    for number, each in enumerate(plan.chapters, 1):
        sheet = plan.sheet(each.language)
        level = 1 if label_block(each.blocks) is not None else 0  # headings of an article that nothing names are the highest
        around = Surroundings(links, pictures, headline_level=level, epub=True, vertical=sheet == _DOWN)
        body = article_body(each.blocks, around, each.breaks, kind=each.kind, language=each.language, source=each.source)
        yield Item(f"c{number}", each.file, _XHTML, whole_file(body, title=each.title, language=each.language, sheet=sheet), "yes")


def _cover(plan: _Plan) -> Iterator[Item]:
    """The cover's page and its picture, where they are wanted."""
    if not plan.options.cover:
        return
    from broadsheet_epub.cover import draw_cover

    page = whole_file(cover_body("cover.png", plan.title), title=cover_word(plan.language), language=plan.language, sheet=_ACROSS)
    yield Item("cover", _COVER, _XHTML, page, "yes")
    yield Item("cover-image", "cover.png", "image/png", draw_cover(plan.document), properties=("cover-image",))


def _navigation(plan: _Plan) -> tuple[Item, Item]:
    """The navigation document, a page at the front where the theme wants it, and its old form."""
    goals = [Goal(each.file, each.title, "" if each.language == plan.language else each.language) for each in plan.chapters]
    pages = [Goal(f"{each.file}#{page.id}", printable(page.label)) for each in plan.chapters for page in each.breaks.values()]
    cover = _COVER if plan.options.cover else None
    nav = navigation(goals, pages, title=plan.title, language=plan.language, sheet=plan.sheet(plan.language), cover=cover)
    ncx = old_navigation(goals, title=plan.title, language=plan.language, identifier=plan.identifier)
    reading = "yes" if plan.theme.layout.contents == "front" else "no"
    return Item("nav", "nav.xhtml", _XHTML, nav, reading, ("nav",)), Item("ncx", "toc.ncx", "application/x-dtbncx+xml", ncx)


def _said(plan: _Plan, *, pictures: bool) -> Iterator[Meta]:
    """What the book says of itself."""
    others = dict.fromkeys(each.language for each in plan.chapters if each.language != plan.language)
    yield from metadata.describe(plan.document, others)
    pages = any(each.breaks for each in plan.chapters)
    yield from metadata.accessibility(plan.document, pictures=pictures, pages=pages, vertical=plan.runs_down)
    yield from metadata.old_readers(cover=plan.options.cover, vertical=plan.runs_down)


def _look(plan: _Plan, report: Report) -> Iterator[Item]:
    """The style sheets that files link to, and the fonts."""
    fonts, rules = embedded_fonts(_printed(plan), plan.language, plan.theme, report) if plan.options.fonts else ([], "")
    used = {_ACROSS} if plan.options.cover else set()
    used |= {plan.sheet(each) for each in (plan.language, *(chapter.language for chapter in plan.chapters))}
    for file in sorted(used):
        sheet = book_sheet(plan.theme, vertical=file == _DOWN) + rules
        yield Item(file.split(".", maxsplit=1)[0], file, "text/css", sheet.encode())
    yield from fonts


def _printed(plan: _Plan) -> Iterator[Text]:
    """All that the book prints, chapter by chapter, then the contents: the language, whether lines run downwards, the blocks."""
    for each in plan.chapters:
        source = Block(role=Role.RUNNING_HEAD, text=each.source, source=())
        yield each.language, plan.sheet(each.language) == _DOWN, (source, *each.blocks)
    titles = Block(role=Role.PARAGRAPH, text="".join([contents_title(plan.language), *(each.title for each in plan.chapters)]), source=())
    yield plan.language, plan.runs_down, (titles,)
