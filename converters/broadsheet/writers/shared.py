"""What writers share: left-out furniture said, faithful table cells, and characters that a format cannot carry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.model import Block, Code, Document, Role

if TYPE_CHECKING:
    from broadsheet.report import Report

#: What stands in for a character that cannot be written; one code point for one, so that offsets hold.
REPLACEMENT = "\ufffd"
#: Lone surrogates, which no encoding carries.
SURROGATES = re.compile("[\ud800-\udfff]")
#: What XML 1.0 forbids even as a character reference.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_BLANK = re.compile(r"\s+")


def furniture_shown(document: Document, choice: str, format: str, report: Report) -> bool:  # noqa: A002 - the API's word
    """Whether the furniture is printed; where it is left out on request, how much of it is said.

    Args:
        document: what is to be written.
        choice: the writer's option, `end` or `none`.
        format: what the result is called, for the message.
        report: gets one `degraded-role` where furniture is left out.
    """
    if choice == "none" and document.furniture:
        report.add(Code.DEGRADED_ROLE, f"furniture is left out of the {format}, as asked: {len(document.furniture)} blocks")
    return choice == "end"


def faithful_rows(block: Block) -> tuple[tuple[str, ...], ...]:
    """The table's cells where they hold exactly the text's characters; empty where the lines must be kept instead."""
    if block.role is not Role.TABLE or not block.text.strip():
        return ()
    cells = "".join(cell for row in block.rows for cell in row)
    return block.rows if _BLANK.sub("", cells) == _BLANK.sub("", block.text) else ()


def carried(document: Document, unfit: re.Pattern[str], report: Report) -> Document:
    """The document with every character that the format cannot carry shown as U+FFFD, and said once.

    Args:
        document: what is to be written; given back itself where everything fits.
        unfit: matches one character that cannot be written.
        report: gets one `control-characters` for the document.
    """
    texts = [block.text for article in document.articles for block in article.blocks]
    texts += [block.text for block in document.furniture]
    found = [char for text in texts for char in unfit.findall(text)]
    if not found:
        return document
    names = ", ".join(f"U+{ord(char):04X}" for char in sorted(set(found)))
    report.add(Code.CONTROL_CHARACTERS, f"characters that the format cannot carry are shown as U+FFFD: {len(found)} ({names})")
    articles = tuple(replace(article, blocks=_shown(article.blocks, unfit)) for article in document.articles)
    return replace(document, articles=articles, furniture=_shown(document.furniture, unfit))


def _shown(blocks: tuple[Block, ...], unfit: re.Pattern[str]) -> tuple[Block, ...]:
    return tuple(replace(block, text=unfit.sub(REPLACEMENT, block.text)) for block in blocks)
