"""Articles as semantic markup, every class a role, that is XHTML and HTML5 at once; public: plugins may import it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.model import TITLES, Role
from broadsheet.views import inline_parts, label_block, one_line
from broadsheet.writers.shared import NOT_XML, REPLACEMENT, faithful_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from broadsheet.model import Block, Facts

_BREAKS = re.compile(r"\r\n|\n|\r")
_YEARLESS = re.compile(r"--(\d\d-\d\d)")
#: Numbers that stand among characters which have no case, and are no part of a longer one or of a character reference.
_NUMBER = re.compile(r"(?<![\w.,:/#&-])[0-9]{1,4}(?![0-9A-Za-z.,:/;-])", re.ASCII)
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
#: A clause of a title: what quotation marks or brackets hold, or what stands between them, spaces and stops; and the space behind it.
_CLAUSE = re.compile(
    r"([—…]*(?:“[^”]+”|‘[^’]+’|《[^》]+》|〈[^〉]+〉|「[^」]+」|『[^』]+』|（[^）]+）|【[^】]+】|〔[^〕]+〕|[^\s“‘《〈「『（【〔，。、：；！？—…]+)"
    r"[，。、：；！？—…”’》〉」』）】〕]*)(\s*)",
)
_SHORTEST_CLAUSE = 2
#: What is longer is no title whose lines anybody looks at, and might take long to look through.
_LONGEST_TITLE = 200
#: The roles whose lines end where their text pauses, where they can.
_PAUSING = frozenset({Role.KICKER, Role.HEADLINE, Role.SUBHEADLINE, Role.HEADING})
_HEADER = frozenset({*TITLES, Role.BYLINE, Role.DATELINE})
_DEEPEST_HEADING = 6
#: Roles that have a word in DPUB-ARIA 1.1 or ARIA; the others have only their class, for none fits them.
_ARIA = {Role.SUBHEADLINE: "doc-subtitle", Role.CREDIT: "doc-credit", Role.EDITOR_NOTE: "note"}
#: The element around a run of blocks, and how it opens.
_AROUND = {Role.LIST_ITEM: "ul", Role.QUESTION: "div", Role.ANSWER: "div", Role.CAPTION: "figure", Role.QUOTE: "blockquote"}
_OPENED = {"header": "<header>", "ul": "<ul>", "div": '<div role="doc-qna">', "blockquote": "<blockquote>"}
_SET_AS = {"zh": "", "yue": "", "ja": "", "und": "", "ko": " worded"}
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "ckb", "dv"})


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the format holds it: its address (a file's name or a `data:` URI) and its size in pixels."""

    src: str
    width_px: int
    height_px: int


class PageBreak(NamedTuple):
    """Where a page of the paper begins: an id that is unique in the document, and what the page is called."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an article's markup has to know of the file that it goes into.

    Args:
        links: article id to its address, for the jumps between halves.
        pictures: the pictures at hand, by the sha256 that captions name.
        headline_level: the heading level of a headline; section headings are below it.
        epub: mark page breaks with `epub:type` as well, whose namespace the file declares.
        vertical: lines run downwards: short numbers get a class, `abreast` or `upright`, so that a style sheet may set them so.
    """

    links: Mapping[str, str]
    pictures: Mapping[str, Picture]
    headline_level: int = 1
    epub: bool = False
    vertical: bool = False


def article_markup(blocks: Sequence[Block], around: Surroundings, breaks: Mapping[int, PageBreak]) -> str:
    """What stands inside the `<article>`: a header, headings, paragraphs, figures, lists and tables, a line each.

    Args:
        blocks: as `views.set_blocks` gives them, holding only what the format can carry.
        around: the links, pictures and heading level.
        breaks: position among the blocks to the page that begins there.
    """
    label = label_block(blocks)
    tags = _tags(blocks, label, around.headline_level)
    lines: list[str] = []
    shown: set[str | None] = set()
    for name, run in _groups(blocks, _header_size(blocks, label)):
        first = blocks[run[0]]
        picture = _image(first, around.pictures) if name == "figure" and first.image not in shown else ""
        shown.add(first.image)
        inside = [_block(blocks[at], tags[at], around, breaks.get(at), close=name == "header" and at > run[0]) for at in run]
        lines += _group(name, inside, picture)
    return "\n".join(lines) + "\n"


def article_class(kind: str, language: str) -> str:
    """The class of an article's element: its kind, and how its language is set.

    Args:
        kind: the article's.
        language: a BCP 47 tag. Text that is not set in squares is `lettered`: it is indented by half as much. Korean is `worded`: its
            titles end their lines between words.
    """
    set_as = _SET_AS.get(language.split("-", maxsplit=1)[0].lower(), " lettered")
    return f"kind-{kind}{set_as}"


def page_breaks(articles: Iterable[Sequence[Block]], printed: str | None = None) -> list[dict[int, PageBreak]]:
    """Where each page begins, article by article: at the first block that stands on it, in reading order.

    Args:
        articles: the blocks of every article, as `views.set_blocks` gives them.
        printed: what the paper calls the first page of the source (`Issue.page`; see `views.printed_page`).
    """
    articles, printed = list(articles), one_line(printed or "")
    seen: set[str] = set()
    found = []
    for blocks in articles:
        own: dict[int, PageBreak] = {}
        for at, block in enumerate(blocks):
            page = one_line(block.page or "")
            if page and page not in seen and block.role is not Role.JUMP:  # a jump names another page
                seen.add(page)
                own[at] = PageBreak(f"page-{len(seen)}", printed if printed and page == "1" else page)
        found.append(own)
    first = next((at for at, blocks in enumerate(articles) if blocks), None)
    if printed and not seen and first is not None:
        found[first][0] = PageBreak("page-1", printed)
    return found


def reading_direction(language: str | None) -> str:
    """`rtl` for languages written from right to left, else `ltr`: the value of `dir`."""
    return "rtl" if (language or "").split("-", maxsplit=1)[0].lower() in _RIGHT_TO_LEFT else "ltr"


def machine_date(iso: str | None) -> str | None:
    """A `date_iso` as HTML's `time` understands it (a date, or `06-03` without its year); null for a day that never was."""
    if not iso:
        return None
    yearless = _YEARLESS.fullmatch(iso)
    try:
        date.fromisoformat(f"2000-{yearless[1]}" if yearless else iso)  # 2000 had a 29 February
    except ValueError:
        return None
    return yearless[1] if yearless else iso  # HTML allows the dashes before it, its checkers don't


def _header_size(blocks: Sequence[Block], label: int | None) -> int:
    """How many blocks at the head only present the article: titles, byline, and the line that labels it."""
    return next((at for at, block in enumerate(blocks) if block.role not in _HEADER and at != label), len(blocks))


def _groups(blocks: Sequence[Block], header: int) -> Iterator[tuple[str, list[int]]]:
    """Runs of blocks that belong into one element, with its name; empty for a block that stands alone."""
    name, run = "", list[int]()
    for at, block in enumerate(blocks):
        credited = block.role is Role.CREDIT and name == "figure"
        own = "header" if at < header else "figure" if credited else _AROUND.get(block.role, "")
        if run and (own != name or not own or block.role is Role.CAPTION):
            yield name, run
            run = []
        name = own
        run.append(at)
    if run:
        yield name, run


def _tags(blocks: Sequence[Block], label: int | None, level: int) -> list[str]:
    """Each block's element; a section heading is at most one level below the one before, as its readers expect."""
    tags, above = [], 0
    for at, block in enumerate(blocks):
        if at == label or block.role is Role.HEADLINE:
            above = 0
            tags.append(f"h{level}")
        elif block.role is Role.HEADING:
            above = min(max(block.level or 1, 1), above + 1)
            tags.append(f"h{min(level + above, _DEEPEST_HEADING)}")
        else:
            tags.append("li" if block.role is Role.LIST_ITEM else "p")
    return tags


def _group(name: str, inside: Sequence[str], picture: str) -> Iterator[str]:
    """The lines of one run, with the element around it."""
    if name == "figure":
        yield from ("<figure>", *([picture] if picture else ()), "<figcaption>", *inside, "</figcaption>", "</figure>")
    elif name:
        yield from (_OPENED[name], *inside, f"</{name}>")
    else:
        yield from inside


def _block(block: Block, tag: str, around: Surroundings, page: PageBreak | None, *, close: bool) -> str:
    """One block, after the break of the page that begins with it (inside it in a list, which holds nothing but items)."""
    begins = _page(page, epub=around.epub) if page else ""
    rows = faithful_rows(block)
    if rows:
        return f"{begins}{_table(rows, around)}"
    kind = f"{block.role} lead" if block.lead else str(block.role)
    if block.marks and any(mark.role is Role.CONTINUED for mark in block.marks):
        kind += " resumed"
    if close:
        kind += " close"
    role = f' role="{_ARIA[block.role]}"' if block.role in _ARIA else ""
    inside = _inside(block, around)
    if tag == "li":
        begins, inside = "", begins + inside
    return f'{begins}<{tag} class="{kind}"{role}>{inside}</{tag}>'


def _inside(block: Block, around: Surroundings) -> str:
    """The block's text, its marks as spans that carry their role, its jumps as links to the other half."""
    goal = block.article if block.role is Role.JUMP else None
    if not block.marks:
        if block.role in _PAUSING and (clauses := _clauses(block.text)):
            return "".join(f'<span class="clause">{_text(clause, around)}</span>{_text(space, around)}' for clause, space in clauses)
        return _linked(_dated(block.text, block, around), goal, around, "")
    return "".join(
        _linked(_dated(text, mark, around), mark.article, around, f"mark {mark.role}") if mark else _linked(_text(text, around), goal, around, "")
        for text, mark in inline_parts(block)
    )


def _clauses(title: str) -> list[tuple[str, str]]:
    """Where a Chinese or Japanese title pauses: its clauses, each with the space behind it; empty where there are not two."""
    if len(title) > _LONGEST_TITLE or not _WIDE.search(title) or not (found := [(match[1], match[2]) for match in _CLAUSE.finditer(title)]):
        return []
    clauses: list[tuple[str, str]] = []
    for clause, space in found:
        if clauses and not clauses[-1][1] and len(clause) <= _SHORTEST_CLAUSE:
            clause = clauses.pop()[0] + clause  # noqa: PLW2901 - what is so short doesn't stand alone
        clauses.append((clause, space))
    return clauses if len(clauses) > 1 and "".join(map("".join, clauses)) == title else []


def _linked(markup: str, goal: str | None, around: Surroundings, kind: str) -> str:
    """Markup in a link or a span where it needs one."""
    href = around.links.get(goal) if goal else None
    if not kind and not href:
        return markup
    named = f' class="{kind}"' if kind else ""
    return f'<a{named} href="{escape(href)}">{markup}</a>' if href else f"<span{named}>{markup}</span>"


def _dated(text: str, facts: Facts, around: Surroundings) -> str:
    """Text whose printed date says which day it means."""
    day, printed = machine_date(facts.date_iso), facts.date
    if not day or not printed or printed not in text:
        return _text(text, around)
    before, after = text.split(printed, 1)
    return f'{_text(before, around)}<time datetime="{day}">{_text(printed, around)}</time>{_text(after, around)}'


def _text(text: str, around: Surroundings) -> str:
    broken = _BREAKS.sub("<br/>", escape(text, quote=False))
    return _NUMBER.sub(_turned, broken) if around.vertical else broken


def _turned(number: re.Match[str]) -> str:
    """A short number in a line that runs downwards: one or two digits side by side, a year digit below digit."""
    return f'<span class="{"abreast" if len(number[0]) < 3 else "upright"}">{number[0]}</span>'  # noqa: PLR2004


def _table(rows: Sequence[Sequence[str]], around: Surroundings) -> str:
    columns = max(len(row) for row in rows)
    lines = ("".join(f"<td>{_text(cell, around)}</td>" for cell in (*row, *[""] * (columns - len(row)))) for row in rows)
    return f'<table class="{Role.TABLE}">\n<tbody>\n' + "".join(f"<tr>{line}</tr>\n" for line in lines) + "</tbody>\n</table>"


def _page(page: PageBreak, *, epub: bool) -> str:
    kind = ' epub:type="pagebreak"' if epub else ""
    return f'<span id="{page.id}"{kind} role="doc-pagebreak" aria-label="{_attribute(page.label)}"></span>'


def _image(caption: Block, pictures: Mapping[str, Picture]) -> str:
    """The picture above its caption, which says what it shows; nothing where the picture is not at hand."""
    picture = pictures.get(caption.image or "")
    if picture is None:
        return ""
    known = picture.width_px > 0 and picture.height_px > 0
    size = f' width="{picture.width_px}" height="{picture.height_px}"' if known else ""
    return f'<img src="{_attribute(picture.src)}" alt="{_attribute(caption.text)}"{size}/>'


def _attribute(text: str) -> str:
    return escape(NOT_XML.sub(REPLACEMENT, one_line(text)))
