"""`broadsheet convert`: reads each input once and writes it in every format that was asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from broadsheet.cli.flags import RecordCommand
from broadsheet.cli.say import put
from broadsheet.cli.session import Session, start
from broadsheet.cli.targets import STANDARD, Job, Target, article_name, check_free, plan
from broadsheet.conversion import find_writer, writer_of
from broadsheet.errors import BroadsheetError, OutputError, UsageError
from broadsheet.saving import make_folder, save

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.model import Article, Document
    from broadsheet.plugin import Writer
    from broadsheet.registry import Registry

_HELP = """Read newspaper text, find its articles, and write them in other formats.

INPUT is a file, or - for standard input. Text formats go to standard output and others to STEM.SUFFIX here, unless -o says
otherwise; -o is a file for one input and one format, else a folder.
"""


def run(ctx: click.Context) -> int:
    """Convert every input; with several, one that fails does not stop the others."""
    session = start(ctx)
    given = ctx.params
    sources: tuple[str, ...] = given["inputs"]
    writers = _writers(session.settings.registry, given["to"], given["output"])
    if sources.count(STANDARD) > 1:
        raise UsageError("standard input can be read once", where=STANDARD)
    split = given["split"] is not None
    jobs = plan(sources, writers, given["output"], split=split)
    if given["output"] == STANDARD and not writers[0].text and sys.stdout.isatty():
        raise UsageError(f"{writers[0].name} is not for a terminal", where="-o -", todo="send it into a file or a pipe")
    failed = [job.source for job in jobs if not _converted(session, job, split=split, force=given["force"], alone=len(jobs) == 1)]
    if failed:
        session.voice.line(f"error: {len(failed)} of {len(jobs)} inputs failed: {', '.join(failed)}")
        return 1
    return session.code()


def _converted(session: Session, job: Job, *, split: bool, force: bool, alone: bool) -> bool:
    """Whether one input went through; an input that is alone fails with its own exit code."""
    try:
        if not (force or split):
            check_free(job)
        standard = job.source == STANDARD
        document, pictures = session.opened(sys.stdin.buffer if standard else Path(job.source), name="stdin" if standard else None)
        for target in job.targets:
            (_write_split if split else _write)(session, document, pictures, target, job.source, force=force)
    except BroadsheetError as error:
        if alone:
            raise
        session.voice.error(error)
        return False
    return True


def _write(session: Session, document: Document, pictures: Mapping[str, bytes], target: Target, where: str, *, force: bool) -> None:
    data = session.render(document, target.writer.name, where=where, pictures=pictures)
    if target.path is None:
        put(data)
        return
    if not force and target.path.is_file():
        raise OutputError("came into being while we worked", where=str(target.path), todo="give --force to replace it")
    if target.make_folder:
        make_folder(target.path.parent)
    save(target.path, data)
    session.voice.note(f"wrote {target.path}")


def _write_split(session: Session, document: Document, pictures: Mapping[str, bytes], target: Target, where: str, *, force: bool) -> None:
    """Each article as a file of its own; furniture belongs to no article and stays out."""
    assert target.path is not None
    count = len(document.articles)
    names = [article_name(at, count, one, target.writer.suffix) for at, one in enumerate(document.articles, 1)]
    if not names:
        raise OutputError("has no articles to split", where=where, todo="convert it without --split")
    for path in () if force else (target.path / name for name in names):
        check_free(Job(where, (Target(target.writer, path),)))
    make_folder(target.path)
    for article, name in zip(document.articles, names, strict=True):
        save(target.path / name, session.render(_only(document, article), target.writer.name, where=where, pictures=pictures))
    left = f"; furniture belongs to no article and is in no file: {len(document.furniture)} blocks" if document.furniture else ""
    session.voice.note(f"wrote {count} {'file' if count == 1 else 'files'} to {target.path}{left}")


def _only(document: Document, article: Article) -> Document:
    said = tuple(one for one in document.diagnostics if one.article in {None, article.id})
    return replace(document, articles=(article,), furniture=(), diagnostics=said)


def _writers(registry: Registry, names: Sequence[str], output: str | None) -> list[Writer]:
    """The formats asked for, each once; without `--to`, the one of the output's suffix."""
    if names:
        return [find_writer(registry, name) for name in dict.fromkeys(names)]
    if output is None or output == STANDARD:
        raise UsageError("no format to write", todo=f"give --to with one of {', '.join(registry.writers)}, or a file with -o")
    return [writer_of(registry, output)]


command = RecordCommand(
    "convert", run, help=_HELP, tables=("from", "to", "rule"),
    params=[
        click.Argument(["inputs"], nargs=-1, required=True, metavar="INPUT..."),
        click.Option(["-t", "--to"], multiple=True, metavar="FORMAT", help="A format to write; may be given several times."),
        click.Option(["-o", "--output"], metavar="FILE|DIR", help="Where the result goes; - is standard output."),
        click.Option(["--split"], type=click.Choice(["articles"]), help="Write one file an article, named by its place and headline."),
        click.Option(["--theme"], metavar="NAME|FILE", help="The look of visual formats: a theme's name or a TOML file."),
        click.Option(["--force"], is_flag=True, help="Replace files that exist."),
    ],
)
