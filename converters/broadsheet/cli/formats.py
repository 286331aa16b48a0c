"""`broadsheet formats`: lists what can be read and written, by which plugin, with which options."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from broadsheet.cli.flags import load, option_row, record_options
from broadsheet.cli.say import put, table
from broadsheet.plugin import Reader, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.registry import Registry

_VERBS = {"from": "read", "to": "written"}


@click.command("formats")
@click.option("--config", metavar="FILE", help="The configuration; without it, broadsheet.toml here or above.")
def command(config: str | None) -> None:
    """List what can be read and written, by which plugin, with which options."""
    registry, _ = load(config)
    put("".join(_lines(registry)).encode())


def _lines(registry: Registry) -> Iterator[str]:
    records: list[Reader | Writer] = [*registry.readers.values(), *registry.writers.values()]
    yield table(_row(registry, record) for record in records)
    flags = list(record_options(registry, ("from", "to")))
    for group, record in dict.fromkeys((flag.table, flag.record) for flag in flags):
        yield f"\n{record}, {_VERBS[group]}:\n"
        yield table(("  " + row[0], row[1]) for flag in flags if (flag.table, flag.record) == (group, record) for row in [option_row(flag)])


def _row(registry: Registry, record: Reader | Writer) -> tuple[str, ...]:
    owner = registry.owner(record)
    suffixes = " ".join(record.suffixes) if isinstance(record, Reader) else record.suffix
    verb = "read" if isinstance(record, Reader) else "write"
    return (verb, record.name, suffixes, f"{owner.distribution} {owner.version}", record.summary)
