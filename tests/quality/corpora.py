"""The pages that quality is measured on: our own seeds, and the corpora of a folder outside the project."""

from __future__ import annotations

import json
import os
import pathlib
import re
from typing import Any

from gold import gold_page

FIRST_HELD = 21
SEEDS = pathlib.Path(__file__).parents[2] / "seeds"


def outside() -> pathlib.Path | None:
    """The folder of corpora that are not ours to ship; null where it is not set."""
    name = os.environ.get("BROADSHEET_CORPORA")
    return pathlib.Path(name) if name else None


def corpora() -> dict[str, list[dict[str, Any]]]:
    """Every corpus there is: name to gold pages in the scorer's form."""
    found: dict[str, list[dict[str, Any]]] = {}
    for page in sorted(SEEDS.glob("*.txt")):
        found.setdefault(corpus_of(page), []).append(gold_page(page))
    folder = outside()
    if folder is not None:
        found["seed page"] = _pages(folder / "seeds" / "gold.jsonl")
        for path in sorted((folder / "quality" / "dev").glob("*.jsonl")):
            found[path.stem] = _pages(path)
    return found


def corpus_of(page: pathlib.Path) -> str:
    """The corpus of a seed page: `seeds LANGUAGE`, or `held LANGUAGE` for the pages (21 and up) that no weight is set on."""
    language, number = re.fullmatch(r"([A-Za-z-]+)-(\d\d)-.*", page.stem).groups()  # type: ignore[union-attr]
    return f"{'held' if int(number) >= FIRST_HELD else 'seeds'} {language}"


def _pages(path: pathlib.Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
