"""`broadsheet inspect`: prints what the parser made of one input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadsheet.cli.flags import RecordCommand
from broadsheet.cli.say import put
from broadsheet.cli.session import start
from broadsheet.outline import to_outline
from broadsheet.schema import to_json

if TYPE_CHECKING:
    from broadsheet.model import Document

_HELP = """Show what the parser sees in INPUT, a file or - for standard input.

One line a block: role, confidence, text; articles are set apart, diagnostics stand at the end.
"""


def run(ctx: click.Context) -> int:
    """Print the outline, or the JSON, of one input."""
    session = start(ctx)
    source = ctx.params["input"]
    explain = ctx.params["explain"]
    standard = source == "-"
    document = session.document(
        sys.stdin.buffer if standard else Path(source), name="stdin" if standard else None, explain=explain,
    )
    put(_json(document) if ctx.params["json"] else to_outline(document, confidence=True, reasons=explain).encode("utf-8", "surrogatepass"))
    return session.code(document.diagnostics)


def _json(document: Document) -> bytes:
    return to_json(document, indent=2) + b"\n"


command = RecordCommand(
    "inspect", run, help=_HELP, tables=("from", "rule"),
    params=[
        click.Argument(["input"], required=True, metavar="INPUT"),
        click.Option(["--explain"], is_flag=True, help="Show under each block why it is what it is."),
        click.Option(["--json"], is_flag=True, help="Print the whole document as JSON."),
    ],
)
