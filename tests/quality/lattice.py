"""A page as the resolver sees it, with every reading of every line as a sum of named weights: what a fit learns from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from broadsheet.evaluation.folding import fold
from broadsheet.galley import Lines, galley
from broadsheet.languages import load_languages
from broadsheet.lines import Source, cut_pages
from broadsheet.model import Role
import broadsheet.parser.resolve
from broadsheet.parser import language, weights
from broadsheet.parser.evidence import gather
from broadsheet.parser.interlopers import lines_above
from broadsheet.parser.seams import Seams
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet.rules import ALL

resolve = sys.modules["broadsheet.parser.resolve"]  # the package has a function of that name

TABLES: dict[str, dict[Any, float]] = {
    "prior": weights.PRIOR, "follows": weights.FOLLOWS, "seam": weights.SEAM, "title_seam": weights.TITLE_SEAM, "line": weights.LINE,
}  # fmt: skip
#: A weight: the name of its table, and its key there.
Place = tuple[str, Any]
#: So far behind, in log odds, a reading is still looked at; the parser itself gives up sooner.
_FAR = 40.0


class Slope(float):
    """A number that knows which weights it is the sum of, each with its factor."""

    __slots__ = ("parts",)
    parts: tuple[tuple[int, float], ...]

    def __new__(cls, value: float, parts: tuple[tuple[int, float], ...] = ()) -> Slope:
        made = super().__new__(cls, value)
        made.parts = parts
        return made

    def __add__(self, other: float) -> Slope:
        return Slope(float(self) + float(other), self.parts + other.parts if isinstance(other, Slope) else self.parts)

    __radd__ = __add__

    def __sub__(self, other: float) -> Slope:
        return self + (other * -1.0)

    def __mul__(self, factor: float) -> Slope:
        return Slope(float(self) * factor, tuple((place, part * factor) for place, part in self.parts))

    __rmul__ = __mul__


class Way(Struct, frozen=True):
    """One reading of a line below one role of the line above; numbers of roles as the resolver has them."""

    above: int
    role: int
    begins: bool
    gain: float
    parts: tuple[tuple[int, float], ...]


#: What is right of a line: by role whether it begins a block (1), goes on with one (0), or either (2). Null: nothing is known.
Wanted = Mapping[Role, int] | None


class Lattice(Struct, frozen=True):
    """All readings of a page's lines, in order, and which of them are right."""

    name: str
    steps: tuple[tuple[Way, ...], ...]
    wanted: tuple[Wanted, ...]


REAL = weights.FORM
NUMBERS: dict[Place, int] = {(name, key): number for number, (name, key) in enumerate((name, key) for name, table in TABLES.items() for key in table)}


class _Auto(dict):
    def get(self, key, default=None):
        got = super().get(key)
        if got is None:
            v = self.real.get(key, 0.0)
            got = self[key] = Slope(v, ((NUMBERS.setdefault(("form", key), len(NUMBERS)), 1.0),))
        return got


def places() -> list[Place]:
    """Every weight there is, in order; its number is its place here."""
    return list(NUMBERS)


def value(place):
    name, key = place
    return REAL.get(key, 0.0) if name == "form" else TABLES[name][key]


@contextmanager
def _sloped() -> Iterator[None]:
    """While this lasts, weights are slopes."""
    before = {name: dict(table) for name, table in TABLES.items()}
    for (name, key), number in NUMBERS.items():
        if name != "form":
            TABLES[name][key] = Slope(TABLES[name][key], ((number, 1.0),))
    auto = resolve.FORM = weights.FORM = _Auto()
    auto.real = REAL
    try:
        yield
    finally:
        resolve.FORM = weights.FORM = REAL
        for name, table in before.items():
            TABLES[name].update(table)


class _Recorded(resolve._Step):  # noqa: SLF001 - looks over its shoulder
    """A step that keeps what it was made of."""

    __slots__ = ("slopes",)

    def __init__(self, ways: list[Any], scores: Mapping[int, float]) -> None:
        self.slopes = ways
        super().__init__([(above, state, float(gain)) for above, state, gain in ways], scores)


def lattice(name: str, text: str, wanted: Callable[[Lines], Sequence[Wanted]]) -> Lattice | None:
    """A page's lattice under the weights as they are; null for a page without lines of text.

    Args:
        name: what the page is called.
        text: the page.
        wanted: what is right of each of its lines.
    """
    source = Source(name="", media_type="text/plain", encoding="utf-8", sha256="", text=text, pages=cut_pages(text))
    lines = galley(source)
    _, profile = language.choose_language(text, None, {p.code: p for p in load_languages()})
    evidence = gather(lines, [(rule, None) for rule in ALL], Context(report=Report(), language=profile))
    furniture = resolve.furniture_lines(evidence)
    order = [index for index in range(len(lines)) if index not in furniture]
    if not order:
        return None
    kept: list[Any] = []

    def traced(_: Any, steps: Sequence[Any], scores: Any) -> dict[int, Any]:
        kept.extend(steps)
        return {}

    originals = resolve._Step, resolve._traced, resolve._HOPELESS  # noqa: SLF001
    resolve._Step, resolve._traced, resolve._HOPELESS = _Recorded, traced, _FAR  # type: ignore[misc]  # noqa: SLF001
    try:
        with _sloped():
            resolve.resolve(lines, evidence, Seams(lines, evidence, lines_above(order, evidence), profile), order)
    finally:
        resolve._Step, resolve._traced, resolve._HOPELESS = originals  # type: ignore[misc]  # noqa: SLF001
    right = wanted(lines)
    return Lattice(name, tuple(tuple(_ways(step)) for step in kept), tuple(right[index] for index in order))


def _ways(step: Any) -> Iterator[Way]:
    paragraph = resolve._PARAGRAPH  # noqa: SLF001
    found = step.slopes if isinstance(step, _Recorded) else [(paragraph, paragraph << 2 | 2, step[0]), (paragraph, paragraph << 2, step[1])]
    for above, state, gain in found:
        yield Way(above, state >> 2, bool(state & 2), float(gain), gain.parts if isinstance(gain, Slope) else ())


def wanted_by_spans(blocks: Sequence[tuple[Role, Sequence[tuple[int, int]]]]) -> Callable[[Lines], Sequence[Wanted]]:
    """What is right where each block's ranges in the page are known; they cover whole lines."""

    def find(lines: Lines) -> Sequence[Wanted]:
        found: list[Wanted] = [None] * len(lines)
        for role, spans in blocks:
            first = True
            for start, end in spans:
                for index in range(len(lines)):
                    form = lines.forms[index]
                    if form.start < end and start < form.end:
                        found[index] = {role: 1 if first or role not in weights.RUNS_ON else 0}
                        first = False
        return found

    return find


#: The keys of JSON gold that say what whole lines are, those first whose texts are sure.
_KEYS = (
    ("paragraphs", Role.PARAGRAPH), ("captions", Role.CAPTION), ("credits", Role.CREDIT), ("byline", Role.BYLINE), ("sign_off", Role.SIGN_OFF),
    ("sections", Role.HEADING), ("subheadlines", Role.SUBHEADLINE), ("headline", Role.HEADLINE), ("kicker", Role.KICKER),
)  # fmt: skip


def wanted_by_texts(articles: Sequence[Mapping[str, Any]]) -> Callable[[Lines], Sequence[Wanted]]:
    """What is right where gold gives texts: a block is looked for as whole lines, from where the last one of its article stood."""

    def find(lines: Lines) -> Sequence[Wanted]:
        pieces = [fold(form.text) for form in lines.forms]
        found: list[Wanted] = [None] * len(pieces)
        at = 0
        for article in articles:
            start, ends = at, [at]
            for key, role in _KEYS:
                for text in _texts(article.get(key)):
                    run = _run(pieces, text, ends[-1] if role is Role.PARAGRAPH else start) or _run(pieces, text, start)
                    if run is None:
                        continue
                    if role is Role.PARAGRAPH:
                        ends.append(run[1])
                    short = role is Role.PARAGRAPH and run[1] - run[0] == 1 and not lines.forms[run[0]].stopped
                    for index in range(*run):
                        begins = 1 if index == run[0] or role not in weights.RUNS_ON else 0
                        found[index] = {role: begins, **({Role.HEADING: 1} if short else {})}
            at = max(ends)
        return found

    return find


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [fold(value)] if fold(value) else []
    if isinstance(value, dict):
        return _texts(value.get("raw") or value.get("text"))
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else []


def _run(pieces: Sequence[str], text: str, start: int) -> tuple[int, int] | None:
    """The lines from `start` on that together are a text."""
    for first in range(start, len(pieces)):
        if not pieces[first] or not text.startswith(pieces[first]):
            continue
        rest, index = text, first
        while index < len(pieces) and pieces[index] and rest.startswith(pieces[index]):
            rest = rest[len(pieces[index]) :]
            index += 1
            if not rest:
                return first, index
    return None
