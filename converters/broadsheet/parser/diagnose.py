"""What a person should know about a parsed page: cut headlines, orphans, doubled characters, doubtful places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import Article, Block, Code, Role
from broadsheet.views import one_line, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.galley import Lines
    from broadsheet.parser.assemble import Join
    from broadsheet.report import Report

_DOUBLED = re.compile(r"([\u4e00-\u9fff])\1")
_RUN = re.compile(r"[\u4e00-\u9fff]")
_WIDTHS = (re.compile(r"[\u4e00-\u9fff][,;:()!?]|[,;:()!?][\u4e00-\u9fff]"), re.compile(r"[\u4e00-\u9fff][，；：（）！？]|[，；：（）！？][\u4e00-\u9fff]"))
_TAIL_CHARS = 3
_FEWEST_PROOFS = 3
_LOW = 0.6
_MOST_LOW = 20


def diagnose(lines: Lines, articles: Sequence[Article], joins: Sequence[Join], report: Report) -> None:
    """Say everything that is doubtful or was changed about the page."""
    for article in articles:
        for block in article.blocks:
            _block(lines.text, block, article, report)
        _article(article, report)
    for join in joins:
        if join.reasons and not lines.layout.measure:
            report.add(Code.JOINED_BREAK, f"a broken paragraph was rejoined: {'; '.join(join.reasons)}", source=join.source)
    _widths(lines, report)
    _low(articles, report)


def _block(text: str, block: Block, article: Article, report: Report) -> None:
    place = block.source[0]
    if block.role is Role.HEADLINE:
        proof = truncated(text, block)
        if proof:
            report.add(Code.TRUNCATED_HEADLINE, proof, source=block.source[-1], article=article.id)
    if block.role is Role.BYLINE and not block.names:
        report.add(Code.BYLINE_WITHOUT_NAME, f"the byline {block.text!r} names nobody", source=place, article=article.id)
    if any(mark.role is Role.CONTINUED for mark in block.marks):
        report.add(Code.ORPHAN_FRAGMENT, f"the text starts in mid-sentence: {one_line(block.text)[:20]}…", source=place, article=article.id)
    for at, found in _doubled(text, block):
        around = text[max(at - 2, 0) : at + 5].split("\n")[0]
        message = f"{found!r} stands twice in {around!r}, and nowhere else like this"
        report.add(Code.DOUBLED_CHARACTER, message, source=(at, at + 2), article=article.id)


def truncated(text: str, block: Block) -> str | None:
    """The proof that a headline is cut: its last characters are followed, wherever else they stand, by one and the same.

    Returns:
        The proof in words; null where there is none.
    """
    tail = block.text[-_TAIL_CHARS:]
    if len(block.text) < _TAIL_CHARS * 2 or not all(_RUN.match(char) for char in tail):
        return None
    start, end = block.source[-1]
    following = [text[m.end() : m.end() + 1] for m in re.finditer(re.escape(tail), text) if m.end() != end]
    following = [char for char in following if char]
    if len(following) < _FEWEST_PROOFS or len(set(following)) > 1 or not _RUN.match(following[0]):
        return None
    del start
    return f"the headline seems cut: {tail!r} is followed by {following[0]!r} {len(following)} times out of {len(following)} elsewhere"


def _doubled(text: str, block: Block) -> Iterator[tuple[int, str]]:
    """A character doubled inside a word that stands elsewhere with one: 民族团团结 beside 民族团结 or 团结 at large."""
    for start, end in block.source:
        for match in _DOUBLED.finditer(text, start, end):
            at, char = match.start(), match[1]
            before, after = text[at - 1 : at], text[at + 2 : at + 3]
            if not (_RUN.match(before or " ") and _RUN.match(after or " ")):
                continue
            left, right = text.count(before + char), text.count(char + after)
            wrong = text.count(before + char * 2), text.count(char * 2 + after)
            if max(wrong) == 1 and char not in _DOUBLES and (left > 1 or right > 1):
                yield at, char * 2


#: Characters that double in everyday words: 人人, 天天, 渐渐, 刚刚, 仅仅 …
_DOUBLES = frozenset(
    "人天年个家处时层步点条件样种次常渐刚仅往纷频慢轻深紧牢好大小多高长远静默悄偷暗匆忙快乐喜哈呵嘻娃妈爸爷奶哥姐弟妹叔舅宝星甜香红绿白黑蓝黄金"
    "绵滔滚涓潺茫苍翩袅亭楚历累重每代世事户村镇县方面头口字句声色片座排行双对试看想说走谈听笑聊学练闻摸尝问等停歇坐数算写画洗扫擦整真实切明"
    "沸扬冉徐缓源隐郁葱欣蒸津堂皇兢业勤恳恋依孜念谆循侃娓津热暖冷清凉"
)


def _article(article: Article, report: Report) -> None:
    if any(block.role is Role.CAPTION and block.image is None for block in article.blocks):
        first = next(block for block in article.blocks if block.role is Role.CAPTION)
        report.add(Code.CAPTION_WITHOUT_PICTURE, "the picture of this caption is not in the text", source=first.source[0], article=article.id)
    for jump in parts(article, Role.JUMP):
        if jump.article is None:
            what = "begins on" if jump.direction == "from" else "goes on on"
            place = article.blocks[0].source[0] if jump.direction == "from" else article.blocks[-1].source[-1]
            report.add(
                Code.JUMP_WITHOUT_OTHER_HALF, f"the article {what} page {jump.page or '?'}, which is not here", source=place, article=article.id
            )


def _widths(lines: Lines, report: Report) -> None:
    half, full = (len(pattern.findall(lines.text)) for pattern in _WIDTHS)
    if lines.unspaced and half and full:
        report.add(Code.MIXED_WIDTH, f"{half} half-width and {full} full-width marks stand beside Chinese characters")
    elif lines.unspaced and half > 1:
        report.add(Code.MIXED_WIDTH, f"{half} half-width marks stand beside Chinese characters")


def _low(articles: Sequence[Article], report: Report) -> None:
    low = [(article, block) for article in articles for block in article.blocks if block.confidence < _LOW]
    for article, block in low[:_MOST_LOW]:
        message = f"{block.role} is a guess ({block.confidence:.2f}): {one_line(block.text)[:24]}"
        report.add(Code.LOW_CONFIDENCE, message, source=block.source[0], article=article.id)
    if len(low) > _MOST_LOW:
        report.add(Code.LOW_CONFIDENCE, f"{len(low) - _MOST_LOW} more blocks are guesses; their confidence is in the JSON")
