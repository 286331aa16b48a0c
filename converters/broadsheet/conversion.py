"""The public functions: read a file, parse it into articles, write the document, or all three in one."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from msgspec.structs import replace

from broadsheet.degrade import degrade
from broadsheet.errors import BroadsheetError, InputError, PluginError, UsageError, unknown
from broadsheet.lines import Source
from broadsheet.model import Code, Document, Issue, Kind
from broadsheet.opening import Limits, find_reader, load, sniffed
from broadsheet.options import build_options
from broadsheet.plugin import Claim, Context, Reader, Rule, Theme, Writer
from broadsheet.registry import Registry, load_registry
from broadsheet.report import Report
from broadsheet.saving import output_error, save
from broadsheet.steps import blame, step

if TYPE_CHECKING:
    from broadsheet.galley import Lines

#: Options of one record: an instance of its options class, or key to value.
Options = Mapping[str, object] | object

#: The look of visual formats where none is asked for.
DEFAULT_THEME = "reading"
# Source: BCP 47, section 2.1: a language of two or three letters, then script, region and variants.
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?(?:-[A-Za-z0-9]{4,8})*")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def read(
    source: str | Path | bytes | BinaryIO, *, name: str | None = None, format: str | None = None,  # noqa: A002 - the API's word
    options: Options | None = None, limits: Limits | None = None, report: Report | None = None, registry: Registry | None = None,
) -> Source | Document:
    """What a file says: its text in pages of lines, or a document where the format knows its articles.

    Args:
        source: a path, the bytes themselves, or a binary stream.
        name: what the source is called, in messages and by its suffix; null takes the path. The document keeps its last part.
        format: the reader's name; null asks each reader how sure it is and takes the surest.
        options: the reader's options.
        limits: what the input may be at most; null takes the defaults.
        report: also gets what is said while reading; the result carries it too.
        registry: the plugins to read with; null loads those installed.

    Raises:
        BroadsheetError: missing, empty, too large, not what it says, of no known format; or a plugin failed.
    """
    registry = registry or load_registry()
    data, where = load(source, name, limits or Limits())
    reader = find_reader(registry, format) if format else sniffed(registry, data, where)
    called = Path(name or where).name or where  # documents say nothing of the folders of the machine that they were made on
    own = Report()
    settings = _options(reader, options, f"from.{reader.name}")
    found = step(lambda: reader.read(BytesIO(data), settings, Context(report=own)), lambda error: blame(registry, reader, error, where))
    said = tuple(dict.fromkeys((*found.diagnostics, *own.diagnostics)))
    _pass_on(said, report)
    if isinstance(found, Source):
        return replace(found, name=called, diagnostics=said)
    info = found.source if found.source.name else replace(found.source, name=called)
    return replace(found, source=info, diagnostics=said)


def parse(
    source: Source | Document, *, language: str | None = None, issue: Issue | None = None,
    options: Mapping[str, Options | None] | None = None, explain: bool = False,
    report: Report | None = None, registry: Registry | None = None,
) -> Document:
    """The articles of what was read, each block with its role.

    A document that a reader gave as such keeps its articles. One that says nothing of them beyond their texts, as an
    outline does, gets the facts that the texts print; one that knows what kind its articles are stays as it is.

    Args:
        source: what `read` gave.
        language: the page's language as a BCP 47 tag; null finds it. One that has no profile is read with the nearest.
        issue: facts that the page does not print.
        options: rule name to that rule's options; a rule whose options are null is left out.
        explain: keep the reasons of every block.
        report: also gets what is said while parsing; the document carries it too.
        registry: the plugins to parse with; null loads those installed.

    Raises:
        BroadsheetError: a language that is no tag, an unknown rule or option.
    """
    from broadsheet import parser

    registry = registry or load_registry()
    check_language(registry, language)
    own = Report()
    rules = tuple(_rules(registry, options or {}))
    given = issue or Issue()

    def run() -> Document:
        if isinstance(source, Document):
            known = _with_facts(source, language, given)
            bare = all(article.kind is Kind.UNKNOWN for article in known.articles)
            return parser.complete(known, languages=registry.languages, report=own) if bare else known
        return parser.parse_source(
            source, rules=rules, languages=registry.languages, language=language, issue=given, report=own, explain=explain,
        )

    document = step(run, lambda error: _parser_fault(error, source))
    said = tuple(dict.fromkeys((*source.diagnostics, *document.diagnostics, *own.diagnostics)))
    _pass_on(said, report)
    return document if said == document.diagnostics else replace(document, diagnostics=said)


def render(
    document: Document, *, format: str, options: Options | None = None, theme: str | Path | Theme | None = None,  # noqa: A002 - the API's word
    pictures: Mapping[str, bytes] | None = None, report: Report | None = None, registry: Registry | None = None,
) -> bytes:
    """The document in a format, as bytes; the same document, options and plugins give the same bytes.

    Args:
        document: what to write.
        format: the writer's name.
        options: the writer's options.
        theme: a theme, its name, or a TOML file; only visual formats look at it. Null takes the default.
        pictures: the bytes of pictures by the sha256 that the document names them with; the captions of others stand alone.
        report: gets what is said while writing, such as a glyph that no font has.
        registry: the plugins to write with; null loads those installed.

    Raises:
        BroadsheetError: an unknown format, option or theme; or the writer failed.
    """
    registry = registry or load_registry()
    writer = find_writer(registry, format)
    report = report or Report()
    context = Context(
        report=report, language=registry.languages.get(document.language or ""), when=_when(document),
        theme=_theme(registry, theme) if writer.visual else None, pictures=pictures or {},
    )
    settings = _options(writer, options, f"to.{writer.name}")
    shown = degrade(document, writer.renders, format=writer.name, report=report)
    out = BytesIO()
    step(lambda: writer.write(shown, out, settings, context), lambda error: blame(registry, writer, error, document.source.name))
    return out.getvalue()


def write(
    document: Document, target: str | Path | BinaryIO, *, format: str | None = None, options: Options | None = None,  # noqa: A002 - the API's word
    theme: str | Path | Theme | None = None, pictures: Mapping[str, bytes] | None = None,
    report: Report | None = None, registry: Registry | None = None,
) -> None:
    """Write a document to a file or a binary stream.

    A file appears whole, by atomic rename, or not at all; **an existing file is replaced**. A stream is left open.

    Args:
        document: what to write.
        target: the file's path, or a binary stream.
        format: the writer's name; null takes the one of the path's suffix.
        options: as in `render`.
        theme: as in `render`.
        pictures: as in `render`.
        report: as in `render`.
        registry: as in `render`.

    Raises:
        BroadsheetError: as `render`; or the target cannot be written.
    """
    registry = registry or load_registry()
    chosen = format or writer_of(registry, target).name
    data = render(document, format=chosen, options=options, theme=theme, pictures=pictures, report=report, registry=registry)
    if isinstance(target, (str, Path)):
        save(Path(target), data)
        return
    try:
        target.write(data)
    except OSError as error:
        raise output_error(error, str(getattr(target, "name", "the stream"))) from error


def convert(
    source: str | Path | bytes | BinaryIO, target: str | Path | BinaryIO, *,
    name: str | None = None, from_format: str | None = None, to_format: str | None = None,
    read_options: Options | None = None, parse_options: Mapping[str, Options | None] | None = None, write_options: Options | None = None,
    language: str | None = None, issue: Issue | None = None, theme: str | Path | Theme | None = None,
    pictures: Mapping[str, bytes] | None = None, limits: Limits | None = None, report: Report | None = None, registry: Registry | None = None,
) -> Document:
    """Read, parse and write in one; the arguments are those of `read`, `parse` and `write`.

    Returns:
        The document that was written.

    Raises:
        BroadsheetError: as the three.
    """
    registry = registry or load_registry()
    chosen = to_format or writer_of(registry, target).name
    found = read(source, name=name, format=from_format, options=read_options, limits=limits, registry=registry)
    document = parse(found, language=language, issue=issue, options=parse_options, report=report, registry=registry)
    write(document, target, format=chosen, options=write_options, theme=theme, pictures=pictures, report=report, registry=registry)
    return document


def check_language(registry: Registry, tag: str | None, *, where: str = "") -> None:
    """Refuse what is no language tag; a language that has no profile is read with the nearest.

    Raises:
        UsageError: with the nearest known tags.
    """
    if tag is not None and tag not in registry.languages and not _LANGUAGE_TAG.fullmatch(tag):
        raise unknown("language", tag, registry.languages, where=where)


def find_writer(registry: Registry, name: str) -> Writer:
    """The writer of a format.

    Raises:
        UsageError: no writer has that name.
    """
    if name not in registry.writers:
        raise unknown("format", name, registry.writers, where="--to")
    return registry.writers[name]


def writer_of(registry: Registry, target: str | Path | BinaryIO) -> Writer:
    """The writer that a target's suffix asks for.

    Raises:
        UsageError: a stream, a path without a suffix, or one that no writer has.
    """
    path = Path(target) if isinstance(target, (str, Path)) else None
    suffix = path.suffix.lower() if path else ""
    for writer in registry.writers.values():
        if suffix and writer.suffix == suffix:
            return writer
    raise UsageError(
        f"no format is written with the suffix {suffix!r}" if suffix else "the format is not known from a name without suffix",
        where=str(path) if path else "", todo=f"name one: {', '.join(registry.writers)}",
    )


def _options(record: Reader | Writer | Rule, given: Options | None, where: str) -> Any:
    if given is None:
        return record.options()
    if isinstance(given, record.options):
        return given
    if isinstance(given, Mapping):
        return build_options(record.options, given, where=where)
    raise UsageError(f"options of {record.name} are a {record.options.__name__} or a mapping, not {type(given).__name__}", where=where)


def _rules(registry: Registry, options: Mapping[str, Options | None]) -> list[tuple[Rule, object]]:
    for name in options:
        if name not in registry.rules:
            raise unknown("rule", name, registry.rules)
    kept = (rule for rule in registry.rules.values() if options.get(rule.name, ()) is not None)
    return [(_guarded(registry, rule), _options(rule, options.get(rule.name), f"rule.{rule.name}")) for rule in kept]


def _guarded(registry: Registry, rule: Rule) -> Rule:
    """The rule, with its failure turned into a diagnostic: its claims are dropped, the conversion goes on."""

    def propose(lines: Lines, options: object, context: Context) -> tuple[Claim, ...]:
        def dropped(error: Exception) -> tuple[Claim, ...]:
            owner = registry.owner(rule)
            message = f"rule {rule.name} of {owner.distribution} {owner.version} failed and was left out ({type(error).__name__}: {error})"
            context.report.add(Code.RULE_FAILED, message)
            return ()

        return step(lambda: tuple(rule.propose(lines, options, context)), dropped)

    return dataclasses.replace(rule, propose=propose)


def _with_facts(document: Document, language: str | None, issue: Issue) -> Document:
    given = {name: value for name in Issue.__struct_fields__ if (value := getattr(issue, name)) is not None}
    return replace(document, language=language or document.language, issue=replace(document.issue, **given))


def _theme(registry: Registry, theme: str | Path | Theme | None) -> Theme | None:
    if isinstance(theme, Theme):
        return theme
    if theme is None:
        return registry.themes.get(DEFAULT_THEME)
    if str(theme) in registry.themes:
        return registry.themes[str(theme)]
    if Path(theme).suffix.lower() != ".toml":
        raise unknown("theme", str(theme), registry.themes, where="--theme")
    from broadsheet.themes import parse_theme

    try:
        return parse_theme(Path(theme).read_text("utf-8-sig"), where=str(theme))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read ({error})", where=str(theme), todo="give a theme's name or its TOML file") from error


def _when(document: Document) -> datetime | None:
    """The document's timestamp: its printed date, else `SOURCE_DATE_EPOCH`, else none; never the clock."""
    date = document.issue.date or ""
    with suppress(ValueError):  # a page may print a date that there never was
        if _ISO_DATE.fullmatch(date):
            return datetime.fromisoformat(date).replace(tzinfo=UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else None
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"{epoch!r} is no number of seconds since 1970", where="SOURCE_DATE_EPOCH", todo="correct or unset it") from error


def _parser_fault(error: Exception, source: Source | Document) -> NoReturn:
    if isinstance(error, BroadsheetError):
        raise error
    where = source.name if isinstance(source, Source) else source.source.name
    raise PluginError(f"the parser crashed ({type(error).__name__}: {error})", where=where, todo="report it, with the file if you may") from error


def _pass_on(said: tuple[Any, ...], report: Report | None) -> None:
    for one in said if report is not None else ():
        report.add(one.code, one.message, source=one.source, article=one.article)  # type: ignore[union-attr]
