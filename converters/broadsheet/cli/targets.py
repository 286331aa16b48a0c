"""Where results go: which file each input and format is written to, and what a split article's file is called."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.errors import OutputError, UsageError
from broadsheet.views import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.model import Article
    from broadsheet.plugin import Writer

STANDARD = "-"
#: A file name may have 255 bytes on the usual file systems; place, suffix and a temporary name need some of them.
NAME_BYTES = 120
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')


@dataclass(frozen=True, slots=True)
class Target:
    """One result: its writer, and the file that it goes to; null is standard output.

    Split, the path is a folder. `make_folder` says that the file's folder is ours to make.
    """

    writer: Writer
    path: Path | None
    make_folder: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One input and its results; the input `-` is standard input."""

    source: str
    targets: tuple[Target, ...]


def plan(sources: Sequence[str], writers: Sequence[Writer], output: str | None, *, split: bool = False) -> tuple[Job, ...]:
    """Where everything goes, decided before anything is read.

    Args:
        sources: the inputs as they were given.
        writers: the formats that were asked for.
        output: what `-o` says; null where it was not given.
        split: each article is to be a file of its own.

    Raises:
        UsageError: two results would meet in one place, or an input would be written over.
    """
    if split:
        jobs = _into_folders(sources, writers, Path(output or "."), own=output is None or len(sources) > 1)
    elif output == STANDARD or output is None:
        jobs = _to_standard(sources, writers, explicit=output == STANDARD)
    elif len(sources) == len(writers) == 1 and not (output.endswith("/") or Path(output).is_dir()):
        jobs = (Job(sources[0], (Target(writers[0], Path(output)),)),)
    else:
        jobs = _into_folders(sources, writers, Path(output), own=False, split=False)
    _refuse_meetings(jobs, split=split)
    return jobs


def check_free(job: Job) -> None:
    """Refuse to replace files that are there.

    Raises:
        OutputError: naming the first.
    """
    for target in job.targets:
        if target.path is not None and target.path.is_file():
            raise OutputError("exists already", where=str(target.path), todo="give --force to replace it, or another -o")


def article_name(place: int, count: int, article: Article, suffix: str) -> str:
    """What a split article's file is called: `01-headline.txt`, safe on every system, its length limited in bytes.

    Args:
        place: the article's place on the page, from 1.
        count: how many articles there are, for the zeros before the place.
        article: the article; one without a headline goes by its first words.
        suffix: the format's suffix, with its dot.
    """
    words = unicodedata.normalize("NFC", _UNSAFE.sub(" ", label(article)))
    slug = "-".join(words.split()).encode()[:NAME_BYTES].decode(errors="ignore").strip(" .-")
    number = str(place).zfill(max(2, len(str(count))))
    return f"{number}-{slug}{suffix}" if slug else f"{number}{suffix}"


def _to_standard(sources: Sequence[str], writers: Sequence[Writer], *, explicit: bool) -> tuple[Job, ...]:
    """Text to standard output, binary formats beside us; both to standard output where `-o -` says so."""
    shown = [writer for writer in writers if explicit or writer.text]
    if len(shown) > 1:
        raise UsageError(f"{' and '.join(one.name for one in shown)} cannot both go to standard output", todo="give a folder with -o")
    if shown and not shown[0].text and len(sources) > 1:
        raise UsageError(f"several {shown[0].name} files cannot go to standard output", todo="give a folder with -o")
    files = [writer for writer in writers if writer not in shown]
    beside = _into_folders(sources, files, Path(), own=False, split=False)
    return tuple(Job(job.source, (*(Target(one, None) for one in shown), *job.targets)) for job in beside)


def _into_folders(
    sources: Sequence[str], writers: Sequence[Writer], folder: Path, *, own: bool, split: bool = True,
) -> tuple[Job, ...]:
    """`folder/STEM.SUFFIX` for every input and format; inputs of one stem keep their own suffix inside it."""
    stems = Counter(_stem(source).casefold() for source in sources)

    def base(source: str) -> str:
        return _stem(source) if stems[_stem(source).casefold()] == 1 else Path(source).name

    def place(source: str, writer: Writer) -> Path:
        if split:
            return folder / base(source) if own else folder
        return folder / f"{base(source)}{writer.suffix}"

    return tuple(Job(source, tuple(Target(writer, place(source, writer), make_folder=True) for writer in writers)) for source in sources)


def _stem(source: str) -> str:
    return "stdin" if source == STANDARD else Path(source).stem


def _refuse_meetings(jobs: Sequence[Job], *, split: bool) -> None:
    inputs = {Path(job.source).resolve() for job in jobs if job.source != STANDARD}
    taken: dict[tuple[Path, str], str] = {}
    for job in jobs:
        for target in job.targets:
            if target.path is None:
                continue
            if target.path.resolve() in inputs and not split:
                raise UsageError("would be written over itself", where=str(target.path), todo="give another -o")
            key = (Path(str(target.path.absolute()).casefold()), target.writer.name if split else "")
            if key in taken:
                raise UsageError(f"{taken[key]} and {job.source} would meet in {target.path}", todo="convert them one by one, each with its -o")
            taken[key] = job.source
