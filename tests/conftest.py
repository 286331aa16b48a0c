"""What tests of several folders share: the corpora from outside, our own plugins only, and the check that no text is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from broadsheet.conversion import parse, read
from broadsheet.registry import load_registry

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of pages that are not ours to ship."""
    name = os.environ.get("BROADSHEET_CORPORA")
    if not name:
        pytest.skip("BROADSHEET_CORPORA names no folder of corpora")
    folder = Path(name)
    if not folder.is_dir():
        pytest.skip(f"BROADSHEET_CORPORA: there is no folder {name}")
    return folder


@pytest.fixture(scope="session")
def registry():
    """What comes with the package, whatever plugins are installed beside it."""
    return load_registry(())


@pytest.fixture(scope="session")
def parsed(registry):
    """A text (or bytes) as a document, by way of the plain text reader."""

    def call(text, **options):
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        return parse(read(data, name="page.txt", format="txt", registry=registry), registry=registry, **options)

    return call


@pytest.fixture(scope="session")
def seed_pages() -> list[Path]:
    """The newspaper pages of this project, in the order of their names."""
    return sorted((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(scope="session")
def unaccounted():
    """Everything in a document that breaks the promise that no character is lost, invented or doubled."""
    return _unaccounted


def _unaccounted(document) -> list[str]:
    text = document.source.text
    blocks = [*(block for article in document.articles for block in article.blocks), *document.furniture]
    edited = {at for edit in document.edits for at in range(*edit.source)}
    held = [0] * len(text)
    problems: list[str] = []
    for block in blocks:
        for start, end in block.source:
            if not 0 <= start < end <= len(text):
                problems.append(f"{block.role} has a span {start}-{end} outside the text")
            for at in range(start, end):
                held[at] += 1
        problems += _unglued(block, document)
    for at, char in enumerate(text):
        if char.isspace() and not held[at]:
            continue
        if held[at] > 1:
            problems.append(f"doubled {char!r} at {at}")
        elif not held[at] and at not in edited:
            problems.append(f"lost {char!r} at {at}")
    return problems


def _unglued(block, document) -> list[str]:
    """A block's text is its spans joined by its glue, once the edits inside it are made."""
    text = document.source.text
    if len(block.glue) != len(block.source) - 1:
        return [f"{block.role} has {len(block.source)} spans and {len(block.glue)} pieces of glue"]
    if any(one[1] > other[0] for one, other in zip(block.source, block.source[1:], strict=False)):
        return [f"{block.role} has spans out of order"]
    made = "".join(_amended(text, span, document.edits) + glue for span, glue in zip(block.source, (*block.glue, ""), strict=True))
    return [] if made == block.text else [f"{block.role} says {block.text!r} where its spans give {made!r}"]


def _amended(text: str, span, edits) -> str:
    pieces, at = [], span[0]
    for edit in edits:
        if span[0] <= edit.source[0] and edit.source[1] <= span[1]:
            pieces += [text[at : edit.source[0]], edit.after]
            at = edit.source[1]
    return "".join([*pieces, text[at : span[1]]])
