"""The text writer: every paragraph whole, one blank line between blocks, two between articles, three before furniture."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

from broadsheet.model import Role
from broadsheet.plugin import Context, Help, Range, Writer
from broadsheet.text import CLOSERS, OPENERS, SENTENCE_ENDS, display_width, is_unspaced
from broadsheet.views import set_blocks
from broadsheet.writers.shared import SURROGATES, carried, furniture_shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.model import Block, Document


@dataclass(frozen=True, slots=True)
class TxtOptions:
    """How clean text is laid out."""

    layout: Annotated[
        Literal["plain", "wrapped", "indented"],
        Help("One line a paragraph, lines broken at the width, or paragraphs behind two ideographic spaces."),
    ] = "plain"
    width_chars: Annotated[int, Help("Columns a line in the wrapped layout; a Chinese character takes two."), Range(20, 400)] = 76
    furniture: Annotated[Literal["end", "none"], Help("Where mastheads, folios and the like go.")] = "end"


#: Blocks that begin with two blanks in Chinese setting: running text, not titles and not lines of their own.
_INDENTED = frozenset({Role.PARAGRAPH, Role.LIST_ITEM, Role.QUESTION, Role.ANSWER, Role.QUOTE, Role.STANDFIRST, Role.EDITOR_NOTE})
_INDENT = "\u3000\u3000"
_BLANKS = " \t\u3000\xa0"
_MANY_BREAKS = re.compile(r"\n{3,}")
_WORDS = re.compile(r"[ \t]+|[^ \t]+")
_JOINING = frozenset({"Mn", "Me", "Cf"})


def _both_widths(marks: Iterable[str]) -> frozenset[str]:
    """The marks and their full-width forms, which stand in the text as they are printed."""
    return frozenset(marks) | {chr(ord(mark) + 0xFEE0) for mark in marks if "!" <= mark <= "~"}


_CLOSE, _OPEN = _both_widths(CLOSERS), _both_widths(OPENERS)
_NOT_FIRST = _CLOSE | _both_widths(SENTENCE_ENDS) | _both_widths("，、；：,;:．・·—～%℃°")
_NOT_LAST = _OPEN | _both_widths("¥￥£￡$№#")


def write(document: Document, out: BinaryIO, options: TxtOptions, context: Context) -> None:
    """Write the document as UTF-8 text with a final line end; nothing is printed for an empty document."""
    document = carried(document, SURROGATES, context.report)
    parts = ["\n\n".join(_set(block, options) for block in set_blocks(article)) for article in document.articles]
    text = "\n\n\n".join(part for part in parts if part)
    furniture = "\n".join(_set(block, options) for block in document.furniture)
    if furniture_shown(document, options.furniture, "text", context.report) and furniture:
        text = f"{text}\n\n\n\n{furniture}" if text else furniture
    out.write(f"{text}\n".encode() if text else b"")


TXT = Writer(
    name="txt",
    summary="Clean text: every paragraph whole, articles set apart.",
    suffix=".txt",
    media_type="text/plain",
    renders=frozenset(Role),
    write=write,
    options=TxtOptions,
    text=True,
)


def _set(block: Block, options: TxtOptions) -> str:
    """One block as lines without blanks at their ends; never more than one empty line inside."""
    lines = [line.rstrip(_BLANKS) for line in block.text.split("\n")]
    if options.layout == "wrapped" and block.role is not Role.TABLE:
        lines = [piece for line in lines for piece in wrap(line, options.width_chars)]
    text = _MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip("\n")
    if options.layout == "indented" and block.role in _INDENTED and not text.startswith("\u3000"):
        return _INDENT + text
    return text


def wrap(line: str, width: int) -> list[str]:
    """Break one line of text at a width, closing marks never first and opening marks never last.

    Args:
        line: text without line ends.
        width: display columns; East Asian wide characters take two. What may not be broken, but is wider, is cut.

    Returns:
        The lines, without the blanks at which they were broken; joined, they have the same visible characters.
    """
    lines: list[str] = []
    current, used = "", 0
    for piece in _pieces(line, width):
        columns = sum(map(_columns, piece))
        if current and used + columns > width and not piece.isspace():
            lines.append(current.rstrip(_BLANKS))
            current, used = "", 0
        if current or not piece.isspace() or not lines:
            current += piece
            used += columns
    return [*lines, current.rstrip(_BLANKS)]


def _pieces(line: str, width: int) -> Iterator[str]:
    """What must stay on one line: blanks, words, and unspaced characters with the marks that cling to them."""
    for match in _WORDS.finditer(line):
        word = match.group()
        if word.isspace():
            yield word
            continue
        start = used = 0
        for at, char in enumerate(word):
            columns = _columns(char)
            if at > start and columns and (_parts(word[at - 1], char) or used + columns > width):
                yield word[start:at]
                start, used = at, 0
            used += columns
        yield word[start:]


def _parts(before: str, after: str) -> bool:
    """Whether a line may end between two characters that no blank parts."""
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return is_unspaced(before) or is_unspaced(after) or (before in _CLOSE and after in _OPEN)


@lru_cache(maxsize=65536)
def _columns(char: str) -> int:
    """How many columns a character takes: none where it joins the one before it (an accent, a variation selector, a joiner)."""
    return 0 if unicodedata.category(char) in _JOINING else display_width(char)
