"""Pure helpers on characters: the same-length shadow to match on, character classes, and the glue of a seam."""

from __future__ import annotations

import re
from functools import lru_cache

# Full-width forms and exotic spaces, one code point for one, so that offsets found on the shadow hold for the text.
_FOLDS = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
_FOLDS |= dict.fromkeys("\u3000\xa0\u2007\u2009\u202f\t", " ")
_FOLDS |= {"\u2019": "'", "\uff61": "\u3002", "\u017f": "s"}  # ſ, the long s of Fraktur
_FOLD_TABLE = str.maketrans(_FOLDS)
#: Longer texts are folded faster form by form.
_SHORT_CHARS = 500

#: What `is_unspaced` takes, as a regular expression's class without its brackets.
UNSPACED = (
    r"\u2e80-\u2fdf\u3000-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f"
    r"\uff00-\uffef\u2014\u2026\u00b7\u2460-\u2473\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

# The blocks of characters that East Asian typesetting gives a full square. Source: Unicode 15, EastAsianWidth.txt, W and F.
_WIDE = re.compile(
    "[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff"
    "\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001f9ff\U00020000-\U0003fffd]+"
)
_COMBINING = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")

#: Marks that end a sentence, in every script we read, as they stand in the shadow.
SENTENCE_ENDS = frozenset("。.!?…！？؟۔।")
#: Marks that may follow a sentence's end and close something.
CLOSERS = frozenset("”’\"'」』》〉】〕)]}»›")
#: Marks that open something that must be closed.
OPENERS = frozenset("“‘「『《〈【〔([{«‹")
#: Marks that open in most languages and close in German: „…“, ‚…‘, »…«.
TURNED = frozenset("“‘«")
#: So many of them meet at most, such as “ after ‘.
_MEETING_MARKS = 4
#: Which closer belongs to which opener; straight quotation marks are left out, for they open and close alike.
PAIRS = {"“": "”", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】", "〔": "〕", "(": ")", "[": "]"}


def shadow(text: str) -> str:
    """The text to match on: full-width forms, exotic spaces and the long s folded, the length unchanged."""
    if text.isascii():
        return text
    if len(text) <= _SHORT_CHARS:
        return text.translate(_FOLD_TABLE)
    for char, fold in _FOLDS.items():
        text = text.replace(char, fold)
    return text


def is_han(char: str) -> bool:
    """Whether a character is a Chinese ideograph."""
    return _HAN.match(char) is not None


def is_unspaced(char: str) -> bool:
    """Whether a character belongs to a script, or to punctuation, that is set without spaces between words."""
    return _UNSPACED.match(char) is not None


def closes(text: str, at: int) -> bool:
    """Whether a mark of `TURNED` closes where it stands: right behind a narrow character, and before none of a word.

    Args:
        text: a text or its shadow.
        at: where in it the mark stands.
    """
    first = at
    while first > max(at - _MEETING_MARKS, 0) and text[first - 1] in TURNED:
        first -= 1
    closing = False
    for place in range(first, at + 1):
        before = text[max(place - 2, 0) : place]
        behind = bool(before) and not before[-1].isspace() and (before[-1] not in OPENERS or (before[-1] in TURNED and closing))
        closing = behind and not text[place + 1 : place + 2].isalnum() and not _WIDE.search(before)
    return closing


@lru_cache(maxsize=4096)
def seam_glue(before: str, after: str) -> str:
    """What joins two halves of a broken paragraph, decided by the two characters at the seam.

    Args:
        before: the last character of the first half.
        after: the first character of the second half.

    Returns:
        `""` where either side belongs to an unspaced script, or a hyphen or slash stands at the seam; `" "` between two
        words or numbers.
    """
    if is_unspaced(before) or is_unspaced(after):
        return ""
    if before in "-/\u00ad\u2010\u2011" and after not in "–—":
        return ""
    return " "


def display_width(text: str) -> int:
    """How many columns the text takes in a fixed-width setting: East Asian wide characters count two, combining marks none."""
    if text.isascii():
        return len(text)
    wide = len(text) - len(_WIDE.sub("", text))
    return len(text) + wide - (len(_COMBINING.findall(text)) if _COMBINING.search(text) else 0)
