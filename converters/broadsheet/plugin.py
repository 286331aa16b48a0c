"""The contract that plugins import: six hooks, the records that they return, and the context their functions get.

A plugin is a module with `broadsheet_api = 1` and one or more `register_*` functions, found by the entry-point
group `broadsheet`. Each returns records: frozen dataclasses that name a thing, describe it in a line, and hold one
function and one options class. The core collects them once; from then on it calls the records' functions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - part of a public record
from enum import IntEnum
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct

from broadsheet.model import Document, Edit, Role
from broadsheet.options import Help, NoOptions, Range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from broadsheet.galley import Lines
    from broadsheet.lines import Source
    from broadsheet.report import Report

__all__ = [
    "API", "Certainty", "Claim", "Cleaner", "Context", "Help", "Language", "Layout", "NoOptions", "Range", "Reader", "Role",
    "Rule", "Stage", "Style", "Theme", "Writer",
]

#: The number that a plugin states as `broadsheet_api`. It rises only when an existing plugin would break.
API = 1


class Certainty(IntEnum):
    """How sure a reader is that a file is its own; the surest reader gets it, a tie is refused."""

    NO = 0
    NAME = 1
    LIKELY = 2
    SURE = 3


class Stage(IntEnum):
    """When a cleaner runs: first glyphs (ligatures, widths), then lines, then words."""

    GLYPHS = 0
    LINES = 1
    WORDS = 2


class Claim(Struct, frozen=True, gc=False):
    """One piece of evidence from a rule: this range may be that role, and why.

    Args:
        start: offset into `source.text`, in code points.
        end: the offset after the last character; a whole line or a part of it.
        role: what the range may be.
        weight: how strong the evidence is, from 0 to 1.
        reason: a short sentence that `inspect --explain` shows.
        fields: the facts that the range gives (`agency`, `place`, `names` …), named as in `broadsheet.model.Facts`.
    """

    start: int
    end: int
    role: Role
    weight: float
    reason: str
    fields: Mapping[str, Any] = {}  # msgspec copies an empty default


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language profile: the words and patterns that newspapers of one language print, as data.

    Args:
        code: BCP 47 tag (`zh-Hans`).
        name: the language's English name.
        words: named word lists that patterns refer to as `{name}` (agencies, titles, months …).
        patterns: role or cue name to regular expressions, matched on the shadow of a line.
        glue: what joins two lines of a broken paragraph: `""`, `" "`, or `auto` by the characters at the seam.
        examples: for each pattern name, strings that must match (`yes`) and must not (`no`); they are tests.
    """

    code: str
    name: str
    words: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, tuple[str, ...]]
    glue: str = "auto"
    examples: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a role looks, in every visual format alike; sizes and spaces in points.

    `family` is `serif` or `sans`; `align` is `left`, `center`, `right` or `justify`; `colour` is `#rrggbb`;
    `indent_em` is the first line's indent in ems of the text, of which all but Chinese, Japanese and Korean have half; `keep_with_next` forbids a page break after the block;
    `across` lets the block stand across all columns of its article; `hyphenate` lets words be divided at a line's end.
    """

    size_pt: float
    leading_pt: float
    family: str = "serif"
    bold: bool = False
    italic: bool = False
    align: str = "left"
    colour: str = "#000000"
    space_before_pt: float = 0.0
    space_after_pt: float = 0.0
    indent_em: float = 0.0
    keep_with_next: bool = False
    across: bool = False
    hyphenate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How articles are made up into pages; a format shows of it what it can.

    Args:
        columns: how many columns the text of an article stands in.
        gutter_pt: the space between two columns, in points.
        column_rule: whether a thin line stands between columns.
        article_rule: whether a thin line parts an article from the one before.
        article_start: `flow` lets an article follow on the same page, `page` gives each a page of its own.
        brief_lines: in columns, an article with fewer lines than this in each is a brief: it runs in one column with its
            neighbours, its titles no longer across; 0 makes none.
        brief_title_scale: by how much the titles of a brief are smaller, as a factor.
        lead_title_scale: by how much the headline of the first of several articles is larger, as a factor.
        nameplate: whether the paper's name, where it is known, stands large over the first page.
        running_head: whether the paper's name and date stand at the head of pages.
        folio: whether pages are numbered.
        source_line: whether an article says where it was printed: publication, date, page.
        contents: `front` puts a list of the articles before them, `none` does not.
    """

    columns: int = 1
    gutter_pt: float = 18.0
    column_rule: bool = False
    article_rule: bool = True
    article_start: str = "flow"
    brief_lines: int = 0
    brief_title_scale: float = 1.0
    lead_title_scale: float = 1.0
    nameplate: bool = False
    running_head: bool = True
    folio: bool = True
    source_line: bool = False
    contents: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A look: the page in points, a style for every role, and how articles are made up into pages.

    `page` holds `width_pt`, `height_pt`, `margin_top_pt`, `margin_bottom_pt`, `margin_inner_pt`, `margin_outer_pt`.
    """

    name: str
    summary: str
    page: Mapping[str, float]
    styles: Mapping[Role, Style]
    layout: Layout = Layout()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The only way to outside facts, read-only.

    Args:
        report: where diagnostics go.
        language: the profile of the document's language; null where it is unknown or does not matter.
        theme: the look that a visual writer follows; null for the others.
        when: the document's timestamp; null where it has none. No plugin reads the clock.
        pictures: the bytes of the document's pictures, by the sha256 that `Document.assets` and captions name them with;
            a picture that nobody gave is missing here, and its caption stands alone.
    """

    report: Report
    language: Language | None = None
    theme: Theme | None = None
    when: datetime | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One input format.

    `sniff(head, name)` says how sure it is, from the first 4,096 bytes and the file's name; it is pure.
    `read(stream, options, context)` gives a `Source`, or a `Document` where the format knows its articles; the core sets
    the source's name.
    """

    name: str
    summary: str
    suffixes: tuple[str, ...]
    media_type: str
    sniff: Callable[[bytes, str], Certainty]
    read: Callable[[BinaryIO, Any, Context], Source | Document]
    options: type = NoOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaner:
    """A proposed change to the text, off unless asked for; `clean(lines, options, context)` gives edits."""

    name: str
    summary: str
    stage: Stage
    clean: Callable[[Lines, Any, Context], Iterable[Edit]]
    options: type = NoOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of evidence; `propose(lines, options, context)` gives claims for the roles that it declares."""

    name: str
    summary: str
    roles: frozenset[Role]
    propose: Callable[[Lines, Any, Context], Iterable[Claim]]
    options: type = NoOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """One output format; `write(document, out, options, context)` puts bytes into `out` and leaves it open.

    `renders` are the roles that the format can show; the core turns the others into the nearest one before it calls.
    `text` marks a format that may go to a terminal; `visual` one that follows a theme.
    """

    name: str
    summary: str
    suffix: str
    media_type: str
    renders: frozenset[Role]
    write: Callable[[Document, BinaryIO, Any, Context], None]
    options: type = NoOptions
    text: bool = False
    visual: bool = False


Record = Reader | Cleaner | Rule | Language | Theme | Writer

#: Hook name to the record type that it returns. The whole specification of the hooks: no arguments, an iterable back.
HOOKS: Mapping[str, type] = {
    "register_readers": Reader,
    "register_cleaners": Cleaner,
    "register_rules": Rule,
    "register_languages": Language,
    "register_themes": Theme,
    "register_writers": Writer,
}

