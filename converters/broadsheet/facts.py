"""What a dateline, byline, credit or jump says, read off its text with a language's patterns."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from broadsheet.model import Role
from broadsheet.text import is_han, shadow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.plugin import Language

#: Which pattern sets of a profile read the facts of a role.
_PATTERNS: Mapping[Role, tuple[str, ...]] = {
    Role.DATELINE: ("dateline", "sign_off", "dateline_text"),
    Role.SIGN_OFF: ("sign_off", "dateline", "sign_off_text", "bare_agency"),
    Role.BYLINE: ("byline", "signature", "reporter", "bare_name"),
    Role.CREDIT: ("credit", "credit_text"),
    Role.JUMP: ("jump_from", "jump_to"),
}
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
#: What is added to the year of an era: 令和6年 is 2024. Sources: the Japanese Era Name Act and its notices; the Republic of China
#: counts from 1912 and 檀紀 from 2333 BCE.
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911, "檀紀": -2333, "단기": -2333}
#: 113年 without its era, or 98年, leaves open which year that is.
_FIRST_YEAR = 1000
_NUMERAL = r"\d+|[〇零○一二三四五六七八九十百廿卅]+"
_HAN_DATE = re.compile(
    rf"(?:(?P<era>{'|'.join(_ERAS)})? ?(?P<year>元|{_NUMERAL}) ?[年년] ?(?:\([^()]{{2,8}}\) ?)?)?"
    rf"(?:(?P<month>{_NUMERAL}) ?[月월](?:份)? ?)?(?P<day>{_NUMERAL}) ?[日일]"
)


@lru_cache(maxsize=512)
def compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The patterns of one set, compiled once a process."""
    return tuple(re.compile(pattern) for pattern in patterns)


def pattern_set(language: Language | None, name: str) -> tuple[re.Pattern[str], ...]:
    """A profile's compiled patterns of one name; none where the profile has none."""
    return compiled(language.patterns.get(name, ())) if language else ()


def read_facts(role: Role, text: str, language: Language | None, *, issue_date: str | None = None) -> dict[str, Any]:
    """The facts of a block or mark.

    Args:
        role: what the text is.
        text: the text of the block or mark alone.
        language: the profile whose patterns read it.
        issue_date: the paper's ISO date, where known; it settles a year that the text does not print.

    Returns:
        Keyword arguments for `Block` or `Mark`; only what the text prints.
    """
    if role is Role.HEADING:
        return {"level": 1}
    if role not in _PATTERNS:
        return {}
    shade = shadow(text)
    for name in _PATTERNS.get(role, ()):
        for pattern in pattern_set(language, name):
            match = pattern.search(shade)
            if match:
                return _facts_of(role, name, match, text, language, issue_date)
    return {"names": names_in(text, language)} if role is Role.BYLINE else {}


def names_in(text: str, language: Language | None) -> tuple[str, ...]:
    """The people named in a byline: agencies, titles and brackets put aside, the padding of short names removed."""
    shade = shadow(text)
    for pattern in pattern_set(language, "not_names"):
        shade = pattern.sub(lambda match: "\n" * len(match.group()), shade)
    found: list[str] = []
    for pattern in pattern_set(language, "name"):
        for match in pattern.finditer(shade):
            name = text[match.start() : match.end()].strip(" ,、，").lstrip(".")
            name = name if _INITIAL.search(name) else name.rstrip(".")
            found += ["".join(name.split())] if _is_padded(name) else _run_together(name, language)
    return tuple(dict.fromkeys(found))


def iso_date(date: str, language: Language | None, issue_date: str | None = None) -> str | None:
    """A printed date as ISO 8601; `--06-06` where no year is printed, `---06` where no month is either.

    With the issue's date, what is missing is taken from it; a month after the issue's lies in the year before.
    """
    year, month, day = _date_parts(shadow(date), language)
    if day is None or not 1 <= day <= 31 or (month is not None and not 1 <= month <= 12):  # noqa: PLR2004 - a calendar
        return None
    if issue_date and len(issue_date) >= len("2024-06-07"):
        issue_year, issue_month, issue_day = (int(part) for part in issue_date[:10].split("-"))
        if month is None:
            month = issue_month if day <= issue_day else (issue_month - 2) % 12 + 1
            year = year or (issue_year - (month > issue_month))
        year = year or issue_year - (month > issue_month)
    if month is None:
        return f"---{day:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"


def _facts_of(role: Role, name: str, match: re.Match[str], text: str, language: Language | None, issue_date: str | None) -> dict[str, Any]:
    groups = {key: text[slice(*match.span(key))].strip(" ,，、　") for key, value in match.groupdict().items() if value}
    facts: dict[str, Any] = {key: value for key, value in groups.items() if value and key in ("agency", "place", "date", "slug", "form")}
    if role in (Role.DATELINE, Role.SIGN_OFF):
        if "date" in facts and (iso := iso_date(facts["date"], language, issue_date)):
            facts["date_iso"] = iso
        if groups.get("secondhand"):
            facts["secondhand"] = True
        if names := names_in(groups.get("names", ""), language):  # 【ワシントン＝山田太郎】: the reporter inside the brackets
            facts["names"] = names
    elif role in (Role.BYLINE, Role.CREDIT):
        names = names_in(groups.get("names", text if role is Role.BYLINE else ""), language)
        facts |= {"names": names} if names else {}
        if "agency" not in facts and (agency := next((m for p in pattern_set(language, "agency") if (m := p.search(shadow(text)))), None)):
            facts["agency"] = text[slice(*agency.span())]
        if role is Role.BYLINE:
            facts |= {"titles": titles} if (titles := _titles_in(text, language)) else {}
            facts |= {"email": email.group()} if (email := _EMAIL.search(text)) else {}
    elif role is Role.JUMP:
        facts["direction"] = "from" if name == "jump_from" else "to"
        if "page" in groups:
            facts["page"] = groups["page"]
    return facts


def _titles_in(text: str, language: Language | None) -> tuple[str, ...]:
    found = (match.group() for pattern in pattern_set(language, "title") for match in pattern.finditer(text))
    return tuple(dict.fromkeys(found))


def _run_together(name: str, language: Language | None) -> list[str]:
    """张三李四: names that stand without anything between, parted where each begins with a surname; else the name as it is."""
    surnames = frozenset(language.words.get("surname", ())) if language else frozenset()
    if len(name) < _TWO_NAMES or not is_han(name[0]) or name[:2] in surnames or not surnames:
        return [name]
    parted = _parted(name, surnames)
    return parted if len(parted) > 1 else [name]


def _parted(name: str, surnames: frozenset[str]) -> list[str]:
    """The name cut into names of two to four characters that all begin with a surname; nothing where that cannot be."""
    if not name:
        return []
    for size in (3, 2, 4):
        head, rest = name[:size], name[size:]
        if len(head) == size and (head[0] in surnames if size < _TWO_NAMES else head[:2] in surnames):
            tail = _parted(rest, surnames)
            if tail or not rest:
                return [head, *tail]
    return []


_TWO_NAMES = 4
_PADDED = (3, 4)
#: L. M.: the stop of a last initial is part of the name.
_INITIAL = re.compile(r"(?<![^\W_])[^\W\d_]\.$")


def _is_padded(name: str) -> bool:
    """张 三: a name of two characters that was spread to the width of three, by one blank or two."""
    return len(name) in _PADDED and name[1:-1].isspace() and not name.isascii()


def _date_parts(shade: str, language: Language | None) -> tuple[int | None, int | None, int | None]:
    match = _HAN_DATE.search(shade)
    if match:
        year, month, day = (_number(match[key]) for key in ("year", "month", "day"))
        if year and match["era"]:
            year += _ERAS[match["era"]]
        return (year if year and year > _FIRST_YEAR else None), month, day
    months = language.words.get("months", ()) if language else ()
    day = next((int(number) for number in re.findall(r"(?<!\d)\d{1,2}(?!\d)", shade)), None)
    year = next((int(number) for number in re.findall(r"(?<!\d)\d{4}(?!\d)", shade)), None)
    lower = shade.lower()
    month = next((index % 12 + 1 for index, word in enumerate(months) if re.search(rf"\b{word.lower()}", lower)), None)
    order = language.words.get("numeric_date", ()) if language else ()
    if month is None and order and (numbers := _NUMERIC_DATE.search(shade)):
        parts = {name: int(number) for name, number in zip(order, numbers.groups(), strict=True) if number}
        return parts.get("year"), parts.get("month"), parts.get("day")
    return year, month, day


#: 6.6.2024, 6/6/2024, 6 - 6; the profile's `numeric_date` says which number is which.
_NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2}) ?[./-] ?(\d{1,2})(?: ?[./-] ?(\d{4}))?(?!\d)")


def _number(text: str | None) -> int | None:
    """An Arabic or Chinese number below a thousand; 二〇二四 digit by digit, 十一 and 一百一十三 by place, 元 as the first."""
    if text is None:
        return None
    if text.isdecimal():
        return int(text)
    spelt = text.replace("廿", "二十").replace("卅", "三十").replace("元", "一")
    if not _PLACES.search(spelt):
        return int("".join(str(_HAN_DIGITS[char]) for char in spelt))
    hundreds, _, below = spelt.rpartition("百")
    tens, _, ones = below.rpartition("十")
    return _digit(hundreds) * 100 * ("百" in spelt) + _digit(tens) * 10 * ("十" in spelt) + (_digit(ones) if ones else 0)


_PLACES = re.compile("[十百]")


def _digit(text: str) -> int:
    """The last digit of what stands before 十 or 百; nothing there means one."""
    return _HAN_DIGITS.get(text[-1:], 1)
