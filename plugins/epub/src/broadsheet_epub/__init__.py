"""The EPUB plugin: tells Broadsheet of the `epub` writer; ebooklib is loaded only when a book is written.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

from broadsheet.errors import UsageError
from broadsheet.model import Role
from broadsheet.plugin import Context, Help, Writer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.model import Document

#: The number of the plugin contract that this was made for.
broadsheet_api = 1


@dataclass(frozen=True, slots=True)
class EpubOptions:
    """What goes into the book besides the articles, and how its lines run."""

    cover: Annotated[bool, Help("Draw a cover from the paper's name, date, page and headlines.")] = True
    direction: Annotated[
        Literal["horizontal", "vertical"], Help("How lines run; vertical is for Chinese, Japanese and Korean, the others stay horizontal."),
    ] = "horizontal"
    fonts: Annotated[bool, Help("Embed the letters that the book uses, of the fonts that the PDF is set in.")] = False
    furniture: Annotated[Literal["end", "none"], Help("Where mastheads, folios and the like go.")] = "end"


def register_writers() -> Iterable[Writer]:
    """The plugin's one record."""
    return [EPUB]


def write(document: Document, out: BinaryIO, options: EpubOptions, context: Context) -> None:
    """Write the document as an EPUB 3 book whose look follows the context's theme.

    Raises:
        UsageError: the context has no theme.
    """
    from broadsheet_epub.book import make_book
    from broadsheet_epub.container import write_container

    if context.theme is None:
        raise UsageError("the epub writer needs a theme", todo="give one with --theme")
    write_container(make_book(document, options, context.theme, context), out)


EPUB = Writer(
    name="epub",
    summary="EPUB 3 books, one chapter an article.",
    suffix=".epub",
    media_type="application/epub+zip",
    renders=frozenset(Role),
    write=write,
    options=EpubOptions,
    visual=True,
)
