"""The command line: a group whose commands are imported when they are asked for."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from broadsheet.errors import BroadsheetError, unknown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

#: Command to what the list of commands says of it; each is `command` in the module of its name.
COMMANDS = {
    "convert": "Read newspaper text, find its articles, write them in other formats.",
    "inspect": "Show what the parser sees: role, confidence and text of every block.",
    "batch": "Convert folders of files; a bad file never stops the rest.",
    "evaluate": "Score the parser on gold pages, role by role, and show where it errs.",
    "formats": "List what can be read and written, with every option.",
    "plugins": "List plugins, what they bring, and what is wrong with them.",
    "schema": "Print the JSON Schema of a document.",
}
INTERRUPTED = 130


class LazyGroup(click.Group):
    """Knows its commands by name; imports one only to run it or to show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands, in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of a name, imported now; null where there is none."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"broadsheet.cli.{cmd_name}").command
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with the nearest names where there is no such command."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise unknown("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """The list of commands, made without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, expose_value=False, help="Show the version and exit.")
def group() -> None:
    """Broadsheet rebuilds newspaper articles from text whose layout is lost."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line and give its exit code.

    Args:
        arguments: what follows the program's name.
    """
    debug = "--debug" in arguments
    if not debug:
        sys.excepthook = _one_line
    try:
        return group.main(list(arguments), prog_name="broadsheet", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        click.echo(f"error: {_in_one_line(error)}", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; what was finished stays", err=True)
        return INTERRUPTED
    except BroadsheetError as error:
        if debug:
            import traceback

            traceback.print_exception(error)
        click.echo(f"error: {error.message()}", err=True)
        return error.exit_code


def _in_one_line(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    advice = f"; see `{context.command_path} --help`" if context else ""
    return " ".join(error.format_message().rstrip(".").split()) + advice


def _one_line(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:  # noqa: ARG001 - the hook's signature
    """What a person sees of a fault of ours: one line, and how to get more."""
    click.echo(f"error: a fault in broadsheet ({kind.__name__}: {error}); run again with --debug and report what it prints", err=True)
