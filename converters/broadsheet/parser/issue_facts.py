"""The paper's name, date, page and section, taken from the furniture where they are printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.facts import iso_date
from broadsheet.model import Issue, Role
from broadsheet.text import shadow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.plugin import Language

_FULL_DATE = re.compile(r"(?:\d{4}|[〇○零一二三四五六七八九]{4}) ?年 ?\S{1,3} ?月 ?\S{1,3} ?日|[A-Z][a-z]+\.? \d{1,2}, ?\d{4}|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z]+ \d{1,2}, ?\d{4}")
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
            publication = "".join(text.split()) if not text.isascii() else text
        if role in (Role.RUNNING_HEAD, Role.MASTHEAD, Role.FOLIO) and date is None and (match := _FULL_DATE.search(shade)):
            date = iso_date(match.group().title() if match.group().isupper() else match.group().replace(" ", "") if "年" in match.group() else match.group(), language)
        if role in (Role.FOLIO, Role.RUNNING_HEAD) and page is None and (match := _PAGE.search(shade)):
            page = next(group for group in match.groups() if group)
    return Issue(publication, date, page, given.section, given.edition)
