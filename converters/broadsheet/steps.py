"""Runs other people's code one step at a time, so that what it raises becomes a message that names its plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeVar

from broadsheet.errors import BroadsheetError, PluginError

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.plugin import Reader, Writer
    from broadsheet.registry import Registry

T = TypeVar("T")


def step(call: Callable[[], T], failed: Callable[[Exception], T]) -> T:
    """One step of the pipeline that runs somebody else's code; what it raises is turned into what `failed` gives."""
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - a pipeline step is where plugins are kept apart
        return failed(error)


def blame(registry: Registry, record: Reader | Writer, error: Exception, where: str) -> NoReturn:
    """Raise what a reader or writer raised: our own errors with their place, anything else as the plugin's fault."""
    if isinstance(error, BroadsheetError):
        place = f"{where}:{error.where.removeprefix('line ')}" if error.where.startswith("line ") else error.where or where
        raise type(error)(error.what, where=place, todo=error.todo) from error
    owner = registry.owner(record)
    raise PluginError(
        f"{type(record).__name__.lower()} {record.name} of {owner.distribution} {owner.version} crashed ({type(error).__name__}: {error})",
        where=where, todo=f"report it to {owner.report_to}, with the file if you may",
    ) from error
