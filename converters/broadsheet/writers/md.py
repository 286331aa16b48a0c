"""The Markdown writer: CommonMark behind a front matter, every character of the text as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from json import dumps
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal
from urllib.parse import quote

from broadsheet.model import Role
from broadsheet.plugin import Context, Help, Writer
from broadsheet.views import byline_names, label_block, one_line, set_blocks
from broadsheet.writers.shared import (
    NOT_HTML,
    REPLACEMENT,
    PrintedRole,
    carried,
    faithful_rows,
    file_title,
    furniture_shown,
    picture_uri,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.model import Block, Document


@dataclass(frozen=True, slots=True)
class MdOptions:
    """What goes into the Markdown besides the articles."""

    front_matter: Annotated[bool, Help("Begin with what is known of the page as YAML: title, publication, date, page, language.")] = True
    pictures: Annotated[
        Literal["link", "embed", "none"], Help("Pictures by their file's name, inside the file where their bytes are at hand, or not at all."),
    ] = "link"
    furniture: Annotated[Literal["end", "none"], Help("Where mastheads, folios and the like go.")] = "end"
    leave_out: Annotated[tuple[PrintedRole, ...], Help("A role whose blocks are not printed.")] = ()


_STRONG = frozenset({Role.KICKER, Role.COLUMN_LABEL, Role.SUBHEADLINE, Role.QUESTION})
_EMPHASIS = frozenset(
    {Role.STANDFIRST, Role.BYLINE, Role.DATELINE, Role.EDITOR_NOTE, Role.CAPTION, Role.CREDIT, Role.SIGN_OFF, Role.JUMP}
)
_ARTICLE_BREAK = "\n\n***\n\n"
_BREAKS = re.compile(r"\r\n|\n|\r")
_DEEPEST_HEADING = 6

# What Markdown reads as more than itself, anywhere in a line. Source: CommonMark 0.31.2, 6; `|` and `~` are GitHub's. An underscore
# inside a word and an ampersand that begins no reference stay bare, for GitHub takes a backslash into an address as it stands.
_ANYWHERE = re.compile(r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#[0-9xX]|[A-Za-z][A-Za-z0-9]{1,31};)")
# Where a backslash keeps the beginning of a line from making a block. Source: CommonMark 0.31.2, 4 and 5; `:-` begins the rule of a table.
_AT_START = re.compile(r"(?=>|[-+](?:[-:\s]|$)|=+$|#{1,6}(?:\s|$)|:-)|[0-9]{1,9}(?=[.)](?:\s|$))")

# What would close a heading and not be read. Source: CommonMark 0.31.2, 4.2.
_CLOSING = re.compile(r"(?:^|(?<=\s))#(?=#*$)")


def write(document: Document, out: BinaryIO, options: MdOptions, context: Context) -> None:
    """Write the document as UTF-8 Markdown with a final line end; nothing is printed for an empty document."""
    document = without(carried(document, NOT_HTML, context.report), options.leave_out, "Markdown", context.report)
    pictures = dict(_pictures(document, options, context))
    articles = ["\n\n".join(_article(set_blocks(article), pictures)) for article in document.articles]
    if furniture_shown(document, options.furniture, "Markdown", context.report):
        articles.append("\n\n".join(_block(block) for block in document.furniture if block.text.strip()))
    text = _ARTICLE_BREAK.join(article for article in articles if article)
    if text and options.front_matter:
        text = f"---\n{''.join(_front_matter(document))}---\n\n{text}"
    out.write(f"{text}\n".encode() if text else b"")


MD = Writer(
    name="md",
    summary="CommonMark with a front matter.",
    suffix=".md",
    media_type="text/markdown",
    renders=frozenset(Role),
    write=write,
    options=MdOptions,
    text=True,
)


def _front_matter(document: Document) -> Iterator[str]:
    """What is known of the page, a line each; texts are quoted, and YAML reads JSON's quoting."""
    issue = document.issue
    known = {
        "title": file_title(document), "publication": issue.publication, "date": issue.date, "page": issue.page,
        "section": issue.section, "edition": issue.edition, "language": document.language,
    }
    for key, value in known.items():
        if value:
            yield f"{key}: {_quoted(value)}\n"
    names = byline_names(document.articles[0]) if len(document.articles) == 1 else ()
    if names:
        yield f"author: [{', '.join(map(_quoted, names))}]\n"


def _quoted(text: str) -> str:
    return dumps(one_line(NOT_HTML.sub(REPLACEMENT, text)), ensure_ascii=False)


def _pictures(document: Document, options: MdOptions, context: Context) -> Iterator[tuple[str, str]]:
    """Where each picture is to be found: by its name, as no address of another machine, or as a data URI."""
    for sha256, asset in document.assets.items():
        if options.pictures == "link":
            yield sha256, quote(NOT_HTML.sub(REPLACEMENT, asset.name), safe="/")
        elif options.pictures == "embed" and sha256 in context.pictures and (uri := picture_uri(asset, context.pictures[sha256])):
            yield sha256, uri


def _article(blocks: Sequence[Block], pictures: Mapping[str, str]) -> Iterator[str]:
    """The article's blocks; items that follow each other are one list, a picture stands above the first caption that names it."""
    shown: set[str] = set()
    label = label_block(blocks)
    title = blocks[label] if label is not None else None
    for is_list, run in groupby((block for block in blocks if block.text.strip()), lambda block: block.role is Role.LIST_ITEM and block is not title):
        if is_list:
            yield "\n".join(_prefixed(_lines(block.text), "- ", "  ") for block in run)
            continue
        for block in run:
            picture = pictures.get(block.image or "")
            if picture and picture not in shown:
                shown.add(picture)
                yield f"![{_escaped(one_line(block.text))}]({picture})"
            yield _heading(block.text, 1) if block is title else _block(block)


def _block(block: Block) -> str:
    rows = faithful_rows(block)
    if rows:
        return _table(rows)
    if block.role in {Role.HEADLINE, Role.HEADING}:
        return _heading(block.text, min((block.level or 1) + 1, _DEEPEST_HEADING) if block.role is Role.HEADING else 1)
    lines = _lines(block.text)
    if block.role is Role.QUOTE:
        return _prefixed(lines, "> ", "> ")
    around = "**" if block.role in _STRONG else "*" if block.role in _EMPHASIS else ""
    return f"{around}{_prefixed(lines, '', '')}{around}"


def _heading(text: str, level: int) -> str:
    """A heading on one line; where a headline has several, it is underlined, a deeper one keeps its line ends as references.

    Only underlined headings may have several lines (CommonMark 0.31.2, 4.3); the second level's underline is not used, for
    parsers with tables may take it for the rule of one.
    """
    lines = _lines(text)
    if len(lines) > 1 and level == 1:
        return f"{_prefixed(lines, '', '')}\n==="
    return f"{'#' * level} {_CLOSING.sub('&#35;', '&#10;'.join(lines))}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    """A table as GitHub writes it, the first row at its head; rows that are short are filled up."""
    columns = max(len(row) for row in rows)
    cells = [[*("&#10;".join(_lines(cell)) for cell in row), *[""] * (columns - len(row))] for row in rows]
    head, *body = (f"| {' | '.join(row)} |" for row in cells)
    return "\n".join([head, f"|{' --- |' * columns}", *body])


def _prefixed(lines: Sequence[str], first: str, others: str) -> str:
    """The lines as one block with hard breaks between them."""
    return first + f"\\\n{others}".join(lines)


def _lines(text: str) -> list[str]:
    """The text's lines, each escaped; line ends at its edges are no text."""
    return [_line(NOT_HTML.sub(REPLACEMENT, line)) for line in _BREAKS.split(text.strip("\r\n"))]


def _line(line: str) -> str:
    """One line as Markdown that reads as exactly these characters; blanks at its edges as references, or they would be dropped."""
    words = line.strip()
    if not words:
        return _references(line)
    at = line.index(words)
    start = _AT_START.match(words)
    head = f"{words[: start.end()]}\\" if start else ""
    rest = words[start.end() :] if start else words
    return _references(line[:at]) + head + _escaped(rest) + _references(line[at + len(words) :])


def _escaped(text: str) -> str:
    return _ANYWHERE.sub(r"\\\g<0>", text)


def _references(blanks: str) -> str:
    return "".join(f"&#{ord(blank)};" for blank in blanks)
