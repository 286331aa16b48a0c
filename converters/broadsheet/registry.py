"""Discovers plugins, checks their records, keeps the faults of one from the others, and freezes the result."""

from __future__ import annotations

import difflib
import importlib
import inspect
import os
import re
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, cast

from broadsheet import __version__
from broadsheet.model import Code, Role
from broadsheet.options import option_fields
from broadsheet.plugin import API, HOOKS, Cleaner, Language, Reader, Record, Rule, Theme, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from broadsheet.report import Report

GROUP = "broadsheet"
#: Environment variable that limits loading: `none`, or plugin or distribution names joined by commas.
LIMIT_VARIABLE = "BROADSHEET_PLUGINS"
_BUILTIN = "broadsheet.builtin"
_ISSUES = "the project's issue tracker"
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_TAG = re.compile(r"[a-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A plugin that may be loaded.

    Args:
        name: its entry point's name.
        distribution: the distribution that it comes with.
        version: the distribution's version.
        load: imports and returns its module.
        report_to: where its faults are reported.
    """

    name: str
    distribution: str
    version: str
    load: Callable[[], object]
    report_to: str = _ISSUES


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """A plugin that was loaded; `records` are `(kind, name)` pairs, the kind as in `Registry`."""

    name: str
    distribution: str
    version: str
    report_to: str
    records: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a plugin; `stage` is `import`, `version`, `hooks`, `register` or `block`."""

    plugin: str
    stage: str
    message: str

    def line(self) -> str:
        """The problem as one line for a person."""
        return " ".join(f"plugin {self.plugin} ({self.stage}): {self.message}".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Every record by name, sorted, read-only; who brought it, and what went wrong.

    Languages go by their code. Cleaners are sorted by stage, then name: the order in which they run.
    """

    readers: Mapping[str, Reader]
    cleaners: Mapping[str, Cleaner]
    rules: Mapping[str, Rule]
    languages: Mapping[str, Language]
    themes: Mapping[str, Theme]
    writers: Mapping[str, Writer]
    plugins: tuple[Plugin, ...] = ()
    problems: tuple[Problem, ...] = ()

    def owner(self, record: Record) -> Plugin:
        """The plugin that brought a record."""
        key = (_kind(record), _key(record))
        return next(plugin for plugin in self.plugins if key in plugin.records)

    def option_classes(self) -> Mapping[str, Mapping[str, type]]:
        """Options classes by configuration table (`from`, `to`, `clean`, `rule`), then by record name."""
        tables: dict[str, Mapping[str, Any]] = {"from": self.readers, "to": self.writers, "clean": self.cleaners, "rule": self.rules}
        return {table: {name: record.options for name, record in records.items()} for table, records in tables.items()}

    def report_problems(self, report: Report) -> None:
        """Say every problem as a `plugin-problem` diagnostic."""
        for problem in self.problems:
            report.add(Code.PLUGIN_PROBLEM, problem.line())


def installed() -> Iterator[Candidate]:
    """The plugins of this environment, by the entry-point group `broadsheet`, in the order of distribution and name."""
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.dist.name if point.dist else "", point.name)):
        dist = point.dist
        yield Candidate(
            name=point.name, distribution=dist.name if dist else "unknown", version=dist.version if dist else "unknown",
            load=point.load, report_to=_tracker(dist.metadata.get_all("Project-URL") if dist else None),
        )


def load_registry(
    candidates: Iterable[Candidate] | None = None, *, block: Iterable[str] = (), only: Iterable[str] | None = None,
) -> Registry:
    """The built-in records and those of the plugins, checked and frozen; a faulty plugin is a problem, never an error.

    Args:
        candidates: the plugins to load beside the built-in ones; null loads what is installed.
        block: names to leave out: plugins, distributions, or built-in records that a plugin's own shall replace.
        only: plugins or distributions to load, the built-in ones aside; null asks the environment variable
            `BROADSHEET_PLUGINS` (`none`, or names with commas), and loads all where it is not set.
    """
    found = tuple(installed() if candidates is None else candidates)
    wanted = _limit() if only is None else frozenset(only)
    blocked = frozenset(block)
    loading = _Loading(_manager())
    builtin = Candidate(
        name="builtin", distribution=GROUP, version=__version__, load=lambda: importlib.import_module(_BUILTIN),
    )
    chosen = (one for one in found if not _names(one) & blocked and (wanted is None or _names(one) & wanted))
    for candidate in (builtin, *chosen):
        loading.load(candidate)
    for name in sorted((wanted or frozenset()) - frozenset().union(*map(_names, found))):
        loading.problem(name, "import", f"{LIMIT_VARIABLE} names it, but it is not installed")
    loading.collect(blocked)
    for name in sorted(blocked - loading.blocked - frozenset().union(*map(_names, found))):
        loading.problem(name, "block", "there is nothing of that name to block")
    return loading.freeze()


@dataclass
class _Loading:
    """What has been found so far; lives only while `load_registry` runs."""

    manager: Any
    candidates: dict[str, Candidate] = field(default_factory=dict)
    records: dict[tuple[str, str], tuple[Record, Candidate]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)

    def problem(self, plugin: str, stage: str, message: str) -> None:
        self.problems.append(Problem(plugin, stage, message))

    def load(self, candidate: Candidate) -> None:
        """Import one plugin and hang it into the manager, if it speaks our API."""
        module, error = _attempt(candidate.load)
        if error is not None:
            return self.problem(candidate.name, "import", f"{type(error).__name__}: {error}; reinstall or remove {candidate.distribution}")
        number = getattr(module, "broadsheet_api", None)
        if number != API or isinstance(number, bool):
            return self.problem(candidate.name, "version", _version_advice(candidate, number))
        for message in _hook_faults(module):
            self.problem(candidate.name, "hooks", message)
        key = f"{candidate.distribution}:{candidate.name}"
        _, error = _attempt(lambda: self.manager.register(module, key))
        if error is not None:
            return self.problem(candidate.name, "hooks", f"{error}; give each plugin a module of its own")
        self.candidates[key] = candidate
        return None

    def collect(self, block: frozenset[str]) -> None:
        """Call every hook of every plugin, each in a `try` of its own, and keep the sound records."""
        for hook, kind in HOOKS.items():
            for implementation in getattr(self.manager.hook, hook).get_hookimpls():
                candidate = self.candidates[implementation.plugin_name]
                records, error = _attempt(partial(_records, implementation.function))
                if error is not None:
                    self.problem(candidate.name, "register", f"{hook} failed: {type(error).__name__}: {error}")
                for record in records or ():
                    self._keep(record, kind, candidate, block)

    def _keep(self, record: object, kind: type, candidate: Candidate, block: frozenset[str]) -> None:
        builtin = candidate.distribution == GROUP
        fault = _record_fault(record, kind)
        if fault:
            return self.problem(candidate.name, "register", fault)
        sound = cast("Record", record)
        name = _key(sound)
        if builtin and name in block:
            self.blocked.add(name)
            return None
        key = (_kind(sound), name)
        if key in self.records:
            winner = self.records[key][1]
            return self.problem(
                candidate.name, "register",
                f"its {kind.__name__.lower()} {name!r} is left out, {winner.name} ({winner.distribution}) has one of that name; "
                f'block = ["{name if winner.distribution == GROUP else winner.name}"] in broadsheet.toml makes room for it',
            )
        self.records[key] = (sound, candidate)
        if isinstance(sound, Cleaner):
            self.problem(candidate.name, "register", f"cleaner {name!r} is listed, but this broadsheet {__version__} runs no cleaners yet")
        return None

    def freeze(self) -> Registry:
        def named(kind: str) -> Any:
            found = {name: record for (of, name), (record, _) in self.records.items() if of == kind}
            return MappingProxyType({name: found[name] for name in sorted(found, key=lambda name: _order(found[name]))})

        return Registry(
            readers=named("readers"), cleaners=named("cleaners"), rules=named("rules"), languages=named("languages"),
            themes=named("themes"), writers=named("writers"),
            plugins=tuple(self._plugin(candidate) for candidate in self.candidates.values()), problems=tuple(self.problems),
        )

    def _plugin(self, candidate: Candidate) -> Plugin:
        own = tuple(sorted(key for key, (_, by) in self.records.items() if by is candidate))
        return Plugin(
            name=candidate.name, distribution=candidate.distribution, version=candidate.version,
            report_to=candidate.report_to, records=own,
        )


def _attempt(call: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    """What somebody else's code gives, or what it raised; a plugin that ends the interpreter is as broken as one that raises."""
    try:
        return call(), None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the registry is where plugins are kept apart
        return None, error


def _manager() -> Any:
    import pluggy

    class Manager(pluggy.PluginManager):
        """Takes plain functions by name, so that plugin authors need no marker."""

        def parse_hookimpl_opts(self, plugin: object, name: str) -> Any:
            return {} if name in HOOKS and _hook_fault(name, getattr(plugin, name, None)) is None else None

        def parse_hookspec_opts(self, module_or_class: object, name: str) -> Any:  # noqa: ARG002 - pluggy's signature
            return {} if name in HOOKS else None

    manager = Manager(GROUP)
    specifications = ModuleType("hooks")
    for name in HOOKS:
        setattr(specifications, name, _no_records)
    manager.add_hookspecs(specifications)
    return manager


def _records(hook: Callable[[], Iterable[object]]) -> tuple[object, ...]:
    return tuple(hook())


def _no_records() -> tuple[Record, ...]:
    """The signature of every hook: no arguments, an iterable of records back."""
    return ()


def _hook_faults(module: object) -> Iterator[str]:
    names = [name for name in dir(module) if name.startswith("register_")]
    if not names:
        yield f"it has no hook; it may define {', '.join(HOOKS)}"
    for name in names:
        fault = _hook_fault(name, getattr(module, name, None))
        if fault:
            yield fault


def _hook_fault(name: str, function: object) -> str | None:
    """What is wrong with a `register_*` attribute, or null."""
    if name not in HOOKS:
        near = difflib.get_close_matches(name, HOOKS, n=1)
        return f"there is no hook {name}; " + (f"did you mean {near[0]}?" if near else f"known: {', '.join(HOOKS)}")
    if not inspect.isroutine(function):
        return f"{name} must be a function"
    needed = [one.name for one in inspect.signature(function).parameters.values() if one.default is one.empty and one.kind not in {2, 4}]
    return f"{name} must take no arguments, it wants {', '.join(needed)}" if needed else None


def _record_fault(record: object, kind: type) -> str | None:
    """What is wrong with a record, or null."""
    if not isinstance(record, kind):
        return f"a {kind.__name__} was expected, not {type(record).__name__} ({str(record)[:60]})"
    name = _key(cast("Record", record))
    pattern = _TAG if isinstance(record, Language) else _NAME
    if not isinstance(name, str) or not pattern.fullmatch(name):
        return f"the name {name!r} must be lower-case letters, digits, - and _, a letter first"
    summary = record.name if isinstance(record, Language) else record.summary  # type: ignore[attr-defined]
    if not isinstance(summary, str) or not summary.strip() or "\n" in summary:
        return f"{name!r} needs a summary of one sentence"
    if isinstance(record, Writer) and Role.PARAGRAPH not in record.renders:
        return f"the writer {name!r} must render paragraphs, which every other role can become"
    if hasattr(record, "options"):
        _, error = _attempt(lambda: option_fields(record.options))
        return f"{name!r}: {error}" if error else None
    return None


def _kind(record: Record) -> str:
    hook = next(hook for hook, kind in HOOKS.items() if isinstance(record, kind))
    return hook.removeprefix("register_")


def _key(record: Record) -> str:
    return record.code if isinstance(record, Language) else record.name


def _order(record: Record) -> tuple[int, str]:
    return (int(record.stage) if isinstance(record, Cleaner) else 0, _key(record))


def _names(candidate: Candidate) -> frozenset[str]:
    return frozenset({candidate.name, candidate.distribution})


def _limit() -> frozenset[str] | None:
    text = os.environ.get(LIMIT_VARIABLE, "").strip()
    if not text:
        return None
    return frozenset() if text == "none" else frozenset(name.strip() for name in text.split(",") if name.strip())


def _tracker(urls: list[str] | None) -> str:
    """Where a distribution wants its faults reported, from its `Project-URL` lines."""
    pairs = [tuple(part.strip() for part in url.split(",", 1)) for url in urls or () if "," in url]
    for word in ("issue", "bug", "source", "repository", "homepage"):
        for label, address in pairs:
            if word in label.lower():
                return address
    return _ISSUES


def _version_advice(candidate: Candidate, number: object) -> str:
    if not isinstance(number, int) or isinstance(number, bool):
        return f"it does not say broadsheet_api = {API}"
    newer = f"a release of {candidate.distribution} for API {API}, or a newer broadsheet"
    older = f"a newer release of {candidate.distribution}"
    return f"it speaks API {number}, this broadsheet {__version__} speaks {API}; install {newer if number > API else older}"
