"""One printed line: trimmed, shadowed and measured once."""

from __future__ import annotations

import re
from operator import add

from msgspec import Struct

from broadsheet.text import CLOSERS, SENTENCE_ENDS, TURNED, closes, display_width, is_unspaced

# A full stop in the middle of an alphabetic line: after a word of three letters or a number, before a capital.
_LATIN_INNER = re.compile(
    r"(?:[^\W\d_]{3}|\d\d|[가-힣”“\"»«)])[.!?؟]['”“\"»«)]* +(?:[—–] )?['“\"«»„(‘‚¿¡]* ?(?=[A-ZÀ-ÞА-ЯЁІЇЄҐ가-힣\u0621-\u064a\d])"
    r"|[가-힣][.!?]['”\"’)]* *(?=[▶☞→◀/<〈【(\[])"  # 했다. ▶관련기사 3면
)
_HANGUL = re.compile("[가-힣]")
_CJK_INNER = re.compile(r"[。！？!?][”’」』)]*(?=.)")
_OPEN = {"(": ")", "[": "]", "“": "”“", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】", "〔": "〕", "«": "»", "„": "“”"}
_BRACKETS = re.compile("[()\\[\\]“”「」『』《》〈〉【】〔〕«»„]")
#: A sentence that is signed after its end: …した。（共同）
_SIGNED = re.compile(r"[。.!?…]['”’\"」』]* ?[(\[【〈<〔][^()\[\]【】〈〉<>〔〕。]{1,30}[)\]】〉>〕]$")
_SIGNED_CHARS = 40
#: Alphabetic text takes a column a letter, or little more.
_NARROW = 1.2
_WORDS = re.compile(r"[^\W\d_][\w'-]{3,}|\d{2,}")
_HAN_RUNS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]{2,}|[A-Za-z0-9.]{2,}")
_DIGITS = re.compile(r"\d+")


class Form(Struct, frozen=True, gc=False):
    """One printed line: what stands on it and how it looks.

    Args:
        text: the line without blanks at its ends, as printed.
        shade: the same on the shadow (full-width forms folded), the same length.
        start: offset of its first character in the source's text.
        end: the offset after its last.
        page: the physical page, from 1.
        gap: how many blank lines stand above it on its page; -1 for the first line of a page.
        indent: how many display columns of blanks stand before it.
        columns: its width in display columns (a Chinese character takes two).
        unspaced: whether it is mostly in a script without spaces.
        stopped: whether it ends a sentence.
        inner: whether a sentence ends inside it.
        open: the opening bracket or quotation mark that is not closed on it; empty if none.
        closing: whether it closes a pair that it did not open.
    """

    text: str
    shade: str
    start: int
    end: int
    page: int
    gap: int
    indent: int
    columns: int
    unspaced: bool
    stopped: bool
    inner: bool
    open: str
    closing: bool

    @property
    def capitals(self) -> bool:
        """Whether it is set in capitals; a line of Chinese or Korean with an abbreviation in it is not."""
        return not self.wide and self.text.isupper()

    @property
    def wide(self) -> bool:
        """Whether it is mostly in a script whose characters take a full square, as Chinese and Korean do."""
        return self.columns > len(self.text) * _NARROW


def measure(blanks: str, text: str, shade: str, start: int, page: int, gap: int) -> Form:
    """One printed line measured.

    Args:
        blanks: what stands before it.
        text: the line without blanks at its ends.
        shade: the same on the shadow.
        start: the offset of its first character in the source.
        page: the physical page.
        gap: the blank lines above; -1 at the top of a page.
    """
    ascii_only = text.isascii()
    columns = len(text) if ascii_only else display_width(text)
    # Korean is as wide as Chinese, and has blanks between its words.
    wide = not ascii_only and (columns > len(text) * 1.4 or (is_unspaced(text[0]) and columns > len(text)))
    unspaced = wide and len(_HANGUL.findall(text)) * 3 < len(text)
    opened, closing = _pairs(shade) if _BRACKETS.search(shade) else ("", False)
    return Form(
        text, shade, start, start + len(text), page, gap,
        display_width(blanks.expandtabs(4)) if blanks else 0, columns, unspaced, ends_sentence(shade),
        (_CJK_INNER if unspaced else _LATIN_INNER).search(shade) is not None, opened, closing,
    )  # fmt: skip


def ends_sentence(shade: str) -> bool:
    """Whether a line ends with the end of a sentence, closing brackets and quotation marks aside."""
    at = len(shade)
    while at and (shade[at - 1] in CLOSERS or shade[at - 1] == " " or (shade[at - 1] in TURNED and closes(shade, at - 1))):
        at -= 1
    return at > 0 and (shade[at - 1] in SENTENCE_ENDS or (at < len(shade) and _SIGNED.search(shade, max(at - _SIGNED_CHARS, 0)) is not None))


def _pairs(shade: str) -> tuple[str, bool]:
    """The innermost opener left open, and whether a closer stands without its opener."""
    stack: list[str] = []
    closing = False
    for match in _BRACKETS.finditer(shade):
        char = match.group()
        turned = char in TURNED and closes(shade, match.start())
        if char in _OPEN and not turned:
            stack.append(char)
        elif stack and char in _OPEN[stack[-1]]:
            stack.pop()
        else:
            closing = closing or not stack
    return (stack[-1] if stack else ""), closing


def tokens(form: Form) -> set[str]:
    """What a line speaks of: its pairs of characters in an unspaced script, its words of four letters and more in others."""
    if not form.unspaced:
        return set(_WORDS.findall(form.shade))
    found: set[str] = set()
    for run in _HAN_RUNS.findall(form.shade):
        found.update(map(add, run, run[1:]))
    return found


def digitless(shade: str) -> str:
    """A line with its numbers made alike, so that folios of different pages compare equal."""
    return _DIGITS.sub("0", shade)
