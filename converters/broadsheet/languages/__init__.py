"""Language profiles: the words and patterns that newspapers of a language print, as TOML data, checked when loaded."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from broadsheet.errors import InputError, unknown
from broadsheet.plugin import Language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_REFERENCE = re.compile(r"@\{([a-z_]+)\}")


@cache
def load_languages() -> tuple[Language, ...]:
    """The profiles that come with Broadsheet, by code."""
    folder = files("broadsheet.languages")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(parse_language((folder / name).read_text("utf-8"), where=name, check=False) for name in names)


def parse_language(text: str, *, where: str, check: bool = True) -> Language:
    """A profile from its TOML.

    `[words]` are lists of literal words, `[fragments]` are pieces of regular expressions, `[patterns]` are lists of
    them; `@{name}` puts the words (as alternatives, longest first) or the fragment of that name in its place. A profile
    that says `extends = "zh-Hans"` adds to that one: its words to the lists, its patterns before the others, its fragments
    instead of those of the same name.

    Args:
        text: the TOML.
        where: the file's name, for messages.
        check: compile every pattern; the profiles that come with Broadsheet are compiled by their tests, and otherwise when they are used.

    Raises:
        InputError: not TOML, a reference to nothing, a pattern that does not compile, or a missing key.
    """
    try:
        data = tomllib.loads(text)
        if "extends" in data:
            data = _merged(_shipped(data["extends"]), data)
        words = {name: tuple(values) for name, values in data.get("words", {}).items()}
        pieces = {name: _alternatives(values) for name, values in words.items()}
        for name, fragment in data.get("fragments", {}).items():
            pieces[name] = f"(?:{_filled(fragment, pieces)})"
        patterns = {name: tuple(_filled(pattern, pieces) for pattern in values) for name, values in data.get("patterns", {}).items()}
        if check:
            for pattern in chain.from_iterable(patterns.values()):
                re.compile(pattern)
        return Language(
            code=data["code"], name=data["name"], words=words, patterns=patterns, glue=data.get("glue", "auto"),
            examples=_examples(data.get("examples", {})),
        )  # fmt: skip
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, re.error) as error:
        raise InputError(f"not a language profile: {error}", where=where, todo="compare it with zh-Hans.toml") from error


def read_languages(paths: Iterable[Path]) -> dict[str, Language]:
    """The profiles in files of one's own, by code; a later one of a code takes the place of an earlier.

    Raises:
        InputError: a file cannot be read, or is no profile.
    """
    found: dict[str, Language] = {}
    for path in paths:
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot be read as a language profile: {error}", where=str(path), todo="name another file") from error
        profile = parse_language(text, where=str(path))
        found[profile.code] = profile
    return found


def _shipped(code: str) -> dict[str, Any]:
    """The TOML of a profile that comes with Broadsheet."""
    codes = sorted(language.code for language in load_languages())
    if code not in codes:
        raise unknown("language", code, codes, where="extends")
    return tomllib.loads((files("broadsheet.languages") / f"{code}.toml").read_text("utf-8"))


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """A profile with the additions of another."""
    words = {name: [*base["words"].get(name, ()), *own.get("words", {}).get(name, ())] for name in {**base["words"], **own.get("words", {})}}
    patterns = {name: [*own.get("patterns", {}).get(name, ()), *base["patterns"].get(name, ())] for name in {**base["patterns"], **own.get("patterns", {})}}
    fragments = base.get("fragments", {}) | own.get("fragments", {})
    return base | {key: own[key] for key in ("name", "glue") if key in own} | {"words": words, "patterns": patterns, "fragments": fragments, "examples": own.get("examples", {})}


def _alternatives(words: tuple[str, ...]) -> str:
    """The words as one pattern that shares their beginnings, the longest first; a long list compiles many times faster so."""
    return _branches(sorted(set(words)))


def _branches(words: list[str]) -> str:
    ends = "" in words
    groups = [(first, [word[1:] for word in group]) for first, group in groupby(filter(None, words), key=lambda word: word[0])]
    single = "".join(re.escape(first) for first, rests in groups if rests == [""])
    longer = [f"{re.escape(first)}{_branches(rests)}" for first, rests in groups if rests != [""]]
    if single:
        longer.append(f"[{single}]" if len(single) > 1 else single)
    if not longer:
        return ""
    return f"(?:{'|'.join(longer)})" + ("?" if ends else "")


def _filled(pattern: str, pieces: dict[str, str]) -> str:
    return _REFERENCE.sub(lambda match: pieces[match[1]], pattern)


def _examples(data: dict[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    return {name: {kind: tuple(texts) for kind, texts in kinds.items()} for name, kinds in data.items()}
