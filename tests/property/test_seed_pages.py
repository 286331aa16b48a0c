"""The promises on the seed pages: lossless, the same in every process, and back from the outline with the page's spans."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from broadsheet.conversion import parse, read
from broadsheet.model import Code
from broadsheet.outline import from_outline, to_outline
from broadsheet.schema import to_json

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
every_page = pytest.mark.parametrize("page", [*SEEDS, *SAMPLES], ids=lambda page: page.stem)

_HASHES = """
import hashlib, sys
from broadsheet.conversion import parse, read
from broadsheet.registry import load_registry
from broadsheet.schema import to_json
registry = load_registry(())
for name in sys.argv[1:]:
    print(hashlib.sha256(to_json(parse(read(name, registry=registry), registry=registry, explain=True))).hexdigest())
"""


def hashes(seed: str, path: str) -> list[str]:
    """The hash of every page's JSON, with reasons, as a process with its own order of sets makes it."""
    import broadsheet

    done = subprocess.run(
        [sys.executable, "-c", _HASHES, *map(str, SEEDS)], capture_output=True, text=True, check=True,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(broadsheet.__file__).parents[1]), "TZ": path},
    )  # fmt: skip
    return done.stdout.split()


def test_processes_with_other_hash_seeds_and_time_zones_give_the_same_json():
    one, other = hashes("1", "UTC"), hashes("4242", "Asia/Shanghai")
    assert len(set(one)) == len(SEEDS)
    assert one == other


@every_page
def test_no_character_of_a_page_is_lost(page, parsed, unaccounted):
    assert unaccounted(parsed(page.read_bytes())) == []


@every_page
def test_rules_registered_in_another_order_give_the_same_document(page, registry):
    names = list(registry.rules)
    random.Random(page.stem).shuffle(names)
    shuffled = dataclasses.replace(registry, rules={name: registry.rules[name] for name in names})
    source = read(page, registry=registry)
    assert parse(source, registry=shuffled, explain=True) == parse(source, registry=registry, explain=True)


@every_page
def test_the_documents_text_and_hash_are_the_files(page, parsed):
    data = page.read_bytes()
    document = parsed(data)
    assert document.source.text == data.decode("utf-8")
    assert document.source.sha256 == hashlib.sha256(data).hexdigest()


@every_page
def test_the_outline_read_against_the_page_gives_the_same_blocks_spans_and_marks(page, parsed, registry):
    document = parsed(page.read_bytes())
    back = from_outline(to_outline(document), source=read(page, registry=registry))
    assert [blocks(article.blocks) for article in back.articles] == [blocks(article.blocks) for article in document.articles]
    assert blocks(back.furniture) == blocks(document.furniture)


def blocks(found):
    return [(block.role, block.text, block.source, block.glue, sorted((m.role, m.start, m.end) for m in block.marks)) for block in found]


@pytest.mark.parametrize("page", SEEDS, ids=lambda page: page.stem)
def test_the_gold_outline_holds_every_visible_character_but_hyphens_at_line_ends(page, registry):
    document = from_outline(page.with_suffix(".outline").read_text("utf-8"), source=read(page, registry=registry))
    text = document.source.text
    found = [*(block for article in document.articles for block in article.blocks), *document.furniture]
    held = {at for block in found for start, end in block.source for at in range(start, end)}
    left = [at for at, char in enumerate(text) if at not in held and not char.isspace()]
    assert [text[at : at + 2] for at in left if not re.match(r"-\s*\n", text[at:])] == []


@every_page
def test_json_carries_the_page_so_that_any_program_can_check_it(page, parsed):
    document = json.loads(to_json(parsed(page.read_bytes())))
    text = document["source"]["text"]
    first = document["articles"][0]["blocks"][0]
    start, end = first["source"][0]
    assert text == page.read_bytes().decode("utf-8")
    assert first["text"].startswith(text[start:end])


@every_page
def test_codes_of_a_page_are_known_and_point_into_its_text(page, parsed):
    document = parsed(page.read_bytes())
    size = len(document.source.text)
    ids = {article.id for article in document.articles}
    for diagnostic in document.diagnostics:
        assert diagnostic.code in Code
        assert diagnostic.source is None or 0 <= diagnostic.source[0] <= diagnostic.source[1] <= size
        assert diagnostic.article is None or diagnostic.article in ids
