"""Two thousand pages that never were: lines of all seed pages in any order, language and make-up, and bytes decoded anyhow."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from broadsheet.evaluation.accounts import Accounts, accounts
from broadsheet.lines import Source, cut_pages
from broadsheet.model import Issue
from broadsheet.parser import parse_source
from broadsheet.registry import load_registry
from broadsheet.report import Report

REGISTRY = load_registry(())
RULES = tuple((rule, rule.options()) for rule in REGISTRY.rules.values())
LINES = tuple(
    line for page in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt")) for line in page.read_text("utf-8").split("\n") if line.strip()
)
BATCHES, PAGES = 8, 250
NOTHING = Accounts(0, 0, 0)


def document_of(text):
    source = Source(name="page.txt", media_type="text/plain", encoding="utf-8", sha256="", text=text, pages=cut_pages(text))
    return parse_source(source, rules=RULES, languages=REGISTRY.languages, language=None, issue=Issue(), report=Report())


def page(chance: random.Random) -> str:
    """A page: lines from anywhere, or neighbours that belong together, wrapped, indented, parted and broken by chance."""
    width = chance.choice((0, 0, 11, 18, 30, 44))
    gap = chance.choice(("", "", "\n", "\n\n"))
    lines = []
    while len(lines) < chance.randrange(1, 24):
        start, many = chance.randrange(len(LINES)), chance.choice((1, 1, 2, 5))
        lines += LINES[start : start + many]
    if chance.random() < 0.3:
        chance.shuffle(lines)
    return "".join(piece + ending(chance, gap) for line in lines for piece in wrapped(line, width, chance.choice(("", "　　", "  "))))


def wrapped(line: str, width: int, indent: str) -> list[str]:
    if not width:
        return [indent + line.strip()]
    body = indent + line.strip()
    return [body[at : at + width] for at in range(0, len(body), width)]


def ending(chance: random.Random, gap: str) -> str:
    return chance.choices(("\n" + gap, "\n", "\f", "\r\n", " ", ""), weights=(70, 20, 1, 3, 3, 3))[0]


@pytest.mark.parametrize("seed", range(BATCHES))
def test_nothing_is_lost_invented_or_doubled_on_pages_made_of_lines_from_everywhere(seed):
    chance = random.Random(seed)
    texts = [page(chance) for _ in range(PAGES)]
    assert len(set(texts)) > 0.99 * PAGES
    assert [text for text in texts if accounts(document_of(text)) != NOTHING] == []


def test_the_pages_are_of_every_sort(unaccounted):
    """Guards the generator, and the count itself against the slower check that the other tests use."""
    chance = random.Random(0)
    documents = [document_of(page(chance)) for _ in range(60)]
    assert {document.language for document in documents} >= {"zh-Hans", "en", "ja"}
    assert any(len(block.source) > 1 for document in documents for article in document.articles for block in article.blocks)
    assert [unaccounted(document) for document in documents] == [[]] * 60


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "gb18030", "big5", "shift_jis", "euc_kr", "utf-16-le", "cp1256", "koi8-r"])
def test_nothing_is_lost_of_bytes_decoded_anyhow(encoding):
    chance = random.Random(encoding)
    for _ in range(60):
        data = bytes(chance.choices(chance.choice((range(256), range(32, 127), (10, 13, 12, 32, 45, 0x81, 0xE4, 0xB8, 0xAD))), k=chance.randrange(1, 400)))
        text = data.decode(encoding, "replace")
        assert accounts(document_of(text)) == NOTHING, text
