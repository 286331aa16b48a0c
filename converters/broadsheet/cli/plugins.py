"""`broadsheet plugins`: lists the plugins, shows what one brings, and says what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from broadsheet.cli.flags import load, option_row, record_options
from broadsheet.cli.say import put, table
from broadsheet.errors import unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.registry import Plugin, Registry

_TABLES = {"readers": "from", "writers": "to", "cleaners": "clean", "rules": "rule"}


@click.group("plugins", invoke_without_command=True)
@click.option("--config", metavar="FILE", help="The configuration; without it, broadsheet.toml here or above.")
@click.pass_context
def command(ctx: click.Context, config: str | None) -> None:
    """List plugins, what they bring, and what is wrong with them."""
    ctx.obj = load(config)[0]
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@command.command("list")
@click.pass_obj
def list_(registry: Registry) -> None:
    """List every plugin with its version, its records and its problems."""
    put("".join(_overview(registry)).encode())


@command.command("show")
@click.argument("name")
@click.pass_obj
def show(registry: Registry, name: str) -> None:
    """Show every record of the plugin NAME with its options."""
    found = [plugin for plugin in registry.plugins if name in {plugin.name, plugin.distribution}]
    if not found:
        raise unknown("plugin", name, (plugin.name for plugin in registry.plugins))
    put("".join(line for plugin in found for line in _details(registry, plugin)).encode())


def _overview(registry: Registry) -> Iterator[str]:
    yield table((plugin.name, f"{plugin.distribution} {plugin.version}", _brings(plugin)) for plugin in registry.plugins)
    for problem in registry.problems:
        yield f"problem: {problem.line()}\n"


def _brings(plugin: Plugin) -> str:
    kinds = dict.fromkeys(kind for kind, _ in plugin.records)
    return "; ".join(f"{kind}: {', '.join(name for of, name in plugin.records if of == kind)}" for kind in kinds) or "nothing"


def _details(registry: Registry, plugin: Plugin) -> Iterator[str]:
    yield f"{plugin.name} of {plugin.distribution} {plugin.version}; faults go to {plugin.report_to}\n"
    flags = list(record_options(registry, tuple(_TABLES.values())))
    for kind, name in plugin.records:
        record: Any = getattr(registry, kind)[name]
        yield f"\n{kind.removesuffix('s')} {name}: {getattr(record, 'summary', record.name)}\n"
        rows = [option_row(flag) for flag in flags if (flag.table, flag.record) == (_TABLES.get(kind), name)]
        yield table(("  " + row[0], row[1]) for row in rows)
    for problem in registry.problems:
        if problem.plugin == plugin.name:
            yield f"\nproblem: {problem.line()}\n"
