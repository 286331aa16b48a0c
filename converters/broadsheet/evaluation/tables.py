"""A summary as plain tables, for a person to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.evaluation.faults import Fault
    from broadsheet.evaluation.summary import Band, Row, Summary

#: One table: its rows, the first of which is its head.
Table = list[tuple[str, ...]]
_CONFUSIONS = 12
_EXTENTS = {"same": "", "longer": ", joined with more", "shorter": ", in pieces", "other": ""}


def tables(summary: Summary) -> Iterator[tuple[str, Table]]:
    """Every table with its title, in the order in which they are printed; the worst pages aside.

    Args:
        summary: what to show.
    """
    yield "pages", [
        ("pages", "perfect", "lost", "invented", "doubled"),
        (str(summary.pages), _number(summary.perfect), *(str(n) for n in (summary.accounts.lost, summary.accounts.invented, summary.accounts.doubled))),
    ]
    rows = {**({"article starts": summary.articles} if summary.articles else {}), **summary.roles}
    yield "parts", _rows("part", rows)
    if summary.boundaries:
        found = summary.boundaries
        yield "article boundaries, share of windows that are wrong", [
            ("Pk", "WindowDiff", "windows"), (_number(found.pk), _number(found.window_diff), str(found.windows)),
        ]
    joins = summary.joins
    yield "line ends inside blocks", [("right", "missed", "wrong"), (str(joins.right), str(joins.missed), str(joins.wrong))]
    if summary.values:
        yield "what bylines, datelines and sign-offs say", _rows("value", summary.values)
    yield "confidence", _bands(summary)
    if summary.confusions:
        yield "most frequent errors", [
            ("wanted", "got", "times"), *((one.wanted or "-", one.got or "-", str(one.times)) for one in summary.confusions[:_CONFUSIONS]),
        ]


def worst_pages(summary: Summary, *, faults: int) -> Iterator[tuple[str, list[str]]]:
    """The worst pages: a title for each, and a line for each error.

    Args:
        summary: what to show.
        faults: how many errors of a page to tell.
    """
    for page in summary.worst:
        told = [_sentence(fault) for fault in page.faults[:faults]]
        more = len(page.faults) - len(told)
        errors = f"{page.errors} error{'s' if page.errors != 1 else ''}"
        yield f"{page.name}  F1 {_number(page.f1)}, {errors}", [*told, *([f"and {more} more"] if more else [])]


def _sentence(fault: Fault) -> str:
    """One error in words: what was wanted, what came out, and where."""
    if "article" in {fault.wanted, fault.got}:
        what = "no article begins here" if fault.got is None else "an article begins here that is none"
    elif fault.wanted == fault.got:
        what = f"{fault.wanted}{_EXTENTS[fault.extent] or ', other text'}"
    else:
        what = f"wanted {fault.wanted or 'nothing'}, got {fault.got or 'nothing'}{_EXTENTS[fault.extent] if fault.wanted and fault.got else ''}"
    return f"{what}: {fault.words}"


def _rows(head: str, rows: dict[str, Row]) -> Table:
    return [
        (head, "precision", "recall", "F1", "wanted", "found", "right"),
        *((name, _number(r.precision), _number(r.recall), _number(r.f1), str(r.wanted), str(r.found), str(r.right)) for name, r in rows.items()),
    ]


def _bands(summary: Summary) -> Table:
    highs = ("1.00", *(_number(band.low, 2) for band in summary.calibration))
    shown = [(f"{_number(band.low, 2)}-{high}", band) for band, high in zip(summary.calibration, highs, strict=False)]
    return [("confidence", "blocks", "right", "share"), *(_band(*one) for one in shown), _band("0.90 and more", summary.sure)]


def _band(name: str, band: Band) -> tuple[str, ...]:
    return name, str(band.blocks), str(band.right), "-" if band.share is None else _number(band.share)


def _number(value: float, digits: int = 3) -> str:
    return f"{value:.{digits}f}"
