"""Page furniture: mastheads, running heads, folios, editor lines, by form, by place and by repetition."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.facts import pattern_set
from broadsheet.form import digitless
from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import whole
from broadsheet.scan import hits
from broadsheet.text import shadow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines

_OFTEN = 3
#: A page number and a section name.
_FOLIO_COLUMNS = 24
_NAME_COLUMNS = 40
#: The date of the paper stands among the first lines.
_DATE_LINES = 3
#: What parts a running head: rules, dashes, wide gaps, numbers, quotation marks, the end of a sentence.
_PARTS = re.compile(r"[|•·—–\d«»„“”\"]| {2,}|[.,] |\bN(?:r|ro|o|°)\b")
#: Shorter parts are days, months and pages; so alike are a name and the same name read by a scanner.
_NAME_LETTERS, _ALIKE = 9, 0.84

#: What parts the running head of a script without blanks between words; shorter parts are days and sections.
_BETWEEN, _NAME_CHARACTERS = re.compile(r"[\s|·・•\d()]+"), 3


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for lines that belong to the page and not to an article."""
    del options
    pages = pattern_set(context.language, "page_number")
    for claim in whole(lines, context, "running_head", Role.RUNNING_HEAD, 0.97, "prints the paper's date, price or number"):
        if _signs(lines, lines.index_of(claim.start), context):
            continue
        paged = any(pattern.search(shadow(lines.text[claim.start : claim.end])) for pattern in pages)
        yield replace(claim, role=Role.FOLIO, reason="prints the page") if paged else claim
    yield from whole(lines, context, "masthead", Role.MASTHEAD, 0.93, "is the name of a newspaper")
    yield from whole(lines, context, "editor_line", Role.EDITOR_LINE, 0.97, "names who edited the page")
    yield from _indexes(lines, context)
    yield from _nameplates(lines, context)
    yield from _folios(lines, context)
    yield from _repeated(lines)
    yield from _named_again(lines, context)
    yield from _printed_again(lines, context)


def _indexes(lines: Lines, context: Context) -> Iterator[Claim]:
    """What stands on other pages, and the label over it."""
    found, labels = hits(lines, context.language, "index"), hits(lines, context.language, "column_label")
    yield from whole(lines, context, "index", Role.INDEX, 0.97, "says what stands on other pages")
    for form in (lines.forms[index - 1] for index in found if index - 1 in labels):
        yield Claim(form.start, form.end, Role.INDEX, 0.98, "is the label over what stands on other pages")


def _signs(lines: Lines, index: int, context: Context) -> bool:
    """Whether a day signs the text or the offices above it, far from where a page prints its date."""
    above, signs = lines.forms[max(index - 1, 0)], hits(lines, context.language, "date_signature")
    if index not in signs or index < _DATE_LINES or lines.forms[index].gap < 0:
        return False
    return above.stopped or lines.titles[index - 1] or index - 1 in hits(lines, context.language, "office_signature")


def _nameplates(lines: Lines, context: Context) -> Iterator[Claim]:
    """A short line at the head of a page, right above the line that prints the date: whatever it says, it is the paper's name."""
    dates = {*hits(lines, context.language, "running_head"), *hits(lines, context.language, "folio")}
    for index in dates:
        form = lines.forms[index - 1]
        if index and form.gap < 0 and form.columns <= _NAME_COLUMNS and not form.stopped and index - 1 not in dates:
            yield Claim(form.start, form.end, Role.MASTHEAD, 0.96, "stands at the head of the page, above the date")


def _folios(lines: Lines, context: Context) -> Iterator[Claim]:
    """A page number or section name: sure at the edge of a page or beside other furniture, likely elsewhere."""
    folios, sections = hits(lines, context.language, "folio"), hits(lines, context.language, "section")
    furniture = {*folios, *hits(lines, context.language, "running_head"), *hits(lines, context.language, "masthead")}
    for index in sorted({*folios, *sections}):
        form = lines.forms[index]
        if form.columns > _FOLIO_COLUMNS or _broken_off(lines, index):
            continue
        edge = form.gap < 0 or index in lines.last_of_page
        near = any(at in furniture and lines.forms[at].page == form.page for at in (index - 1, index + 1))
        if index in folios:
            yield Claim(form.start, form.end, Role.FOLIO, 0.96 if edge or near else 0.88, "is a page number")
        else:
            weight = 0.95 if near or _inside(lines, index) else 0.8 if edge else 0.4
            yield Claim(form.start, form.end, Role.RUNNING_HEAD, weight, "is the name of a section, at the page's edge or in mid-sentence")


def _inside(lines: Lines, index: int) -> bool:
    """Whether a line stands in mid-sentence: text above that does not stop, and text below that goes on."""
    if not 0 < index < len(lines) - 1 or lines.forms[index - 1].stopped:
        return False
    below = lines.forms[index + 1]
    letter = below.shade[0]
    caseless = letter.isalpha() and letter.lower() == letter.upper()
    return letter.islower() or (caseless and not (lines.titles[index - 1] or lines.titles[index + 1]))


def _broken_off(lines: Lines, index: int) -> bool:
    """Whether the measure broke a number off the text above it, as it may where no blanks part words."""
    form, above = lines.forms[index], lines.forms[index - 1]
    return index > 0 and form.shade.isdecimal() and above.unspaced and lines.full[index - 1] and not above.stopped and not form.gap


def _repeated(lines: Lines) -> Iterator[Claim]:
    """A short line that stands on three pages or more, numbers aside, at their edges."""
    for index, form in enumerate(lines.forms):
        if (form.gap < 0 or index in lines.last_of_page) and lines.repeats.get(digitless(form.shade), 0) >= _OFTEN:
            yield Claim(form.start, form.end, Role.RUNNING_HEAD, 0.95, "stands at the edge of three pages or more")


def _named_again(lines: Lines, context: Context) -> Iterator[Claim]:
    """The paper's name once more, in mid-page: a part of its running head, in capitals or not, even where a scan has spoilt letters."""
    heads, mastheads = {*hits(lines, context.language, "running_head"), *hits(lines, context.language, "folio")}, hits(lines, context.language, "masthead")
    first = min(heads, default=len(lines))
    names: dict[tuple[str, int], set[str]] = {}
    dates = {word.lower() for name in ("weekday", "months") for word in (context.language.words.get(name, ()) if context.language else ())}
    for name in (_letters(part) for index in sorted({*heads, *mastheads}) for part in _PARTS.split(lines.forms[index].shade)):
        if len(name) >= _NAME_LETTERS and name not in dates:
            names.setdefault((name[0], len(name)), set()).add(name)
    named = {at + 1 for name in ("byline", "bare_name", "affiliation") for at in hits(lines, context.language, name)}
    for index, form in enumerate(lines.forms if names else ()):
        nameplate = index in mastheads and (form.gap < 0 or index <= first + _DATE_LINES)
        if form.columns > _NAME_COLUMNS or index in heads or index in named or nameplate or form.unspaced:
            continue
        letters = _letters(_PARTS.sub(" ", form.shade))
        near = (name for length in range(len(letters) - 1, len(letters) + 2) for name in names.get((letters[:1], length), ()))
        if any(name == letters or SequenceMatcher(None, name, letters).ratio() >= _ALIKE for name in near):
            yield Claim(form.start, form.end, Role.RUNNING_HEAD, 0.95, "is the paper's name, as its running head prints it")


def _printed_again(lines: Lines, context: Context) -> Iterator[Claim]:
    """The paper's or the section's name once more, in mid-page, in a script without blanks: a part of the line that prints page or date."""
    dated = {index for name in ("running_head", "folio") for index in hits(lines, context.language, name)}
    parts = {part for index in dated for part in _BETWEEN.split(lines.forms[index].shade) if len(part) >= _NAME_CHARACTERS}
    names, labels = hits(lines, context.language, "masthead"), hits(lines, context.language, "column_label")
    for index, form in enumerate(lines.forms if parts else ()):
        if form.unspaced and form.shade in parts and not (index in dated or index in names or index in labels):
            yield Claim(form.start, form.end, Role.RUNNING_HEAD, 0.95, "stands in the line that prints the page or the date, too")
    for index in names:
        form = lines.forms[index]
        if index > _DATE_LINES and form.gap >= 0 and any(form.shade.startswith(part) for part in parts):
            yield Claim(form.start, form.end, Role.RUNNING_HEAD, 0.97, "is the paper's name, as the head of the page prints it, in mid-page")


def _letters(text: str) -> str:
    """The letters of a text, all small: a name is the same in capitals, and where a scan has torn it apart."""
    return "".join(filter(str.isalpha, text.lower()))


RULE = Rule(
    name="furniture", summary="Finds what belongs to the page and not to an article.",
    roles=frozenset({Role.MASTHEAD, Role.FOLIO, Role.RUNNING_HEAD, Role.EDITOR_LINE, Role.INDEX}), propose=propose,
)  # fmt: skip
