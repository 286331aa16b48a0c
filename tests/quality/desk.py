"""What a made page's editors have at hand: names, places, dates and phrases by chance, and the sheet that an article is laid out on."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from setting import UNSPACED, Piece
from stories import stories

from broadsheet.model import Role

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping, Sequence

    from stories import Story

HAN_DIGITS = "〇一二三四五六七八九"
FULL_WIDTH = {code: code + 0xFEE0 for code in [*range(ord("0"), ord("9") + 1), *range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1), ord("%")]} | {ord("."): "．"}
_SENTENCE = re.compile(r".+?(?:[。！？]+[”）]?|[.!?؟][\"”“»)]*(?=\s|$)|$)")


_LEANS = re.compile("[并而也但和在将为及的对是被其使由从以据就与让把还又更再各这该此他她它有进且即]|今天|昨天|目前|同时|当前|通过|随着|根据|其中")
_HANGS = re.compile(r"[\da-zA-Z０-９“”（）《》()、]|[的时称说到在和为是了]$|(表示|指出|强调|认为|要求|显示|介绍|获悉|报道|消息|宣布)$")


class Said(Struct, frozen=True, omit_defaults=True):
    """A dateline or a sign-off, and what it says."""

    raw: str
    agency: str | None = None
    place: str | None = None
    date: str | None = None


class Facts(Struct, frozen=True):
    """What the blocks of an article do not say by their roles.

    Args:
        names: who wrote it.
        dateline: at the head of the text.
        sign_off: at its end.
        marks: credits and jumps that run in with a block.
    """

    names: tuple[str, ...] = ()
    dateline: Said | None = None
    sign_off: Said | None = None
    marks: tuple[tuple[Role, str], ...] = ()


@cache
def words(section: str) -> dict[str, Any]:
    """A section of words.toml; a language that has none, or not all, has those of any other language."""
    table = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    return {**table["other"], **table.get(section, {})}


class Sheet:
    """One article as it is laid out."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.pieces: list[Piece] = []
        self.names: list[str] = []
        self.dateline: Said | None = None
        self.sign_off: Said | None = None
        self.marks: list[tuple[Role, str]] = []

    def put(self, role: Role, text: str) -> None:
        if text.strip():
            self.pieces.append(Piece(role, text.strip(" \u3000"), self.number))

    def put_all(self, blocks: Iterable[tuple[Role, str]]) -> None:
        for role, text in blocks:
            self.put(role, text)

    def facts(self) -> Facts:
        return Facts(tuple(self.names), self.dateline, self.sign_off, tuple(self.marks))


class Desk:
    """Chance, and the words of one language."""

    def __init__(self, chance: random.Random, language: str) -> None:
        self.chance = chance
        self.language = language
        self.words = words(language)
        self.unspaced = language in UNSPACED
        self.month = chance.randint(1, 12)
        self.day = chance.randint(1, 28)
        self.phrases: list[str] = []
        self.used: set[str] = set()
        #: The opener of a programme's items, and how a paper prints its figures (a table for str.translate).
        self.opener = ""
        self.figures: dict[int, int | str] = {}

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def pick(self, options: Sequence[str]) -> str:
        return self.chance.choice(options)

    def weigh(self, options: Mapping[str, float]) -> str:
        return self.chance.choices(list(options), list(options.values()))[0]

    def name(self) -> str:
        """One person's name, as the language prints it."""
        if "surnames" not in self.words:
            return self.chance.choice([name for story in stories(self.language) for name in story.authors] or ["A. Berg"])
        surname, given = self.pick(self.words["surnames"]), self.pick(self.words["given"])
        if self.language.startswith("zh"):
            return surname + given + ("" if self.often(0.35) else self.pick(self.words["given"]))
        return surname + given if self.unspaced or self.language == "ko" else f"{given} {surname}"

    def people(self, weights: Sequence[float] = (6, 3, 1)) -> list[str]:
        """One to three different names."""
        count = self.chance.choices(range(1, len(weights) + 1), weights)[0]
        return list(dict.fromkeys(self.name() for _ in range(count)))

    def place(self) -> str:
        return self.pick(self.words.get("places", ("Bruxelles", "Vienna", "Oslo", "Praha")))

    def phrase(self, most: int = 24) -> str:
        """A line like a section's heading: a clause of some other story's headline, none twice on a page."""
        fit = [phrase for phrase in self.phrases if len(phrase) <= most]
        if not fit:
            return ""
        chosen = self.chosen(self.pick(fit))
        self.phrases.remove(chosen)
        return chosen

    def chosen(self, line: str) -> str:
        """The line, which no other place of the page gets."""
        self.used.add(line)
        return line


def own_clause(desk: Desk, text: str, least: int, most: int) -> str:
    """A clause of a Chinese text that could be a title: no figures, no first word that leans on what stands before; empty if there is none."""
    parts = re.split(r"[，。；：！？,;:?!]", text)
    fit = [part for part in parts if least <= len(part) <= most and not _LEANS.match(part) and not _HANGS.search(part) and part not in desk.used]
    return desk.chosen(desk.pick(fit)) if fit else ""


def clauses(headline: str) -> list[str]:
    """The clauses of a Chinese or Japanese headline."""
    return [part for part in re.split(r"[ \u3000]+", re.sub(r"^【[^】]*】", "", headline)) if part]


def phrases_of(language: str, without: Sequence[Story]) -> list[str]:
    """Lines that could be headings: clauses of headlines of stories that are not on the page, and their own headings."""
    used = {story.headline for story in without}
    found = []
    for story in stories(language):
        if story.headline not in used:
            parts = clauses(story.headline) if language in UNSPACED else [story.headline]
            found += [part for part in parts if len(part) >= 4] + [text for role, text in story.blocks if role is Role.HEADING]
    return list(dict.fromkeys(phrase for phrase in found if "\n" not in phrase and len(phrase) <= 60))


def all_sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return [match[0].strip() for match in _SENTENCE.finditer(text)]


def sentences(text: str) -> list[str]:
    """Those of its sentences that can stand alone: whole, neither very short nor very long."""
    return [one for one in all_sentences(text) if 12 <= len(one) <= (90 if "。" in one else 170) and one[-1] in "。！？.!?؟" and not one[0].islower()]


def han_number(number: int) -> str:
    """A day or a month in Chinese numerals, up to 39."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{HAN_DIGITS[tens]}十") + (HAN_DIGITS[ones] if ones else "")


class Paper:
    """A page's articles and furniture, in the order in which they stand."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []

    def article(self) -> Sheet:
        """A new article."""
        return self._add(Sheet(sum(sheet.number >= 0 for sheet in self.sheets)))

    def furniture(self) -> Sheet:
        """A new place for what belongs to no article."""
        return self._add(Sheet(-1))

    def _add(self, sheet: Sheet) -> Sheet:
        self.sheets.append(sheet)
        return sheet
