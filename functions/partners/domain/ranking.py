"""All institutes of a market against one partner's needs: the best five, or the five that miss it least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nsmallest
from typing import Final, NamedTuple

from functions.partners.domain.assessing import Assessor
from functions.partners.domain.assessment import Assessed
from functions.partners.domain.market import Market
from functions.partners.domain.needs import Needs, chord2_limit

SHOWN_MAX: Final = 5
_VIOLATIONS_MAX: Final = 7
Layers = Sequence[Market]
"""An edition, and over it what changed since: what a later layer names, earlier ones no longer hold."""


class Ranking(NamedTuple):
    """`fitting` how many there are; `best` the first five of them; `near` only where nothing fits."""

    fitting: int
    best: tuple[Assessed, ...]
    near: tuple[Assessed, ...]


def ranked(layers: Layers, needs: Needs) -> Ranking:
    fitting = list(_fitting(layers, needs))
    if fitting:
        best = nsmallest(SHOWN_MAX, fitting, key=lambda one: one.rank)
        return Ranking(len(fitting), tuple(best), ())
    return Ranking(0, (), tuple(_nearest_misses(layers, needs)))


def miss_rank(one: Assessed) -> tuple[int, int, str]:
    """Fewer violated constraints, then the smaller shortfall of them all, then by id."""
    return len(one.violations), sum(each.shortfall for each in one.violations), one.institute_id


def _fitting(layers: Layers, needs: Needs) -> Iterator[Assessed]:
    for number, market in enumerate(layers):
        assessor = Assessor(market, needs, number)
        hidden = _hidden(layers[number + 1 :])
        for place in _within_reach(market, needs):
            if market.ids[place] not in hidden and (one := assessor.assess(place)) is not None:
                yield one


def _nearest_misses(layers: Layers, needs: Needs) -> list[Assessed]:
    """Who already violates more than the fifth best is not asked any further."""
    kept: list[Assessed] = []
    most = _VIOLATIONS_MAX
    for number, market in enumerate(layers):
        assessor = Assessor(market, needs, number)
        hidden = _hidden(layers[number + 1 :])
        for place in range(len(market)):
            if market.ids[place] in hidden or (one := assessor.assess(place, most)) is None:
                continue
            kept.append(one)
            if len(kept) > 2 * SHOWN_MAX:
                kept = nsmallest(SHOWN_MAX, kept, key=miss_rank)
                most = len(kept[-1].violations)
    return nsmallest(SHOWN_MAX, kept, key=miss_rank)


def _hidden(later: Layers) -> frozenset[str]:
    return frozenset(key for layer in later for key in (*layer.ids, *layer.gone))


def _within_reach(market: Market, needs: Needs) -> list[int]:
    """Institutes with a site near the first location: most are ruled out by this alone, in one pass."""
    x, y, z = needs.places[0].spot
    limit2 = chord2_limit(needs.reach_m)
    rows = [
        row
        for row, (a, b, c) in enumerate(zip(market.xs, market.ys, market.zs, strict=True))
        if (a - x) * (a - x) + (b - y) * (b - y) + (c - z) * (c - z) <= limit2
    ]
    found: list[int] = []
    place, starts = 0, market.site_starts
    for row in rows:
        if not found or row >= starts[place + 1]:
            while row >= starts[place + 1]:
                place += 1
            found.append(place)
    return found
