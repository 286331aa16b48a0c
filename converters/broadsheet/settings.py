"""What one run does to each of its inputs: the formats, options and facts that were asked for, checked once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from broadsheet.conversion import check_language, parse, read, render
from broadsheet.errors import UsageError
from broadsheet.languages import read_languages
from broadsheet.model import Document, Issue
from broadsheet.opening import Limits, find_reader, load, sniffed
from broadsheet.options import build_options, option_fields
from broadsheet.pictures import pictures_beside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.config import Config
    from broadsheet.registry import Registry
    from broadsheet.report import Report

#: Values by configuration table (`from`, `to`, `clean`, `rule`), record and key.
Values = dict[tuple[str, str], dict[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How inputs are read and parsed and documents are written, the same for all of a run.

    Args:
        registry: the plugins.
        options: an instance of its options class for each record that is not left at its defaults, by table and name.
        off: rules that are left out.
        source_format: the reader's name; null looks at each input.
        language: the pages' language; null finds it.
        issue: facts that the pages do not print.
        theme: a theme's name or file; null takes the default.
    """

    registry: Registry
    options: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    source_format: str | None = None
    language: str | None = None
    issue: Issue = field(default_factory=Issue)
    theme: str | None = None

    def document(self, source: Path | BinaryIO, *, report: Report, name: str | None = None, explain: bool = False) -> Document:
        """Read and parse one input; see `broadsheet.conversion` for what is raised."""
        return self.opened(source, report=report, name=name, explain=explain)[0]

    def opened(
        self, source: Path | BinaryIO, *, report: Report, name: str | None = None, explain: bool = False,
    ) -> tuple[Document, Mapping[str, bytes]]:
        """As `document`, with the bytes of the pictures that a document's JSON names and that lie beside it."""
        data, where = load(source, name, Limits())
        reader = find_reader(self.registry, self.source_format) if self.source_format else sniffed(self.registry, data, where)
        found = read(data, name=where, format=reader.name, options=self.options.get(("from", reader.name)), registry=self.registry)
        rules = {rule: None if rule in self.off else self.options.get(("rule", rule), {}) for rule in self.registry.rules}
        document = parse(
            found, language=self.language, issue=self.issue, options=rules, explain=explain, report=report, registry=self.registry,
        )
        if isinstance(source, Path) and reader.name == "json":
            return document, pictures_beside(document, source, report=report)
        return document, {}

    def render(
        self, document: Document, format: str, *, report: Report, pictures: Mapping[str, bytes] | None = None,  # noqa: A002 - the API's word
    ) -> bytes:
        """The document in one format; see `broadsheet.conversion.render` for what is raised."""
        options = self.options.get(("to", format))
        return render(
            document, format=format, options=options, theme=self.theme, pictures=pictures, report=report, registry=self.registry,
        )


def build_settings(
    registry: Registry, config: Config, flags: Values, *, source_format: str | None = None, encoding: str | None = None,
    language: str | None = None, issue: Issue | None = None, theme: str | None = None,
) -> Settings:
    """Settings from defaults, then the configuration file, then the command line; each wins over the one before.

    Args:
        registry: the plugins.
        config: what the configuration file says, checked.
        flags: what the command line says of records.
        source_format: the reader's name; null looks at each input.
        encoding: what inputs are decoded with; null finds it.
        language: the pages' language.
        issue: facts that the pages do not print.
        theme: a theme's name or file.

    Raises:
        UsageError: an unknown format or language, or an encoding for a format that has none.
    """
    if config.languages:
        registry = replace(registry, languages={**registry.languages, **read_languages(config.languages)})
    classes = registry.option_classes()
    if source_format is not None:
        find_reader(registry, source_format)
    tongue = language or config.language
    check_language(registry, tongue, where="--language" if language else str(config.path))
    values: Values = {(table, name): dict(keys) for table, records in config.tables.items() for name, keys in records.items()}
    for name in _decoders(classes["from"], source_format, encoding) if encoding or config.encoding else ():
        keys = values.setdefault(("from", name), {})
        keys["encoding"] = encoding or keys.get("encoding", config.encoding)
    for record, keys in flags.items():
        values.setdefault(record, {}).update(keys)
    options = {(table, name): build_options(classes[table][name], keys, where=f"{table}.{name}") for (table, name), keys in values.items()}
    given = issue or Issue()
    facts = Issue(given.publication or config.publication, given.date, given.page, given.section, given.edition)
    return Settings(
        registry=registry, options=options, off=frozenset(config.off), source_format=source_format, language=tongue,
        issue=facts, theme=theme or config.theme,
    )


def _decoders(classes: Mapping[str, type], source_format: str | None, encoding: str | None) -> list[str]:
    """The readers that take an encoding, of those that may be used; one must be there where the command line gives one."""
    names = [name for name, options in classes.items() if any(one.key == "encoding" for one in option_fields(options))]
    chosen = [name for name in names if source_format in {None, name}]
    if encoding and not chosen:
        raise UsageError(f"{source_format} has no choice of encoding", where="--encoding", todo=f"formats that have: {', '.join(names)}")
    return chosen
