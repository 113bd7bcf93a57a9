"""Who comes to this place: clinics by specialization, weekday, distance and their own visit radius.

The answer is what brute force with `distance_km` would say, borders included. Cells give too many rows,
chords through the ground rule most of them out, the distance decides on the nearest few. Changes since the
snapshot lie over it as small snapshots: what a later layer names, earlier layers no longer hold.
"""

from bisect import insort
from dataclasses import dataclass
from heapq import heapify, heappop
from itertools import compress
from math import inf
from typing import Final, NamedTuple

from shared.contracts.clinic_snapshot import INTEGRATED, ClinicSnapshot
from shared.kernel.cells import cells_around
from shared.kernel.places import (
    HALF_MERIDIAN_KM,
    SEARCH_RADIUS_KM,
    Position,
    Spot,
    distance_between_km,
    in_space_km,
)

FOUND_MAX: Final = 50
_GROWTH: Final = 2.0  # of the circle, while nothing is found beyond the radius
_ROUNDED_KM: Final = 1e-6  # what the millimetres of a distance may hide
_HAS_BIT: Final = tuple(bytes(value >> bit & 1 for value in range(256)) for bit in range(8))


class Found(NamedTuple):
    """A clinic that may be asked; they sort as they are told: the nearer first, then by id."""

    distance_km: float
    clinic_id: str
    integrated: bool


@dataclass(frozen=True, slots=True)
class _Search:
    position: Position
    spot: Spot
    specialization: str
    weekday: int
    beyond_km: float  # nothing at or below
    reach_km: float  # nothing above


class ClinicIndex:
    """A snapshot and, in the order of their age, the changes made since."""

    def __init__(self, snapshot: ClinicSnapshot, *changes: ClinicSnapshot) -> None:
        self._layers = (snapshot, *changes)
        self._hidden = [_hidden(layer, self._layers[place + 1 :]) for place, layer in enumerate(self._layers)]

    def near(
        self,
        position: Position,
        specialization: str,
        weekday: int,
        radius_km: float = SEARCH_RADIUS_KM,
        limit: int = FOUND_MAX,
    ) -> list[Found]:
        """The nearest clinics not farther than the radius, nor than they themselves drive."""
        spot = in_space_km(position.lat, position.lon)
        return self._nearest(_Search(position, spot, specialization, weekday, -1.0, radius_km), limit)

    def nearest_beyond(
        self,
        position: Position,
        specialization: str,
        weekday: int,
        radius_km: float = SEARCH_RADIUS_KM,
        limit: int = 1,
    ) -> list[Found]:
        """The nearest clinics farther than the radius, for whoever may overrule it; their own one stands."""
        spot = in_space_km(position.lat, position.lon)
        reach_km = radius_km
        found: list[Found] = []
        while reach_km < HALF_MERIDIAN_KM and len(found) < limit:
            reach_km = min(reach_km * _GROWTH + 1, HALF_MERIDIAN_KM)
            search = _Search(position, spot, specialization, weekday, radius_km, reach_km)
            found = self._nearest(search, limit)
        return found

    def _nearest(self, search: _Search, limit: int) -> list[Found]:
        candidates = [
            (chord2, place, row)
            for place, layer in enumerate(self._layers)
            for chord2, row in _within(layer, search)
            if layer.numbers[row] not in self._hidden[place]
        ]
        heapify(candidates)
        found: list[Found] = []
        enough = inf
        while candidates and candidates[0][0] <= enough:
            _, place, row = heappop(candidates)
            layer = self._layers[place]
            distance_km = distance_between_km(search.spot, layer.spot(row))
            if search.beyond_km < distance_km <= min(search.reach_km, layer.visit_radius_km(row)):
                clinic_id = layer.clinic_id(layer.numbers[row])
                insort(found, Found(distance_km, clinic_id, layer.days[row] >= INTEGRATED))
                if len(found) >= limit:
                    enough = _chord2(found[limit - 1].distance_km)
        return found[:limit]


def _within(layer: ClinicSnapshot, search: _Search) -> list[tuple[float, int]]:
    """Rows that pass every filter but the exact distance, with the square of their chord."""
    x, y, z = search.spot
    xs, ys, zs, longest2 = layer.xs, layer.ys, layer.zs, _chord2(search.reach_km)
    return [
        (chord2, row)
        for row in _rows(layer, search)
        if (chord2 := (xs[row] - x) ** 2 + (ys[row] - y) ** 2 + (zs[row] - z) ** 2) <= longest2
    ]


def _chord2(distance_km: float) -> float:
    """The square of the longest chord that a distance may have."""
    return (distance_km + _ROUNDED_KM) ** 2


def _rows(layer: ClinicSnapshot, search: _Search) -> list[int]:
    if search.specialization not in layer.specializations:
        return []
    bit, day, days = layer.specializations.index(search.specialization), 1 << search.weekday, layer.days
    plane, has_bit = (bit >> 3) * len(layer), _HAS_BIT[bit & 7]
    runs = [layer.rows_between(*cells) for cells in cells_around(search.position, search.reach_km)]
    return [
        row
        for first, end in runs
        for row in compress(range(first, end), layer.planes[plane + first : plane + end].translate(has_bit))
        if days[row] & day
    ]


def _hidden(layer: ClinicSnapshot, later: tuple[ClinicSnapshot, ...]) -> frozenset[int]:
    numbers = (layer.number_of(clinic_id) for changes in later for clinic_id in changes.ids())
    return frozenset(number for number in numbers if number is not None)
