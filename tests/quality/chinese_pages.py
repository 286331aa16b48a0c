"""Chinese newspaper stories laid out as People's Daily of 1946, 1998 and 2026 print them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from desk import FULL_WIDTH, HAN_DIGITS, Said, all_sentences, clauses, han_number, own_clause, sentences
from msgspec.structs import replace
from stories import stories

from broadsheet.model import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk import Desk, Paper, Sheet
    from stories import Blocks, Story

#: Stories by how they open, as counted in 1,112 articles of 1998; of those without, a hundred are comment, verse and photo items.
OPENERS_1998 = {"新华社": 115, "据新华社": 115, "本报place讯": 89, "本报讯": 86, "本报place电": 82, "other": 54, "closing": 60, "": 400}
OPENERS_2026 = {"新华社": 20, "据新华社": 6, "本报place电": 30, "other": 4, "closing": 3, "": 37}
_HEADING_MARKS = {"": 11, "一、": 3, "（一）": 1, "●": 1, "■": 1, "◆": 1}
_LONG_TITLE = 13
_ASCII = {ord(full): half for half, full in zip("0123456789", "０１２３４５６７８９", strict=True)}


def daily_1998(desk: Desk, story: Story, sheet: Sheet) -> None:
    """A story of 1998: full-width figures, the opener kinds as counted."""
    kind = desk.weigh({"news": 86, "comment": 8, "photo": 3, "verse": 2}) if story.news else "news"
    title = _title(desk, story)
    if kind == "verse":
        return _verse(desk, story, sheet)
    if kind == "photo":
        sheet.put(Role.HEADLINE, title[0] + "（图片）")
        return _photo(desk, story, sheet, _wide)
    suffix = desk.pick(desk.words["series"]) if kind == "comment" else _weighed_suffix(desk)
    _put_title(desk, story, sheet, title, suffix)
    opener = desk.weigh(OPENERS_1998) if kind == "news" and story.news else ""
    if desk.often(0.55 if kind == "comment" else 0.12 if opener else 0.4):
        _byline(desk, sheet, ("　", "  ", " ", ""))
    _text(desk, sheet, opener, body_of(desk, story, 7, 0.6), _wide)
    if suffix.startswith("（附图") and desk.often(0.4):
        _picture(desk, story, sheet, _wide)
    return None


def daily_2026(desk: Desk, story: Story, sheet: Sheet) -> None:
    """A story of 2026: half-width figures, kickers and labels, reporters in brackets after a space."""
    if story.news and desk.often(0.08):
        sheet.put(Role.HEADLINE, _title(desk, story)[0])
        return _photo(desk, story, sheet, str)
    if desk.often(0.1):
        sheet.put(Role.COLUMN_LABEL, desk.pick(desk.words["labels"]))
    elif desk.often(0.15):
        sheet.put(Role.KICKER, _deck(desk, story, 16))
    _put_title(desk, story, sheet, clauses(story.headline) if desk.often(0.5) else [" ".join(clauses(story.headline))], "")
    opener = desk.weigh(OPENERS_2026) if story.news else ""
    if desk.often(0.1 if opener else 0.75):
        _byline(desk, sheet, ("　", "　", " ", ""))
    _text(desk, sheet, opener, body_of(desk, story, 9, 0.3), str)
    if desk.often(0.12):
        _picture(desk, story, sheet, str)
    return None


def daily_1946(desk: Desk, story: Story, sheet: Sheet) -> None:
    """A story of 1946: headlines of several lines, datelines in black brackets, Chinese figures."""
    lines = [*([_deck(desk, story, 12)] if desk.often(0.25) else []), *_title(desk, story), _deck(desk, story, 14), _deck(desk, story, 12)][: desk.chance.choices((1, 2, 3, 4), (13, 14, 8, 3))[0]]
    sheet.put(Role.HEADLINE, _han("\n".join(line for line in lines if line)))
    if desk.often(0.12):
        _byline(desk, sheet, ("　", " ", ""))
    place, day = desk.place(), han_number(desk.day)
    raw, agency = desk.chance.choice((
        (f"【新华社{place}{day}日电】", "新华社"), (f"【新华社{place}{day}日电】", "新华社"), (f"【本报{place}{day}日电】", "本报"), ("【本报讯】", "本报"),
        (f"【本报{place}讯】", "本报"), (f"【{place}{day}日电】", ""), (f"【据新华社{place}{day}日电】", "新华社"), ("", ""),
    ))
    raw = raw if story.news else ""
    if raw:
        sheet.dateline = Said(raw, agency or None, place if place in raw else None, f"{day}日" if day in raw else None)
    body = [(role, _han(text)) for role, text in body_of(desk, story, 3, 0.05)]
    sheet.put_all(opened(body, raw))
    if len(body) > 1 and desk.often(0.1):
        sheet.put(Role.PARAGRAPH, "【又讯】" + _han(desk.pick(sentences(story.paragraphs[-1]) or [story.paragraphs[-1]])))


def page_1998(desk: Desk, chosen: Sequence[Story], paper: Paper) -> None:
    """A page of 1998; on one in four a column of short items, under a label or signed one by one."""
    desk.figures = FULL_WIDTH
    column = list(chosen[3:7]) if desk.often(0.25) else []
    for story in chosen:
        if story not in column:
            daily_1998(desk, story, paper.article())
    if column:
        _briefs(desk, column, paper)


def page_2026(desk: Desk, chosen: Sequence[Story], paper: Paper) -> None:
    """A page of 2026: furniture at its top and end, one article that goes on elsewhere, one that comes from elsewhere."""
    desk.figures = {}
    column = list(chosen[4:7]) if desk.often(0.15) else []
    above = desk.often(0.4)
    if above:
        _furniture(desk, paper.furniture())
    number = desk.pick(("第一版", "第四版", "第二版", "第六版", "A2版", "03版"))
    continued = chosen[-1] if desk.often(0.2) and len(chosen[-1].paragraphs) > 2 else None
    for order, story in enumerate(chosen):
        if story is continued:
            _continued(desk, story, paper.article(), number)
        elif story not in column:
            sheet = paper.article()
            daily_2026(desk, story, sheet)
            if order == 0 and desk.often(0.3):
                _jump(desk, sheet, number)
    if column:
        _briefs(desk, column, paper)
    if desk.often(0.4):
        paper.furniture().put(Role.EDITOR_LINE, desk.pick(("责编：{0}　版式：{1}", "本版责编：{0}　{1}", "责任编辑：{0} 美术编辑：{1}", "本版编辑：{0}　版式设计：{1}")).format(desk.name(), desk.name()))


def _furniture(desk: Desk, sheet: Sheet) -> None:
    """The head of a page: name, page and section, date, on one line or on two."""
    page, section = f"{desk.chance.randint(1, 16):02}", desk.pick(desk.words["sections"])
    date = f"2026年{desk.month}月{desk.day}日　星期{desk.pick('一二三四五六日')}"
    if desk.often(0.5):
        sheet.put(Role.MASTHEAD, desk.pick(desk.words["papers"]))
    for text in desk.chance.choice(((f"第{page}版：{section}", date), (f"{page}　{section}　{date}",), (f"{date}　第{page}版",), (f"{section}　{page}", date))):
        sheet.put(Role.FOLIO if page in text.removeprefix("2026") else Role.RUNNING_HEAD, text)


def _jump(desk: Desk, sheet: Sheet, number: str) -> None:
    """The article broken off in mid-paragraph, with the page where it goes on."""
    at = max((at for at, piece in enumerate(sheet.pieces) if piece.role is Role.PARAGRAPH and len(piece.text) > 80), default=0)
    if not at or sheet.sign_off:
        return
    text = sheet.pieces[at].text
    jump = f"（下转{number}）"
    cut = text[: desk.chance.randint(40, len(text) - 20)]
    own = desk.often(0.5)
    sheet.pieces[at:] = [replace(sheet.pieces[at], text=cut + ("" if own else jump))]
    left = re.sub(r"\s", "", "".join(piece.text for piece in sheet.pieces))
    sheet.names = [name for name in sheet.names if name in left]
    sheet.marks = [mark for mark in sheet.marks if re.sub(r"\s", "", mark[1]) in left]
    if own:
        sheet.put(Role.JUMP, jump)
    else:
        sheet.marks.append((Role.JUMP, jump))


def _continued(desk: Desk, story: Story, sheet: Sheet, number: str) -> None:
    """The rest of an article of another page: in mid-sentence, without a title."""
    jump = f"（上接{number}）"
    first, *rest = story.paragraphs[1 : desk.chance.randint(3, 6)]
    first = first[desk.chance.randint(1, max(len(first) // 2, 1)) :].lstrip("，。、；：？！”）")
    if desk.often(0.5):
        sheet.put(Role.JUMP, jump)
    else:
        sheet.marks.append((Role.JUMP, jump))
        first = jump + first
    sheet.put_all((Role.PARAGRAPH, text) for text in (first, *rest))


def _briefs(desk: Desk, column: Sequence[Story], paper: Paper) -> None:
    """A column of short items under a label: marked items of one article, or small articles of their own."""
    if desk.often(0.5):
        return _items(desk, column, paper.article())
    paper.article().put(Role.COLUMN_LABEL, desk.pick(desk.words["briefs"]))
    for story in column:
        sheet = paper.article()
        sheet.put(Role.HEADLINE, clauses(story.headline)[0].translate(desk.figures))
        _text(desk, sheet, desk.weigh({"本报讯": 4, "新华社": 2, "": 4}), ((Role.PARAGRAPH, story.paragraphs[0]),), _wide if desk.figures else str)
    return None


def _items(desk: Desk, column: Sequence[Story], sheet: Sheet) -> None:
    """Items of a sentence or two, each with a mark before it."""
    sheet.put(Role.COLUMN_LABEL, desk.pick(desk.words["briefs"]))
    mark = desk.pick(("●", "▲", "■", "△", "◆", "○"))
    space = desk.pick(("", "　"))
    for story in column:
        signed = f"（{desk.name()}）" if desk.often(0.3) else ""
        sheet.put(Role.LIST_ITEM, mark + space + "".join(all_sentences(story.paragraphs[0])[:2]).translate(desk.figures) + signed)
        sheet.names += [signed.strip("（）")] if signed else []


def _wide(text: str) -> str:
    return text.translate(FULL_WIDTH)


def _han(text: str) -> str:
    """Figures as in 1946: figure by figure, a percentage in words."""
    text = re.sub(r"([\d.]+)[%％]", r"百分之\1", text.translate(_ASCII))
    text = re.sub(r"(?<![\d.])\d\d?(?![\d.])", lambda match: han_number(int(match[0])) or "〇", text)
    return re.sub(r"\d", lambda match: HAN_DIGITS[int(match[0])], re.sub(r"(?<=\d)\.(?=\d)", "点", text))


def _title(desk: Desk, story: Story) -> list[str]:
    """The clauses of the headline, sometimes only the first, or a short clause of the text: half of 1998's titles have 13 characters or fewer."""
    parts = [_wide(part) for part in clauses(story.headline)]
    if len(parts[0]) > _LONG_TITLE and desk.often(0.55) and (short := own_clause(desk, "，".join(story.paragraphs[:2]), 5, _LONG_TITLE)):
        return [_wide(short)]
    return parts[:1] if desk.often(0.6) else parts


def _weighed_suffix(desk: Desk) -> str:
    return f"（附图片{desk.pick('１１２３')}张）" if desk.often(0.1) else ""


def _deck(desk: Desk, story: Story, most: int) -> str:
    """A line to go with the title: a clause of the story's own text, or of another's title."""
    return (own_clause(desk, "，".join(story.paragraphs), 5, most) or desk.phrase(most)).translate(desk.figures)


def _put_title(desk: Desk, story: Story, sheet: Sheet, parts: list[str], suffix: str) -> None:
    """The title: one line, lines without a mark one time in eight, a deck after a dash or bare."""
    way = desk.weigh({"one": 72, "lines": 12, "dash": 9, "bare": 7})
    if way == "lines":
        lines = parts if len(parts) > 1 else [parts[0], _deck(desk, story, 18)]
        sheet.put(Role.HEADLINE, "\n".join(line for line in lines if line) + suffix)
        return
    title = len("".join(parts))
    deck = _deck(desk, story, 22) if way == "dash" else own_clause(desk, story.paragraphs[0], title + 3, 32).translate(desk.figures) if way == "bare" else ""
    glue = desk.pick((" ", "　", "  "))
    sheet.put(Role.HEADLINE, glue.join(parts) + suffix)
    if deck:
        sheet.put(Role.SUBHEADLINE, _dash_deck(desk, deck) if way == "dash" else deck)


def _dash_deck(desk: Desk, deck: str) -> str:
    place = desk.place()
    return "——" + desk.pick((deck, deck, f"访{place}市市长{desk.name()}", f"来自{place}的报告", f"{place}纪行", f"记{place}某厂工程师{desk.name()}", f"评{deck[:10]}"))


def _padded(name: str, blank: str) -> str:
    return f"{name[0]}{blank * 2 if blank == ' ' else blank}{name[1]}" if len(name) == 2 else name


def _byline(desk: Desk, sheet: Sheet, blanks: tuple[str, ...]) -> None:
    """A byline on a line of its own: two times in three bare names."""
    blank = desk.pick(blanks)
    names = desk.people((7, 3, 1))
    printed = [_padded(name, blank) for name in names]
    sheet.names += names
    if desk.often(0.63):
        if len(names) > 1 and desk.often(0.4):
            for one in printed:
                sheet.put(Role.BYLINE, one)
            return
        sheet.put(Role.BYLINE, (blank or "　").join(printed))
        return
    title = desk.pick(("本报记者", "本报记者", "本报记者", "新华社记者", f"本报驻{desk.pick(desk.words['countries'])}记者", "本报特约记者"))
    between = desk.pick(("", blank, " "))
    sheet.put(Role.BYLINE, title + between + (between if between or not blank else blank).join(printed))


def _text(desk: Desk, sheet: Sheet, opener: str, body: Blocks, figures: Callable[[str], str]) -> None:
    """The body with its opener; or closed by what would have opened it, or by its reporters' names."""
    body = tuple((role, figures(text)) for role, text in body)
    wide = figures is _wide
    if opener == "closing":
        said = Said(f"本报{(place := desk.pick(desk.words['abroad']))}{(date := _date(desk, wide=wide))}电", "本报", place, date)
        sheet.sign_off = said
        _close(desk, sheet, body, f"（{said.raw}）", Role.SIGN_OFF)
    elif opener:
        said, reporters = _dateline(desk, sheet, opener, wide=wide)
        sheet.dateline = said
        sheet.put_all(opened(body, said.raw + reporters))
    elif desk.often(0.16) and not sheet.names:
        names = desk.people((5, 5))
        sheet.names += names
        _close(desk, sheet, body, f"（{desk.pick(('', '', '', '本报记者'))}{desk.pick(('　', ' ', '、')).join(names)}）", Role.BYLINE)
    else:
        sheet.put_all(body)


def _close(desk: Desk, sheet: Sheet, body: Blocks, closing: str, role: Role) -> None:
    if desk.often(0.5):
        sheet.put_all((*body, (role, closing)))
    else:
        sheet.put_all((*body[:-1], (body[-1][0], body[-1][1] + closing)))


def _date(desk: Desk, *, wide: bool) -> str:
    """The day of the paper, or one of the days before."""
    day = max(desk.day - desk.chance.choice((0, 0, 1, 1, 2, 4)), 1)
    if wide and desk.often(0.12):
        return f"{han_number(desk.month)}月{han_number(day)}日"
    return _wide(f"{desk.month}月{day}日") if wide else f"{desk.month}月{day}日"


def _dateline(desk: Desk, sheet: Sheet, opener: str, *, wide: bool) -> tuple[Said, str]:
    """The dateline and the reporters after it; three of five name them."""
    date = _date(desk, wide=wide)
    place = desk.pick(desk.words["abroad"] if "电" in opener or desk.often(0.3) else desk.words["places"])
    blank = desk.pick(("　", " ", "  ", "")) if wide else "　"
    said = {
        "新华社": Said(f"新华社{place}{date}电", "新华社", place, date), "据新华社": Said(f"据新华社{place}{date}电", "新华社", place, date),
        "本报place讯": Said(f"本报{place}{date}讯", "本报", place, date), "本报讯": Said("本报讯", "本报"),
        "本报place电": Said(f"本报{place}{date}电", "本报", place, date),
    }.get(opener) or desk.chance.choice((Said("据新华社电", "新华社"), Said(f"本报{place}电", "本报", place), Said(f"新华社{place}{date}专电", "新华社", place, date)))
    if sheet.names or not desk.often(0.66):
        return said, blank or " "
    names = desk.people((6, 4, 1))
    sheet.names += names
    joined = "、".join(names)
    agency = "新华社" if said.agency == "新华社" else "本报"
    said_by = desk.pick(("", "", "", agency))
    if said.raw.endswith("讯") and desk.often(0.8):
        return said, (blank or "　") + desk.pick((f"记者{joined}报道：", f"记者{joined}报道：", f"{joined}报道：", f"本报记者{joined}报道："))
    return said, ("" if wide and desk.often(0.7) else blank) + desk.pick((f"（{said_by}记者{joined}）", f"（{said_by}记者{joined}）", f"（{said_by}记者{joined}）", f"{said_by}记者{joined}报道："))


def opened(body: Blocks, opener: str) -> Blocks:
    """The body with its opener before the first paragraph."""
    first = next((at for at, (role, _) in enumerate(body) if role is not Role.HEADING), None)
    if first is None or body[first][0] is not Role.PARAGRAPH or not opener:
        return tuple(body)
    return (*body[:first], (Role.PARAGRAPH, opener + body[first][1]), *body[first + 1 :])


def body_of(desk: Desk, story: Story, most: int, headed: float) -> list[tuple[Role, str]]:
    """The story's first blocks, with headings of its own or, now and then, of ours."""
    left_out = {Role.STANDFIRST, Role.SUBHEADLINE, Role.TABLE}
    blocks = [block for block in story.blocks if block[0] not in left_out]
    count = desk.chance.randint(1, most)
    blocks = blocks[: next((at for at in range(count, len(blocks)) if blocks[at - 1][0] is Role.PARAGRAPH), len(blocks))]
    paragraphs = [role for role, _ in blocks]
    if set(paragraphs) == {Role.PARAGRAPH} and len(blocks) >= 3 and desk.often(headed):
        mark = desk.weigh(_HEADING_MARKS)
        places = sorted(desk.chance.sample(range(1, len(blocks)), min(desk.chance.randint(1, 3), len(blocks) - 1)))
        for order, at in reversed(list(enumerate(places, 1))):
            if phrase := own_clause(desk, blocks[at][1], 5, 18) or desk.phrase(18):
                blocks.insert(at, (Role.HEADING, mark.replace("一", han_number(order)) + phrase))
    return blocks


def _picture(desk: Desk, story: Story, sheet: Sheet, figures: Callable[[str], str]) -> None:
    """A caption under the story, from a sentence that the page does not use."""
    printed = "".join(piece.text for piece in sheet.pieces)
    unused = [one for text in story.paragraphs for one in sentences(text) if figures(one) not in printed and len(one) < 60]
    if unused:
        _caption(desk, sheet, figures(desk.pick(("图为", "图为", "这是", "上图：", "下图为")) + desk.pick(unused)))


def _photo(desk: Desk, story: Story, sheet: Sheet, figures: Callable[[str], str]) -> None:
    """A photo item's body: the caption and who took the picture."""
    _caption(desk, sheet, figures("".join(all_sentences(story.paragraphs[0])[: desk.chance.randint(1, 3)])))


def _caption(desk: Desk, sheet: Sheet, text: str) -> None:
    name = desk.name()
    credit = desk.pick((f"新华社记者{name}摄", f"新华社记者　{name}摄", f"本报记者　{name}摄", f"{_padded(name, '　')}摄", f"新华社发（{name}摄）", f"（新华社记者{name}摄）", f"（{name}摄）"))
    if desk.often(0.5):
        sheet.put(Role.CAPTION, text)
        sheet.put(Role.CREDIT, credit)
    else:
        sheet.put(Role.CAPTION, text + credit)
        sheet.marks.append((Role.CREDIT, credit))


def _verse(desk: Desk, story: Story, sheet: Sheet) -> None:
    """A poem: clauses of one length, in fours, with or without end marks."""
    marks = desk.pick(("", "，。", "，，"))
    found = desk.chance.sample(_verses(desk.chance.choice((5, 7, 7, 8))), 4 * desk.chance.randint(1, 4))
    lines = [line + (marks[at % 2] if marks else "") for at, line in enumerate(found)]
    sheet.put(Role.HEADLINE, desk.pick((_title(desk, story)[0], f"{desk.place()}抒怀", f"{desk.place()}即景（外一首）")))
    _byline(desk, sheet, ("　", " "))
    sheet.put(Role.VERSE, "\n".join(lines))


@cache
def _verses(size: int) -> tuple[str, ...]:
    """Clauses of so many characters in all that we have."""
    parts = (part for story in stories("zh-Hans") for text in story.paragraphs for part in re.split(r"[^\u4e00-\u9fff]", text))
    return tuple(dict.fromkeys(part for part in parts if len(part) == size))
