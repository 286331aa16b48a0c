"""Runs a batch's tasks one after the other: a file that fails is recorded and never stops the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from broadsheet.errors import BroadsheetError, PluginError
from broadsheet.report import Report
from broadsheet.saving import make_folder, save

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from broadsheet.batch.plan import Plan, Task
    from broadsheet.model import Diagnostic, Document
    from broadsheet.settings import Settings

REPORT_NAME = "batch-report.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one input.

    Args:
        path: the input.
        status: `written`, `done before` (every result was there), `failed`, or `passed over` (no reader has its suffix).
        outputs: the results that are there now.
        error: why it failed; null unless it did.
        diagnostics: what was said while it was read, parsed and written.
        text: the source's text, which the diagnostics' offsets index.
    """

    path: Path
    status: Literal["written", "done before", "failed", "passed over"]
    outputs: tuple[Path, ...] = ()
    error: BroadsheetError | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    text: str | None = None


def run(plan: Plan, settings: Settings, *, force: bool = False) -> Iterator[Outcome]:
    """Do every task in order, giving each outcome as soon as it is known.

    Args:
        plan: what to do.
        settings: how to do it.
        force: write again what is there; without it, a run goes on where the one before stopped.
    """
    for path in plan.passed_over:
        yield Outcome(path=path, status="passed over")
    for task in plan.tasks:
        yield _attempt(task, settings, force=force)


def report(outcomes: Iterable[Outcome]) -> bytes:
    """The record of a batch as JSON: one row an input, in the order of work."""
    rows = [
        {
            "path": str(one.path), "status": one.status, "outputs": [str(path) for path in one.outputs],
            "error": one.error.message() if one.error else None, "diagnostics": len(one.diagnostics),
        }
        for one in outcomes
    ]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2) + b"\n"


def _attempt(task: Task, settings: Settings, *, force: bool) -> Outcome:
    due = [(name, path) for name, path in task.outputs if force or not path.is_file()]
    paths = tuple(path for _, path in task.outputs)
    if not due:
        return Outcome(path=task.path, status="done before", outputs=paths)
    said = Report()
    try:
        document, pictures = settings.opened(task.path, report=said)
        _write(document, pictures, due, settings, said)
    except BroadsheetError as error:
        return _failure(task, error, said)
    except Exception as error:  # noqa: BLE001 - whatever happens to one file, the batch goes on
        fault = PluginError(f"a fault in broadsheet ({type(error).__name__}: {error})", where=str(task.path), todo="report it")
        return _failure(task, fault, said)
    return Outcome(path=task.path, status="written", outputs=paths, diagnostics=said.diagnostics, text=document.source.text)


def _write(
    document: Document, pictures: Mapping[str, bytes], due: Sequence[tuple[str, Path]], settings: Settings, said: Report,
) -> None:
    for name, path in due:
        data = settings.render(document, name, report=said, pictures=pictures)
        make_folder(path.parent)
        save(path, data)


def _failure(task: Task, error: BroadsheetError, said: Report) -> Outcome:
    there = tuple(path for _, path in task.outputs if path.is_file())
    return Outcome(path=task.path, status="failed", outputs=there, error=error, diagnostics=said.diagnostics)
