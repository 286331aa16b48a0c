"""What can be seen of a line that may be more than plain text: its form, its setting, its neighbours, the run of titles around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property, lru_cache
from itertools import repeat
from operator import contains
from typing import TYPE_CHECKING

from broadsheet.form import digitless, tokens
from broadsheet.model import FURNITURE, Role
from broadsheet.parser.evidence import NOTHING
from broadsheet.parser.groups import (
    COUNTED_CHARS,
    COUNTED_SAID,
    COUNTED_WORDS,
    RATIOS,
    SHARES,
    TEXT_LINES,
    Around,
    Claimed,
    Echo,
    Form,
    Group,
    Said,
    Setting,
    Titles,
)
from broadsheet.parser.weights import FORM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadsheet import form as printed
    from broadsheet.galley import Lines
    from broadsheet.layout import Layout
    from broadsheet.parser.evidence import LineEvidence
    from broadsheet.plugin import Language

_MOST_TITLES = 3
#: So many lines of wrapped text are about as much as one paragraph on a line of its own.
_WRAPPED_LINE = 0.25
_MOST_COMMAS = 3
_FIRST_LINES = 3
#: How much text a title is looked for in.
_ECHO_BELOW, _ECHO_ABOVE = 400, 900
#: How many columns a line has at most that is a name without a claim, and one that is the label of a column.
_BARE_UNSPACED, _BARE = (44, 24), (60, 40)
#: Summaries below a headline are no longer.
_SUMMARY_COLUMNS = 300
#: Roles that a line may have without a claim, and the rule that speaks of each.
_BARE_ROLES = {Role.BYLINE: "byline", Role.COLUMN_LABEL: "label", Role.STANDFIRST: "byline", Role.CAPTION: "caption"}
_OF_PICTURES = (Role.CAPTION, Role.CREDIT)
#: A caption stands so many lines from another or from its credit.
_BESIDE = 2
_LONG_WORD = re.compile(r"\b[^\W\d_]{4,}")
_FEW_WORDS = 2
#: Lines up to so many columns are searched for words that say what they are; these are the profile's lists of them.
_SAID_COLUMNS = 80
_LISTS = ("title", "agency", "surname", "first_name", "section", "label", "brief_label", "notice", "kicker", "column", "place", "months", "weekday", "desk")
_DATE = re.compile(r"[\d一二三四五六七八九十][月日]|\d{1,2}[.:]\d\d|[12]\d{3}")
_PICTURE = re.compile(r"[摄攝影图圖]|照片|写真|사진|(?i:\b(?:foto|photo|bild|aufnahme|imagen|cliché|фото|рис\.|pictures?\b))|تصوير|صورة")
_FIGURE = re.compile(r"\d")
_LIKELY = 0.8
#: A cue of less weight, in log odds, is not worth telling; nor are more than so many.
_TELLING, _MOST_TOLD = 0.4, 4

_ENDS = {
    char: name
    for name, chars in {
        "asks": "?", "cries": "!", "colon": ":", "comma": ",;、", "quote": '"”»」』', "bracket": ")]】〉》", "dots": "…", "dash": "-—", "stop": ".。",
    }.items()
    for char in chars
}  # fmt: skip
_STARTS = {
    char: name for name, chars in {"quote": '"“«„「『', "bracket": "([【〈《", "dash": "-—–―─", "bullet": "•*·■▲▶●◆○□△・#"}.items() for char in chars
}  # fmt: skip
_INSIDE = (("colon", re.compile(r"(?<=.):(?=.)")), ("dash", re.compile("(?<=.)[—–―]")), ("quote", re.compile('["“”«»「」„]')), ("digit", re.compile(r"\d")), ("series", re.compile("、")))
_ANY_INSIDE = re.compile('[:—–―"“”«»「」„\\d、]')
#: Roles that a neighbour may have by its claims.
_NEIGHBOURS = frozenset(Role) - {Role.PARAGRAPH, Role.HEADLINE, Role.DATELINE}


class Cues:
    """The cues of each line, looked at when they are asked for.

    Args:
        lines: the printed lines.
        evidence: the claims on each.
        language: the profile whose words are looked for.
        asked: the names of the rules that were asked.
    """

    def __init__(self, lines: Lines, evidence: Sequence[LineEvidence], language: Language | None, asked: Iterable[str]) -> None:
        self._lines, self._evidence = lines, evidence
        #: A rule that is off leaves its role to nothing else.
        names = frozenset(asked)
        self._bare = frozenset(role for role, rule in _BARE_ROLES.items() if rule in names)
        self._words = _words(*(language.words.get(name, ()) for name in _LISTS), spaced=not lines.unspaced) if language else ()
        self._kinds: dict[int, str] = {}
        self._text = _amounts(lines)

    def titled(self, index: int) -> bool:
        """Whether a line may be a title by its form; a lead that opens with its dateline is none."""
        return (self._lines.titles[index] or index in self._lines.short_sentences) and not self._evidence[index].opens

    def plain(self, index: int) -> bool:
        """Whether a line is text and nothing else."""
        return self._evidence[index] is NOTHING and index not in self._pictured and not self.titled(index) and not self._leads(index)

    def bare(self, index: int) -> Iterator[Role]:
        """The roles that a line may have without a claim, apart from titles: anything short may be a name, or a column's, that is not claimed as text."""
        form = self._lines.forms[index]
        if self._evidence[index].odds.get(Role.PARAGRAPH, 0.0) > _LIKELY:
            return
        yield from (role for role in self._may_be(index, form) if role in self._bare)

    def _may_be(self, index: int, form: printed.Form) -> Iterator[Role]:
        if self.titled(index):
            name, label = _BARE_UNSPACED if form.unspaced else _BARE
            if form.columns <= name and self._signs(index):
                yield Role.BYLINE
            if form.columns <= label:
                yield Role.COLUMN_LABEL
        elif self._leads(index):
            yield Role.STANDFIRST
        if index in self._pictured:
            yield Role.CAPTION

    def _signs(self, index: int) -> bool:
        """Whether a line stands where names do, below a title or between the end of a text and a title, has two words at least, and no figure."""
        lines, form = self._lines, self._lines.forms[index]
        if _FIGURE.search(form.shade) or not (form.unspaced or " " in form.text):
            return False
        below_title = index > 0 and (lines.titles[index - 1] or index - 1 in lines.short_sentences)
        return below_title or lines.below_text(index)

    def _leads(self, index: int) -> bool:
        """Whether a line of text stands right below a title, with neither a dateline nor a length that would make it the report itself."""
        lines, form = self._lines, self._lines.forms[index]
        return index > 0 and lines.titles[index - 1] and not lines.titles[index] and form.columns <= _SUMMARY_COLUMNS and not self._evidence[index].opens

    @cached_property
    def _pictured(self) -> frozenset[int]:
        """The lines beside those that speak of a picture, which may be captions without a claim."""
        speaking = [
            index for index, line in enumerate(self._evidence)
            if line is not NOTHING and (any(line.odds.get(role, 0.0) > 0 for role in _OF_PICTURES) or line.tail(Role.CREDIT) is not None)
        ]  # fmt: skip
        return frozenset(at for index in speaking for at in range(index - _BESIDE, index + _BESIDE + 1))

    def seen(self, index: int) -> list[Group]:
        """What is seen of a line."""
        form, line = self._lines.forms[index], self._evidence[index]
        title = self._lines.titles[index]
        groups: list[Group] = [_form(form), self._setting(index, form), Around(title, form.unspaced, self._kind(index - 1), self._kind(index + 1), form.stopped, form.inner)]
        if title:
            titles = self._titles(index, form)
            groups.append(titles)
            if words := tokens(form):
                groups.append(self._echo(index, words, index + 1 + titles.down, index - titles.up))
        if (title or index in self._lines.short_sentences) and form.columns <= _SAID_COLUMNS:
            groups.append(Said(tuple([name for name, pattern in self._words if pattern.search(form.shade)]), bisect_left(COUNTED_SAID, form.columns), form.unspaced))
        if line is not NOTHING:
            whole = sorted([role for role, odds in line.odds.items() if odds > 0 and role in _NEIGHBOURS])
            groups.append(Claimed(tuple(whole), tuple([claim.role for claim in line.tails]), tuple([claim.role for claim in line.heads])))
        return groups

    def telling(self, index: int, role: Role) -> list[tuple[str, float]]:
        """The cues that say most for or against a role of a line, each with its weight, the heaviest first; none of a line of plain text."""
        if self.plain(index):
            return []
        weighed = [(cue, weight) for group in self.seen(index) for cue in group.names() if abs(weight := FORM.get(cue, {}).get(role, 0.0)) >= _TELLING]
        return sorted(weighed, key=lambda one: (-abs(one[1]), one[0]))[:_MOST_TOLD]

    def _setting(self, index: int, form: printed.Form) -> Setting:
        lines, layout = self._lines, self._lines.layouts[index]
        size = bisect_left(COUNTED_CHARS, len(form.text)) if form.unspaced else bisect_left(COUNTED_WORDS, form.text.count(" ") + 1)
        above = "page" if form.gap < 0 else "gap" if _parted(form, layout) else ""
        below = index + 1 < len(lines.forms) and _parted(lines.forms[index + 1], layout)
        if form.indent:
            indent = "indent more" if form.indent > layout.indent else "indent usual" if form.indent == layout.indent else "indent less"
        else:
            indent = "flush" if layout.indent else ""
        repeats = lines.repeats
        return Setting(
            size, form.unspaced, layout.measure > 0, layout.gaps, above, below, indent, lines.full[index], index > 0 and lines.full[index - 1],
            index if index < _FIRST_LINES else -1, bool(repeats) and repeats.get(digitless(form.shade), 0) > 1,
        )  # fmt: skip

    def _titles(self, index: int, form: printed.Form) -> Titles:
        lines, forms = self._lines, self._lines.forms
        up, down = min(lines.titles_above[index], _MOST_TITLES), min(lines.titles_below[index], _MOST_TITLES)
        over, under = index - 1 - up, index + 1 + down
        return Titles(
            up, down, self._kind(over), self._kind(under), bisect_left(TEXT_LINES, self._text_below(under)), bisect_left(TEXT_LINES, self._text_above(over)),
            bisect_left(RATIOS, form.columns / forms[index + 1].columns) if down else 0, bisect_left(RATIOS, form.columns / forms[index - 1].columns) if up else 0,
        )  # fmt: skip

    def _echo(self, index: int, words: set[str], below: int, top: int) -> Echo:
        """How a title is echoed in the text from a line on, and in the text above its run of titles."""
        text, forms = self._lines.text, self._lines.forms
        start = forms[below].start if below < len(forms) else len(text)
        end = forms[top].start
        after, before = text[start : start + _ECHO_BELOW], text[max(end - _ECHO_ABOVE, 0) : end]
        if not forms[index].unspaced:
            words, after, before = {word.lower() for word in words}, after.lower(), before.lower()
        shares = [sum(map(contains, repeat(where), words)) / len(words) for where in (after, before)]
        return Echo(bisect_left(SHARES, shares[0]), bisect_left(SHARES, shares[1]), forms[index].unspaced)

    def _kind(self, index: int) -> str:
        """What a neighbour seems to be."""
        if not 0 <= index < len(self._lines.forms):
            return "none"
        known = self._kinds.get(index)
        if known is None:
            known = self._kinds[index] = self._look(index)
        return known

    def _look(self, index: int) -> str:
        line, form = self._evidence[index], self._lines.forms[index]
        if line is not NOTHING:
            for role in (Role.JUMP, Role.DATELINE):
                if line.head(role) is not None:
                    return role
            likely = [(odds, role) for role, odds in line.odds.items() if odds > _LIKELY and role in _NEIGHBOURS]
            if likely:
                role = max(likely)[1]
                return "furniture" if role in FURNITURE else role
            if line.tails:
                return "closed"
        if self._lines.titles[index]:
            return "capitals" if form.capitals else "title"
        return "stopped" if form.stopped else "unstopped"

    def _text_below(self, index: int) -> float:
        """How much text stands from a line on before the next title below, in paragraphs of a line each."""
        return self._text[0][index] if index < len(self._lines.forms) else 0.0

    def _text_above(self, index: int) -> float:
        """The same from a line up."""
        return self._text[1][index] if index >= 0 else 0.0


def _amounts(lines: Lines) -> tuple[list[float], list[float]]:
    """For each line how much text stands from it on before the next title below, and above."""

    def amounts(order: range) -> list[float]:
        found, amount = [0.0] * len(lines.forms), 0.0
        for index in order:
            amount = 0.0 if titles[index] else amount + (_WRAPPED_LINE if layouts[index].measure else 1.0)
            found[index] = amount
        return found

    titles, layouts = lines.titles, lines.layouts
    return amounts(range(len(titles) - 1, -1, -1)), amounts(range(len(titles)))


@lru_cache(maxsize=32)
def _words(*lists: tuple[str, ...], spaced: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The sorts of words of a profile, each with what finds one."""
    found = [("date", _DATE), ("picture", _PICTURE)]
    for name, words in zip(_LISTS, lists, strict=True):
        kept = sorted({word for word in words if spaced or len(word) > 1 or name == "surname"}, key=lambda word: (-len(word), word))
        if kept:
            either = "|".join(map(re.escape, kept))
            found.append((name, re.compile(f"^(?:{either})" if name == "surname" else rf"(?<!\w)(?:{either})(?!\w)" if spaced else either)))
    return tuple(found)


def _parted(form: printed.Form, layout: Layout) -> bool:
    """Whether a line is parted from the one above it by more than is usual."""
    return form.gap > layout.gap or (form.gap > 0 and layout.gaps != "apart")


def _form(form: printed.Form) -> Form:
    """What the characters say."""
    shade = form.shade
    last, first = shade[-1], shade[0]
    end = _ENDS.get(last) or ("digit" if last.isdigit() else "")
    start = _STARTS.get(first) or ("digit" if first.isdigit() else "lower case" if first.islower() else "")
    inside = tuple([name for name, pattern in _INSIDE if pattern.search(shade)]) if _ANY_INSIDE.search(shade) else ()
    letters: tuple[str, ...] = ()
    if form.unspaced:
        letters = ("parted",) if " " in shade else ()
    elif form.capitals:
        letters = ("capitals",)
    elif shade.upper() != shade.lower():
        letters = tuple(_case(shade))
    return Form(end, start, inside, min(shade.count(","), _MOST_COMMAS), form.unspaced, form.open != "", form.closing, letters)


def _case(shade: str) -> Iterator[str]:
    """How many of the longer words begin with a capital."""
    words = _LONG_WORD.findall(shade)
    upper = sum(word[0].isupper() for word in words)
    if words:
        share = "all" if upper == len(words) else "most" if upper * 3 > len(words) * 2 else "some" if upper > 1 else "few"
        yield f"capitals {share}"
        if len(words) > _FEW_WORDS:
            yield f"capitals {share} of many"
