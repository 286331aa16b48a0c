"""How likely the weights make what is right of many pages, and how that changes with each weight: a conditional random field.

Source: Lafferty, McCallum, Pereira, "Conditional Random Fields", 2001. Where of a line nothing is known, all its readings are right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any

import numpy as np
from lattice import Lattice, Place, Wanted, Way

_ROLES = import_module("broadsheet.parser.readings").ROLES
_WIDTH = len(_ROLES)
#: The log of a likelihood that is as good as none.
_NEVER = -1e6
Array = np.ndarray[Any, np.dtype[Any]]


class _Step:
    """The ways of all pages at one line: which node each comes from and leads to, sorted by where they lead."""

    def __init__(self, ways: slice, page: Array, above: Array, role: Array) -> None:
        self.ways = ways
        self.up, self.to = page * _WIDTH + above, page * _WIDTH + role
        self.starts, self.nodes, self.group = _groups(self.to)
        self.order = np.argsort(self.up, kind="stable")
        self.up_starts, self.up_nodes, self.up_group = _groups(self.up[self.order])


class Pages:
    """Pages of like length, weighed together.

    Args:
        lattices: their readings.
        numbers: the number of each weight.
        values: the weights under which the readings' gains were made.
        counts: how much each page counts.
    """

    def __init__(self, lattices: Sequence[Lattice], numbers: Mapping[Place, int], values: Array, counts: Sequence[float]) -> None:
        self.size, self.weights, self.counts = len(lattices), len(values), np.array(counts)
        self.last = [len(one.steps) - 1 for one in lattices]
        found: dict[tuple[tuple[int, float], ...], int] = {}
        rows = []
        for page, one in enumerate(lattices):
            for at, (ways, wanted) in enumerate(zip(one.steps, one.wanted, strict=True)):
                for way in ways:
                    parts = tuple(sorted((numbers[place], factor) for place, factor in way.parts))
                    rows.append((at, page, way.role, way.above, found.setdefault(parts, len(found)), _right(way, wanted), way.gain))
        at, self.page, role, above, self.kind, right, gain = (np.array(column) for column in zip(*sorted(rows, key=lambda row: row[:3]), strict=True))
        self.right = right.astype(bool)
        self.kinds = len(found)
        self.of, self.number, self.factor = (
            np.array(column) for column in zip(*((kind, number, factor) for parts, kind in found.items() for number, factor in parts), strict=True)
        )
        self.rest = gain - self._sums(values)[self.kind]
        bounds = np.searchsorted(at, np.arange(max(self.last) + 2))
        self.steps = [
            _Step(ways, self.page[ways], above[ways], role[ways]) for ways in (slice(*pair) for pair in pairwise(bounds))
        ]
        self._relax()

    def loss(self, values: Array) -> tuple[float, Array, Array]:
        """How unlikely what is right is under weights (negative log likelihood), its slope by weight, and its share by page."""
        gain = self._sums(values)[self.kind] + self.rest
        free, likely = self._shares(gain)
        bound, wanted = self._shares(np.where(self.right, gain, gain + _NEVER))
        lost = free - bound
        kinds = np.bincount(self.kind, weights=(likely - wanted) * self.counts[self.page], minlength=self.kinds)
        slope = np.bincount(self.number, weights=self.factor * kinds[self.of], minlength=self.weights)
        return float((lost * self.counts).sum()), slope, lost

    def _sums(self, values: Array) -> Array:
        return np.bincount(self.of, weights=self.factor * values[self.number], minlength=self.kinds)

    def _shares(self, gain: Array) -> tuple[Array, Array]:
        """The log of the sum over all readings of each page, and the share of it that goes each way: forward and back."""
        ahead = [np.full(self.size * _WIDTH, _NEVER * 1e3)]
        ahead[0][::_WIDTH] = 0.0
        for step in self.steps:
            total = np.full(self.size * _WIDTH, _NEVER * 1e3)
            total[step.nodes] = _log_sums(ahead[-1][step.up] + gain[step.ways], step.starts, step.group)
            ahead.append(total)
        whole = np.array([_log_sum(ahead[last + 1][page * _WIDTH : (page + 1) * _WIDTH]) for page, last in enumerate(self.last)])
        shares = np.empty(len(gain))
        back = np.full(self.size * _WIDTH, _NEVER * 1e3)
        for at in range(len(self.steps) - 1, -1, -1):
            step = self.steps[at]
            for page, last in enumerate(self.last):
                if last == at:
                    back[page * _WIDTH : (page + 1) * _WIDTH] = 0.0
            below = gain[step.ways] + back[step.to]
            shares[step.ways] = np.exp(np.minimum(ahead[at][step.up] + below - whole[self.page[step.ways]], 0.0))
            back = np.full(self.size * _WIDTH, _NEVER * 1e3)
            back[step.up_nodes] = _log_sums(below[step.order], step.up_starts, step.up_group)
        return whole, shares

    def _relax(self) -> None:
        """Where no reading fits what is right (a role that nothing claims), take all readings of that line for right."""
        while dead := self._dead():
            for at, pages in dead.items():
                ways = self.steps[at].ways
                self.right[ways] |= np.isin(self.page[ways], pages)

    def _dead(self) -> dict[int, list[int]]:
        """For each line the pages on which no right way leads further from there, each page once."""
        alive = np.zeros((self.size, _WIDTH), dtype=bool)
        alive[:, 0] = True
        found: dict[int, list[int]] = {}
        told: set[int] = set()
        for at, step in enumerate(self.steps):
            below = np.zeros_like(alive)
            below.flat[step.to[alive.flat[step.up] & self.right[step.ways]]] = True
            stuck = [page for page in np.unique(self.page[step.ways]).tolist() if not below[page].any() and page not in told]
            told.update(stuck)
            if stuck:
                found[at] = stuck
            alive = below
        return found


def _right(way: Way, wanted: Wanted) -> bool:
    return wanted is None or wanted.get(_ROLES[way.role]) == way.begins


def _groups(keys: Array) -> tuple[Array, Array, Array]:
    """Of sorted keys: where each new one starts, which they are, and for every key its number among those."""
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    return starts, keys[starts], np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(keys)]))


def _log_sums(values: Array, starts: Array, group: Array) -> Array:
    """The log of the sum of the exponentials of each group."""
    most = np.maximum.reduceat(values, starts)
    found: Array = most + np.log(np.add.reduceat(np.exp(values - most[group]), starts))
    return found


def _log_sum(values: Array) -> float:
    most = values.max()
    return float(most + np.log(np.exp(values - most).sum()))
