"""Newspaper text of any length for benchmarks, made of the seed pages: real parts in a real order, but no two paragraphs alike."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from broadsheet.outline import from_outline

SEEDS = Path(__file__).parents[2] / "seeds"
#: The seed pages of a language, by the beginning of their names.
PAGES = {"Chinese": "zh-[0-9]*", "English": "en-*"}
_SENTENCE = re.compile(r".+?(?:[。！？]”?|[.!?][”\"]?(?: |$)|$)", re.DOTALL)
_LONG_CHARS = 40
#: A block: whether it is running text, and its printed lines.
_Block = tuple[bool, str]


@cache
def _articles(language: str) -> tuple[tuple[_Block, ...], ...]:
    pages = (from_outline(path.read_text("utf-8")) for path in sorted(SEEDS.glob(f"{PAGES[language]}.outline")))
    return tuple(tuple((len(block.text) > _LONG_CHARS and "\n" not in block.text, block.text) for block in article.blocks) for page in pages for article in page.articles)


@cache
def _sentences(language: str) -> tuple[str, ...]:
    texts = (text for article in _articles(language) for paragraph, text in article if paragraph)
    return tuple(sentence.strip() for text in texts for sentence in _SENTENCE.findall(text) if len(sentence) > 12)


def articles(language: str, *, seed: int = 1) -> Iterator[list[_Block]]:
    """Articles without end: the titles, bylines and leads of a seed article, then sentences from anywhere, each paragraph with its number."""
    chance = random.Random(seed)
    glue = "" if language == "Chinese" else " "
    number = 0
    while True:
        made: list[_Block] = []
        for paragraph, text in chance.choice(_articles(language)):
            number += 1
            first, *others = _SENTENCE.findall(text) or [text]
            more = [chance.choice(_sentences(language)) for _ in others]
            body = glue.join([first.strip(), *more])
            made.append((True, f"{body[:-1]}{glue}{number}{body[-1]}") if paragraph and len(body) > 1 else (False, text))
        yield made


def paper(language: str, size: int, *, width: int = 0) -> str:
    """A paper's text.

    Args:
        language: `Chinese` or `English`.
        size: its length in bytes of UTF-8, at least.
        width: the length of a line in characters, with paragraphs indented; 0 prints a paragraph a line.
    """
    pieces: list[str] = []
    length = 0
    for article in articles(language):
        lines = [line for paragraph, text in article for line in _set(text, paragraph=paragraph, width=width, language=language)]
        pieces.append("\n".join(lines) + "\n\n")
        length += len(pieces[-1].encode())
        if length >= size:
            return "".join(pieces)
    raise AssertionError("articles come without end")


def _set(text: str, *, paragraph: bool, width: int, language: str) -> list[str]:
    if not width:
        return text.split("\n")
    indent = ("　　" if language == "Chinese" else "  ") if paragraph else ""
    if language == "English":
        return [line for one in text.split("\n") for line in textwrap.wrap(one, width, initial_indent=indent)]
    return [body[at : at + width] for one in text.split("\n") for body in [indent + one] for at in range(0, len(body), width)]
