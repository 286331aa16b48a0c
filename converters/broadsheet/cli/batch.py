"""`broadsheet batch`: converts folders of files into a tree of the same shape, and records what became of each."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadsheet.batch.plan import make_plan
from broadsheet.batch.run import REPORT_NAME, Outcome, report, run
from broadsheet.cli.flags import RecordCommand
from broadsheet.cli.progress import Progress
from broadsheet.cli.session import start
from broadsheet.conversion import find_writer
from broadsheet.saving import make_folder, save

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadsheet.cli.say import Voice
    from broadsheet.registry import Registry

_HELP = f"""Convert every file of the SOURCEs, folders, files or patterns, into a tree of the same shape under -o.

A file that fails is named and recorded in {REPORT_NAME}, and never stops the rest. What is there already is not made again, so that
a run that was stopped goes on when it is started anew; --force makes everything again.
"""


def run_batch(ctx: click.Context) -> int:
    """Convert everything; 1 where something failed."""
    session = start(ctx)
    given = ctx.params
    registry = session.settings.registry
    writers = [find_writer(registry, name) for name in dict.fromkeys(given["to"])]
    output = Path(given["output"])
    plan = make_plan(given["sources"], writers, output, suffixes=_suffixes(registry, given["source_format"]))
    make_folder(output)
    outcomes: list[Outcome] = []
    progress = Progress(len(plan.tasks) + len(plan.passed_over), shown=not given["quiet"])
    try:
        for outcome in run(plan, session.settings, force=given["force"]):
            outcomes.append(outcome)
            progress.clear()
            _say(session.voice, outcome)
            progress.step()
    finally:
        progress.clear()
        # Also when interrupted: what was finished is on record.
        save(output / REPORT_NAME, report(outcomes))
    session.voice.note(_summary(outcomes, output))
    code = session.code()
    return 1 if any(outcome.status == "failed" for outcome in outcomes) else code


def _say(voice: Voice, outcome: Outcome) -> None:
    voice.diagnostics(outcome.diagnostics, where=str(outcome.path), text=outcome.text)
    if outcome.error is not None:
        voice.error(outcome.error)
    elif voice.verbose:
        voice.note(f"{outcome.status}: {outcome.path}")


def _summary(outcomes: Sequence[Outcome], output: Path) -> str:
    counts = Counter(outcome.status for outcome in outcomes)
    parts: Iterable[str] = (f"{count} {status}" for status, count in counts.items())
    return f"{', '.join(parts) or 'nothing to do'}; see {output / REPORT_NAME}"


def _suffixes(registry: Registry, source_format: str | None) -> frozenset[str]:
    readers = [registry.readers[source_format]] if source_format else registry.readers.values()
    return frozenset(suffix.lower() for reader in readers for suffix in reader.suffixes)


command = RecordCommand(
    "batch", run_batch, help=_HELP, tables=("from", "to", "rule"),
    params=[
        click.Argument(["sources"], nargs=-1, required=True, metavar="SOURCE..."),
        click.Option(["-t", "--to"], multiple=True, required=True, metavar="FORMAT", help="A format to write; may be given several times."),
        click.Option(["-o", "--output"], required=True, metavar="DIR", help="The folder for all results."),
        click.Option(["--theme"], metavar="NAME|FILE", help="The look of visual formats: a theme's name or a TOML file."),
        click.Option(["--force"], is_flag=True, help="Make again what is there."),
    ],
)
