"""The paper's name, date, page and section, taken from the furniture where they are printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.facts import iso_date, pattern_set
from broadsheet.model import Issue, Role
from broadsheet.text import display_width, shadow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.plugin import Language

_FULL_DATE = re.compile(
    r"(?:[^\W\d_]{2} ?)?(?:[\d〇○零元一二三四五六七八九十百]{1,5}) ?[年년] ?(?:\([^()]{2,8}\) ?)?\S{1,3} ?[月월] ?\S{1,3} ?[日일]"
    r"|[A-Z][a-z]+\.? \d{1,2}, ?\d{4}|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z]+ \d{1,2}, ?\d{4}"
)
_PAGE = re.compile(r"第? ?([A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3}) ?版|(?:Page |PAGE )?(?<!\d)([A-Z]?\d{1,3})$|^([A-Z]\d{1,3}) ?[|•·]")


def issue_facts(given: Issue, furniture: Iterable[tuple[Role, str]], language: Language | None) -> Issue:
    """The issue with what is printed added to what was given; what was given stands.

    Args:
        given: the facts that the caller knows.
        furniture: role and text of each furniture line, in order.
        language: the profile that reads dates.
    """
    publication, date, page = given.publication, given.date, given.page
    for role, text in furniture:
        shade = shadow(text)
        if role is Role.MASTHEAD and publication is None:
            publication = "".join(text.split()) if display_width(text) > len(text) else text
        dates = pattern_set(language, "full_date") or (_FULL_DATE,)
        if role in (Role.RUNNING_HEAD, Role.MASTHEAD, Role.FOLIO) and date is None and (match := next(filter(None, (p.search(shade) for p in dates)), None)):
            found = iso_date(match.group().title() if match.group().isupper() else match.group(), language)
            date = found if found and not found.startswith("-") else None
        if role in (Role.FOLIO, Role.RUNNING_HEAD) and page is None:
            page = _page(shade, language)
    return Issue(publication, date, page, given.section, given.edition)


def _page(shade: str, language: Language | None) -> str | None:
    """The page that a line prints, by the profile's own patterns where they say which part of the line it is."""
    own = [pattern for pattern in pattern_set(language, "page_number") if "page" in pattern.groupindex]
    match = next((match for pattern in own or (_PAGE,) if (match := pattern.search(shade))), None)
    return next(group for group in match.groups() if group) if match else None
