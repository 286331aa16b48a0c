"""The HTML writer: one semantic file that carries its style, its pictures and, as JSON-LD, its facts; no script runs in it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal, cast

from broadsheet.errors import UsageError
from broadsheet.model import TITLES, Role
from broadsheet.plugin import Context, Help, Writer
from broadsheet.views import contents_title, label, label_block, one_line, page_label, set_blocks, source_line
from broadsheet.writers.css import dark_sheet, style_sheet
from broadsheet.writers.linked_data import linked_data
from broadsheet.writers.shared import (
    NOT_HTML,
    REPLACEMENT,
    PrintedRole,
    brief_scale,
    carried,
    file_title,
    furniture_shown,
    is_brief,
    language_tag,
    picture_uri,
    without,
)
from broadsheet.writers.xhtml import (
    PageBreak,
    Picture,
    Surroundings,
    article_class,
    article_markup,
    machine_date,
    page_breaks,
    reading_direction,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.model import Article, Block, Document
    from broadsheet.plugin import Theme


@dataclass(frozen=True, slots=True)
class HtmlOptions:
    """What goes into the page besides the articles."""

    contents: Annotated[Literal["front", "none"], Help("Whether a page of several articles begins with a list of them.")] = "front"
    pictures: Annotated[Literal["embed", "none"], Help("Pictures inside the file where their bytes are at hand, or not at all.")] = "embed"
    furniture: Annotated[Literal["end", "none"], Help("Where mastheads, folios and the like go.")] = "end"
    leave_out: Annotated[tuple[PrintedRole, ...], Help("A role whose blocks are not printed.")] = ()


_FILE = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '{facts_hash}'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
<script type="application/ld+json">{facts}</script>
</head>
<body>
{body}</body>
</html>
"""

# What only a page on a screen or a printer needs, beyond the theme's roles. Lengths of print are the theme's points.
_STYLE = """@page {{ size: {page[width_pt]:g}pt {page[height_pt]:g}pt; \
margin: {page[margin_top_pt]:g}pt {page[margin_outer_pt]:g}pt {page[margin_bottom_pt]:g}pt {page[margin_inner_pt]:g}pt; }}
:root {{ color-scheme: light dark; font-size: max(100%, {body_pt:g}pt); }}
body {{ max-width: {measure_em:.3g}rem; margin: 0 auto; padding: 1.5rem 1rem; }}
body > header, body > footer, .source {{ font: 0.85rem/1.5 sans-serif; }}
body > header h1 {{ font-size: 1em; font-weight: bold; }}
.publication + .facts::before {{ content: "· "; }}
nav {{ font: 0.95rem/1.6 sans-serif; margin: 0.5rem 0 2rem; }}
nav ol {{ margin: 0; padding-inline-start: 1.5em; }}
main > * + *, body > footer {{ margin-top: 2rem; }}
.briefs > * + * {{ margin-top: 1rem; }}
header {{ break-inside: avoid; break-after: avoid; }}
"""
_RULED = """main > * + *, body > footer { border-top: 1px solid; padding-top: 0.5rem; }
.briefs > :not(:last-child) { border-bottom: 1px solid; padding-bottom: 1rem; }
"""
_NAMEPLATE = """body > header { text-align: center; border-bottom: 1px solid; padding-bottom: 0.3rem; margin-bottom: 1rem; }
.publication { display: block; font: bold 3rem/1.3 serif; }
.publication + .facts::before { content: none; }
"""
_LEAD = "main > article:first-child:not(:only-child) .headline {{ font-size: {size_em:.3g}em; }}\n"
_COLUMNS = """@media print, (min-width: 60rem) {{
  main > article, .briefs {{ columns: {columns} {column_em:.3g}rem; column-gap: {gutter_em:.3g}rem;{rule} }}
  {across} {{ column-span: all; }}
}}
"""
_BRIEF_TITLE = ".briefs .{role} {{ font-size: {size_em:.3g}em; }}\n"
_PRINT = "@media print {{ :root {{ font-size: {body_pt:g}pt; }} body {{ max-width: none; padding: 0; }} nav {{ display: none; }}{article} }}\n"


def write(document: Document, out: BinaryIO, options: HtmlOptions, context: Context) -> None:
    """Write the document as one UTF-8 file of HTML whose look follows the context's theme.

    Raises:
        UsageError: the context has no theme.
    """
    if context.theme is None:
        raise UsageError("the html writer needs a theme", todo="give one with --theme")
    document = without(carried(document, NOT_HTML, context.report), options.leave_out, "HTML", context.report)
    language = language_tag(document.language)
    links = {article.id: f"#article-{number}" for number, article in enumerate(document.articles, 1)}
    furnished = furniture_shown(document, options.furniture, "HTML", context.report)
    facts = linked_data(document, links)
    facts_hash = f"sha256-{b64encode(sha256(facts.encode()).digest()).decode()}"
    body = "".join(_body(document, options, context, links, furnished=furnished))
    text = _FILE.format(
        language=language, direction=reading_direction(language), title=_text(file_title(document)), style=page_style(context.theme),
        facts=facts, facts_hash=facts_hash, body=body,
    )
    out.write(NOT_HTML.sub(REPLACEMENT, text).encode())


HTML = Writer(
    name="html",
    summary="One HTML5 file with its style, pictures and schema.org facts inside.",
    suffix=".html",
    media_type="text/html",
    renders=frozenset(Role),
    write=write,
    options=HtmlOptions,
    text=True,
    visual=True,
)


def page_style(theme: Theme) -> str:
    """The theme as the page's style sheet: its roles, its measure and columns, and how it is printed.

    Args:
        theme: its lengths in points; on screens they are relative to the reader's own size, and never smaller than it.
    """
    body_pt, layout = theme.styles[Role.PARAGRAPH].size_pt, theme.layout
    sheets = [style_sheet(theme), _STYLE.format(page=theme.page, body_pt=body_pt, measure_em=_measure_pt(theme) / body_pt)]
    if layout.article_rule:
        sheets.append(_RULED)
    if layout.nameplate:
        sheets.append(_NAMEPLATE)
    if layout.lead_title_scale != 1:
        sheets.append(_LEAD.format(size_em=layout.lead_title_scale * theme.styles[Role.HEADLINE].size_pt / body_pt))
    if layout.columns > 1:
        across = [f"main > article .{role}" for role, style in theme.styles.items() if style.across]
        sheets.append(_COLUMNS.format(
            columns=layout.columns, column_em=0.9 * _column_pt(theme) / body_pt,  # a column may be a little wider: rounding must cost none
            gutter_em=layout.gutter_pt / body_pt,
            rule=" column-rule: 1px solid;" if layout.column_rule else "", across=", ".join(["main > article > header", *across]),
        ))
        sheets += [
            _BRIEF_TITLE.format(role=role, size_em=style.size_pt * brief_scale(theme, role) / body_pt)
            for role, style in theme.styles.items() if role in TITLES and layout.brief_lines
        ]
    apart = " article + article { break-before: page; border: 0; }" if layout.article_start == "page" else ""
    named = " body > header { display: none; }" if layout.source_line else ""  # each article says it of itself
    sheets += [dark_sheet(theme), _PRINT.format(body_pt=body_pt, article=apart + named)]
    return "".join(sheets)


def _measure_pt(theme: Theme) -> float:
    return theme.page["width_pt"] - theme.page["margin_inner_pt"] - theme.page["margin_outer_pt"]


def _column_pt(theme: Theme) -> float:
    return (_measure_pt(theme) - (theme.layout.columns - 1) * theme.layout.gutter_pt) / theme.layout.columns


def _body(document: Document, options: HtmlOptions, context: Context, links: Mapping[str, str], *, furnished: bool) -> Iterator[str]:
    """The page's own head, the list of its articles, the articles, and the furniture at its foot."""
    blocks = [set_blocks(article) for article in document.articles]
    alone = len(blocks) == 1 and label_block(blocks[0]) is not None
    yield from () if alone else _page_head(document)
    if options.contents == "front" and len(blocks) > 1:
        yield from _contents(document, links, contents_title(document.language))
    yield "<main>\n"
    pictures = dict(_pictures(document, context)) if options.pictures == "embed" else {}
    for brief, run in groupby(_articles(document, blocks, context, links, pictures, alone=alone), key=itemgetter(0)):
        set_articles = [markup for _, markup in run]
        shared = brief and len(set_articles) > 1
        yield from ('<div class="briefs">\n', *set_articles, "</div>\n") if shared else set_articles
    yield "</main>\n"
    if furnished and document.furniture:
        yield f"<footer>\n{_html(document.furniture, Surroundings(links=links, pictures={}), {})}</footer>\n"


def _articles(
    document: Document, blocks: Sequence[Sequence[Block]], context: Context, links: Mapping[str, str], pictures: Mapping[str, Picture], *, alone: bool,
) -> Iterator[tuple[bool, str]]:
    """Every article, and whether it is a brief, which shares the columns of those beside it."""
    theme = cast("Theme", context.theme)
    column_pt = _column_pt(theme)
    for number, (article, own, breaks) in enumerate(zip(document.articles, blocks, page_breaks(blocks, document.issue.page), strict=True), 1):
        # Where nothing names the article, its section headings take the level of a headline.
        around = Surroundings(links=links, pictures=pictures, headline_level=1 if alone or label_block(own) is None else 2)
        printed = source_line(document, article) if alone or theme.layout.source_line else ""
        source = f'<p class="source">{_text(printed)}</p>\n' if printed else ""
        markup = f"{_opening(document, article, number)}{source}{_html(own, around, breaks)}</article>\n"
        yield is_brief(own, theme, column_pt, pictures), markup


def _opening(document: Document, article: Article, number: int) -> str:
    """The article's tag, with its language where it differs."""
    language = language_tag(article.language or document.language)
    own = f' lang="{language}" dir="{reading_direction(language)}"' if language != language_tag(document.language) else ""
    return f'<article id="article-{number}" class="{article_class(article.kind, language)}"{own}>\n'


def _page_head(document: Document) -> Iterator[str]:
    """What the page is: what it prints of the paper, else the file's name."""
    issue = document.issue
    day = machine_date(issue.date)
    date = f'<time datetime="{day}" dir="ltr">{day}</time>' if day else _text(issue.date or "")
    printed = {
        "publication": _text(issue.publication or ""),
        "facts": " · ".join(part for part in (date, _text(issue.section or ""), _text(page_label(issue.page, document.language) or "")) if part),
    }
    name = document.source.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    shown = " ".join(f'<span class="{kind}">{markup}</span>' for kind, markup in printed.items() if markup)
    yield f"<header>\n<h1>{shown or _text(name) or 'Broadsheet'}</h1>\n</header>\n"


def _contents(document: Document, links: Mapping[str, str], title: str) -> Iterator[str]:
    yield f'<nav aria-label="{_text(title)}">\n<ol>\n'
    for article in document.articles:
        yield f'<li><a href="{links[article.id]}">{_text(label(article)) or article.kind}</a></li>\n'
    yield "</ol>\n</nav>\n"


def _html(blocks: Sequence[Block], around: Surroundings, breaks: Mapping[int, PageBreak]) -> str:
    """The shared markup as HTML writes it: what is empty isn't closed. Texts hold no `/>`, for their `>` is escaped."""
    return article_markup(blocks, around, breaks).replace("/>", ">")


def _pictures(document: Document, context: Context) -> Iterator[tuple[str, Picture]]:
    for key, asset in document.assets.items():
        uri = picture_uri(asset, context.pictures[key]) if key in context.pictures else None
        if uri:
            yield key, Picture(uri, asset.width_px, asset.height_px)


def _text(text: str) -> str:
    return escape(one_line(text))
