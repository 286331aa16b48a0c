"""What a person should know about a parsed page: cut headlines, orphans, doubled characters, doubtful places."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from broadsheet.form import ends_sentence
from broadsheet.model import Article, Block, Code, Role
from broadsheet.text import PAIRS, TURNED, closes, is_han, shadow
from broadsheet.views import byline_names, one_line, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.galley import Lines
    from broadsheet.parser.assemble import Join
    from broadsheet.plugin import Language
    from broadsheet.report import Report

_DOUBLED = re.compile(r"([\u4e00-\u9fff])\1")
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_REACH_CHARS = 20_000
_HALF_WIDTH, _FULL_WIDTH = re.compile(r"[,;:()!?]"), "，；：（）！？"
_PAIRED = re.compile("[" + re.escape("".join(PAIRS) + "".join(PAIRS.values())) + "]")
_TAIL_CHARS = 3
_FEWEST_PROOFS = 3
_LOW = 0.6
_LONG_CHARS = 40
_MOST_LOW = 20


def diagnose(lines: Lines, articles: Sequence[Article], joins: Sequence[Join], report: Report, language: Language | None) -> None:
    """Say everything that is doubtful or was changed about the page."""
    doubled = list(_doubled(lines.text, language))
    for article in articles:
        for block in article.blocks:
            _block(lines.text, block, article, report, doubled)
        _article(article, report)
    for join in joins:
        if join.reasons:
            report.add(Code.JOINED_BREAK, f"a broken paragraph was rejoined: {'; '.join(join.reasons)}", source=join.source)
    _widths(lines, report)
    _low(articles, report)


def _block(text: str, block: Block, article: Article, report: Report, doubled: Sequence[tuple[int, str]]) -> None:
    place = block.source[0]
    if block.role is Role.HEADLINE:
        proof = truncated(text, block)
        if proof:
            report.add(Code.TRUNCATED_HEADLINE, proof, source=block.source[-1], article=article.id)
    if block.role is Role.BYLINE and not byline_names(article):
        report.add(Code.BYLINE_WITHOUT_NAME, f"the byline {block.text!r} names nobody", source=place, article=article.id)
    if block.marks and any(mark.role is Role.CONTINUED for mark in block.marks):
        report.add(Code.ORPHAN_FRAGMENT, f"the text starts in mid-sentence: {one_line(block.text)[:20]}…", source=place, article=article.id)
    if block.role is Role.PARAGRAPH and (opener := _unclosed(block.text)):
        report.add(Code.UNCLOSED_PAIR, f"{opener!r} is opened and not closed in: {one_line(block.text)[-30:]}", source=block.source[-1], article=article.id)
    for at, message in doubled[bisect_left(doubled, (place[0], "")) : bisect_left(doubled, (block.source[-1][1], ""))] if doubled else ():
        if any(start <= at < end for start, end in block.source):
            report.add(Code.DOUBLED_CHARACTER, message, source=(at, at + 2), article=article.id)


def _unclosed(text: str) -> str:
    """The opening bracket or quotation mark that a paragraph does not close; empty where all are closed.

    A quotation of several paragraphs is opened anew in each, so one that opens the paragraph does not count.
    """
    if [*map(text.count, PAIRS)] == [*map(text.count, PAIRS.values())]:
        return ""
    stack: list[str] = []
    for match in _PAIRED.finditer(text):
        char = match.group()
        if char in TURNED and closes(text, match.start()):
            continue
        if char in PAIRS:
            stack.append(char)
        elif stack and char == PAIRS[stack[-1]]:
            stack.pop()
    return stack[-1] if stack and not text.startswith(stack[-1]) else ""


def truncated(text: str, block: Block) -> str | None:
    """The proof that a headline is cut: its last characters are followed, wherever else they stand, by one and the same.

    Returns:
        The proof in words; null where there is none.
    """
    tail = block.text[-_TAIL_CHARS:]
    if len(block.text) < _TAIL_CHARS * 2 or not _RUN.fullmatch(tail):
        return None
    start, end = block.source[-1]
    low, high = max(start - _REACH_CHARS, 0), end + _REACH_CHARS
    if text.count(tail, low, high) <= _FEWEST_PROOFS:
        return None
    places = (match.end() for match in re.compile(re.escape(tail)).finditer(text, low, high))
    following = [text[at] for at in places if at != end and at < len(text)]
    if len(following) < _FEWEST_PROOFS or len(set(following)) > 1 or not _RUN.match(following[0]):
        return None
    return f"the headline seems cut: {tail!r} is followed by {following[0]!r} {len(following)} times out of {len(following)} elsewhere"


def _doubled(text: str, language: Language | None) -> Iterator[tuple[int, str]]:
    """Where a character is doubled by mistake, and that in words: between two words that stand elsewhere on the page, and no usual doubling.

    Words meet on one character all the time (中国国家, 外交部部长), and some are made of a doubled one (渐渐): the profile
    lists which characters do so.
    """
    usual = frozenset("".join(language.words.get("doubling", ()))) if language else frozenset()
    titles = frozenset("".join(language.words.get("title_ends", ()))) if language else frozenset()
    for match in _DOUBLED.finditer(text) if usual else ():
        at, char = match.start(), match[1]
        if char in usual:
            continue
        before, after = text[max(at - 2, 0) : at], text[at + 2 : at + 3]
        if after in titles or not (_RUN.fullmatch(before) and _RUN.fullmatch(after)):
            continue
        low, high = max(at - _REACH_CHARS, 0), at + _REACH_CHARS
        word_above = text.count(before, low, high) > 1 and text.count(before + char, low, high) == 1
        word_below = text.count(char + after, low, high) > 1 and text.count(before[-1] + char, low, high) == 1
        undoubled = text.find(before + char + after, low, high) >= 0
        if word_above or word_below or undoubled:
            around = text[max(at - 2, 0) : at + 5].split("\n", maxsplit=1)[0]
            yield at, f"{char * 2!r} in {around!r} looks doubled by mistake"


def _article(article: Article, report: Report) -> None:
    if any(block.role is Role.CAPTION and block.image is None for block in article.blocks):
        first = next(block for block in article.blocks if block.role is Role.CAPTION)
        report.add(Code.CAPTION_WITHOUT_PICTURE, "the picture of this caption is not in the text", source=first.source[0], article=article.id)
    last = article.blocks[-1]
    goes_on = any(jump.direction == "to" for jump in parts(article, Role.JUMP))
    if last.role is Role.PARAGRAPH and not last.marks and not goes_on and not ends_sentence(shadow(last.text)) and len(last.text) > _LONG_CHARS:
        report.add(Code.SUSPECTED_LOSS, f"the article ends in mid-sentence: …{one_line(last.text)[-20:]}", source=last.source[-1], article=article.id)
    for jump in parts(article, Role.JUMP):
        if jump.article is None:
            what = "begins on" if jump.direction == "from" else "goes on on"
            place = article.blocks[0].source[0] if jump.direction == "from" else article.blocks[-1].source[-1]
            report.add(
                Code.JUMP_WITHOUT_OTHER_HALF, f"the article {what} page {jump.page or '?'}, which is not here", source=place, article=article.id
            )


def _widths(lines: Lines, report: Report) -> None:
    if not lines.unspaced:
        return
    half = sum(1 for match in _HALF_WIDTH.finditer(lines.text) if _beside_han(lines.text, match.start()))
    full = sum(map(lines.text.count, _FULL_WIDTH))
    if half and full:
        report.add(Code.MIXED_WIDTH, f"{half} half-width marks stand beside Chinese characters, and {full} full-width ones in the text")
    elif half > 1:
        report.add(Code.MIXED_WIDTH, f"{half} half-width marks stand beside Chinese characters")


def _beside_han(text: str, at: int) -> bool:
    return is_han(text[at - 1 : at] or " ") or is_han(text[at + 1 : at + 2] or " ")


def _low(articles: Sequence[Article], report: Report) -> None:
    low = [(article, block) for article in articles for block in article.blocks if block.confidence < _LOW]
    for article, block in low[:_MOST_LOW]:
        message = f"{block.role} is a guess ({block.confidence:.2f}): {one_line(block.text)[:24]}"
        report.add(Code.LOW_CONFIDENCE, message, source=block.source[0], article=article.id)
    if len(low) > _MOST_LOW:
        report.add(Code.LOW_CONFIDENCE, f"{len(low) - _MOST_LOW} more blocks are guesses; their confidence is in the JSON")
