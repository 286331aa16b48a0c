"""Writes the reference from the code: python tests/meta/reference.py > converters/REFERENCE.md"""

from __future__ import annotations

import dataclasses
import inspect
import sys
import textwrap
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadsheet import cli, errors
from broadsheet.cli.flags import RecordCommand, RecordOption, common_options
from broadsheet.model import BLOCKS, FURNITURE, MARKS, ROLE_MEANING, Code, Kind, Role
from broadsheet.options import option_fields
from broadsheet.plugin import API, HOOKS, Claim, Context, Style
from broadsheet.registry import Candidate, Registry, load_registry
from broadsheet.report import MEANING, SEVERITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EPUB_SOURCE = Path(__file__).parents[2] / "plugins" / "epub" / "src"
INTRODUCTION = """# Reference

Generated from the code by `python tests/meta/reference.py`; do not edit. Guides: [README](../README.md), [the code](README.md), [plugins](../plugins/README.md).

[Commands](#commands) · [Formats and their options](#formats-and-their-options) · [Rules](#rules) · [Languages and themes](#languages-and-themes) ·
[Configuration](#configuration) · [Exit codes](#exit-codes) · [Roles](#roles) · [Kinds of articles](#kinds-of-articles) · [Diagnostics](#diagnostics) ·
[Hooks and records](#hooks-and-records)
"""


def registry() -> Registry:
    """The built-in records and the EPUB plugin of this repository, whatever else is installed."""

    def load() -> object:
        if str(EPUB_SOURCE) not in sys.path:
            sys.path.append(str(EPUB_SOURCE))
        return import_module("broadsheet_epub")

    return load_registry([Candidate(name="epub", distribution="broadsheet-epub", version="", load=load)], only=["epub"])


def reference() -> str:
    """The whole page."""
    known = registry()
    sections = (commands(), formats(known), rules(known), data(known), configuration(), exit_codes(), roles(), kinds(), diagnostics(), hooks())
    return "\n".join([INTRODUCTION, *("\n".join(section) for section in sections)])


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Rows as a Markdown table, with an empty line after it."""
    for row in (head, ("---",) * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
    yield ""


def commands() -> Iterator[str]:
    yield "## Commands\n"
    for name in cli.COMMANDS:
        yield from _command(import_module(f"broadsheet.cli.{name}").command, f"broadsheet {name}")
    yield "### Options of every command that reads text\n"
    yield from table(("option", "what it does"), (_option(one) for one in common_options()))


def _command(command: click.Command, path: str) -> Iterator[str]:
    arguments = [one.metavar or (one.name or "").upper() for one in command.params if isinstance(one, click.Argument)]
    children = command.commands if isinstance(command, click.Group) else {}
    yield f"### `{' '.join([path, *(['[' + '|'.join(children) + ']'] if children else []), *arguments])}`\n"
    yield inspect.cleandoc(command.help or "") + "\n"
    common = {one.name for one in common_options()} if isinstance(command, RecordCommand) else set()
    own = [one for one in command.params if isinstance(one, click.Option) and one.name not in common]
    if own:
        yield from table(("option", "what it does"), (_option(one) for one in own))
    for name, child in children.items():
        yield from _command(child, f"{path} {name}")


def _option(option: click.Option) -> tuple[str, str]:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts) if name.startswith("-"))
    choices = "\\|".join(option.type.choices) if isinstance(option.type, click.Choice) else ""
    value = option.metavar or choices
    required = " Required." if option.required else ""
    return (f"{names}{f' {value}' if value else ''}", (option.help or "") + required)


def formats(known: Registry) -> Iterator[str]:
    yield "## Formats and their options\n"
    yield from table(("read", "suffixes", "what"), ((f"`{one.name}`", " ".join(one.suffixes), one.summary) for one in known.readers.values()))
    written = ((f"`{one.name}`", one.suffix, one.summary, known.owner(one).distribution) for one in known.writers.values())
    yield from table(("written", "suffix", "what", "distribution"), written)
    for group, records in (("from", known.readers), ("to", known.writers)):
        for name, record in records.items():
            yield from _options(group, name, record.options)


def _options(group: str, name: str, owner: type) -> Iterator[str]:
    fields = option_fields(owner)
    if not fields:
        return
    yield f"### `[{group}.{name}]`\n"
    rows = ((f"`{one.key}`", f"`{RecordOption(group, name, owner, one).flag}`", _values(one), _default(one.default), one.help) for one in fields)
    yield from table(("key", "flag", "values", "default", "what it does"), rows)


def _values(field: Any) -> str:
    if field.choices:
        return " ".join(f"`{choice}`" for choice in field.choices)
    limits = f" {field.range.low:g} to {field.range.high:g}" if field.range else ""
    return field.type.__name__.lower() + limits + (", several" if field.many else "")


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    return "none" if value in (None, (), "") else f"`{getattr(value, 'value', value)}`"


def rules(known: Registry) -> Iterator[str]:
    yield '## Rules\n\nA rule is left out with `off = ["NAME"]` under `[rules]`.\n'
    rows = ((f"`{one.name}`", one.summary, ", ".join(role for role in Role if role in one.roles)) for one in known.rules.values())
    yield from table(("rule", "what it does", "roles"), rows)
    for name, record in known.rules.items():
        yield from _options("rule", name, record.options)


def data(known: Registry) -> Iterator[str]:
    yield "## Languages and themes\n"
    yield from table(("language", "name"), ((f"`{one.code}`", one.name) for one in known.languages.values()))
    yield from table(("theme", "what"), ((f"`{one.name}`", one.summary) for one in known.themes.values()))


def configuration() -> Iterator[str]:
    yield "## Configuration\n\n`broadsheet.toml`, in the working folder or the nearest one above it, or given by `--config`. Flags win over it, it wins over defaults.\n"
    from broadsheet.config import Config

    argument = _arguments(Config)
    rows = [(f"`{key}`", argument[key]) for key in ("block", "theme", "language", "encoding", "publication", "strict")]
    rows += [("`[rules] off`", argument["off"]), ("`[from.NAME]` `[to.NAME]` `[rule.NAME]`", "options of readers, writers and rules, as in the tables of this page")]
    yield from table(("key", "meaning"), rows)
    variables = [
        ("`BROADSHEET_PLUGINS`", "`none`, or the plugins or distributions to load, joined by commas"),
        ("`SOURCE_DATE_EPOCH`", "seconds since 1970: the date of results whose page prints none"),
    ]
    yield from table(("environment variable", "meaning"), variables)


def _arguments(owner: type) -> dict[str, str]:
    """The entries under `Args:` in a class's docstring."""
    lines = inspect.cleandoc(owner.__doc__ or "").partition("Args:\n")[2].splitlines()
    pairs = (line.strip().split(": ", 1) for line in lines if line.startswith("    ") and ": " in line)
    return {pair[0]: pair[1].rstrip(".") for pair in pairs}


def exit_codes() -> Iterator[str]:
    yield "## Exit codes\n"
    kinds = [errors.UsageError, errors.InputError, errors.PluginError, errors.OutputError]
    raised = [(str(kind.exit_code), (kind.__doc__ or "").strip(), f"`{kind.__name__}`") for kind in kinds]
    first = [("0", "Everything was written.", ""), ("1", "Several inputs, and some failed; or `--strict` and there were warnings.", "`BroadsheetError`")]
    yield from table(("code", "meaning", "in Python"), [*first, *raised, (str(cli.INTERRUPTED), "Interrupted; what was finished stays.", "")])


def roles() -> Iterator[str]:
    yield "## Roles\n\nA block is a part of its own; a mark is what runs in on the line of a block; furniture stands outside the articles.\n"

    def places(role: Role) -> str:
        return ", ".join(word for word, kind in (("block", BLOCKS), ("mark", MARKS), ("furniture", FURNITURE)) if role in kind)

    yield from table(("role", "what it is", "as"), ((f"`{role}`", ROLE_MEANING[role], places(role)) for role in Role))


def kinds() -> Iterator[str]:
    yield "## Kinds of articles\n\n" + " ".join(f"`{kind}`" for kind in Kind) + "\n"


def diagnostics() -> Iterator[str]:
    yield "## Diagnostics\n\nWarnings fail a run under `--strict`; notes (`info`) are shown by `--verbose`.\n"
    yield from table(("code", "severity", "meaning"), ((f"`{code}`", SEVERITY[code].value, MEANING[code]) for code in Code))


def hooks() -> Iterator[str]:
    yield f"## Hooks and records\n\nThe plugin contract, `broadsheet_api = {API}`. A hook takes nothing and returns an iterable of its records; all are in `broadsheet.plugin`.\n"
    yield from table(("hook", "record"), ((f"`{hook}`", f"[`{kind.__name__}`](#{kind.__name__.lower()})") for hook, kind in HOOKS.items()))
    for kind in (*HOOKS.values(), Context, Claim, Style):
        yield f"### {kind.__name__}\n\n{textwrap.dedent(inspect.getdoc(kind) or '').replace('Args:', 'Fields:' + chr(10)).replace(chr(10) + '    ', chr(10) + '* ')}\n"
        yield from table(("field", "type", "default"), _fields(kind))


def _fields(kind: Any) -> Iterator[tuple[str, str, str]]:
    """Name, type and default of each field of a dataclass, or of a msgspec struct, whose types need not be imported for this."""
    if dataclasses.is_dataclass(kind):
        yield from ((f"`{one.name}`", f"`{one.type}`", _field_default(one)) for one in dataclasses.fields(kind))
        return
    required = len(kind.__struct_fields__) - len(kind.__struct_defaults__)
    for at, name in enumerate(kind.__struct_fields__):
        yield f"`{name}`", f"`{kind.__annotations__[name]}`", "required" if at < required else "empty"


def _field_default(field: dataclasses.Field[Any]) -> str:
    if field.default is dataclasses.MISSING:
        return "required" if field.default_factory is dataclasses.MISSING else "empty"
    return f"`{getattr(field.default, '__name__', field.default)}`"


if __name__ == "__main__":
    sys.stdout.write(reference())
