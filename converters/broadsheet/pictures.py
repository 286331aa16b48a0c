"""Finds the pictures that a document's JSON names, in the files beside it and nowhere else."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from broadsheet.errors import InputError
from broadsheet.model import Code
from broadsheet.opening import Limits, load

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.model import Document
    from broadsheet.report import Report


def pictures_beside(document: Document, path: Path, *, report: Report, limits: Limits | None = None) -> dict[str, bytes]:
    """The bytes of the document's pictures by their sha256, as `Context.pictures` wants them.

    Args:
        document: its assets name files of the JSON's folder or of folders in it.
        path: the JSON's own file.
        report: gets one `caption-without-picture` for each picture that is missing, is another one, or is said to lie outside
            the folder, where nothing is looked for.
        limits: how large a picture may be; null takes the defaults.
    """
    folder = path.parent.resolve()
    found: dict[str, bytes] = {}
    for digest, asset in document.assets.items():
        try:
            found[digest] = _picture(folder, asset.name, digest, limits or Limits())
        except InputError as error:
            report.add(Code.CAPTION_WITHOUT_PICTURE, f"the picture {asset.name!r} is left out: {error.message()}")
    return found


def _picture(folder: Path, name: str, digest: str, limits: Limits) -> bytes:
    try:
        place = (folder / name).resolve()  # also where links lead
        inside = place.is_relative_to(folder)
        there = inside and place.is_file()
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name, a name too long, links in a circle
        raise InputError("no file can have that name") from error
    if not inside:
        raise InputError("it lies outside the folder of the JSON, where nothing is looked for", where=str(place))
    if not there:
        raise InputError("there is no such file", where=str(place))
    data, _ = load(place, None, limits)
    actual = sha256(data).hexdigest()
    if actual != digest.lower():
        raise InputError(f"this is another picture, its sha256 is {actual} and not {digest}", where=str(place))
    return data
