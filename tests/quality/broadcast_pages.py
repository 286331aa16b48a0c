"""A day of a Chinese news programme, as its site prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chinese_pages import body_of, opened
from desk import Said, clauses

from broadsheet.model import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk import Desk, Paper, Sheet
    from stories import Story


def programme(desk: Desk, chosen: Sequence[Story], paper: Paper) -> None:
    """A day's items, all with one opener."""
    desk.opener = desk.weigh({"央视网消息（新闻联播）：": 8, "央视网消息：": 1, "央视新闻消息：": 1, "央广网消息：": 1})
    short = [story for story in chosen if sum(map(len, story.paragraphs)) < 350]
    digest = short[: min(7, len(chosen) - 2)] if len(short) >= 3 and desk.often(0.7) else []
    items = [story for story in chosen if story not in digest]
    place = desk.chance.randint(1, len(items))
    for order, story in enumerate(items, 1):
        broadcast(desk, story, paper.article())
        if digest and order == place:
            _digest(desk, digest, paper.article())


def broadcast(desk: Desk, story: Story, sheet: Sheet) -> None:
    """An item of a news programme: the page's opener, now and then a series before the title."""
    title = " ".join(clauses(story.headline))
    series = f"【{desk.phrase(10)}】" if desk.often(0.13) else ""
    sheet.put(Role.HEADLINE, series + title)
    opener = desk.opener if desk.often(0.93) else ""
    if opener:
        sheet.dateline = Said(opener, _programme_of(opener))
    body = body_of(desk, story, 12, 0.12)
    if opener and desk.often(0.06) and not any(role is Role.HEADING for role, _ in body):
        body = [(Role.PARAGRAPH, ""), (Role.HEADING, desk.phrase()), *body]
    sheet.put_all(opened(body, opener))


def _digest(desk: Desk, items: Sequence[Story], sheet: Sheet) -> None:
    """The short items of the day under one title: the opener alone on its line, then each item's title over its text."""
    sheet.put(Role.HEADLINE, desk.pick(("国内联播快讯", "国际联播快讯", "联播快讯", "国内简讯", "一句话新闻")))
    sheet.dateline = Said(desk.opener, _programme_of(desk.opener))
    sheet.put(Role.PARAGRAPH, desk.opener)
    for story in items:
        sheet.put(Role.HEADING, " ".join(clauses(story.headline)))
        sheet.put_all((Role.PARAGRAPH, text) for text in story.paragraphs[:3])


def _programme_of(opener: str) -> str:
    """Who speaks in an opener: what stands before 消息."""
    return opener.partition("消息")[0]
