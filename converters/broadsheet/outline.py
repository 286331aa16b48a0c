r"""The outline: a document as one line a block, for people to read, correct and convert.

    headline: Bridge opens early
    byline 0.97: By Jane Doe
    paragraph: [dateline: PORTLAND, March 3 (AP)] - The bridge …

    --- furniture
    folio: A4
    ! doubled-character: …

A blank line parts articles, ` / ` joins the lines of a block whose glue is a line end, `[role: …]` is a mark. A
backslash takes a meaning away: `\\`, `\[`, `\]`, `\/`.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.errors import InputError, unknown
from broadsheet.model import (
    BLOCKS,
    FURNITURE,
    MARKS,
    SCHEMA_VERSION,
    Article,
    Block,
    Code,
    Diagnostic,
    Document,
    Kind,
    Mark,
    Role,
    SourceInfo,
    Span,
)
from broadsheet.report import SEVERITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.lines import Source

MEDIA_TYPE = "text/x-broadsheet-outline"
FURNITURE_LINE = "--- furniture"

_ROLE_NAMES = "|".join(sorted((str(role) for role in MARKS), key=len, reverse=True))
_LONE_SLASH = re.compile(r"(?:(?<= )|^)/(?= |$)")
_MARK_LIKE = re.compile(rf"\[(?=(?:{_ROLE_NAMES}):)")
_LINE = re.compile(r"(?P<role>[a-z_]+)(?: (?P<confidence>[01](?:\.\d+)?))?:(?: (?P<text>.*))?", re.DOTALL)
_DIAGNOSTIC = re.compile(r"! (?P<code>[a-z-]+): (?P<message>.*)", re.DOTALL)
_TOKEN = re.compile(rf"\\(?P<escaped>.)|(?P<glue> / )|\[(?P<mark>{_ROLE_NAMES}):[ ]?|(?P<close>\])", re.DOTALL)


def to_outline(document: Document, *, confidence: bool = False, reasons: bool = False) -> str:
    """The document as an outline, ending in a line end.

    Args:
        document: what to write.
        confidence: print how sure the parser is after each role.
        reasons: print the claims that won under each block, as indented lines (read back as nothing).
    """
    groups = ["".join(_block_line(b, confidence=confidence, reasons=reasons) for b in article.blocks) for article in document.articles]
    if document.furniture:
        lines = "".join(_block_line(b, confidence=confidence, reasons=reasons) for b in document.furniture)
        groups.append(f"{FURNITURE_LINE}\n{lines}")
    if document.diagnostics:
        groups.append("".join(f"! {d.code}: {_flat(d.message)}\n" for d in document.diagnostics))
    return "\n".join(groups)


def from_outline(text: str, *, where: str = "", source: Source | None = None) -> Document:
    """The document that an outline describes; facts such as names and dates are left to be read off its texts.

    Args:
        text: the outline.
        where: its name, for messages.
        source: the page that it was made from; with it the spans are the page's, without it the outline's own texts
            become the source.

    Raises:
        InputError: a line that is no block, an unknown role, or text that the source does not hold.
    """
    articles, furniture, diagnostics = _read_lines(text, where)
    if not articles and not furniture:
        raise InputError("the outline has no blocks", where=where, todo="write lines such as `headline: …`")
    order = [*(block for article in articles for block in article), *furniture]
    if source is None:
        info, placed = _own_source(text, order, where)
    else:
        info = SourceInfo(source.name, source.media_type, source.encoding, source.sha256, source.text)
        placed = place(order, source.text, where=where)
    blocks = iter(placed)
    return Document(
        SCHEMA_VERSION,
        info,
        articles=tuple(
            Article(f"a{number}", Kind.UNKNOWN, tuple(next(blocks) for _ in article)) for number, article in enumerate(articles, 1)
        ),
        furniture=tuple(blocks),
        diagnostics=tuple(diagnostics),
    )


class Draft(NamedTuple):
    """A block as the outline gives it, before it has a place in a source; `line` counts from 1 in the outline."""

    role: Role
    text: str
    marks: tuple[Mark, ...]
    confidence: float
    line: int


def place(drafts: Iterable[Draft], text: str, *, where: str = "") -> list[Block]:
    """Find each block's spans in a source text, in order.

    Blanks don't count. A block may be broken by text of other blocks (a folio in mid-paragraph): then its parts are
    found one after the other, each as long as can be. Line-end hyphens that the outline has undone are passed over.

    Raises:
        InputError: the source does not hold a block's text.
    """
    finder = _Finder(text)
    placed: list[Block] = []
    for draft in drafts:
        if draft.role in FURNITURE and (not placed or placed[-1].role not in FURNITURE):
            finder.cursor = 0  # furniture is listed last, and stands anywhere
        placed.append(_placed(draft, finder.find(draft, where), text))
    return placed


def _block_line(block: Block, *, confidence: bool, reasons: bool) -> str:
    sure = f" {block.confidence:.2f}" if confidence else ""
    lines = [f"{block.role}{sure}: {_marked(block)}\n"]
    if reasons:
        lines += [f"    {_flat(reason)}\n" for reason in block.reasons]
    return "".join(lines)


def _marked(block: Block) -> str:
    """The block's text with its marks; of marks that overlap, the one that starts first is shown."""
    pieces: list[str] = []
    at = 0
    for mark in sorted(block.marks, key=lambda m: (m.start, m.end)):
        if mark.start < at:
            continue
        pieces.append(_escape(block.text[at : mark.start]))
        inner = _escape(block.text[mark.start : mark.end]).replace("]", "\\]")
        pieces.append(f"[{mark.role}:{' ' if inner else ''}{inner}]")
        at = mark.end
    return "".join([*pieces, _escape(block.text[at:])])


def _escape(text: str) -> str:
    lines = text.replace("\\", "\\\\").split("\n")
    return " / ".join(_MARK_LIKE.sub(r"\\[", _LONE_SLASH.sub(r"\\/", line)) for line in lines)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _read_lines(text: str, where: str) -> tuple[list[list[Draft]], list[Draft], list[Diagnostic]]:
    articles: list[list[Draft]] = []
    furniture: list[Draft] = []
    diagnostics: list[Diagnostic] = []
    group: list[Draft] | None = None
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = raw.removesuffix("\r")
        if line.startswith("    "):
            continue  # a reason
        if not line.strip():
            group = None
        elif line == FURNITURE_LINE:
            group = furniture
        elif line.startswith("! "):
            diagnostics.append(_read_diagnostic(line, f"{where}:{number}" if where else f"line {number}"))
        else:
            if group is None:
                group = []
                articles.append(group)
            group.append(_read_block(line, number, where, FURNITURE if group is furniture else BLOCKS))
    return articles, furniture, diagnostics


def _read_diagnostic(line: str, where: str) -> Diagnostic:
    match = _DIAGNOSTIC.fullmatch(line)
    codes = {str(code): code for code in Code}
    if match is None or match["code"] not in codes:
        raise InputError("not a diagnostic", where=where, todo="write `! code: message`, or delete the line")
    code = codes[match["code"]]
    return Diagnostic(code, SEVERITY[code], match["message"])


def _read_block(line: str, number: int, where: str, allowed: frozenset[Role]) -> Draft:
    place_ = f"{where}:{number}" if where else f"line {number}"
    match = _LINE.fullmatch(line)
    if match is None:
        raise InputError(f"not a block: {line[:30]!r}", where=place_, todo="write `role: text`")
    roles = {str(role): role for role in allowed}
    if match["role"] not in roles:
        hint = unknown("role", match["role"], roles)
        raise InputError(hint.what, where=place_, todo=hint.todo)
    text, marks = _read_text(match["text"] or "", place_)
    if not text.strip():
        raise InputError("a block without text", where=place_, todo="delete the line")
    return Draft(roles[match["role"]], text, marks, float(match["confidence"] or 1.0), number)


def _read_text(text: str, where: str) -> tuple[str, tuple[Mark, ...]]:
    pieces: list[str] = []
    marks: list[Mark] = []
    at = size = 0
    opened: tuple[Role, int] | None = None
    for match in _TOKEN.finditer(text):
        if match["close"] and opened is None:
            continue
        piece = text[at : match.start()] + (match["escaped"] or ("\n" if match["glue"] else ""))
        pieces.append(piece)
        size += len(piece)
        at = match.end()
        if match["mark"]:
            if opened is not None:
                raise InputError("a mark inside a mark", where=where, todo="close the first with ]")
            opened = (Role(match["mark"]), size)
        elif match["close"] and opened is not None:
            marks.append(Mark(opened[0], opened[1], size))
            opened = None
    if opened is not None:
        raise InputError(f"the mark [{opened[0]}: is not closed", where=where, todo="add a ]")
    return "".join([*pieces, text[at:]]), tuple(marks)


def _own_source(outline: str, drafts: list[Draft], where: str) -> tuple[SourceInfo, list[Block]]:
    """The outline's own texts, a line each, as the source."""
    blocks: list[Block] = []
    at = 0
    for draft in drafts:
        spans: list[Span] = []
        for line in draft.text.split("\n"):
            spans.append((at, at + len(line)))
            at += len(line) + 1
        blocks.append(_block(draft, tuple(spans), ("\n",) * (len(spans) - 1)))
    sha256 = hashlib.sha256(outline.encode("utf-8", "surrogatepass")).hexdigest()
    return SourceInfo(where, MEDIA_TYPE, "utf-8", sha256, "\n".join(draft.text for draft in drafts)), blocks


def _block(draft: Draft, spans: tuple[Span, ...], glue: tuple[str, ...]) -> Block:
    return Block(draft.role, draft.text, spans, glue, draft.marks, confidence=draft.confidence)


class _Finder:
    """The source without its blanks, to look texts up in."""

    def __init__(self, text: str) -> None:
        self.at = [i for i, char in enumerate(text) if not char.isspace()]
        self.compact = "".join(text[i] for i in self.at)
        self.taken = bytearray(len(self.at))
        self.cursor = 0
        # Where lines begin and end among the visible characters.
        self.edges = {0, len(self.at), *(bisect_left(self.at, i) for i, char in enumerate(text) if char in "\n\r\f")}
        self._ordered = sorted(self.edges)

    def find(self, draft: Draft, where: str) -> list[int]:
        """The offsets in the source of the text's characters, hyphens that were undone aside."""
        wanted = "".join(char for char in draft.text if not char.isspace())
        begin = next((at for low in (self.cursor, 0) if (at := self._free(wanted, low, whole=True)) >= 0), -1)
        if begin >= 0:  # on lines of its own
            self.taken[begin : begin + len(wanted)] = b"\x01" * len(wanted)
            self.cursor = max(self.cursor, begin + len(wanted))
            return self.at[begin : begin + len(wanted)]
        found: list[int] = []
        start = self.cursor
        while wanted:
            length, begin = self._longest(wanted, (start,) if found else (start, 0))
            if not length:
                place_ = f"{where}:{draft.line}" if where else f"line {draft.line}"
                raise InputError(f"the source does not hold {wanted[:20]!r}", where=place_, todo="change roles and joins, not the text")
            length = self._to_edge(begin, length) if length < len(wanted) else length
            found += self.at[begin : begin + length]
            self.taken[begin : begin + length] = b"\x01" * length
            wanted = wanted[length:]
            start = begin + length
        self.cursor = max(self.cursor, start)
        return found

    def _longest(self, wanted: str, lows: tuple[int, ...]) -> tuple[int, int]:
        """How much of the beginning of `wanted` stands free in the source, and where: the longest, of equals the one ahead.

        A block's first piece is looked for ahead and from the top, the others ahead only: spans stand in text order.
        """
        best = (0, 0)
        for low in lows:
            least, most = 0, len(wanted)
            while least < most:
                size = (least + most + 1) // 2
                if self._free(wanted[:size], low) >= 0:
                    least = size
                else:
                    most = size - 1
            if least > best[0]:
                best = (least, self._free(wanted[:least], low))
        return best

    def _to_edge(self, begin: int, length: int) -> int:
        """The length of a piece up to its last whole line: a line of another block may begin as this one goes on. A line's hyphen may be undone."""
        end = begin + length
        if end in self.edges or (end + 1 in self.edges and not self.compact[end].isalnum()):
            return length
        edge = self._ordered[bisect_left(self._ordered, end) - 1]
        return edge - begin if edge > begin else length

    def _free(self, piece: str, low: int, *, whole: bool = False) -> int:
        """Where a piece stands that no block has taken; with `whole`, on lines of its own. -1 where it does not."""
        begin = self.compact.find(piece, low)
        while begin >= 0 and (self._is_taken(begin, len(piece)) or (whole and not self.edges >= {begin, begin + len(piece)})):
            begin = self.compact.find(piece, begin + 1)
        return begin

    def _is_taken(self, begin: int, size: int) -> bool:
        return self.taken.find(1, begin, begin + size) >= 0


def _placed(draft: Draft, offsets: list[int], text: str) -> Block:
    """The block with its spans: a new one for each line, and wherever what lies between two letters differs from the source."""
    visible = [i for i, char in enumerate(draft.text) if not char.isspace()]
    spans: list[Span] = []
    glue: list[str] = []
    start = offsets[0]
    for (here, offset), (after, next_offset) in pairwise(zip(visible, offsets, strict=True)):
        between = draft.text[here + 1 : after]
        if "\n" in between or between != text[offset + 1 : next_offset]:
            spans.append((start, offset + 1))
            glue.append(between)
            start = next_offset
    return _block(draft, (*spans, (start, offsets[-1] + 1)), tuple(glue))
