"""One institute against one partner's needs: first what must hold, then how well it fits.

Every number is whole, so that what is equal is equal on every machine; distances are told to the metre.
"""

from __future__ import annotations

from collections.abc import Sequence

from functions.partners.domain.assessment import Assessed, Constraint, Served, Violation
from functions.partners.domain.market import NO_PRICE, Market
from functions.partners.domain.needs import Needs, chord2_limit, metres, price_offsets, share
from functions.partners.domain.weights import FULL, Criterion, points, utility


class Assessor:
    """Holds what is the same for all institutes of one market."""

    def __init__(self, market: Market, needs: Needs, layer: int = 0) -> None:
        self._market, self._needs, self._layer = market, needs, layer
        self._limit2 = chord2_limit(needs.reach_m)
        self._on = needs.on.toordinal()
        self._prices = price_offsets(market, needs)
        self._width = len(market.service_codes)

    def assess(self, place: int, most: int = 0) -> Assessed | None:
        """None where more than `most` constraints are violated."""
        found: list[Violation] = []
        rows = range(self._market.site_starts[place], self._market.site_starts[place + 1])
        served, reached = self._reach(rows, found)
        if len(found) > most:
            return None
        self._ask_sites(reached, found)
        if len(found) > most:
            return None
        gross = self._price(place, found)
        if len(found) > most:
            return None
        market = self._market
        blank = Assessed(
            market.ids[place], market.numbers[place], self._layer, place, tuple(found), tuple(served), gross
        )
        return blank if found else self._weighed(blank, reached)

    def _reach(self, rows: Sequence[int], found: list[Violation]) -> tuple[list[Served], list[list[int]]]:
        """Of each location the nearest site and all within reach; where there is none, how far it is."""
        market, limit2 = self._market, self._limit2
        xs, ys, zs = market.xs, market.ys, market.zs
        served, reached, far = [], [], 0
        for one in self._needs.places:
            x, y, z = one.spot
            near = sorted(((xs[row] - x) ** 2 + (ys[row] - y) ** 2 + (zs[row] - z) ** 2, row) for row in rows)
            within = [row for chord2, row in near if chord2 <= limit2]
            distance_m = metres(near[0][0]) if near else 0
            if within and distance_m <= self._needs.reach_m:
                served.append(Served(near[0][1], distance_m))
                reached.append(within)
            else:
                far = max(far, distance_m)
        if len(reached) < len(self._needs.places):
            found.append(Violation(Constraint.DISTANCE, self._needs.reach_m, far))
        return served, reached

    def _ask_sites(self, reached: list[list[int]], found: list[Violation]) -> None:
        market, needs = self._market, self._needs
        lacking = mute = without = wanted_languages = missing_languages = 0
        for one, rows in zip(needs.places, reached, strict=False):
            offered = spoken = 0
            fits = False
            for row in rows:
                offered |= market.services[row]
                spoken |= market.languages[row]
                fits = fits or market.flags[row] & needs.flags == needs.flags
            lacking |= needs.services & ~offered
            here = one.languages & ~spoken
            mute |= here
            wanted_languages += one.languages.bit_count()
            missing_languages += here.bit_count()
            without += not fits
        if lacking:
            wanted = needs.services.bit_count()
            found.append(Violation(Constraint.SERVICES, wanted, wanted - lacking.bit_count(), lacking))
        if mute:
            left = wanted_languages - missing_languages
            found.append(Violation(Constraint.LANGUAGES, wanted_languages, left, mute))
        if without:
            found.append(
                Violation(Constraint.ACCESS, len(reached), len(reached) - without, lacking=needs.flags)
            )
        capacity = self._capacity(reached)
        if capacity < needs.need:
            found.append(Violation(Constraint.CAPACITY, needs.need, capacity))

    def _capacity(self, reached: list[list[int]]) -> int:
        return sum(self._market.capacities[row] for row in {row for rows in reached for row in rows})

    def _price(self, place: int, found: list[Violation]) -> int:
        """The whole year, gross; 0 where there is no price."""
        row = self._list_row(place)
        if row < 0:
            found.append(Violation(Constraint.PRICE, len(self._needs.wishes), 0))
            return 0
        market, base, gross, missing = self._market, row * self._width, 0, 0
        cells, shapes, nets, vats = market.cells, market.shapes, market.nets, market.vats
        for service, quantity, by_shape in self._prices:
            at = base + service
            cell = cells[at] if service < self._width else NO_PRICE
            if cell == NO_PRICE or (offset := by_shape[shapes[at]]) < 0:
                missing |= 1 << service
                continue
            gross += (nets[cell + offset] * quantity * (10_000 + vats[cell + offset]) + 5_000) // 10_000
        if missing:
            asked = len(self._needs.wishes)
            found.append(Violation(Constraint.PRICE, asked, asked - missing.bit_count(), missing))
            return 0
        if 0 < self._needs.budget < gross:
            found.append(Violation(Constraint.BUDGET, self._needs.budget, gross))
        return gross

    def _list_row(self, place: int) -> int:
        """The price list in force; -1 where there is none in the partner's currency."""
        market, row = self._market, -1
        for one in range(market.list_starts[place], market.list_starts[place + 1]):
            if market.valid_from[one] <= self._on:
                row = one
        return row if row >= 0 and market.currencies[row] == self._needs.currency else -1

    def _weighed(self, one: Assessed, reached: list[list[int]]) -> Assessed:
        market, needs = self._market, self._needs
        far = open_minutes = spoken = 0
        for place, (site, distance_m) in zip(needs.places, one.served, strict=True):
            far += place.heads * distance_m
            open_minutes += place.heads * market.minutes[site]
            spoken += place.heads * (place.languages & market.languages[site]).bit_count()
        measures = {
            Criterion.COVERAGE: -(-far // needs.heads),
            Criterion.PRICE: -(-one.gross * FULL // needs.scale),
            Criterion.LANGUAGES: share(spoken, needs.languages_asked),
            Criterion.CAPACITY: share(self._capacity(reached), needs.need),
            Criterion.HOURS: open_minutes // needs.heads,
        }
        utilities = {criterion: utility(criterion, measures[criterion]) for criterion in Criterion}
        return Assessed(
            one.institute_id,
            one.number,
            one.layer,
            one.place,
            (),
            one.served,
            one.gross,
            tuple(measures[criterion] for criterion in Criterion),
            tuple(utilities[criterion] for criterion in Criterion),
            points(needs.weights, utilities),
        )
