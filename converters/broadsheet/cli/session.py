"""What a command knows once its arguments are read: the settings of the run, and the voice to speak with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from broadsheet.cli.flags import loaded, values_of
from broadsheet.cli.say import Voice
from broadsheet.errors import UsageError
from broadsheet.model import Document, Issue, Severity
from broadsheet.report import Report
from broadsheet.settings import Settings, build_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import BinaryIO

    import click

    from broadsheet.model import Diagnostic

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Session:
    """One run of a command; `strict` turns warnings into failure."""

    settings: Settings
    voice: Voice
    strict: bool

    def document(self, source: Path | BinaryIO, *, name: str | None, explain: bool = False) -> Document:
        """Read and parse one input; the document carries what there is to say of it."""
        return self.settings.document(source, report=Report(), name=name, explain=explain)

    def opened(self, source: Path | BinaryIO, *, name: str | None) -> tuple[Document, Mapping[str, bytes]]:
        """Read and parse one input and find its pictures, and say what there is to say of them."""
        report = Report()
        document, pictures = self.settings.opened(source, report=report, name=name)
        self.voice.diagnostics(report.diagnostics, where=name or str(source), text=document.source.text)
        return document, pictures

    def render(self, document: Document, format: str, *, where: str, pictures: Mapping[str, bytes]) -> bytes:  # noqa: A002 - the API's word
        """The document in one format; what the writer says is said at once."""
        report = Report()
        data = self.settings.render(document, format, report=report, pictures=pictures)
        self.voice.diagnostics(report.diagnostics, where=where, text=document.source.text)
        return data

    def code(self, shown: Iterable[Diagnostic] = ()) -> int:
        """The exit code of a run in which nothing failed.

        Args:
            shown: diagnostics that the person has seen already, which `--strict` counts all the same.
        """
        self.voice.count()
        warnings = self.voice.warnings + sum(one.severity is not Severity.INFO for one in shown)
        if self.strict and warnings:
            self.voice.line(f"error: --strict, and there {'was 1 warning' if warnings == 1 else f'were {warnings} warnings'}")
            return 1
        return 0


def start(ctx: click.Context) -> Session:
    """The session of a command that takes the common options; plugins' problems are said first.

    Raises:
        UsageError: an unknown format or language, or a date that is none.
    """
    registry, config = loaded(ctx)
    given = ctx.params
    settings = build_settings(
        registry, config, values_of(ctx), source_format=given["source_format"], encoding=given["encoding"], language=given["language"],
        issue=Issue(publication=given["publication"], date=_date(given["issue_date"]), page=given["page"]), theme=given.get("theme"),
    )
    voice = Voice(quiet=given["quiet"], verbose=given["verbose"], debug=given["debug"])
    problems = Report()
    registry.report_problems(problems)
    voice.diagnostics(problems.diagnostics)
    return Session(settings, voice, config.strict if given["strict"] is None else given["strict"])


def _date(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        if not _ISO_DATE.fullmatch(text):
            raise ValueError("year, month and day are wanted")  # noqa: TRY301 - one message for both
        date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a date ({error})", where="--issue-date", todo="write it as 2026-06-06") from error
    return text
