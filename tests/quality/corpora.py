"""The pages that quality is measured on: our own seeds, and the corpora of a folder outside the project."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

from broadsheet.config import Config
from broadsheet.evaluation.pages import PageScore
from broadsheet.evaluation.run import Case, json_rows, score
from broadsheet.registry import load_registry
from broadsheet.settings import Settings, build_settings

#: Numbers of the pages that the fit leaves out.
HELD = range(21, 41)
#: Pages of those numbers that were read while the profiles of their languages were written: they test nothing any more.
READ = frozenset({"ja-21", "ja-23", "ko-21", "ko-22", "zh-Hant-21"})
SEEDS = Path(__file__).parents[2] / "seeds"


def outside() -> Path | None:
    """The folder of corpora that are not ours to ship; null where it is not set."""
    name = os.environ.get("BROADSHEET_CORPORA")
    return Path(name) if name else None


@cache
def corpora() -> dict[str, list[Case]]:
    """Every corpus there is: name to its pages with gold."""
    found: dict[str, list[Case]] = {}
    for outline in sorted(SEEDS.glob("*.outline")):
        found.setdefault(corpus_of(outline), []).append(Case(str(outline), outline=outline))
    folder = outside()
    if folder is not None:
        for name, path in (("seed page", folder / "seeds" / "gold.jsonl"), *((path.stem, path) for path in sorted((folder / "quality" / "dev").glob("*.jsonl")))):
            found[name] = [Case(where, row=row) for where, row in json_rows(path)]
    return found


def corpus_of(page: Path) -> str:
    """The corpus of a seed page: `seeds LANGUAGE`, or `held LANGUAGE` for the pages (21 to 40, but for `READ`) that the fit of the weights leaves out."""
    language, number = re.fullmatch(r"([A-Za-z-]+)-(\d\d)-.*", page.stem).groups()
    held = int(number) in HELD and f"{language}-{number}" not in READ
    return f"{'held' if held else 'seeds'} {'zh-Hans' if language == 'zh' else language}"


def ours(name: str) -> bool:
    """Whether a corpus is made of our own pages, which are always at hand."""
    return name.startswith(("seeds ", "held "))


@cache
def settings(off: frozenset[str] = frozenset()) -> Settings:
    """How the pages are parsed: as they come with the package, whatever else is installed, some rules left out."""
    return build_settings(load_registry(()), Config(off=tuple(sorted(off))), {})


@cache
def scores(name: str, off: frozenset[str] = frozenset()) -> tuple[PageScore, ...]:
    """The scores of a corpus's pages under the parser as it is, some rules left out."""
    return tuple(score(case, settings(off)) for case in corpora()[name])
