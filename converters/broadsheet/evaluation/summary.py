"""The scores of many pages added up, as one record that is printed or written as JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet.evaluation.accounts import Accounts
from broadsheet.evaluation.boundaries import Joins, Windows
from broadsheet.evaluation.compare import Count
from broadsheet.evaluation.pages import ARTICLES
from broadsheet.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from broadsheet.evaluation.faults import Fault
    from broadsheet.evaluation.pages import PageScore, Verdict

#: The lower ends of the confidence bands, from the top.
BANDS = (0.99, 0.97, 0.95, 0.90, 0.80, 0.70, 0.50, 0.0)
#: Blocks of this confidence and more are meant to be right but for two in a hundred.
SURE = 0.9
VALUES = ("names", "agency", "place", "date")
_ABOVE = 2.0  # above every confidence
_DIGITS = 4


class Row(Struct, frozen=True):
    """One row of a table: shares from 0 to 1, and counts."""

    precision: float
    recall: float
    f1: float
    wanted: int
    found: int
    right: int


class Boundaries(Struct, frozen=True):
    """Error rates of article boundaries, from 0 (none) to 1, over windows of printed lines."""

    pk: float
    window_diff: float
    windows: int


class Band(Struct, frozen=True):
    """Blocks whose confidence lies in a band from `low` up to the band above, and the share of them that is right."""

    low: float
    blocks: int
    right: int
    share: float | None


class PageRow(Struct, frozen=True):
    """One page: F1 over all its parts and article starts, the number of errors, and what they are."""

    name: str
    f1: float
    errors: int
    faults: tuple[Fault, ...]


class Confusion(Struct, frozen=True):
    """How often one role was wanted and another came out; null where there is nothing on one side."""

    wanted: str | None
    got: str | None
    times: int


class Summary(Struct, frozen=True):
    """What all pages together show.

    Args:
        pages: how many there are.
        perfect: the share of them without any error.
        accounts: characters lost, invented, doubled.
        articles: article starts; null where no gold is a page of articles.
        boundaries: the same by Pk and WindowDiff.
        roles: a row for each role that the gold or the parse has.
        values: what bylines, datelines and sign-offs say.
        joins: line ends inside blocks.
        calibration: confidence bands from the top.
        sure: the blocks of confidence 0.9 and more, all together.
        confusions: pairs of roles, the most frequent first.
        worst: the pages with most errors.
    """

    pages: int
    perfect: float
    accounts: Accounts
    articles: Row | None
    boundaries: Boundaries | None
    roles: dict[str, Row]
    values: dict[str, Row]
    joins: Joins
    calibration: tuple[Band, ...]
    sure: Band
    confusions: tuple[Confusion, ...]
    worst: tuple[PageRow, ...]


def summarize(scores: Sequence[PageScore], *, worst: int = 10) -> Summary:
    """Add pages up.

    Args:
        scores: the pages; at least one.
        worst: how many of the worst pages to name.
    """
    rows = _total(score.rows for score in scores)
    values = _total(score.values for score in scores)
    moved = sum((score.windows for score in scores), Windows())
    judged = [one for score in scores for one in score.judged]
    articles = rows.get(ARTICLES)
    return Summary(
        pages=len(scores),
        perfect=round(sum(score.perfect for score in scores) / len(scores), _DIGITS),
        accounts=sum((score.accounts for score in scores), Accounts()),
        articles=_row(articles) if articles else None,
        boundaries=Boundaries(_share(moved.pk, moved.windows), _share(moved.window_diff, moved.windows), moved.windows) if moved.windows else None,
        roles={str(role): _row(one) for role in Role if (one := rows.get(str(role))) and (one.wanted or one.found)},
        values={key: _row(one) for key in VALUES if (one := values.get(key)) and (one.wanted or one.found)},
        joins=sum((score.joins for score in scores), Joins()),
        calibration=tuple(band(judged, low, high) for low, high in zip(BANDS, (_ABOVE, *BANDS), strict=False)),
        sure=band(judged, SURE),
        confusions=_confusions(scores),
        worst=_worst(scores, worst),
    )


def _total(rows: Iterable[Mapping[str, Count]]) -> dict[str, Count]:
    total: dict[str, Count] = {}
    for row in rows:
        for key, one in row.items():
            total[key] = total.get(key, Count()) + one
    return total


def _row(one: Count) -> Row:
    return Row(round(one.precision, _DIGITS), round(one.recall, _DIGITS), round(one.f1, _DIGITS), one.wanted, one.found, one.hit)


def _share(part: int, whole: int) -> float:
    return round(part / whole, _DIGITS)


def band(judged: Iterable[Verdict], low: float, high: float = _ABOVE) -> Band:
    """The blocks of a confidence from `low` up to below `high`, and how many of them are right."""
    verdicts = [one.right for one in judged if low <= one.confidence < high]
    return Band(low, len(verdicts), sum(verdicts), _share(sum(verdicts), len(verdicts)) if verdicts else None)


def _confusions(scores: Iterable[PageScore]) -> tuple[Confusion, ...]:
    times = Counter((fault.wanted, fault.got) for score in scores for fault in score.faults)
    ordered = sorted(times.items(), key=lambda one: (-one[1], str(one[0])))
    return tuple(Confusion(wanted, got, count) for (wanted, got), count in ordered)


def _worst(scores: Iterable[PageScore], most: int) -> tuple[PageRow, ...]:
    rows = [_page_row(score) for score in scores]
    return tuple(sorted((row for row in rows if row.errors), key=lambda row: (row.f1, -row.errors, row.name))[:most])


def _page_row(score: PageScore) -> PageRow:
    total = sum(score.rows.values(), Count())
    return PageRow(score.name, round(total.f1, _DIGITS), len(score.faults), score.faults)
