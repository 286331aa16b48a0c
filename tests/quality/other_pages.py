"""Pages of the wire of 1987, old French and German papers out of character recognition, and papers of today in many languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desk import Paper, Said, Sheet, sentences, words
from setting import misread

from broadsheet.model import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk import Desk
    from stories import Blocks, Story

_WIRE_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_KEPT_IN_MODERN = {Role.HEADING, Role.PARAGRAPH, Role.QUESTION, Role.ANSWER, Role.LIST_ITEM}


def wire(desk: Desk, chosen: Sequence[Story], paper: Paper) -> None:
    """Reuters stories of 1987: capitals, bylines, datelines with the day; one closing mark on all or on none."""
    marked, symbols = desk.often(0.1), desk.often(0.4)
    for story in chosen:
        sheet = paper.article()
        headline = re.sub(r"\s*<[A-Z.]+>$", "", story.headline.upper())
        if symbols and desk.often(0.5):
            headline += " <" + "".join(desk.pick("ABCDEFGHIKLMNOPRSTUW") for _ in range(desk.chance.randint(2, 4))) + ">"
        sheet.put(Role.HEADLINE, headline)
        if desk.often(0.28):
            name = desk.name().upper() if desk.often(0.2) else desk.name()
            sheet.names.append(name)
            sheet.put(Role.BYLINE, f"{desk.pick(('By', 'By', 'by'))} {name}, Reuters")
        sheet.put_all(_opened(_first(desk, story, 9), _wire_dateline(desk, sheet)))
        if marked:
            sheet.sign_off = Said("Reuter", "Reuter")
            sheet.put(Role.SIGN_OFF, "Reuter")


def modern(desk: Desk, chosen: Sequence[Story], paper: Paper) -> None:
    """A page of today's paper: kickers, decks, standfirsts, bylines in the language's forms, captions, agencies at the end."""
    page = {key: desk.often(share) for key, share in (("kicker", 0.3), ("deck", 0.3), ("standfirst", 0.4), ("tail", 0.12))}
    forms = [desk.pick(desk.words["bylines"]) for _ in range(2)]
    for story in chosen:
        sheet = paper.article()
        if page["kicker"] and desk.often(0.5):
            sheet.put(Role.KICKER, _kicker(desk, paper))
        sheet.put(Role.HEADLINE, story.headline)
        decks = [(role, text) for role, text in story.blocks if role in (Role.STANDFIRST, Role.SUBHEADLINE)]
        if page["standfirst"] and decks and desk.often(0.7):
            sheet.put_all(decks)
        elif page["deck"] and desk.often(0.4):
            sheet.put(Role.SUBHEADLINE, _deck(desk, story, 80))
        way = desk.weigh({"byline": 55, "dateline": 25, "both": 8, "": 12})
        body = _first(desk, story, 12)
        if way in ("byline", "both") and not page["tail"] and (story.news or len(body) > 2):
            _byline(desk, sheet, desk.pick(forms), story)
        dated = story.news and way in ("dateline", "both") and "datelines" in desk.words
        sheet.put_all(_opened(body, _dateline(desk, sheet) if dated else ""))
        _below(desk, story, sheet, tail=page["tail"] and way == "byline", dated=dated)


def old_french(desk: Desk, chosen: Sequence[Story], paper: Paper) -> None:
    """A French page of 1821 to 1972 after character recognition."""
    _old(desk, chosen, paper, words("ocr-fr"))


def old_german(desk: Desk, chosen: Sequence[Story], paper: Paper) -> None:
    """A German page of 1821 to 1972 after character recognition."""
    _old(desk, chosen, paper, words("ocr-de"))


def web(desk: Desk, chosen: Sequence[Story], paper: Paper) -> None:
    """One whole article of the web as plain text: title, lead, authors, paragraphs under headings, pictures between them."""
    story, sheet = chosen[0], paper.article()
    sheet.put(Role.HEADLINE, story.headline)
    if desk.often(0.8):
        sheet.put_all(block for block in story.blocks if block[0] in (Role.STANDFIRST, Role.SUBHEADLINE))
    if story.authors and desk.often(0.7):
        sheet.names += story.authors
        sheet.put(Role.BYLINE, ", ".join(story.authors))
    elif desk.often(0.8):
        _byline(desk, sheet, desk.pick(desk.words["bylines"]), story)
    body = _first(desk, story, 60)
    opener = _dateline(desk, sheet) if "datelines" in desk.words and story.news and desk.often(0.15) else ""
    for role, text in _opened(body, opener):
        sheet.put(role, text)
        if role is Role.PARAGRAPH and desk.often(0.04):
            _picture(desk, story, sheet)
    _below(desk, story, sheet, tail=False, dated=bool(opener))


def _kicker(desk: Desk, paper: Paper) -> str:
    """A kicker whose words do not stand in the article above."""
    above = "".join(piece.text for sheet in paper.sheets[-2:] for piece in sheet.pieces)
    fit = [kicker for kicker in desk.words.get("kickers", ()) if kicker not in above]
    return desk.pick(fit) if fit else ""


def _wire_dateline(desk: Desk, sheet: Sheet) -> str:
    if desk.often(0.03):
        return ""
    place, date = desk.place(), f"{_WIRE_MONTHS[desk.month - 1]} {desk.day}"
    head, _, state = place.partition(", ")
    place = head.upper() + (f", {state}" if state else "")
    sheet.dateline = Said(f"{place}, {date}", place=place, date=date)
    return f"{place}, {date} - "


def _first(desk: Desk, story: Story, most: int) -> Blocks:
    """The story's first blocks, ending with one of text."""
    blocks = [block for block in story.blocks if block[0] in _KEPT_IN_MODERN]
    count = desk.chance.randint(1, most)
    end = next((at for at in range(count, len(blocks)) if blocks[at - 1][0] is not Role.HEADING), len(blocks))
    return tuple(blocks[:end])


def _opened(body: Blocks, opener: str) -> Blocks:
    first = next((at for at, (role, _) in enumerate(body) if role is not Role.HEADING), None)
    if first is None or body[first][0] is not Role.PARAGRAPH or not opener:
        return body
    return (*body[:first], (Role.PARAGRAPH, opener + body[first][1]), *body[first + 1 :])


def _filled(desk: Desk, pattern: str, names: Sequence[str] = ()) -> tuple[str, dict[str, str]]:
    """A pattern with its places filled, and what they were filled with."""
    months = desk.words.get("months", [""] * 12)
    place = desk.place()
    date = desk.words.get("date", "{day}").format(day=desk.day, month=months[desk.month - 1])
    joined = desk.words["join"].join(names)
    said = {"place": place, "PLACE": place.upper(), "date": date, "agency": desk.pick(desk.words["agencies"]), "names": joined, "NAMES": joined.upper()}
    name = names[0] if names else desk.name()
    return pattern.format(**said, name=name, NAME=name.upper()), said


def _byline(desk: Desk, sheet: Sheet, form: str, story: Story) -> None:
    names = list(story.authors[:3]) if story.authors and desk.often(0.5) and all(" " in name for name in story.authors[:3]) else desk.people((7, 2))
    names = names[:1] if "{name}" in form or "{names}" not in form + form.lower() else names
    text, _ = _filled(desk, form, names)
    sheet.names += [name.upper() for name in names] if "{NAMES}" in form else names
    for line in text.split("\n"):
        sheet.put(Role.BYLINE, line)


def _dateline(desk: Desk, sheet: Sheet) -> str:
    pattern = desk.pick(desk.words["datelines"])
    names = desk.people((1,)) if "name" in pattern else []
    text, said = _filled(desk, pattern, names)
    raw, _, glue = text.partition("|")
    sheet.names += [name for name in names if name in glue]  # a name inside the dateline's brackets is the dateline's
    place = said["PLACE"] if "{PLACE}" in pattern else said["place"] if "{place}" in pattern else None
    sheet.dateline = Said(raw, said["agency"] if "{agency}" in pattern else None, place, said["date"] if "{date}" in pattern else None)
    return raw + glue


def _below(desk: Desk, story: Story, sheet: Sheet, *, tail: bool, dated: bool) -> None:
    """What follows the text: the author or the agency in brackets, a picture's caption and credit."""
    if tail and desk.language not in ("zh-Hant", "ja", "ko"):
        name = desk.name()
        sheet.names.append(name)
        sheet.put(Role.BYLINE, name)
    elif not dated and desk.often(0.12) and "sign_offs" in desk.words:
        text, said = _filled(desk, desk.pick(desk.words["sign_offs"]))
        if said["agency"] in text:
            sheet.sign_off = Said(text, said["agency"])
            sheet.put(Role.SIGN_OFF, text)
    if desk.often(0.2):
        _picture(desk, story, sheet)


def _picture(desk: Desk, story: Story, sheet: Sheet) -> None:
    printed = {piece.text for piece in sheet.pieces}
    unused = [one for text in story.paragraphs if not any(text in whole for whole in printed) for one in sentences(text)]
    if not unused:
        return
    caption = desk.pick(desk.words.get("captions", ("",))) + desk.pick(unused)
    credit, _ = _filled(desk, desk.pick(desk.words["credits"]))
    if desk.often(0.5):
        glue = "" if desk.unspaced else " "
        sheet.put(Role.CAPTION, caption + glue + credit)
        sheet.marks.append((Role.CREDIT, credit))
    else:
        sheet.put(Role.CAPTION, caption)
        sheet.put(Role.CREDIT, credit)


def _old(desk: Desk, chosen: Sequence[Story], paper: Paper, old: dict[str, list[str]]) -> None:
    """An old page: nameplate, headlines in capitals or not, datelines that run in, labels, notices, leaders of dots, a jump."""
    rate = desk.chance.uniform(0.01, 0.04)

    def aged(text: str) -> str:
        return misread(text, rate, desk.chance)

    capitals = desk.chance.choice((0.2, 0.5, 0.9))
    if desk.often(0.4):
        top = paper.furniture()
        top.put(Role.MASTHEAD, desk.pick(old["mastheads"]))
        top.put(Role.RUNNING_HEAD, f"{desk.pick(old['days'])} {desk.day} {desk.words['months'][desk.month - 1]} {desk.chance.randint(1830, 1970)}")
    ads = desk.chance.sample(old["ads"], desk.chance.choice((0, 0, 0, 1, 2)))
    for order, story in enumerate(chosen):
        sheet = paper.article()
        if desk.often(0.12):
            sheet.put(Role.COLUMN_LABEL, desk.pick(old["labels"]))
        headline = _old_title(desk, story)
        sheet.put(Role.HEADLINE, aged(headline.upper() if desk.often(capitals) else headline))
        if desk.often(0.15):
            sheet.put(Role.SUBHEADLINE, aged(_deck(desk, story, 60)))
        read = str if story.misread else aged  # our own old pages are misread already
        _old_text(desk, story, sheet, old, read, headline=headline, last=order == len(chosen) - 1)
    if desk.often(0.3):
        listing = paper.article()
        listing.put(Role.HEADLINE, aged(desk.pick(old["listings"])))
        rows = desk.chance.sample(old["goods"], desk.chance.randint(3, 7))
        listing.put(Role.TABLE, "\n".join(aged(f"{one} {desk.chance.randint(1, 180)},{desk.chance.randint(0, 99):02}") for one in rows))
    for ad in ads:
        paper.article().put(Role.PARAGRAPH, aged(ad))
    if desk.often(0.15):
        paper.furniture().put_all((Role.INDEX, aged(line)) for line in desk.chance.sample(old["index"], 3))


def _old_title(desk: Desk, story: Story) -> str:
    """A title short as old ones are: the headline's first clause, or one of the story's own section headings."""
    headings = [text for role, text in story.blocks if role is Role.HEADING and len(text) < len(story.headline)]
    if headings and desk.often(0.5):
        return desk.pick(headings)
    if re.search('[„“”«»"]', story.headline) or desk.often(0.3):
        return story.headline
    return re.split(r"(?<=\w{6})(?:[:.,–—?]| [–—]) ", story.headline)[0]


def _deck(desk: Desk, story: Story, most: int) -> str:
    """A line to go with the title: a short sentence of the story without its stop; empty if it has none."""
    fit = [one.rstrip(" .。") for text in story.paragraphs[1:] for one in sentences(text) if len(one) <= most and one[-1] in ".。" and not re.search(r"\d", one)]
    return desk.pick(fit) if fit else ""


def _old_text(desk: Desk, story: Story, sheet: Sheet, old: dict[str, list[str]], aged: Callable[[str], str], *, headline: str, last: bool) -> None:
    """The text of an old story, read through `aged`: a dateline that runs in, a jump or initials at its end, one stop in four lost."""
    blocks = [block for block in _first(desk, story, 5) if block[1] != headline]
    body = [(role, aged(text[:-1] if text.endswith(".") and desk.often(0.25) else text)) for role, text in blocks]
    if desk.often(0.5) and story.news:
        place = aged(desk.place().upper() if desk.often(0.5) else desk.place())
        date = aged(f"{desk.day}{'.' if desk.language == 'de' else ''} {desk.words['months'][desk.month - 1]}")
        agency = aged(desk.pick(("Havas", "Reuter", "Wolff", "A. T. S."))) if desk.often(0.25) else ""
        raw = f"{place}, {date}" + (f" ({agency})" if agency else "")
        sheet.dateline = Said(raw, agency or None, place, date)
        body = list(_opened(tuple(body), raw + desk.pick((". ", ". — ", ". — "))))
    jump = desk.often(0.08) or (last and desk.often(0.2))
    if jump and len(body[-1][1]) > 200:
        role, text = body[-1]
        at = text.find(" ", desk.chance.randint(80, len(text) - 60))
        body[-1] = (role, text[:at] if at > 0 else text)
        body.append((Role.JUMP, aged(desk.pick(old["jumps"]))))
    elif desk.often(0.15):
        signature = desk.pick(old["signatures"])
        sheet.names.append(signature)
        body.append((Role.BYLINE, signature))
    sheet.put_all(body)
