"""Text that runs from right to left: the levels of its characters and their order on a line, after Unicode's UAX 9."""

from __future__ import annotations

import re
from bisect import insort
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import bidirectional

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_DEPTH = 125
_MAX_PAIRS = 63
_ISO_DATE = re.compile(r"(?<![0-9-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9-])")
#: Anything that could turn a text: right-to-left letters, Arabic digits, marks and controls of direction.
_TURNS = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_RIGHT_LETTER = re.compile("[\u05d0-\u05f4\u0620-\u064a\u066e-\u06d3\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RIGHT_LANGUAGES = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "ckb", "dv"})
_STRONG = {"L": 0, "R": 1, "AL": 1}
_EMBEDS = {"RLE": (1, None), "LRE": (0, None), "RLO": (1, "R"), "LRO": (0, "L")}
_ISOLATES = {"RLI": 1, "LRI": 0, "FSI": None}
_REMOVED = frozenset({"RLE", "LRE", "RLO", "LRO", "PDF", "BN"})
_BLANK = frozenset({"WS", "RLI", "LRI", "FSI", "PDI"}) | _REMOVED
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "RLI", "LRI", "FSI", "PDI"})
# Source: Unicode's BidiBrackets.txt, the pairs that printed text uses.
_PAIRS = dict(zip("\u2329\u3008([{⁅⁽₍⌈⌊❨❪❬❮❰❲❴⟦⟨⟪⟬⟮⦃⦅⦇⦉⦋⦑⦓⦕⸢⸤⸦⸨《「『【〔〖〘〚﹙﹛﹝（［｛｟｢", "\u232a\u3009)]}⁆⁾₎⌉⌋❩❫❭❯❱❳❵⟧⟩⟫⟭⟯⦄⦆⦈⦊⦌⦒⦔⦖⸣⸥⸧⸩》」』】〕〗〙〛﹚﹜﹞）］｝｠｣", strict=True))
_CLOSERS = frozenset(_PAIRS.values())
_SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}


def may_turn(text: str) -> bool:
    """Whether anything in a text could run from right to left."""
    return _TURNS.search(text) is not None


def runs_leftward(language: str | None) -> bool:
    """Whether pages in a language (BCP 47) begin at the right."""
    return (language or "").split("-")[0].lower() in _RIGHT_LANGUAGES


def base_level(text: str, language: str | None) -> int:
    """The direction of a paragraph: 1 from right to left, 0 from left to right.

    A paragraph of a right-to-left language that has a letter of such a script is right-to-left, whatever it begins with
    (a Latin agency, a number); otherwise the first letter with a direction decides, then the language.
    """
    right = runs_leftward(language)
    if right and _RIGHT_LETTER.search(text):
        return 1
    return _first_strong(text, int(right))


class Direction(NamedTuple):
    """Where a paragraph runs: its own level, 1 from right to left, and the levels of its characters."""

    base: int
    levels: Sequence[int]

    def order(self, text: str, start: int, end: int) -> list[int]:
        """The places of the characters of a line, `text[start:end]`, from left to right, counted from its start."""
        return visual_order(text[start:end], self.levels[start:end], self.base)


def direction(text: str, language: str | None) -> Direction | None:
    """The direction of a paragraph without line ends; null where all of it runs from left to right.

    Dates as ISO 8601 writes them stay whole, year first: Unicode's rules alone would turn their parts round behind Arabic
    letters. Source: UAX 9, 4.3, rule HL3.
    """
    base = base_level(text, language)
    if not base and not may_turn(text):
        return None
    found = levels(text, base)
    for match in _ISO_DATE.finditer(text):
        found[slice(*match.span())] = [found[match.start()]] * len(match[0])
    return Direction(base, found)


def levels(text: str, base: int) -> list[int]:
    """The embedding level of every character of a paragraph; odd ones run from right to left.

    Args:
        text: the paragraph, without line ends.
        base: its own level, 0 or 1.
    """
    kinds = [bidirectional(char) or "L" for char in text]
    found = _explicit(text, kinds, base)
    for run in _sequences(kinds, found, base):
        _weak(run)
        _brackets(run, text)
        _neutral(run)
        for at, kind in zip(run.places, run.kinds, strict=True):
            if found[at] % 2:
                found[at] += kind != "R"
            elif kind != "L":
                found[at] += 1 if kind == "R" else 2
    for at, kind in enumerate(kinds):  # what has no level of its own goes with what stands before it
        if kind in _REMOVED:
            found[at] = found[at - 1] if at else base
    return found


def visual_order(text: str, found: Sequence[int], base: int) -> list[int]:
    """The places of a line's characters from left to right (rules L1 and L2).

    Args:
        text: the line.
        found: the level of each of its characters.
        base: the paragraph's level.
    """
    line = list(found)
    blank = True
    for at in range(len(text) - 1, -1, -1):
        kind = bidirectional(text[at])
        blank = kind in {"B", "S"} or (blank and kind in _BLANK)
        if blank:
            line[at] = base
    order = list(range(len(text)))
    for level in range(max(line, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and line[order[end]] >= level:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = end + 1
    return order


def reading_runs(text: str, order: Sequence[int]) -> list[tuple[int, int]]:
    """The pieces of a line as they are read: ranges of `order`, each one word or one sign from right to left, or a run from left to right.

    Args:
        text: the line.
        order: the places of its characters from left to right.
    """
    runs: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(order) + 1):
        step = order[at] - order[at - 1] if at < len(order) else 0
        word_ends = step == -1 and not (_is_letter(text[order[at]]) and _is_letter(text[order[at - 1]]))
        if step not in {1, -1} or word_ends or (at - start > 1 and step != order[at - 1] - order[at - 2]):
            runs.append((start, at))
            start = at
    return sorted(runs, key=lambda run: order[run[0]])


def _is_letter(char: str) -> bool:
    return bidirectional(char) in {"R", "AL", "NSM", "BN"}


class _Run(NamedTuple):
    """An isolating run sequence: where its characters stand, their classes (which the rules change), and what it borders on."""

    places: list[int]
    kinds: list[str]
    level: int
    before: str
    after: str


def _first_strong(text: str, default: int) -> int:
    depth = 0
    for char in text:
        kind = bidirectional(char)
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(depth - 1, 0)
        elif kind in _STRONG and not depth:
            return _STRONG[kind]
    return default


class _Embeddings:
    """The controls that are open at a place (rules X1 to X8): each one's level, the class that it forces, whether it isolates."""

    def __init__(self, base: int) -> None:
        self.open: list[tuple[int, str | None, bool]] = [(base, None, False)]
        self.lost_isolates = self.lost_embeds = 0

    def begin(self, odd: int, forced: str | None, *, isolate: bool) -> None:
        level = self.open[-1][0] + (1 if (self.open[-1][0] + 1) % 2 == odd else 2)
        if level <= _MAX_DEPTH and not self.lost_isolates and not self.lost_embeds:
            self.open.append((level, forced, isolate))
        elif isolate:
            self.lost_isolates += 1
        elif not self.lost_isolates:
            self.lost_embeds += 1

    def end_isolate(self) -> None:
        if self.lost_isolates:
            self.lost_isolates -= 1
        elif any(isolate for _, _, isolate in self.open):
            self.lost_embeds = 0
            while not self.open.pop()[2]:
                pass

    def end_embed(self) -> None:
        if self.lost_isolates:
            return
        if self.lost_embeds:
            self.lost_embeds -= 1
        elif len(self.open) > 1 and not self.open[-1][2]:
            self.open.pop()


def _explicit(text: str, kinds: list[str], base: int) -> list[int]:
    """The levels that controls give; `kinds` takes the classes that they force."""
    state = _Embeddings(base)
    found: list[int] = []
    for at, kind in enumerate(kinds):
        if kind == "PDI":
            state.end_isolate()
        elif kind == "PDF":
            state.end_embed()
        level, forced, _ = state.open[-1]
        if kind in _EMBEDS:
            state.begin(*_EMBEDS[kind], isolate=False)
        elif kind in _ISOLATES:
            odd = _ISOLATES[kind]
            state.begin(_first_strong(_isolated(text, kinds, at), 0) if odd is None else odd, None, isolate=True)
        if forced and kind not in _REMOVED:
            kinds[at] = forced
        found.append(base if kind == "B" else level)
    return found


def _isolated(text: str, kinds: list[str], at: int) -> str:
    """What stands between an isolate at a place and its end."""
    depth = 1
    for end in range(at + 1, len(text)):
        depth += (kinds[end] in _ISOLATES) - (kinds[end] == "PDI")
        if not depth:
            return text[at + 1 : end]
    return text[at + 1 :]


def _sequences(kinds: list[str], found: list[int], base: int) -> list[_Run]:
    """Rule X10: runs of one level, joined across isolates."""
    kept = [at for at, kind in enumerate(kinds) if kind not in _REMOVED]
    runs: list[list[int]] = []
    current: list[int] = []
    waiting: list[list[int]] = []
    for at in kept:
        if current and found[current[-1]] == found[at] and kinds[current[-1]] not in _ISOLATES:
            current.append(at)
        elif kinds[at] == "PDI" and waiting and found[waiting[-1][-1]] == found[at]:
            current = waiting.pop()
            current.append(at)
        else:
            current = [at]
            runs.append(current)
        if kinds[at] in _ISOLATES:
            waiting.append(current)
    bounds = [base, *(found[at] for at in kept), base]
    number = {at: i for i, at in enumerate(kept, start=1)}
    return [_run(places, bounds, number, kinds) for places in runs]


def _run(places: list[int], bounds: list[int], number: dict[int, int], kinds: list[str]) -> _Run:
    """One sequence; `bounds` are the levels of what stands on the line, between two of the paragraph's own."""
    first, last = number[places[0]], number[places[-1]]
    level = bounds[first]
    after = bounds[0] if kinds[places[-1]] in _ISOLATES else bounds[last + 1]
    return _Run(places, [kinds[at] for at in places], level, _side(max(level, bounds[first - 1])), _side(max(level, after)))


def _side(level: int) -> str:
    return "R" if level % 2 else "L"


def _weak(run: _Run) -> None:
    """Rules W1 to W7: marks, numbers and their signs."""
    kinds = run.kinds
    strong = before = run.before
    for i, kind in enumerate(kinds):
        new = kind
        if kind == "NSM":
            new = "ON" if before in {*_ISOLATES, "PDI"} else before
        if new == "EN" and strong == "AL":
            new = "AN"
        if new in _STRONG:
            strong = new
        kinds[i] = before = new
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for i in range(1, len(kinds) - 1):
        left, right = kinds[i - 1], kinds[i + 1]
        if left == right and ((kinds[i] in {"ES", "CS"} and left == "EN") or (kinds[i] == "CS" and left == "AN")):
            kinds[i] = left
    _signs(kinds)
    strong = run.before
    for i, kind in enumerate(kinds):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"


def _signs(kinds: list[str]) -> None:
    """Rules W5 and W6: signs beside a number belong to it, other separators are neutral."""
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if end > at:
            number = "EN" in {*kinds[at - 1 : at], *kinds[end : end + 1]}
            kinds[at:end] = ["EN" if number else "ON"] * (end - at)
        elif kinds[at] in {"ES", "CS"}:
            kinds[at] = "ON"
        at = max(end, at + 1)


def _brackets(run: _Run, text: str) -> None:
    """Rule N0: a pair of brackets takes one direction."""
    embedding = _side(run.level)
    for opener, closer in _bracket_pairs(run, text):
        inside = {_number_as_right(kind) for kind in run.kinds[opener + 1 : closer]} & {"L", "R"}
        if embedding in inside:
            side = embedding
        elif inside:
            context = (_number_as_right(kind) for kind in reversed(run.kinds[:opener]))
            side = next((kind for kind in context if kind in {"L", "R"}), run.before)
        else:
            continue
        for bracket in (opener, closer):
            end = bracket + 1
            while end < len(run.kinds) and bidirectional(text[run.places[end]]) == "NSM":
                end += 1
            run.kinds[bracket:end] = [side] * (end - bracket)  # marks on a bracket go with it


def _bracket_pairs(run: _Run, text: str) -> list[tuple[int, int]]:
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for i, (at, kind) in enumerate(zip(run.places, run.kinds, strict=True)):
        char = _SAME.get(text[at], text[at])
        if kind != "ON":
            continue
        if char in _PAIRS:
            if len(stack) == _MAX_PAIRS:
                break
            stack.append((_SAME.get(_PAIRS[char], _PAIRS[char]), i))
        elif char in _CLOSERS:
            found = next((depth for depth in range(len(stack) - 1, -1, -1) if stack[depth][0] == char), None)
            if found is not None:
                insort(pairs, (stack[found][1], i))
                del stack[found:]
    return pairs


def _number_as_right(kind: str) -> str:
    return "R" if kind in {"EN", "AN"} else kind


def _neutral(run: _Run) -> None:
    """Rules N1 and N2: what has no direction takes that of its surroundings."""
    kinds = run.kinds
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > at:
            left = _number_as_right(kinds[at - 1]) if at else run.before
            right = _number_as_right(kinds[end]) if end < len(kinds) else run.after
            kinds[at:end] = [left if left == right else _side(run.level)] * (end - at)
        at = max(end, at + 1)
