"""Flags made from the option fields of readers, writers and rules, and the commands that take them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadsheet.options import OptionField, build_options, option_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from broadsheet.config import Config
    from broadsheet.registry import Registry

_FLAGS = "broadsheet.flags"
_VALUES = "broadsheet.values"
_CHOSEN = "broadsheet.chosen"
_LOADED = "broadsheet.loaded"
_METAVARS = {int: "INTEGER", float: "NUMBER", str: "TEXT", Path: "PATH"}


class RecordOption(click.Option):
    """The flag of one option of one record, `--to-docx-columns`; its value is checked at once and kept aside."""

    def __init__(self, table: str, record: str, owner: type, option: OptionField) -> None:
        self.table, self.record = table, record
        stem = f"{table}-{record}"
        key = option.key.replace("_", "-")
        self.flag = f"--{stem}-{key}"
        is_bool = option.type is bool and not option.many
        names = [self.flag] if not is_bool else [f"{self.flag}/--{stem}-no-{key}", f" /--no-{stem}-{key}"]

        def keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:  # noqa: ARG001 - click's signature
            if value is None or value == ():
                return
            build_options(owner, {option.key: value}, where=self.flag)
            values_of(ctx).setdefault((table, record), {})[option.key] = value

        choice = click.Choice(option.choices) if option.choices else click.STRING
        super().__init__(
            names, expose_value=False, default=None, multiple=option.many, callback=keep, help=_help(option),
            type=None if is_bool else choice, metavar=None if is_bool or option.choices else _METAVARS.get(option.type),
        )


class RecordCommand(click.Command):
    """A command that takes the flags of the records in some tables; its help shows those of the formats asked for.

    Args:
        name: the command's name.
        run: what it does; gets click's context and gives the exit code.
        params: its own arguments and options.
        tables: the tables whose records' flags it takes (`from`, `to`, `rule`).
        help: its help; the first line is a summary.
    """

    def __init__(
        self, name: str, run: Callable[[click.Context], int], *, params: Sequence[click.Parameter], tables: Sequence[str], help: str,  # noqa: A002 - click's word
    ) -> None:
        super().__init__(name, params=[*params, *common_options()], help=help, no_args_is_help=True)
        self.run, self.tables = run, tuple(tables)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, once the plugins that the arguments' configuration allows are loaded."""
        ctx.meta[_CHOSEN] = None if "--help-all" in args else _chosen(args)
        ctx.meta[_LOADED] = load(_last(args, "--config"))
        return super().parse_args(ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The command's own parameters and the flags of the records; the same objects at each call."""
        if _FLAGS not in ctx.meta:
            registry, _ = loaded(ctx)
            ctx.meta[_FLAGS] = list(record_options(registry, self.tables))
        return [*super().get_params(ctx), *ctx.meta[_FLAGS]]

    def invoke(self, ctx: click.Context) -> int:
        """Run the command; the exit code is what it gives."""
        return self.run(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's own options, then a section for each record whose format was asked for."""
        own = [row for param in super().get_params(ctx) if isinstance(param, click.Option) and (row := param.get_help_record(ctx))]
        with formatter.section("Options"):
            formatter.write_dl(own)
        chosen: frozenset[str] | None = ctx.meta.get(_CHOSEN)
        flags: list[RecordOption] = ctx.meta[_FLAGS]
        for table, name in dict.fromkeys((flag.table, flag.record) for flag in flags):
            if chosen is None or f"{table}.{name}" in chosen:
                with formatter.section(f"{_SECTIONS[table]} {name}"):
                    formatter.write_dl([option_row(flag) for flag in flags if (flag.table, flag.record) == (table, name)])
        if chosen is not None:
            formatter.write_paragraph()
            formatter.write_text("Formats have options of their own: --to FORMAT --help shows one's, --help-all shows all.")


_SECTIONS = {"from": "Reading", "to": "Writing", "rule": "Rule"}


def common_options() -> list[click.Option]:
    """The options that every command has that reads text."""
    return [
        click.Option(["-f", "--from", "source_format"], metavar="FORMAT", help="The inputs' format; without it, each is looked at."),
        click.Option(["--language"], metavar="TAG", help="The pages' language, such as zh-Hans; without it, it is found."),
        click.Option(["--encoding"], metavar="NAME", help="What text files are decoded with; without it, it is found."),
        click.Option(["--publication"], metavar="NAME", help="The paper's name, where the page does not print it."),
        click.Option(["--issue-date"], metavar="YYYY-MM-DD", help="The issue's date, where the page does not print it."),
        click.Option(["--page"], metavar="LABEL", help="The page's number, where the page does not print it."),
        click.Option(["--config"], metavar="FILE", help="The configuration; without it, broadsheet.toml here or above."),
        click.Option(["--strict"], is_flag=True, default=None, help="A warning is a failure: exit code 1."),
        click.Option(["-q", "--quiet"], is_flag=True, help="Say nothing but errors."),
        click.Option(["-v", "--verbose"], is_flag=True, help="Say every note, not only their number."),
        click.Option(["--debug"], is_flag=True, help="Show tracebacks."),
        click.Option(
            ["--help-all"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help, help="Show the options of every format and exit.",
        ),
    ]


def record_options(registry: Registry, tables: Sequence[str]) -> Iterator[RecordOption]:
    """A flag for each option of each record in the tables."""
    for table, records in registry.option_classes().items():
        for record, owner in records.items() if table in tables else ():
            for option in option_fields(owner):
                yield RecordOption(table, record, owner, option)


def option_row(flag: RecordOption) -> tuple[str, str]:
    """A flag and what it does, as help shows them."""
    return flag.get_help_record(click.Context(click.Command("formats"))) or (flag.flag, "")


def values_of(ctx: click.Context) -> dict[tuple[str, str], dict[str, object]]:
    """What the command line says of records: values by table and record, then by key."""
    values: dict[tuple[str, str], dict[str, object]] = ctx.meta.setdefault(_VALUES, {})
    return values


def load(config_file: str | None) -> tuple[Registry, Config]:
    """The plugins and the configuration that they are loaded by.

    Args:
        config_file: the configuration's path; null looks here and above.

    Raises:
        BroadsheetError: the configuration is missing or wrong.
    """
    from broadsheet.config import Config, check, find_config, load_config
    from broadsheet.registry import load_registry

    path = Path(config_file) if config_file else find_config(Path.cwd())
    config = load_config(path) if path else Config()
    registry = load_registry(block=config.block)
    check(config, registry.option_classes())
    return registry, config


def loaded(ctx: click.Context) -> tuple[Registry, Config]:
    """The plugins and the configuration of this command, loaded on first use."""
    if _LOADED not in ctx.meta:
        ctx.meta[_LOADED] = load(None)
    found: tuple[Registry, Config] = ctx.meta[_LOADED]
    return found


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001, FBT001 - click's signature
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def _help(option: OptionField) -> str:
    limits = f" From {option.range.low:g} to {option.range.high:g}." if option.range else ""
    default = option.default
    shown = "" if default in (None, (), "") else f" Default: {getattr(default, 'value', default)}."
    if isinstance(default, bool):
        shown = f" Default: {'yes' if default else 'no'}."
    return f"{option.help}{limits}{shown}{' May be given several times.' if option.many else ''}"


def _values(args: Sequence[str], *names: str) -> list[str]:
    """The values of an option among raw arguments, before they are parsed: `--to x`, `--to=x`, `-t x`, `-tx`."""
    found: list[str] = []
    for at, arg in enumerate(args):
        for name in names:
            if arg == name:
                found += args[at + 1 : at + 2]
            elif name.startswith("--") and arg.startswith(f"{name}="):
                found.append(arg.removeprefix(f"{name}="))
            elif not name.startswith("--") and arg.startswith(name) and not arg.startswith("--"):
                found.append(arg.removeprefix(name))
    return found


def _last(args: Sequence[str], name: str) -> str | None:
    return next(reversed(_values(args, name)), None)


def _chosen(args: Sequence[str]) -> frozenset[str]:
    written = {f"to.{name}" for name in _values(args, "-t", "--to")}
    suffixes = {f"to.{Path(name).suffix[1:]}" for name in _values(args, "-o", "--output") if Path(name).suffix}
    return frozenset(written | suffixes | {f"from.{name}" for name in _values(args, "-f", "--from")})
