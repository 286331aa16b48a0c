"""The promise that no character is lost, made up or doubled, counted on a document."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.model import Block, Document, Edit, Span


class Accounts(Struct, frozen=True):
    """Visible characters of the source in no block and no edit; blocks' characters that their spans and glue do not give; characters in two blocks."""

    lost: int = 0
    invented: int = 0
    doubled: int = 0

    def __add__(self, other: Accounts) -> Accounts:
        return Accounts(self.lost + other.lost, self.invented + other.invented, self.doubled + other.doubled)


def accounts(document: Document) -> Accounts:
    """What is lost, invented and doubled in a document; all three are 0 unless there is a fault."""
    text = document.source.text or ""
    blocks = [*(block for article in document.articles for block in article.blocks), *document.furniture]
    held = bytearray(len(text))
    doubled = 0
    for start, end in (span for block in blocks for span in block.source):
        doubled += sum(not char.isspace() for char, known in zip(text[start:end], held[start:end], strict=True) if known)
        held[start:end] = b"\x01" * (end - start)
    for edit in document.edits:
        start, end = edit.source
        held[start:end] = b"\x01" * (end - start)
    lost = sum(not char.isspace() for char, known in zip(text, held, strict=True) if not known)
    edits = sorted(document.edits, key=_place)
    return Accounts(lost, sum(_invented(block, text, edits) for block in blocks), doubled)


def _invented(block: Block, text: str, edits: Sequence[Edit]) -> int:
    """How many characters the block's text has too many or too few against its spans and glue; `edits` in the text's order."""
    pieces = (_amended(text, span, edits) for span in block.source)
    made = "".join(piece + glue for piece, glue in zip(pieces, (*block.glue, ""), strict=False))
    return 0 if made == block.text else max(1, abs(len(made) - len(block.text)))


def _amended(text: str, span: Span, edits: Sequence[Edit]) -> str:
    """A span of the source with the edits made that lie in it."""
    pieces: list[str] = []
    at = span[0]
    for edit in edits[bisect_left(edits, span[0], key=_place) : bisect_left(edits, span[1], key=_place)]:
        if at <= edit.source[0] and edit.source[1] <= span[1]:
            pieces += [text[at : edit.source[0]], edit.after]
            at = edit.source[1]
    return "".join([*pieces, text[at : span[1]]])


def _place(edit: Edit) -> int:
    return edit.source[0]
