"""A page as the resolver sees it, every reading of every line a sum of named weights, with what is right of it: what a fit learns from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Self

from msgspec import Struct

from broadsheet.evaluation.folding import fold
from broadsheet.galley import Lines, galley
from broadsheet.languages import load_languages
from broadsheet.lines import Source, cut_pages
from broadsheet.model import Role
from broadsheet.parser import language, weights
from broadsheet.parser.cues import Cues
from broadsheet.parser.evidence import gather
from broadsheet.parser.interlopers import lines_above
from broadsheet.parser.seams import Seams
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet.rules import ALL

resolve, readings, seams = (import_module(f"broadsheet.parser.{name}") for name in ("resolve", "readings", "seams"))  # the package has a function `resolve`
#: What keeps sums of weights.
_KEPT = ((readings, "_row"), (readings, "_following"), (seams, "_of_cues"), (seams, "_of_seam"))
#: The tables by their names in weights.toml.
TABLES: dict[str, dict[Any, Any]] = {
    "prior": weights.PRIOR, "follows": weights.FOLLOWS, "follows_unspaced": weights.FOLLOWS_UNSPACED, "seam": weights.SEAM,
    "title_seam": weights.TITLE_SEAM, "line": weights.LINE, "form": weights.FORM,
}  # fmt: skip
#: A weight: the name of its table, and its key there (in `form` a cue and a role).
Place = tuple[str, Any]
#: So far behind, in log odds, a reading is still looked at; the parser itself gives up sooner.
_FAR = 40.0


class Slope(float):
    """A number that knows which weights it is the sum of, each with its factor."""

    __slots__ = ("parts",)
    parts: tuple[tuple[Place, float], ...]

    def __new__(cls, value: float, parts: tuple[tuple[Place, float], ...] = ()) -> Self:
        made = super().__new__(cls, value)
        made.parts = parts
        return made

    def __add__(self, other: float) -> Slope:
        return Slope(float(self) + float(other), self.parts + other.parts if isinstance(other, Slope) else self.parts)

    __radd__ = __add__

    def __sub__(self, other: float) -> Slope:
        return self + other * -1.0

    def __mul__(self, factor: float) -> Slope:
        return Slope(float(self) * factor, tuple((place, part * factor) for place, part in self.parts))

    __rmul__ = __mul__


class _Table(dict[Any, Any]):
    """A table whose weights are slopes; one that it lacks is nought, and may become more."""

    def __init__(self, name: str, table: Mapping[Any, Any], of: tuple[Any, ...] = ()) -> None:
        super().__init__(table)
        self._name, self._of = name, of

    def get(self, key: Any, default: Any = None) -> Any:
        del default
        if self._name == "form" and not self._of:
            return _Table("form", super().get(key, {}), (key,))
        return Slope(super().get(key, 0.0), (((self._name, (*self._of, key) if self._of else key), 1.0),))

    def __getitem__(self, key: Any) -> Any:
        return self.get(key)

    def items(self) -> Any:
        """Of a cue: every role, since each may come to count."""
        return [(role, self.get(role)) for role in weights.PRIOR] if self._of else super().items()


class Way(Struct, frozen=True):
    """One reading of a line below one role of the line above; numbers of roles as the resolver has them."""

    above: int
    role: int
    begins: bool
    gain: float
    parts: tuple[tuple[Place, float], ...]


#: What is right of a line: by role whether it begins a block. Null: nothing is known.
Wanted = Mapping[Role, bool] | None


class Lattice(Struct, frozen=True):
    """All readings of a page's lines, in order, and which of them are right."""

    name: str
    steps: tuple[tuple[Way, ...], ...]
    wanted: tuple[Wanted, ...]


class _Recorded(resolve._Step):  # type: ignore[name-defined, misc]  # looks over the resolver's shoulder
    """A step that keeps what it was made of: every reading below every role above, and what that adds."""

    __slots__ = ("slopes",)

    def __init__(self, below: Any, scores: Mapping[int, float]) -> None:
        self.slopes = [
            (over, state, end + more + gain)
            for (state, gain), column in zip(below.begun, below.follows, strict=True)
            for over, end, more in zip(scores, below.ended, column, strict=True)
            if more > -math.inf
        ] + below.ways  # fmt: skip
        follows = tuple(tuple(map(float, column)) for column in below.follows)
        begun, ways = [(state, float(gain)) for state, gain in below.begun], [(over, state, float(gain)) for over, state, gain in below.ways]
        super().__init__(readings.Below(begun, follows, ways, [*map(float, below.ended)]), scores)


@contextmanager
def _recording(kept: list[Any]) -> Iterator[None]:
    """While this lasts, weights are slopes, and the resolver's steps are kept instead of traced."""

    def traced(_: Any, steps: Sequence[Any], __: Any) -> dict[int, Any]:
        kept.extend(steps)
        return {}

    changes: dict[str, Any] = {"_Step": _Recorded, "_traced": traced, "_HOPELESS": _FAR, **{name: getattr(module, name).__wrapped__ for module, name in _KEPT}}
    modules = (resolve, readings, seams)
    before = [(module, name, getattr(module, name)) for module in modules for name in (*changes, *(table.upper() for table in TABLES)) if hasattr(module, name)]
    try:
        for module, name, old in before:
            setattr(module, name, changes.get(name) or _Table(name.lower(), old))
        yield
    finally:
        for module, name, old in before:
            setattr(module, name, old)


def lattice(name: str, text: str, wanted: Callable[[Lines], Sequence[Wanted]], given: str | None = None) -> Lattice | None:
    """A page's lattice under the weights as they are; null for a page without lines of text.

    Args:
        name: what the page is called.
        text: the page.
        wanted: what is right of each of its lines.
        given: its language; found where it is null.
    """
    source = Source(name="", media_type="text/plain", encoding="utf-8", sha256="", text=text, pages=cut_pages(text))
    lines = galley(source)
    _, profile = language.choose_language(text, given, {p.code: p for p in load_languages()})
    evidence = gather(lines, [(rule, None) for rule in ALL], Context(report=Report(), language=profile))
    furniture = resolve.furniture_lines(evidence)
    order = [index for index in range(len(lines)) if index not in furniture]
    if not order:
        return None
    kept: list[Any] = []
    with _recording(kept):
        resolve.resolve(lines, evidence, Seams(lines, evidence, lines_above(order, evidence), profile), Cues(lines, evidence, profile, (rule.name for rule in ALL)), order)
    right = wanted(lines)
    return Lattice(name, tuple(tuple(_ways(step)) for step in kept), tuple(right[index] for index in order))


def _ways(step: Any) -> Iterator[Way]:
    paragraph = readings.PARAGRAPH
    found = step.slopes if isinstance(step, _Recorded) else [(paragraph, paragraph << 2 | 2, step[0]), (paragraph, paragraph << 2, step[1])]
    for above, state, gain in found:
        yield Way(above, state >> 2, bool(state & 2), float(gain), gain.parts if isinstance(gain, Slope) else ())


def wanted_by_spans(blocks: Sequence[tuple[Role, Sequence[tuple[int, int]]]]) -> Callable[[Lines], Sequence[Wanted]]:
    """What is right where each block's ranges in the page are known; they cover whole lines."""

    def find(lines: Lines) -> Sequence[Wanted]:
        found: list[Wanted] = [None] * len(lines)
        for role, spans in blocks:
            begins = True
            for start, end in spans:
                for index in range(max(lines.index_of(start), 0), len(lines)):
                    form = lines.forms[index]
                    if form.start >= end:
                        break
                    if start < form.end:
                        found[index] = {role: begins}
                        begins = role not in weights.RUNS_ON
        return found

    return find


#: The keys of JSON gold that say what whole lines are; where two speak of a line, the later is right.
_KEYS = (
    ("paragraphs", Role.PARAGRAPH), ("captions", Role.CAPTION), ("credits", Role.CREDIT), ("byline", Role.BYLINE), ("sign_off", Role.SIGN_OFF),
    ("sections", Role.HEADING), ("subheadlines", Role.SUBHEADLINE), ("headline", Role.HEADLINE), ("kicker", Role.KICKER),
)  # fmt: skip


def wanted_by_texts(articles: Sequence[Mapping[str, Any]]) -> Callable[[Lines], Sequence[Wanted]]:
    """What is right where gold gives texts: each is looked for as whole lines, paragraphs one after the other.

    A short unstopped line that the gold calls a paragraph may be a heading, as in `broadsheet evaluate`.
    """

    def find(lines: Lines) -> Sequence[Wanted]:
        pieces = [fold(form.text) for form in lines.forms]
        found: list[Wanted] = [None] * len(pieces)
        at = 0
        for article in articles:
            start = end = at
            for key, role in _KEYS:
                for text in _texts(article.get(key)):
                    run = _run(pieces, text, end if role is Role.PARAGRAPH else start) or _run(pieces, text, start)
                    if run is None:
                        continue
                    end = max(end, run.stop) if role is Role.PARAGRAPH else end
                    short = role is Role.PARAGRAPH and len(run) == 1 and not lines.forms[run.start].stopped
                    for index in run:
                        found[index] = {role: index == run.start or role not in weights.RUNS_ON, **({Role.HEADING: True} if short else {})}
            at = end
        return found

    return find


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [fold(value)] if fold(value) else []
    if isinstance(value, dict):
        return _texts(value.get("raw") or value.get("text"))
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else []


def _run(pieces: Sequence[str], text: str, start: int) -> range | None:
    """The lines from `start` on that together are a text."""
    for first in range(start, len(pieces)):
        rest, index = text, first
        while index < len(pieces) and pieces[index] and rest.startswith(pieces[index]):
            rest = rest[len(pieces[index]) :]
            index += 1
            if not rest:
                return range(first, index)
    return None


def value(place: Place) -> float:
    """A weight as it is now; nought where its table lacks it."""
    name, key = place
    found: float = TABLES["form"].get(key[0], {}).get(key[1], 0.0) if name == "form" else TABLES[name].get(key, 0.0)
    return found


def change(place: Place, weight: float) -> None:
    """Set a weight; what was summed up with the old one is forgotten."""
    for module, kept in _KEPT:
        getattr(module, kept).cache_clear()
    name, key = place
    table: MutableMapping[Any, float] = TABLES["form"].setdefault(key[0], {}) if name == "form" else TABLES[name]
    table[key[1] if name == "form" else key] = weight
