"""Refit the resolver's weights by a patient search, on all corpora at once, and write them back.

    [BROADSHEET_CORPORA=DIR] python tests/quality/refit.py [--minutes 30] [--seed 1] [--check]

Pages are split by name into halves: weights are changed for what helps the first half, and a change is kept only while the
second half does not lose by it. Each weight is drawn back to where it was, so that what no page speaks about stays, and
keeps its sign and its bounds.
"""

from __future__ import annotations

import argparse
import hashlib
import pathlib
import random
import re
import sys
import time

from msgspec.structs import replace

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from corpora import corpora, settings

from broadsheet.evaluation.compare import Count
from broadsheet.evaluation.pages import count_rows
from broadsheet.evaluation.run import Case, pair
from broadsheet.galley import galley
from broadsheet.languages import load_languages
from broadsheet.lines import Source, cut_pages
from broadsheet.parser import language, weights
from broadsheet.parser.assemble import assemble
from broadsheet.parser.evidence import gather
from broadsheet.parser.interlopers import lines_above
from broadsheet.parser.resolve import furniture_lines, resolve
from broadsheet.parser.seams import Seams
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet.rules import ALL

TABLES = {"prior": weights.PRIOR, "follows": weights.FOLLOWS, "seam": weights.SEAM, "title_seam": weights.TITLE_SEAM, "line": weights.LINE}
#: What a corpus's score is made of: the rows of `broadsheet evaluate`, and how much each counts.
ROWS = {"articles": 3.0, "paragraph": 3.0, "headline": 2.5, "heading": 1.0, "byline": 1.0, "dateline": 0.5, "caption": 0.5, "credit": 0.5, "subheadline": 0.5}
PULL = 0.00015
#: No single cue weighs more than this, in log odds.
MOST = 6.0


class Page:
    """One page with everything that does not depend on the weights done once."""

    def __init__(self, case: Case) -> None:
        self.gold, self.document = pair(case, settings())
        self.first = int(hashlib.sha256(self.gold.name.partition("#")[0].encode()).hexdigest(), 16) % 2 == 0
        text = self.gold.page.source
        self.source = Source(name="", media_type="text/plain", encoding="utf-8", sha256="", text=text, pages=cut_pages(text))
        self.lines = galley(self.source)
        _, self.profile = language.choose_language(text, None, {p.code: p for p in load_languages()})
        context = Context(report=Report(), language=self.profile)
        self.evidence = gather(self.lines, [(rule, None) for rule in ALL], context)
        self.furniture = furniture_lines(self.evidence)
        self.order = [index for index in range(len(self.lines)) if index not in self.furniture]
        self.above = lines_above(self.order, self.evidence)

    def rows(self) -> dict[str, Count]:
        """What of the page's gold is found under the weights as they are, by role."""
        seams = Seams(self.lines, self.evidence, self.above, self.profile)
        labels = resolve(self.lines, self.evidence, seams, self.order)
        made = assemble(self.lines, self.evidence, seams, labels, self.furniture, language=self.profile, issue_date=None, explain=False)
        return count_rows(self.gold, replace(self.document, articles=tuple(made.articles), furniture=made.furniture, edits=tuple(made.edits)))


def worth(sets: dict[str, list[Page]]) -> float:
    """The mean over corpora of the weighted mean of their rows' F1."""
    total = 0.0
    for pages in sets.values():
        rows = [page.rows() for page in pages]
        counts = {name: sum((row[name] for row in rows if name in row), Count()) for name in ROWS}
        wanted = {name: one.f1 for name, one in counts.items() if one.wanted}
        total += sum(wanted[name] * ROWS[name] for name in wanted) / sum(ROWS[name] for name in wanted)
    return total / len(sets)


def written() -> str:
    """The table as it stands in its file, with the values of now."""
    path = pathlib.Path(weights.__file__).with_name("weights.toml")
    section = ""
    lines = []
    for line in path.read_text("utf-8").splitlines():
        section = line[1:-1] if line.startswith("[") else section
        match = re.match(r'"?([a-z_ ]+?)"? = ', line)
        if match and section:
            value = value_of(section, match[1])
            line = line if value is None else line[: match.end()] + f"{value:.2f}"  # noqa: PLW2901
        lines.append(line)
    return "\n".join(lines) + "\n"


def value_of(section: str, name: str) -> float | None:
    """The weight as it is now; null for one that was added to the file since this run began."""
    table = TABLES[section]
    return next((value for key, value in table.items() if " ".join(key if isinstance(key, tuple) else (key,)) == name), None)


def main() -> None:
    """Search, telling each improvement; write the table at the end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=24, help="pages of a corpus, at most")
    parser.add_argument("--only", default="", help="a regular expression: change the weights whose names it matches")
    parser.add_argument("--check", action="store_true", help="print what the weights are worth, and change nothing")
    args = parser.parse_args()
    chance = random.Random(args.seed)
    halves: tuple[dict[str, list[Page]], dict[str, list[Page]]] = ({}, {})
    for name, cases in corpora().items():
        if name.startswith("held "):
            continue
        for case in chance.sample(cases, min(len(cases), args.most)):
            page = Page(case)
            halves[0 if page.first or len(cases) == 1 else 1].setdefault(name, []).append(page)
    best = worth(halves[0])
    other = worth(halves[1])
    print(f"first half {best:.4f}  second half {other:.4f}", flush=True)
    if args.check:
        return
    origin = {(section, key): value for section, table in TABLES.items() for key, value in table.items()}
    places = [place for place in origin if re.search(args.only, f"{place[0]}.{' '.join((place[1],) if isinstance(place[1], str) else place[1])}")]
    end = time.monotonic() + args.minutes * 60
    while time.monotonic() < end:
        section, key = chance.choice(places)
        table = TABLES[section]
        before = table[key]
        step = chance.choice((-1.6, -0.8, -0.4, 0.4, 0.8, 1.6))
        table[key] = round(before + step, 2)
        if table[key] * origin[section, key] < 0 or abs(table[key]) > MOST:
            # A cue that speaks for a thing does not come to speak against it, nor to outweigh all others, whatever these pages gain.
            table[key] = before
            continue
        pull = PULL * (abs(table[key] - origin[section, key]) - abs(before - origin[section, key]))
        now = worth(halves[0])
        if now - pull > best + 1e-6:
            second = worth(halves[1])
            if second >= other - 0.0004:
                best, other = now, second
                print(f"{section}.{key}: {before} -> {table[key]}  first {best:.4f}  second {other:.4f}", flush=True)
                pathlib.Path(weights.__file__).with_name("weights.toml").write_text(written(), "utf-8") if not args.check else None
                continue
        table[key] = before


if __name__ == "__main__":
    main()
