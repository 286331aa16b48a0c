"""Fetches a source's bytes within limits, and finds the reader whose format they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from broadsheet.errors import InputError, LimitError, UsageError, unknown
from broadsheet.plugin import Certainty, Reader
from broadsheet.readers.txt import foreign
from broadsheet.steps import blame, step

if TYPE_CHECKING:
    from broadsheet.registry import Registry

HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an input may be at most; `max_bytes` is the size of the file."""

    max_bytes: int = 512 * 1024 * 1024


def load(source: str | Path | bytes | BinaryIO, name: str | None, limits: Limits) -> tuple[bytes, str]:
    """The bytes of a source, and what it is called in messages.

    Args:
        source: a path, the bytes themselves, or a binary stream.
        name: what to call it; null takes the path or the stream's own name.
        limits: what it may be at most; no more than that is read.

    Raises:
        InputError: missing, unreadable, a folder, empty or too large.
    """
    if isinstance(source, bytes):
        data, where = source, name or "bytes"
    elif isinstance(source, (str, Path)):
        data, where = _load_file(Path(source), limits), name or str(source)
    else:
        where = name or str(getattr(source, "name", "stream"))
        data = _bounded(source, limits, where)
    if len(data) > limits.max_bytes:
        raise _too_large(where, limits)
    if not data:
        raise InputError("is empty", where=where, todo="give a file with text in it")
    return data, where


def _load_file(path: Path, limits: Limits) -> bytes:
    if path.is_dir():
        raise InputError("is a folder", where=str(path), todo="give its files, or use `broadsheet batch`")
    try:
        with path.open("rb") as stream:
            return _bounded(stream, limits, str(path))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot be read ({why})", where=str(path), todo="check the path and its permissions") from error


def _bounded(stream: BinaryIO, limits: Limits, where: str) -> bytes:
    data = stream.read(limits.max_bytes + 1)
    if not isinstance(data, bytes):
        raise UsageError("a binary stream is wanted, this one gives text", where=where, todo="open it with mode 'rb'")
    return data


def _too_large(where: str, limits: Limits) -> LimitError:
    return LimitError(f"is larger than {limits.max_bytes:,} bytes", where=where, todo="split it, or raise Limits.max_bytes")


def find_reader(registry: Registry, name: str) -> Reader:
    """The reader of a format.

    Raises:
        UsageError: no reader has that name.
    """
    if name not in registry.readers:
        raise unknown("format", name, registry.readers, where="--from")
    return registry.readers[name]


def sniffed(registry: Registry, data: bytes, name: str) -> Reader:
    """The reader that is surest of a file; what the bytes plainly are counts for more than the name.

    Raises:
        InputError: no reader knows it, two are equally sure, or it is plainly something that is not read here.
        PluginError: a reader's `sniff` crashed.
    """
    head = data[:HEAD_BYTES]

    def certainty(reader: Reader) -> Certainty:
        return step(lambda: reader.sniff(head, name), lambda error: blame(registry, reader, error, name))

    sure = {reader.name: certainty(reader) for reader in registry.readers.values()}
    best = max(sure.values(), default=Certainty.NO)
    what = foreign(head)
    if what and best <= Certainty.NAME:
        raise InputError(f"this is {what}, not text", where=name, todo=f"formats read here: {', '.join(registry.readers)}")
    if best is Certainty.NO:
        raise InputError("no reader knows this format", where=name, todo=f"name it with --from ({', '.join(registry.readers)})")
    first, *others = (registry.readers[one] for one, how in sure.items() if how is best)
    if others:
        names = ", ".join(reader.name for reader in (first, *others))
        raise InputError(f"{names} are equally sure that it is theirs", where=name, todo="name one with --from")
    return first
