"""Blocks set as the lines of a page: wrapped, indented, set apart or broken at column ends, with the place of every line."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from broadsheet.model import Role

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence

_CLOSING = "，。、；：．？！）】》〉」』”’％%,.;:?!)]»…—"
_OPENING = "（【《〈「『“‘([«"
_UNITS = re.compile(rf"[{re.escape(_OPENING)}]*(?:[A-Za-z0-9][A-Za-z0-9.]*|.)", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{6,}[,.;:!?»”\"')]*")
_VOWELS = "aeiouyäöüéèêàâîïôûùœáíóúаеиоуыэюяё"
_TITLES = {Role.HEADLINE, Role.KICKER, Role.SUBHEADLINE, Role.COLUMN_LABEL}
_INDENTED = {Role.PARAGRAPH, Role.ANSWER, Role.QUESTION, Role.LIST_ITEM}
_RUNNING = {*_INDENTED, Role.CAPTION, Role.STANDFIRST}
#: Furniture that a column's end may leave in the middle of a paragraph.
_STRAYS = {Role.FOLIO, Role.RUNNING_HEAD, Role.MASTHEAD}
_KEPT = {Role.VERSE, Role.TABLE, Role.FOLIO, Role.RUNNING_HEAD, Role.MASTHEAD, Role.EDITOR_LINE, Role.INDEX}
UNSPACED = {"zh-Hans", "zh-Hant", "ja"}

Span = tuple[int, int]
Gaps = Literal["none", "stories", "apart", "cuts"]


class Piece(Struct, frozen=True):
    """A block before it is set; its text has a line end where its printed lines must part, article is -1 outside all."""

    role: Role
    text: str
    article: int


class MadeBlock(Struct, frozen=True):
    """A block on a made page.

    Args:
        role: what it is.
        article: the number of its article, from 0; -1 for furniture.
        spans: the half-open ranges of the page's text that its lines take, in order, one a printed line.
    """

    role: Role
    article: int
    spans: tuple[Span, ...]


class Setting(Struct, frozen=True):
    """How one page is set.

    Args:
        gaps: where blank lines stand: nowhere, between stories, between all blocks, or only where a column was cut.
        measure: the width of text lines in display columns; null where a paragraph is one line.
        title: the width of title lines, likewise.
        indent: what stands before a paragraph's first line.
        cuts: how likely a paragraph is broken at a column's end.
        hyphens: how likely a word that does not fit is divided.
        by_character: whether lines end inside words, without a hyphen.
        loose: whether the lines of one title or verse are set apart as blocks are.
        centred: whether titles stand in the middle of the measure.
        strays: how likely a line of the page's furniture lies where a column was cut, as it does in copied text.
    """

    gaps: Gaps
    measure: int | None = None
    title: int | None = None
    indent: str = ""
    cuts: float = 0.0
    hyphens: float = 0.0
    by_character: bool = False
    loose: bool = False
    centred: bool = False
    strays: float = 0.0


def a_setting(chance: random.Random, language: str, *, parted: bool) -> Setting:
    """One of the ways in which pages come, as often as they do; `parted` where the stories of whole pages mostly have a blank line between."""
    unspaced = language in UNSPACED
    way = chance.choices(("lines", "broken", "wrapped", "both"), (5, 4, 5, 3))[0]
    wrapped = way in ("wrapped", "both")
    measure = (chance.randint(12, 30) * 2 if unspaced else chance.randint(28, 60)) if wrapped else None
    narrow = (chance.randint(8, 16) * 2 if unspaced else chance.randint(18, 34)) if wrapped or chance.random() < 0.1 else None
    indent = chance.choice(("", "\u3000\u3000" if unspaced and language != "ja" else "\u3000" if unspaced else "    "))
    gaps: Gaps = "apart" if way in ("broken", "both") else chance.choices(("none", "stories", "apart"), (1, 6, 1) if parted and not wrapped else (4, 3, 3))[0]
    return Setting(
        gaps, measure, narrow if chance.random() < 0.6 else measure, indent,
        cuts=chance.uniform(0.08, 0.4) if way in ("broken", "both") else 0.0,
        hyphens=chance.choice((0.0, 0.15, 0.3)) if wrapped else 0.0,
        by_character=unspaced or (language == "ko" and chance.random() < 0.4), loose=chance.random() < 0.5,
        centred=wrapped and chance.random() < 0.15, strays=0.2,
    )


def an_old_setting(chance: random.Random) -> Setting:
    """How old pages come out of character recognition: narrow columns, a fifth of the lines divided, no blank line that means anything."""
    gaps: Gaps = chance.choice(("none", "none", "cuts", "stories"))
    measure = chance.randint(30, 45)
    return Setting(
        gaps, measure, measure if chance.random() < 0.7 else measure - chance.randint(6, 14),
        indent=chance.choice(("", "", "  ", "   ")), cuts=0.25 if gaps == "cuts" else 0.0, hyphens=0.85,
        centred=chance.random() < 0.35, strays=0.1,
    )


def set_page(pieces: Sequence[Piece], setting: Setting, chance: random.Random) -> tuple[str, tuple[MadeBlock, ...]]:
    """The text of a page, and its blocks with the places of their lines."""
    text = ""
    blocks = []
    furniture = [piece for piece in pieces if piece.role in _STRAYS]
    for number, piece in enumerate(pieces):
        text += "\n" * _gap(pieces[number - 1], piece, setting) if number else ""
        strays = []
        spans: list[Span] = []
        for group in _groups(piece, setting, chance):
            if spans and furniture and piece.role in _RUNNING and chance.random() < setting.strays:
                stray = chance.choice(furniture)
                text, places = _printed(text + "\n", [stray.text])
                strays.append(MadeBlock(stray.role, -1, places))
            text, places = _printed(text + "\n" if spans else text, group)
            spans += places
        blocks += [MadeBlock(piece.role, piece.article, tuple(spans)), *strays]
    return text, tuple(blocks)


def _printed(text: str, lines: Iterable[str]) -> tuple[str, tuple[Span, ...]]:
    """The text with more lines, and where what is printed of each of them stands."""
    spans = []
    for line in lines:
        start = len(text) + len(line) - len(line.lstrip())
        text += line.rstrip()
        spans.append((start, len(text)))
        text += "\n"
    return text, tuple(spans)


def _gap(above: Piece, below: Piece, setting: Setting) -> int:
    if setting.gaps == "apart":
        return 1
    return int(setting.gaps == "stories" and above.article != below.article)


def _groups(piece: Piece, setting: Setting, chance: random.Random) -> list[list[str]]:
    """The lines of a block, in groups that a blank line parts."""
    printed = [line for part in piece.text.split("\n") for line in _lines(part, piece.role, setting, chance)]
    if piece.role in _RUNNING and setting.cuts and chance.random() < setting.cuts:
        return _cut(printed, setting, chance)
    if piece.role not in _RUNNING and setting.gaps == "apart" and setting.loose and piece.text.count("\n") and setting.measure is None:
        return [[line] for line in printed]
    return [printed]


def _lines(text: str, role: Role, setting: Setting, chance: random.Random) -> list[str]:
    width = setting.title if role in _TITLES else setting.measure
    indent = setting.indent if role in _INDENTED else ""
    if width is None or role in _KEPT:
        return [indent + text]
    lines = _by_character(indent + text, width) if setting.by_character else by_word(indent + text, width, 0.0 if role in _TITLES else setting.hyphens, chance)
    if setting.centred and role in _TITLES and setting.measure is not None:
        return [" " * max((setting.measure - _columns(line)) // 2, 0) + line for line in lines]
    return lines


def _cut(printed: list[str], setting: Setting, chance: random.Random) -> list[list[str]]:
    """The paragraph broken at the end of a column: between lines, or anywhere in a line that is a whole paragraph."""
    if setting.measure is not None:
        at = chance.randrange(1, len(printed)) if len(printed) > 1 else 0
        return [printed[:at], printed[at:]] if at else [printed]
    line = printed[0]
    places = _places(line, by_character=setting.by_character)
    if not places:
        return [printed]
    at = chance.choice(places)
    return [[line[:at]], [line[at:].lstrip()]]


def _places(line: str, *, by_character: bool) -> list[int]:
    """Where a line may be broken: not right at its ends, and not before a mark that closes."""
    inner = range(min(8, len(line)), max(len(line) - 6, 0))
    if by_character:
        return [at for at in inner if line[at] not in _CLOSING and line[at - 1] not in _OPENING and not line[at].isspace()]
    return [at for at in inner if line[at].isspace() and not line[at - 1].isspace()]


def _by_character(text: str, width: int) -> list[str]:
    """Lines of so many columns, as Chinese is set: a closing mark may hang out by one."""
    lines = [""]
    for unit in _UNITS.findall(text):
        hangs = unit in _CLOSING and _columns(lines[-1]) <= width
        if _columns(lines[-1] + unit) > width and not hangs and lines[-1].strip():
            lines.append("")
        lines[-1] += unit if lines[-1] or len(lines) == 1 else unit.lstrip(" \u3000")
    return [line for line in lines if line.strip()]


def _columns(text: str) -> int:
    """Columns as Chinese is set: quotation marks and dashes are as wide as a character."""
    return sum(1 if char < "\u0250" else 2 for char in text)


def by_word(text: str, width: int, hyphens: float, chance: random.Random) -> list[str]:
    """Lines of whole words; a word that does not fit is divided with a chance."""
    lead = text[: len(text) - len(text.lstrip())]
    lines = [lead]
    for word in text.split():
        line = lines[-1]
        room = width - len(line) - (1 if line.strip() else 0)
        if len(word) <= room or not line.strip():
            lines[-1] = f"{line} {word}" if line.strip() else line + word
            continue
        at = _division(word, room - 1) if chance.random() < hyphens else 0
        if at:
            lines[-1] = f"{line} {word[:at]}-"
        lines.append(word[at:])
    return lines


def _division(word: str, room: int) -> int:
    """Where a word is divided that has so much room: before a consonant that a vowel follows, as far on as fits; 0 for nowhere."""
    if not _WORD.fullmatch(word):
        return 0
    low = word.lower()
    places = [at for at in range(2, min(room, len(word) - 3) + 1) if low[at] not in _VOWELS and low[at + 1] in _VOWELS and any(c in _VOWELS for c in low[:at])]
    return max(places, default=0)


#: What character recognition takes letters for.
_MISREAD = {
    "e": "co", "c": "eo", "n": "ur", "u": "nu", "o": "0c", "i": "l1", "l": "1it", "t": "lr", "r": "vr", "s": "f8", "a": "au", "h": "bli",
    "b": "h6", "d": "cl", "m": "rn", "é": "eè", "è": "ée", "ê": "ée", "à": "aâ", "ü": "uii", "ö": "oö", "ä": "aü", "ß": "BfS", "f": "fs", "v": "y", "g": "gq", "p": "p",
    "E": "FB", "B": "R8", "O": "0Q", "I": "Il1", "S": "5S", "R": "BK", "C": "GO", "D": "O0", "H": "IIB", "V": "YV", "U": "ÜU", "N": "XN", "M": "WM",
}


def misread(text: str, rate: float, chance: random.Random) -> str:
    """The text as bad type and old paper make it: letters taken for others, a blank in a word, a speck."""
    out = []
    for char in text:
        hit = char.isalpha() and chance.random() < rate
        if not hit:
            out.append(char)
        elif chance.random() < 0.08:
            out.append(char + chance.choice((" ", ".", "'", "·")))
        else:
            out.append(chance.choice(_MISREAD.get(char, char)) if char != "m" else chance.choice(("rn", "in", "m")))
    return "".join(out)


def gold_text(text: str, spans: Iterable[Span], *, unspaced: bool) -> str:
    """What the lines of a block say as one line."""
    lines = [text[start:end] for start, end in spans]
    if not unspaced:
        return " ".join(lines)
    return lines[0] + "".join((" " if a[-1].isascii() and b[0].isascii() and a[-1].isalpha() else "") + b for a, b in pairwise(lines))
