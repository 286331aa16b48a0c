"""The configuration file: `broadsheet.toml`, found here or above, every mistake in it named at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from broadsheet.errors import BroadsheetError, InputError, UsageError, unknown
from broadsheet.options import build_options

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "broadsheet.toml"
#: The tables that hold options of records: `[to.docx]`, `[rule.byline]`.
TABLES = ("from", "to", "clean", "rule")

Tables = Mapping[str, Mapping[str, Mapping[str, object]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the file says; a fact that it does not give is null.

    Args:
        path: the file; null where there is none.
        tables: options by table, record and key, unchecked until `check` has seen the records.
        block: plugins, or built-in records, to leave out.
        off: rules to leave out.
        theme: a theme's name or file; a file's path is relative to the working folder.
        language: the pages' language, as a BCP 47 tag.
        encoding: what text files are decoded with.
        publication: the paper's name, where pages do not print it.
        languages: files of language profiles of one's own, relative to this file's folder.
        strict: a warning is a failure.
    """

    path: Path | None = None
    tables: Tables = field(default_factory=dict)
    block: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    theme: str | None = None
    language: str | None = None
    encoding: str | None = None
    publication: str | None = None
    languages: tuple[Path, ...] = ()
    strict: bool = False

    def options(self, table: str, record: str) -> Mapping[str, object]:
        """The options that the file gives one record; empty where it gives none."""
        return self.tables.get(table, {}).get(record, {})


_TEXTS = ("theme", "language", "encoding", "publication")
_TOP_KEYS = frozenset({*_TEXTS, "block", "languages", "strict", "rules", *TABLES})


def find_config(start: Path) -> Path | None:
    """The nearest `broadsheet.toml`, in a folder or one above it; null where there is none."""
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    return None


def load_config(path: Path) -> Config:
    """Read a configuration file; its options are checked later, by `check`.

    Raises:
        InputError: the file is missing or cannot be read.
        UsageError: it is not TOML, or has unknown keys or values of the wrong type; all in one message.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path), todo="give another --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"is not TOML ({error})", where=str(path), todo="correct the line") from error
    problems = [*_top_problems(data), *_table_problems(data)]
    if problems:
        raise UsageError(". ".join(problems), where=str(path))
    tables = {table: data[table] for table in TABLES if table in data}
    texts = {key: data[key] for key in _TEXTS if key in data}
    return Config(
        path=path, tables=tables, block=tuple(data.get("block", ())), off=tuple(data.get("rules", {}).get("off", ())),
        languages=tuple(path.parent / name for name in data.get("languages", ())), strict=data.get("strict", False), **texts,
    )


def check(config: Config, classes: Mapping[str, Mapping[str, type]]) -> None:
    """Check every option of the file against the records' options classes, ranges included.

    Args:
        config: what the file says.
        classes: options classes by table and record name, as `Registry.option_classes` gives them.

    Raises:
        UsageError: unknown records or options, values of the wrong type or out of range; all in one message.
    """
    problems: list[str] = []
    for table, records in config.tables.items():
        for record, values in records.items():
            try:
                if record not in classes[table]:
                    raise unknown(_KINDS[table], record, classes[table])
                build_options(classes[table][record], values, where=f"[{table}.{record}]")
            except BroadsheetError as error:
                problems.append(error.message())
    problems += [unknown("rule", name, classes["rule"], where="[rules] off").message() for name in config.off if name not in classes["rule"]]
    if problems:
        raise UsageError(". ".join(problems), where=str(config.path or FILE_NAME))


_KINDS = {"from": "input format", "to": "output format", "clean": "cleaner", "rule": "rule"}


def _top_problems(data: Mapping[str, Any]) -> list[str]:
    problems = [unknown("key", key, _TOP_KEYS).message() for key in data if key not in _TOP_KEYS]
    problems += [f"{key} must be a text, not {data[key]!r}" for key in _TEXTS if not isinstance(data.get(key, ""), str)]
    if not isinstance(data.get("strict", False), bool):
        problems.append(f"strict must be true or false, not {data['strict']!r}")
    if not _is_texts(data.get("languages", [])):
        problems.append(f'languages must be a list of files, such as ["our-paper.toml"], not {data["languages"]!r}')
    if not _is_texts(data.get("block", [])):
        problems.append(f'block must be a list of names, such as ["txt"], not {data["block"]!r}')
    rules = data.get("rules", {})
    if not isinstance(rules, dict) or not _is_texts(rules.get("off", [])):
        problems.append('[rules] must be a table with off = ["name"]')
    else:
        problems += [unknown("key", key, ("off",), where="[rules]").message() for key in rules if key != "off"]
    return problems


def _table_problems(data: Mapping[str, Any]) -> list[str]:
    problems: list[str] = []
    for table in TABLES:
        records = data.get(table, {})
        if not isinstance(records, dict):
            problems.append(f"{table} must be a table of tables, such as [{table}.NAME]")
            continue
        wrong = (name for name, values in records.items() if not isinstance(values, dict))
        problems += [f"[{table}] {name} must be in a table of its own, such as [{table}.NAME]" for name in wrong]
    return problems


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
