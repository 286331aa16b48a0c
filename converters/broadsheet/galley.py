"""The printed lines of a document as rules see them, with statistics that are made once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any, overload

from msgspec.structs import replace

from broadsheet.form import Form, digitless, measure, tokens
from broadsheet.layout import Layout, find_layouts, forced
from broadsheet.text import display_width, shadow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.lines import Source

class Lines:
    """The printed lines of one document, in order, with statistics that are made once and kept."""

    def __init__(self, text: str, forms: Sequence[Form]) -> None:
        self.text = text
        self.forms = tuple(forms)
        #: What others found out about these lines and want to find out only once, by its name.
        self.kept: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self.forms)

    def __iter__(self) -> Iterator[Form]:
        return iter(self.forms)

    @overload
    def __getitem__(self, index: int) -> Form: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Form, ...]: ...
    def __getitem__(self, index: int | slice) -> Form | tuple[Form, ...]:
        return self.forms[index]

    @cached_property
    def unspaced(self) -> bool:
        """Whether most of the text is in a script that is set without spaces."""
        return sum(f.columns for f in self.forms if f.unspaced) * 2 > sum(f.columns for f in self.forms)

    @cached_property
    def repeats(self) -> dict[str, int]:
        """How often each short line stands in the document, digits aside: running heads stand on many pages."""
        counts: dict[str, int] = {}
        for form in self.forms:
            if form.columns <= _REPEATABLE_COLUMNS:
                key = digitless(form.shade)
                counts[key] = counts.get(key, 0) + 1
        return counts

    @cached_property
    def layouts(self) -> list[Layout]:
        """How the file is set, line by line: a file may hold two styles."""
        return find_layouts(self.forms)

    @cached_property
    def _spoken(self) -> tuple[list[list[int]], list[int], list[dict[str, int]]]:
        """For each line where else what it speaks of was spoken of; where stretches of the text begin, and what each and the one above it speak of."""
        earlier: list[list[int]] = []
        starts: list[int] = []
        stretches: list[dict[str, int]] = []
        last: dict[str, int] = {}
        first = 0
        for index, form in enumerate(self.forms):
            if not starts or form.start >= starts[-1] + _STRETCH_CHARS:
                last, first = {token: at for token, at in last.items() if at >= first}, index
                starts.append(form.start)
                stretches.append(last)
            found = tokens(form)
            earlier.append(sorted(map(last.get, found, repeat(-1))))
            last.update(dict.fromkeys(found, index))
        return earlier, starts, stretches

    @property
    def earlier(self) -> Sequence[Sequence[int]]:
        """For each thing that a line speaks of (pairs of characters, or longer words) the last line near above that does so, too, or -1; in order."""
        return self._spoken[0]

    def spoken(self, token: str, low: int, high: int) -> bool:
        """Whether a line between two offsets, or near them, speaks of something."""
        _, starts, stretches = self._spoken
        return any(token in stretch for stretch in stretches[max(bisect_right(starts, low) - 1, 0) : bisect_right(starts, high)])

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word of an alphabetic script stands in the document, in lower case, compounds as one word."""
        return Counter(match.group().lower() for form in self.forms if not form.unspaced for match in _COMPOUND.finditer(form.shade))

    @cached_property
    def _starts(self) -> list[int]:
        return [form.start for form in self.forms]

    def index_of(self, offset: int) -> int:
        """The line that an offset into the text lies on, or else the last line above it."""
        return bisect_right(self._starts, offset) - 1

    def forced(self, index: int) -> bool:
        """Whether the line was ended by the measure, so that its end says nothing."""
        return self.full[index]

    @cached_property
    def full(self) -> tuple[bool, ...]:
        """`forced` of every line."""
        layouts = self.layouts
        if not any(layout.measure for layout in layouts):
            return (False,) * len(self.forms)
        pairs = zip(layouts, pairwise(self.forms), layouts[1:], strict=False)
        return (*(other is layout and forced(layout, form, below) for layout, (form, below), other in pairs), False)

    @cached_property
    def narrow(self) -> tuple[int, ...]:
        """For each line the measure of the run of lines around it that are set narrower than the text, as titles are; 0 where there is none.

        The last line of a paragraph, which is short by nature, belongs to no such run.
        """
        found = [0] * len(self.forms)
        for start, end in self._narrow_runs():
            if end - start > 1:
                found[start:end] = [max(form.columns for form in self.forms[start:end])] * (end - start)
        return tuple(found)

    def _narrow_runs(self) -> Iterator[tuple[int, int]]:
        """The runs of lines of wrapped text that the measure did not break."""
        start, above = 0, False
        for index, (layout, full) in enumerate(zip(self.layouts, self.full, strict=True)):
            broken = full or above or not layout.measure
            if broken or self._parted(index):
                yield start, index
                start = index + broken
            above = full
        yield start, len(self.forms)

    def overflows(self, index: int, measure: int) -> bool:
        """Whether what stands first below a line would not have fitted on it in a measure: a word, or a character of an unspaced script."""
        form, below = self.forms[index], self.forms[index + 1]
        word = 2 if below.unspaced else display_width(below.text.partition(" ")[0]) + (not form.unspaced)
        return form.columns + word > measure

    @cached_property
    def sentences(self) -> float:
        """In wrapped text, how many lines have the end of a sentence inside to one that ends with it, and not with the measure."""
        inner = sum(form.inner for form in self.forms)
        ended = sum(form.stopped and not full for form, full in zip(self.forms, self.full, strict=True))
        return inner / max(ended, 1)

    def block_start(self, index: int) -> int:
        """The first line of the wrapped block that a line belongs to, as far as the measure tells; the line itself in unwrapped text."""
        first = index
        while first > 0 and index - first < _BLOCK_LINES and self.forced(first - 1) and not self._parted(first):
            first -= 1
        return first

    def _parted(self, index: int) -> bool:
        """Whether blank lines or an indent part a line from the one above it."""
        layout, form = self.layouts[index], self.forms[index]
        return form.gap > (layout.gap if layout.gaps == "apart" else 0) or form.gap < 0 or (layout.indent > 0 and form.indent == layout.indent)

    def title_like(self, index: int) -> bool:
        """Whether the line could be (part of) a title: short, no sentence in it, and not from the middle of a paragraph."""
        return self.titles[index]

    def below_text(self, index: int) -> bool:
        """Whether a line stands below the end of a text, with a title or nothing below it: Korean papers name the reporter there."""
        above_title = index + 1 == len(self.forms) or self.titles[index + 1]
        return index > 0 and self.forms[index - 1].stopped and not self.titles[index - 1] and above_title

    def begins_title(self, index: int) -> bool:
        """Whether the line could be a title's first: in wrapped text, lines that the measure broke belong together."""
        return self.titles[index] and not (index and self.titles[index - 1] and self.forced(index - 1))

    @cached_property
    def titles(self) -> list[bool]:
        """`title_like` of every line."""
        below = (*self.forms[1:], None)[: len(self.forms)]
        # The first line of a file may be a headline of two sentences.
        found = [
            not layout.measure and _could_be_title(form, first=not index) and not _number_runs_on(form, other)
            for index, (layout, form, other) in enumerate(zip(self.layouts, self.forms, below, strict=True))
        ]
        if not any(layout.measure for layout in self.layouts):
            return found
        for first, last in self._runs():
            run, layout = self.forms[first:last], self.layouts[first]
            indented = layout.indent and run[0].indent == layout.indent
            if layout.measure and not indented and len(run) <= _TITLE_LINES and all(map(_could_be_title, run)):
                found[first:last] = [True] * len(run)
        return found

    @cached_property
    def short_sentences(self) -> frozenset[int]:
        """The short lines of alphabetic text that are a sentence, or seem one, and stand alone: old papers set a full stop behind titles and names."""
        above = (False, *self.full)
        return frozenset(
            index for index, form in enumerate(self.forms)
            if form.stopped and not (form.unspaced or form.inner or self.titles[index] or self.full[index] or above[index])
            and form.columns <= _SHORT_COLUMNS and not form.shade[0].islower()
        )  # fmt: skip

    @cached_property
    def titles_above(self) -> list[int]:
        """How many titles stand right above each line, one on the other."""
        return _following(self.titles)

    @cached_property
    def titles_below(self) -> list[int]:
        """How many titles stand right below each line."""
        return _following(self.titles[::-1])[::-1]

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Runs of lines of which each but the last was ended by the measure: what may be one block of wrapped text."""
        first = 0
        for index, form in enumerate(self.forms):
            below = self.forms[index + 1] if index + 1 < len(self.forms) else None
            layout = self.layouts[index]
            parted = below is None or below.gap != 0 or (layout.indent and below.indent == layout.indent)
            if parted or form.stopped or not self.forced(index) or form.capitals != (below.capitals if below else False):
                yield first, index + 1
                first = index + 1

    @cached_property
    def last_of_page(self) -> frozenset[int]:
        """The indices of the last printed line of each page."""
        ends = {form.page: index for index, form in enumerate(self.forms)}
        return frozenset(ends.values())


#: The longest titles seen: fifty Chinese characters, a dozen and a half English words.
_TITLE_COLUMNS = 104
_TITLE_COLUMNS_SPACED = 130
_SHORT_COLUMNS = 44
#: A title takes this many lines at most.
_TITLE_LINES = 5
#: Captions and standfirsts are no longer than this.
_BLOCK_LINES = 10
#: What is spoken of is kept by stretches of so many characters; the one above a line reaches as far as anybody asks.
_STRETCH_CHARS = 6_000
#: So many commas make a sentence, whatever its end.
_SENTENCE_COMMAS = 4
#: A title may ask, cry out, or trail off; and its abbreviations end in a full stop.
_TITLE_ENDS = frozenset("?!…？！")
_REPEATABLE_COLUMNS = 60
#: So short are titles that end in a full stop, and so many on a page are its manner.
_STOPPED_TITLE_COLUMNS, _FEWEST_STOPPED = 44, 5
_NO_TITLE = re.compile(r"[,;:|]|\d[^\W\d]?\.?$")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?![-=⸗¬]$)")


def _following(facts: Sequence[bool]) -> list[int]:
    """For each place how many places right before it have the fact."""
    counts, count = [], 0
    for fact in facts:
        counts.append(count)
        count = count + 1 if fact else 0
    return counts


def _could_be_title(form: Form, *, first: bool = False) -> bool:
    """Whether a line could be a title by its form alone; `first` allows it two sentences."""
    if (form.inner and not first and not form.capitals) or form.columns > (_TITLE_COLUMNS if form.unspaced else _TITLE_COLUMNS_SPACED):
        return False
    if form.capitals:
        return True
    if form.unspaced and form.shade.count(",") >= _SENTENCE_COMMAS:
        return False
    return not form.stopped or form.shade.rstrip("”\"'」』) ")[-1:] in _TITLE_ENDS


def _number_runs_on(form: Form, below: Form | None) -> bool:
    """Whether the line ends in the middle of a number: a script without spaces, a digit on either side of the break."""
    return below is not None and form.unspaced and below.unspaced and form.shade[-1].isdigit() and below.shade[0].isdigit()


def galley(source: Source) -> Lines:
    """The printed lines of a source; lines of blanks alone become gaps."""
    forms: list[Form] = []
    shade = shadow(source.text)
    for page in source.pages:
        gap = -1
        for line in page.lines:
            text = line.text.strip()
            if not text:
                gap += gap >= 0
                continue
            start = line.start + len(line.text) - len(line.text.lstrip())
            forms.append(measure(line.text[: start - line.start], text, shade[start : start + len(text)], start, page.number, gap))
            gap = 0
    return _without_title_stops(Lines(source.text, forms))


def _without_title_stops(lines: Lines) -> Lines:
    """The lines of a page that prints a full stop after its titles, as papers did into the twentieth century: those end no sentence."""
    alone = [index for index, form in enumerate(lines.forms) if form.columns <= _STOPPED_TITLE_COLUMNS and _stands_alone(lines, index)]
    found = frozenset(index for index in alone if lines.forms[index].shade[-1] == "." and lines.forms[index].stopped)
    if len(found) < _FEWEST_STOPPED or len(found) * 3 < len(alone) * 2:
        return lines
    return Lines(lines.text, [replace(form, stopped=False) if index in found else form for index, form in enumerate(lines.forms)])


def _stands_alone(lines: Lines, index: int) -> bool:
    """Whether a short line is no part of the text around it, nor a row, an item, speech or a line in capitals."""
    form = lines.forms[index]
    if form.unspaced or form.inner or form.capitals or not form.shade[0].isupper() or form.shade[-1] in ",;:" or _NO_TITLE.search(form.shade):
        return False
    return not lines.full[index] and (not index or (lines.forms[index - 1].stopped and not lines.full[index - 1]))
