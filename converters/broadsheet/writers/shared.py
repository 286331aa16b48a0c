"""What writers share: left-out furniture said, what is a brief, faithful table cells, pictures as addresses, and characters that a format cannot carry."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from math import ceil
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from broadsheet.model import Asset, Block, Code, Document, Role
from broadsheet.text import display_width
from broadsheet.views import document_title, headline, set_blocks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from broadsheet.plugin import Theme
    from broadsheet.report import Report

#: What stands in for a character that cannot be written; one code point for one, so that offsets hold.
REPLACEMENT = "\ufffd"
#: Lone surrogates, which no encoding carries.
SURROGATES = re.compile("[\ud800-\udfff]")
#: What XML 1.0 forbids even as a character reference.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: What an HTML page may not hold, as such or as a character reference: also C1 controls and noncharacters.
#: Source: HTML Living Standard, 13.1.4 and 13.2.3.5.
#: Written as all but what it may hold: Python looks through a text with that ten times as fast.
NOT_HTML = re.compile(
    "[^\t\n\r -~\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd" + "".join(f"{chr(plane << 16)}-{chr(plane << 16 | 0xFFFD)}" for plane in range(1, 17)) + "]"
)
#: The roles that blocks have, as an option's choices.
PrintedRole = Literal[
    "kicker", "headline", "subheadline", "standfirst", "column_label", "byline", "dateline", "editor_note", "heading", "paragraph",
    "list_item", "question", "answer", "verse", "quote", "table", "caption", "credit", "sign_off", "jump", "end_mark",
    "masthead", "folio", "running_head", "editor_line", "index", "noise",
]

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
    (4, "iv"), (1, "i"),
)
#: Paper sizes by name: width and height in points.
PAPERS_PT: Mapping[str, tuple[float, float]] = {
    "a3": (841.89, 1190.55), "a4": (595.28, 841.89), "a5": (419.53, 595.28), "letter": (612.0, 792.0), "tabloid": (792.0, 1224.0),
}

_BLANK = re.compile(r"\s+")
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_IMAGE_TYPE = re.compile(r"image/[a-z0-9.+-]+")


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


def without(document: Document, roles: Collection[str], format: str, report: Report) -> Document:  # noqa: A002 - the API's word
    """The document as it is printed when blocks of some roles are left out on request; how many they are is said.

    Args:
        document: what is to be written; given back itself where nothing is left out.
        roles: the roles to leave out. What runs in on another block's text stays in it.
        format: what the result is called, for the message.
        report: gets one `degraded-role` for each role of which something is left out.
    """
    if not roles:
        return document
    articles = tuple(replace(article, blocks=set_blocks(article)) for article in document.articles)
    left = Counter(block.role for blocks in (*(article.blocks for article in articles), document.furniture) for block in blocks if block.role in roles)
    for role, count in left.items():
        report.add(Code.DEGRADED_ROLE, f"{role} is left out of the {format}, as asked: {count} {'block' if count == 1 else 'blocks'}")

    def kept(blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(block for block in blocks if block.role not in roles)

    return replace(document, articles=tuple(replace(one, blocks=kept(one.blocks)) for one in articles), furniture=kept(document.furniture))


def is_brief(blocks: Sequence[Block], theme: Theme, column_pt: float, pictured: Collection[str]) -> bool:
    """Whether an article has too few lines to be set over all columns, and shares them with others; with pictures or tables it never has.

    Args:
        blocks: the article's, as `views.set_blocks` gives them.
        theme: its columns, and how many lines each must have at least.
        column_pt: the width of a column, in points.
        pictured: the sha256 of the pictures that are shown.
    """
    columns, least = theme.layout.columns, theme.layout.brief_lines
    if columns == 1 or not least or any(block.image in pictured or block.rows for block in blocks):
        return False
    styles = ((theme.styles[block.role], block.text) for block in blocks)
    lines = sum(ceil(display_width(text) * style.size_pt / 2 / column_pt) for style, text in styles if not style.across)
    return lines < least * columns


def brief_scale(theme: Theme, role: Role) -> float:
    """By how much a brief's title is smaller than others, as a factor: never smaller than the text unless it is so anyway."""
    return max(theme.layout.brief_title_scale, min(theme.styles[Role.PARAGRAPH].size_pt / theme.styles[role].size_pt, 1.0))


def roman(number: int) -> str:
    """A number from 1 in small roman numerals, as pages before the text are numbered."""
    written = ""
    for value, digits in _ROMAN:
        count, number = divmod(number, value)
        written += digits * count
    return written


def faithful_rows(block: Block) -> tuple[tuple[str, ...], ...]:
    """The table's cells where they hold exactly the text's characters; empty where the lines must be kept instead."""
    if block.role is not Role.TABLE or not block.text.strip():
        return ()
    cells = "".join(cell for row in block.rows for cell in row)
    return block.rows if _BLANK.sub("", cells) == _BLANK.sub("", block.text) else ()


def file_title(document: Document) -> str:
    """What a file that holds the document is called: its one article's headline, else what the page prints of the paper."""
    alone = headline(document.articles[0]) if len(document.articles) == 1 else None
    return alone or document_title(document)


def language_tag(tag: str | None) -> str:
    """A language as other programs accept it: the tag itself, or `und` where it is unknown or no tag at all."""
    return tag if tag and _TAG.fullmatch(tag) else "und"


def picture_uri(asset: Asset, data: bytes) -> str | None:
    """A picture's bytes as a `data:` address; null where its media type is none of a picture."""
    if not _IMAGE_TYPE.fullmatch(asset.media_type):
        return None
    return f"data:{asset.media_type};base64,{b64encode(data).decode()}"


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
