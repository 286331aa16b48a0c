"""Puts finished bytes where they were asked for: a file appears whole, by atomic rename, or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from broadsheet.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

_ADVICE = {
    errno.ENOENT: "make the folder first",
    errno.ENOTDIR: "a part of the path is a file, choose another folder",
    errno.EACCES: "choose a folder that you may write to",
    errno.EPERM: "choose a folder that you may write to",
    errno.EROFS: "choose a folder that is not read-only",
    errno.ENOSPC: "free some space and run again",
    errno.EDQUOT: "free some space and run again",
    errno.EFBIG: "choose a file system that takes larger files",
    errno.ENAMETOOLONG: "choose a shorter name",
}
_TEMPORARY_BYTES = 200


def save(path: Path, data: bytes) -> None:
    """Write a file whole: a hidden file beside it is filled, then renamed over it.

    An existing file is replaced in one step; nothing half-written is left, also not after an interrupt. A pipe or a
    device is written to as it is.

    Args:
        path: the file; a symbolic link keeps pointing where it points.
        data: everything that it shall hold.

    Raises:
        OutputError: the folder is missing or not writable, the disk is full, or the path is a folder.
    """
    try:
        target = path.resolve()
        if target.is_dir():
            raise OutputError("is a folder", where=str(path), todo="give the file's name too")
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise output_error(error, str(path)) from error


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where they are missing.

    Raises:
        OutputError: it cannot be made, or a file stands in its place.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError("is a file, a folder is wanted", where=str(path), todo="give another -o") from error
    except OSError as error:
        raise output_error(error, str(path)) from error


def output_error(error: OSError, where: str) -> OutputError:
    """The operating system's complaint as ours, with what to do next."""
    return OutputError(f"cannot be written ({error.strerror or error})", where=where, todo=_ADVICE.get(error.errno or 0, ""))


def _replace(target: Path, data: bytes) -> None:
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    stem = target.name.encode(errors="surrogateescape")[:_TEMPORARY_BYTES].decode(errors="ignore")
    temporary = target.with_name(f".{stem}.{os.getpid()}.part")
    try:
        with temporary.open("xb") as out:
            out.write(data)
        temporary.replace(target)
    finally:
        # After the rename there is nothing left to remove; before it, whatever stopped us, the part must go.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
