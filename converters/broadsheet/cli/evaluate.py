"""`broadsheet evaluate`: scores the parser on a person's own gold pages and says where it errs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from broadsheet.cli.flags import RecordCommand
from broadsheet.cli.progress import Progress
from broadsheet.cli.say import put, table
from broadsheet.cli.session import start
from broadsheet.evaluation.run import find_cases, score
from broadsheet.evaluation.summary import Summary, summarize
from broadsheet.evaluation.tables import tables, worst_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORST = 10
_FAULTS = 8
_HELP = """Score the parser on GOLD: pages of which a person has said what stands on them.

Gold is outlines beside their pages (page.outline beside page.txt; `convert page.txt --to outline` makes one to correct), JSON Lines of
pages, folders of both, or patterns. A part counts when its role and its whole text are right; blanks, hyphens and widths make no difference.
"""


def run(ctx: click.Context) -> int:
    """Print the tables, or one JSON object."""
    session = start(ctx)
    given = ctx.params
    cases = find_cases(given["gold"])
    progress = Progress(len(cases), shown=not given["quiet"])
    scores = []
    try:
        for case in cases:
            scores.append(score(case, session.settings))
            progress.clear()
            progress.step()
    finally:
        progress.clear()
    summary = summarize(scores, worst=given["worst"])
    put(_json(summary) if given["json"] else "\n".join(_report(summary)).encode("utf-8", "replace"))
    return session.code()


def _json(summary: Summary) -> bytes:
    return msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n"


def _report(summary: Summary) -> Iterator[str]:
    for title, rows in tables(summary):
        yield f"{title}\n{_indented(table(rows))}"
    for number, (title, lines) in enumerate(worst_pages(summary, faults=_FAULTS)):
        yield ("worst pages\n" if not number else "") + f"  {title}\n" + _indented("".join(f"  {line}\n" for line in lines))


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


command = RecordCommand(
    "evaluate", run, help=_HELP, tables=("from", "rule"),
    params=[
        click.Argument(["gold"], nargs=-1, required=True, metavar="GOLD..."),
        click.Option(["--worst"], type=click.IntRange(0), default=_WORST, show_default=True, metavar="N", help="How many of the worst pages to show."),
        click.Option(["--json"], is_flag=True, help="Print one JSON object, with every error of the worst pages."),
    ],
)
