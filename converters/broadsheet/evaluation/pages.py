"""One page scored: its gold against what the parser made of it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet.evaluation.accounts import Accounts, accounts
from broadsheet.evaluation.boundaries import Joins, Windows, joins, windows
from broadsheet.evaluation.compare import Count, Found, Item, count, found_of, items_of, items_of_blocks
from broadsheet.evaluation.faults import Fault, find_faults
from broadsheet.evaluation.folding import fold
from broadsheet.evaluation.gold import FACTS, pieces
from broadsheet.model import FURNITURE, Role
from broadsheet.views import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from broadsheet.evaluation.gold import GoldArticle, GoldPage
    from broadsheet.model import Article, Block, Document, Mark

ARTICLES = "articles"
_Counts = dict[str, Count]
_DATED = (Role.DATELINE, Role.SIGN_OFF)
_NAMES = "names"


class Verdict(Struct, frozen=True):
    """A block's role and confidence, and whether a gold block has its role and its whole text; in which article is not asked."""

    role: str
    confidence: float
    right: bool


class PageScore(Struct, frozen=True):
    """One page's counts; those of several pages are added up.

    Args:
        name: the page's name.
        rows: right, found and wanted by role, and under `articles` for article starts.
        values: right, found and wanted of what bylines, datelines and sign-offs say (names, agency, place, date).
        windows: article boundaries by Pk and WindowDiff.
        joins: line ends inside blocks.
        judged: the blocks whose role the gold knows.
        accounts: characters lost, invented, doubled.
        faults: what went wrong, in the page's order.
        perfect: everything scored is right.
    """

    name: str
    rows: Mapping[str, Count]
    values: Mapping[str, Count]
    windows: Windows
    joins: Joins
    judged: tuple[Verdict, ...]
    accounts: Accounts
    faults: tuple[Fault, ...]
    perfect: bool


def score_page(gold: GoldPage, document: Document) -> PageScore:
    """Score what the parser made of a page.

    Args:
        gold: the page's gold.
        document: what was made of it; its source is the gold's text.
    """
    page = gold.page
    starts = _starts(gold, document)
    found = _matched(gold, document, starts)
    rows = _rows(gold, found, starts)
    wanted_starts = [article.start for article in gold.articles]
    values = _values(gold.articles, dict(zip(reversed(starts), reversed(document.articles), strict=True)))
    boundaries = _windows(gold, starts) if gold.whole else Windows()
    blocks = [*(block for article in document.articles for block in article.blocks), *document.furniture]
    perfect = all(one.hit == one.found == one.wanted for one in rows.values()) and all(
        one.hit == one.wanted for key, one in values.items() if key != _NAMES
    )
    return PageScore(
        gold.name, rows, values, boundaries, joins(gold.blocks, (page.lines_of(block.source) for block in blocks)),
        tuple(_judged(found)), accounts(document), find_faults(page, found, (starts, wanted_starts) if gold.whole else ((), ())), perfect,
    )


#: A role, what was found of it in one article (or outside all), and what the gold wants there.
Matched = tuple[Role, list[Found], tuple[str, ...]]


def count_rows(gold: GoldPage, document: Document) -> dict[str, Count]:
    """The rows of a page's score alone, for programs that score one page many times."""
    starts = _starts(gold, document)
    return _rows(gold, _matched(gold, document, starts), starts)


def _starts(gold: GoldPage, document: Document) -> list[int]:
    return [gold.page.at(article.blocks[0].source[0][0]) for article in document.articles]


def _rows(gold: GoldPage, found: Iterable[Matched], starts: Iterable[int]) -> _Counts:
    rows: _Counts = {}
    for role, made, wanted in found:
        _add(rows, str(role), count((one.text for one in made), wanted))
    if gold.whole:
        _add(rows, ARTICLES, count(starts, [article.start for article in gold.articles]))
    return rows


def _add(rows: _Counts, key: str, more: Count) -> None:
    rows[key] = rows.get(key, Count()) + more


def _matched(gold: GoldPage, document: Document, starts: Sequence[int]) -> list[Matched]:
    """What was found of each role in each gold article; a parsed article belongs to the one in which it starts."""
    order = sorted(range(len(gold.articles)), key=lambda index: gold.articles[index].start)
    begins = [gold.articles[index].start for index in order]
    owned: dict[int, list[Item]] = {}
    for at, article in zip(starts, document.articles, strict=True):
        if order:
            owned.setdefault(order[max(bisect_right(begins, at) - 1, 0)], []).extend(items_of(article))
    found: list[Matched] = [
        (role, found_of(role, owned.get(index, []), article.parts), tuple(wanted))
        for index, article in enumerate(gold.articles) for role, wanted in article.parts.items()
    ]
    outside = items_of_blocks(document.furniture)
    return found + [
        (role, [Found(item.text, (item,)) for item in outside if item.role is role], tuple(gold.furniture[role]))
        for role in sorted(FURNITURE & set(gold.furniture))
    ]


def _values(gold: Iterable[GoldArticle], by_start: Mapping[int, Article]) -> _Counts:
    """What bylines, datelines and sign-offs say, in the parsed article that starts at the same place."""
    values: _Counts = {}
    for article in gold:
        got = by_start.get(article.start)
        said = {role: list(parts(got, role)) if got else [] for role in (*_DATED, Role.BYLINE)}
        for role, facts in article.facts.items():
            part = next(iter(said[role] + _either(got)), None)
            for key in FACTS:
                if key in facts:
                    same = part is not None and fold(str(getattr(part, key) or "")) == fold(facts[key])
                    _add(values, key, Count(int(same), 1, 1))
        names = [fold(name) for part in said[Role.BYLINE] for name in part.names]
        if Role.BYLINE in article.parts:
            _add(values, _NAMES, count(names, article.parts[Role.BYLINE]))
    return values


def _either(article: Article | None) -> list[Block | Mark]:
    """The article's datelines and sign-offs in the order of the page."""
    if article is None:
        return []
    return [part for block in article.blocks for part, _ in pieces(block) if part.role in _DATED]


def _windows(gold: GoldPage, starts: Iterable[int]) -> Windows:
    line_of = gold.page.line_of
    return windows(gold.page.visible, [line_of(article.start) for article in gold.articles], [line_of(at) for at in starts])


def _judged(found: Sequence[Matched]) -> Iterable[Verdict]:
    """The verdict on each block; one that holds several names is right when all of them are."""
    left = Counter((role, text) for role, _, wanted in found for text in wanted)
    verdicts: dict[int, Verdict] = {}
    for role, made, _ in found:
        for one in made:
            right = left[role, one.text] > 0
            left[role, one.text] -= right
            for item in one.items:
                if item.confidence is not None:
                    known = verdicts.get(id(item))
                    verdicts[id(item)] = Verdict(str(item.role), item.confidence, right and (known is None or known.right))
    return verdicts.values()
