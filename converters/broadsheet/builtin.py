"""The toolkit's own plugin: its readers, rules, languages, themes and writers, through the same door as everybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.plugin import Language, Reader, Rule, Theme, Writer

broadsheet_api = 1


def register_readers() -> Iterable[Reader]:
    """Text, and the two forms of a document that we write ourselves."""
    from broadsheet.readers.json import JSON
    from broadsheet.readers.outline import OUTLINE
    from broadsheet.readers.txt import TXT

    return (TXT, JSON, OUTLINE)


def register_rules() -> Iterable[Rule]:
    """Every kind of evidence that the parser looks for."""
    from broadsheet.rules import ALL

    return ALL


def register_languages() -> Iterable[Language]:
    """The language profiles, one TOML file each."""
    from broadsheet.languages import load_languages

    return load_languages()


def register_themes() -> Iterable[Theme]:
    """The looks, one TOML file each."""
    from broadsheet.themes import load_themes

    return load_themes()


def register_writers() -> Iterable[Writer]:
    """Word, PDF, HTML, Markdown, text, and the two forms of a document that we read back."""
    from broadsheet.writers.docx import DOCX
    from broadsheet.writers.html import HTML
    from broadsheet.writers.json import JSON
    from broadsheet.writers.md import MD
    from broadsheet.writers.outline import OUTLINE
    from broadsheet.writers.pdf import PDF
    from broadsheet.writers.txt import TXT

    return (DOCX, PDF, HTML, MD, TXT, JSON, OUTLINE)
