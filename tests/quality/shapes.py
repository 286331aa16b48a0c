"""Newspaper pages with exact gold, made from the stories at hand in the shapes that real papers have.

    [BROADSHEET_CORPORA=DIR] python tests/quality/shapes.py SHAPE [--count 30] [--seed 1] [--show]

prints one line of JSON a page, as gold for `broadsheet evaluate`; `--show` prints the pages themselves.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

import broadcast_pages
import chinese_pages
import other_pages
from desk import Desk, Facts, Paper, phrases_of
from msgspec import Struct
from msgspec.structs import asdict
from setting import UNSPACED, MadeBlock, Setting, a_setting, an_old_setting, gold_text, set_page
from stories import languages, stories

from broadsheet.model import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk import Sheet
    from stories import Story

__all__ = ["SHAPES", "Made", "MadeBlock", "gold_row", "pages"]

#: What each shape is.
SHAPES = {
    "daily-1998": "People's Daily of 1998: full-width figures, openers and bylines as counted, briefs, verse, photo items",
    "daily-2026": "People's Daily of 2026: kickers, labels, reporters in brackets, jumps, furniture",
    "daily-1946": "People's Daily of 1946: headlines of two to four lines, datelines in black brackets",
    "broadcast": "a day of a Chinese news programme, eight to sixteen items with the programme's opener",
    "wire": "Reuters of 1987: headlines in capitals, `By N, Reuters`, datelines with the day",
    "ocr-fr": "a French page of 1821-1972 after character recognition: narrow columns, divided words, misread letters",
    "ocr-de": "a German page of the same years",
    "web": "one article of the web as plain text, page by page in another language",
    "modern": "a paper of today, page by page in another language that there are stories of",
}
#: The fewest stories of a page.
LEAST = 3


class Made(Struct, frozen=True):
    """A made page.

    Args:
        name: shape, language, seed and number.
        language: of its text.
        text: the page.
        blocks: what stands on it, in reading order.
        facts: of each article, what its blocks' roles do not say.
        setting: how it is set.
    """

    name: str
    language: str
    text: str
    blocks: tuple[MadeBlock, ...]
    facts: tuple[Facts, ...]
    setting: Setting


def pages(shape: str, count: int, seed: int) -> list[Made]:
    """Pages of a shape, the same for the same seed."""
    return [_page(shape, number, seed) for number in range(count)]


def _page(shape: str, number: int, seed: int) -> Made:
    chance = random.Random(f"{shape} {seed} {number}")
    language = _language(shape, number)
    desk = Desk(chance, language)
    known = _known(shape, language)
    chosen = chance.sample(known, min(len(known), _how_many(shape, chance)))
    desk.phrases = phrases_of(language, chosen)
    paper = Paper()
    lay_out = chinese_pages.page_2026 if (shape, language) == ("modern", "zh-Hans") else _LAY_OUT[shape]
    lay_out(desk, chosen, paper)
    setting = an_old_setting(chance) if shape.startswith("ocr-") else a_setting(chance, language, parted=shape in ("wire", "broadcast"))
    text, blocks = set_page([piece for sheet in paper.sheets for piece in sheet.pieces], setting, chance)
    facts = tuple(sheet.facts() for sheet in paper.sheets if sheet.number >= 0)
    return Made(f"{shape}-{language}-{seed}-{number:03}", language, text, blocks, facts, setting)


def _language(shape: str, number: int) -> str:
    if shape not in ("modern", "web"):
        return _LANGUAGE.get(shape, "zh-Hans")
    able = [language for language in languages() if len(_known(shape, language)) >= (LEAST if shape == "modern" else 1)]
    return able[number % len(able)]


def _known(shape: str, language: str) -> list[Story]:
    """The stories that suit a shape: the wire's own where there are enough of them."""
    known = [story for story in stories(language) if shape.startswith("ocr-") or not story.misread]
    if shape != "broadcast":
        known = [story for story in known if story.news or story.source != _SOURCE["broadcast"]]  # no lists of names
    if language == "zh-Hans" and shape != "web":
        known = [story for story in known if story.source != "web_fundus"]
    if shape in ("modern", "web"):
        known = [story for story in known if story.source != _SOURCE["wire"]]
    found = [story for story in known if story.source == _SOURCE.get(shape)]
    return found if len(found) >= LEAST * 4 else known


def _how_many(shape: str, chance: random.Random) -> int:
    return 1 if shape == "web" else chance.randint(8, 16) if shape == "broadcast" else chance.randint(LEAST, 12)


def _daily(dress: Callable[[Desk, Story, Sheet], None]) -> Callable[[Desk, Sequence[Story], Paper], None]:
    """A layout that dresses story after story."""

    def lay_out(desk: Desk, chosen: Sequence[Story], paper: Paper) -> None:
        for story in chosen:
            dress(desk, story, paper.article())

    return lay_out


_LANGUAGE = {"wire": "en", "ocr-fr": "fr", "ocr-de": "de"}
_SOURCE = {"wire": "en_reuters21578_pages", "broadcast": "zh_xwlb_pages"}
_LAY_OUT: dict[str, Callable[[Desk, Sequence[Story], Paper], None]] = {
    "daily-1998": chinese_pages.page_1998, "daily-2026": chinese_pages.page_2026, "daily-1946": _daily(chinese_pages.daily_1946),
    "broadcast": broadcast_pages.programme, "wire": other_pages.wire, "ocr-fr": other_pages.old_french, "ocr-de": other_pages.old_german,
    "modern": other_pages.modern, "web": other_pages.web,
}


def gold_row(made: Made) -> dict[str, Any]:
    """The page as a line of gold in JSON: what `broadsheet evaluate` and programs like it read."""
    articles = [_gold_article(made, number, facts) for number, facts in enumerate(made.facts)]
    for key in ("kicker", "subheadlines"):
        if not any(article.get(key) for article in articles):  # a paper that prints none has titles in one piece
            for article in articles:
                article.pop(key, None)
    return {"id": made.name, "corpus": "made", "lang": made.language, "kind": "page" if len(articles) > 1 else "article", "input": made.text, "articles": articles}


def _gold_article(made: Made, number: int, facts: Facts) -> dict[str, Any]:
    said: dict[Role, list[str]] = {}
    for block in made.blocks:
        if block.article == number:
            said.setdefault(block.role, []).append(gold_text(made.text, block.spans, unspaced=made.language in UNSPACED))
    marks = {role: [text for one, text in facts.marks if one is role] for role in (Role.CREDIT, Role.JUMP)}
    row: dict[str, Any] = {
        "kicker": said.get(Role.KICKER, []), "headline": said.get(Role.HEADLINE, []), "subheadlines": said.get(Role.SUBHEADLINE, []) + said.get(Role.STANDFIRST, []),
        "byline": list(facts.names), "dateline": facts.dateline and asdict(facts.dateline), "sign_off": facts.sign_off and asdict(facts.sign_off),
        "sections": said.get(Role.HEADING, []), "paragraphs": [text for role in _PARAGRAPHS for text in said.get(role, [])],
        "captions": said.get(Role.CAPTION, []), "credits": said.get(Role.CREDIT, []) + marks[Role.CREDIT], "jumps": said.get(Role.JUMP, []) + marks[Role.JUMP],
    }
    opening = next(block.role for block in made.blocks if block.article == number)
    if opening is Role.COLUMN_LABEL and Role.HEADLINE in said:
        # The format has no labels: the title in one piece, its parts not asked for.
        row["headline"] = ["".join(said[Role.COLUMN_LABEL] + row.pop("kicker") + said[Role.HEADLINE])]
        row.pop("subheadlines")
    elif opening in (Role.COLUMN_LABEL, Role.JUMP):
        # Nor a place for what an article without a title starts with, other than its text.
        row["paragraphs"] = said[opening] + row["paragraphs"]
        row.pop("jumps")
    return row


_PARAGRAPHS = (Role.PARAGRAPH, Role.QUESTION, Role.ANSWER, Role.LIST_ITEM)


def main() -> None:
    """Print pages, or their gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shape", choices=SHAPES)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print the pages, each line with its role")
    args = parser.parse_args()
    for made in pages(args.shape, args.count, args.seed):
        print(shown(made) if args.show else json.dumps(gold_row(made), ensure_ascii=False))


def shown(made: Made) -> str:
    """The page with each line's article and role beside it, for people."""
    lines = [f"{block.article:3} {block.role:12} {'│' if at else '┌'} {made.text[start:end]}" for block in made.blocks for at, (start, end) in enumerate(block.spans)]
    return "\n".join((f"=== {made.name}", *lines))


if __name__ == "__main__":
    main()
