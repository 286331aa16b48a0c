"""The text writer: every paragraph whole, articles set further apart than their blocks, and the furniture furthest."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

from broadsheet.model import Role
from broadsheet.plugin import Context, Help, Range, Writer
from broadsheet.text import CLOSERS, OPENERS, display_width, is_unspaced
from broadsheet.views import set_blocks
from broadsheet.writers.pdf.breaker import NO_END, NO_START
from broadsheet.writers.shared import SURROGATES, PrintedRole, carried, furniture_shown, without

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.model import Block, Document


@dataclass(frozen=True, slots=True)
class TxtOptions:
    """How clean text is laid out."""

    layout: Annotated[
        Literal["plain", "wrapped", "indented"],
        Help("One line a paragraph, lines broken at the width, or paragraphs behind two ideographic spaces."),
    ] = "plain"
    width_chars: Annotated[int, Help("Columns a line in the wrapped layout; a Chinese character takes two."), Range(20, 400)] = 76
    gap_lines: Annotated[int, Help("Empty lines between blocks; articles stand one further apart, the furniture two."), Range(0, 3)] = 1
    furniture: Annotated[Literal["end", "none"], Help("Where mastheads, folios and the like go.")] = "end"
    leave_out: Annotated[tuple[PrintedRole, ...], Help("A role whose blocks are not printed.")] = ()


#: Blocks that begin with two blanks in Chinese setting: running text, not titles and not lines of their own.
_INDENTED = frozenset({Role.PARAGRAPH, Role.LIST_ITEM, Role.QUESTION, Role.ANSWER, Role.QUOTE, Role.STANDFIRST, Role.EDITOR_NOTE})
_INDENT = "\u3000\u3000"
_BLANKS = " \t\u3000\xa0"
_BREAKS = re.compile(r"\r\n|\n|\r")
_MANY_BREAKS = re.compile(r"\n{3,}")
_JOINING = frozenset({"Mn", "Me", "Cf"})


def _both_widths(marks: Iterable[str]) -> frozenset[str]:
    """The marks and their full-width forms, which stand in the text as they are printed."""
    return frozenset(marks) | {chr(ord(mark) + 0xFEE0) for mark in marks if "!" <= mark <= "~"}


_CLOSE, _OPEN = _both_widths(CLOSERS), _both_widths(OPENERS)
_NOT_FIRST, _NOT_LAST = _CLOSE | NO_START, _OPEN | NO_END


def write(document: Document, out: BinaryIO, options: TxtOptions, context: Context) -> None:
    """Write the document as UTF-8 text with a final line end; nothing is printed for an empty document."""
    document = without(carried(document, SURROGATES, context.report), options.leave_out, "text", context.report)
    gap = "\n" * (options.gap_lines + 1)
    parts = [gap.join(_printed(set_blocks(article), options)) for article in document.articles]
    text = f"{gap}\n".join(part for part in parts if part)
    furniture = "\n".join(_printed(document.furniture, options))
    if furniture_shown(document, options.furniture, "text", context.report) and furniture:
        text = f"{text}{gap}\n\n{furniture}" if text else furniture
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


def _printed(blocks: Iterable[Block], options: TxtOptions) -> list[str]:
    """Each block as it is laid out; blank ones print nothing."""
    return [text for block in blocks if (text := _set(block, options))]


def _set(block: Block, options: TxtOptions) -> str:
    """One block as lines without blanks at their ends; never more than one empty line inside."""
    lines = [line.rstrip() for line in _BREAKS.split(block.text)]
    if options.layout == "wrapped" and block.role is not Role.TABLE:
        lines = [piece for line in lines for piece in wrap(line, options.width_chars)]
    text = _MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip("\n")
    if text and options.layout == "indented" and block.role in _INDENTED and not text.startswith("\u3000"):
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
    reached = list(accumulate(map(_COLUMNS.__getitem__, line), initial=0))  # how many columns there are before each character
    if reached[-1] <= width:
        return [line.rstrip(_BLANKS)]
    lines: list[str] = []
    start, first = 0, len(line) - len(line.lstrip(_BLANKS))
    while reached[-1] - reached[start] > width:
        stop = _stop(line, reached, max(start, first), bisect_right(reached, reached[start] + width, start) - 1)
        lines.append(line[start:stop].rstrip(_BLANKS))
        while stop < len(line) and line[stop] in _BLANKS:
            stop += 1
        start = stop
    rest = line[start:].rstrip(_BLANKS)
    return [*lines, rest] if rest else lines


def _stop(line: str, reached: list[int], start: int, furthest: int) -> int:
    """The furthest place where the line that begins at `start` may end; where there is none, the furthest of all."""
    for at in range(furthest, start, -1):
        before, after = line[at - 1], line[at]
        if after in _BLANKS or before in _BLANKS or (reached[at + 1] > reached[at] and _parts(before, after)):
            return at
    return furthest


def _parts(before: str, after: str) -> bool:
    """Whether a line may end between two characters that no blank parts."""
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return is_unspaced(before) or is_unspaced(after) or (before in _CLOSE and after in _OPEN)


class _Columns(dict[str, int]):
    """How many columns a character takes: none where it joins the one before it (an accent, a variation selector, a joiner)."""

    def __missing__(self, char: str) -> int:
        self[char] = columns = 0 if unicodedata.category(char) in _JOINING else display_width(char)
        return columns


_COLUMNS = _Columns()
