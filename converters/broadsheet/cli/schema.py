"""`broadsheet schema`: prints the JSON Schema of a document."""

from __future__ import annotations

import click
import msgspec

from broadsheet.cli.say import put


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of a document, generated from the types."""
    from broadsheet.schema import json_schema

    put(msgspec.json.format(msgspec.json.encode(json_schema()), indent=2) + b"\n")
