"""Finds a batch's inputs in folders, by patterns and by name, and says where each one's results go."""

from __future__ import annotations

import glob
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadsheet.plugin import Writer


@dataclass(frozen=True, slots=True)
class Found:
    """An input and its path under the source that it came from."""

    path: Path
    under: Path


@dataclass(frozen=True, slots=True)
class Task:
    """An input and its results: format name and file, in the order in which they were asked for."""

    path: Path
    outputs: tuple[tuple[str, Path], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch does, and the files of its folders that no reader names as its own."""

    tasks: tuple[Task, ...]
    passed_over: tuple[Path, ...] = ()


def make_plan(sources: Sequence[str], writers: Sequence[Writer], output: Path, *, suffixes: frozenset[str]) -> Plan:
    """What to convert, and where to: `output/<path under its source, suffix replaced>`.

    A folder gives the files whose suffix a reader has, hidden ones and the output folder aside; files given by name
    or by a pattern are taken as they are. Inputs that would meet on one name keep their own suffix inside it.

    Args:
        sources: folders, files and patterns such as `pages/**/*.txt`.
        writers: the formats to write.
        output: the folder for all results.
        suffixes: the suffixes that readers know, lower-case and with their dot.

    Raises:
        InputError: a source is missing, or a pattern matches nothing.
        UsageError: two sources hold files whose results would meet.
    """
    found: dict[Path, Found] = {}
    passed_over: list[Path] = []
    for source in sources:
        for one, chosen in _search(source, output.resolve()):
            if not chosen and one.path.suffix.lower() not in suffixes:
                passed_over.append(one.path)
            else:
                found.setdefault(one.path.resolve(), one)
    tasks = tuple(_tasks(list(found.values()), writers, output))
    _refuse_meetings(tasks)
    return Plan(tasks, tuple(passed_over))


def _search(source: str, output: Path) -> Iterator[tuple[Found, bool]]:
    """The files of one source, and whether each was asked for by name or pattern."""
    path = Path(source)
    if path.is_dir():
        for file in _walk(path, output):
            yield Found(file, file.relative_to(path)), False
    elif path.exists():
        yield Found(path, Path(path.name)), True
    elif glob.has_magic(source):
        matches = sorted(Path(match) for match in glob.glob(source, recursive=True))  # noqa: PTH207 - absolute patterns too
        files = [match for match in matches if match.is_file() and output not in match.resolve().parents]
        if not files:
            raise InputError("no file matches", where=source, todo="check the pattern")
        base = _fixed_part(source)
        yield from ((Found(file, file.relative_to(base)), True) for file in files)
    else:
        raise InputError("does not exist", where=source, todo="check the path")


def _walk(folder: Path, output: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        here = Path(root)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and (here / name).resolve() != output)
        if here.resolve() != output:
            yield from (here / name for name in sorted(files) if not name.startswith(".") and (here / name).is_file())


def _fixed_part(pattern: str) -> Path:
    """The folders of a pattern before its first wildcard."""
    fixed: list[str] = []
    for part in Path(pattern).parts[:-1]:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return Path(*fixed)


def _tasks(found: Sequence[Found], writers: Sequence[Writer], output: Path) -> Iterator[Task]:
    stems = Counter(_folded(one.under.with_suffix("")) for one in found)
    for one in found:
        base = one.under.with_suffix("") if stems[_folded(one.under.with_suffix(""))] == 1 else one.under
        yield Task(one.path, tuple((writer.name, output / base.with_name(base.name + writer.suffix)) for writer in writers))


def _refuse_meetings(tasks: Iterable[Task]) -> None:
    taken: dict[str, Path] = {}
    for task in tasks:
        for _, target in task.outputs:
            if _folded(target) in taken:
                raise UsageError(
                    f"{taken[_folded(target)]} and {task.path} would meet in {target}", todo="run each source with an -o of its own",
                )
            if target.resolve() == task.path.resolve():
                raise UsageError("would be written over itself", where=str(task.path), todo="give another -o")
            taken[_folded(target)] = task.path


def _folded(path: Path) -> str:
    """The path as file systems compare it that don't tell capitals apart."""
    return str(path).casefold()
