"""What each rule is worth: every rule turned off in turn over all corpora, with the change in macro F1 and the roles that moved.

    [BROADSHEET_CORPORA=DIR] python tests/quality/ablation.py [--only RULE] [--most 24]

Macro F1 is the mean over corpora of the mean over their roles. A change below zero is what the rule brings; one above zero
says that these pages are read better without it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).parent))

from corpora import corpora, settings

from broadsheet.cli.say import table
from broadsheet.evaluation.run import score
from broadsheet.evaluation.summary import summarize

ARTICLES = "articles"
#: Corpus to role to F1.
Figures = Mapping[str, Mapping[str, float]]
_SHOWN = 5
_LEAST = 0.001


def figures(off: frozenset[str], most: int) -> Figures:
    """F1 by corpus and role, some rules left out, over the first so many pages of each corpus."""
    found = {}
    for name, cases in corpora().items():
        made = summarize([score(case, settings(off)) for case in cases[:most]])
        rows = {**({ARTICLES: made.articles} if made.articles else {}), **made.roles}
        found[name] = {role: row.f1 for role, row in rows.items() if row.wanted}
    return found


def macro(found: Figures) -> float:
    """The mean over corpora of the mean over their roles."""
    return mean(mean(roles.values()) for roles in found.values())


def changes(before: Figures, after: Figures) -> dict[str, float]:
    """For each role the mean change of its F1 over the corpora that have it, the largest first."""
    moved = {
        role: mean(after[name].get(role, 0.0) - roles[role] for name, roles in before.items() if role in roles)
        for role in sorted({role for roles in before.values() for role in roles})
    }
    return dict(sorted(moved.items(), key=lambda one: -abs(one[1])))


def row(rule: str, before: Figures, after: Figures, own: frozenset[str]) -> tuple[str, str, str, str]:
    """A rule's line: the change in macro F1, what moved of the roles that it claims, and of the others."""

    def told(roles: Mapping[str, float]) -> str:
        kept = [f"{role} {change:+.3f}" for role, change in roles.items() if abs(change) >= _LEAST]
        return ", ".join(kept[:_SHOWN]) + (f", {len(kept) - _SHOWN} more" if len(kept) > _SHOWN else "")

    moved = changes(before, after)
    mine = {role: change for role, change in moved.items() if role in own}
    return rule, f"{macro(after) - macro(before):+.4f}", told(mine), told({role: change for role, change in moved.items() if role not in own})


def main() -> None:
    """Turn the rules off, one by one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", metavar="RULE", help="this rule only; may be given several times")
    parser.add_argument("--most", type=int, default=10_000, metavar="N", help="pages of a corpus, at most")
    args = parser.parse_args()
    rules = settings().registry.rules
    before = figures(frozenset(), args.most)
    print(f"macro F1 with all rules: {macro(before):.4f}", flush=True)
    rows = [("rule off", "macro F1", "its own roles", "other roles")]
    for rule in args.only or rules:
        rows.append(row(rule, before, figures(frozenset({rule}), args.most), frozenset(map(str, rules[rule].roles))))
        print(f"{rule} done", file=sys.stderr, flush=True)
    print(table(rows), end="")


if __name__ == "__main__":
    main()
