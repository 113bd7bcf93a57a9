"""Who comes to this place: clinics by specialization, weekday, distance and their own visit radius.

The answer is what brute force with `distance_km` would say, borders included. Cells give too many rows,
chords through the ground rule most of them out, the exact distance decides on the nearest few. Changes since
the snapshot lie over it as small snapshots: what a later layer names, earlier layers no longer hold.
"""

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heapify, heappop
from itertools import compress
from math import inf
from typing import Final

from shared.contracts.clinic_snapshot import CM, INTEGRATED, ClinicSnapshot
from shared.kernel.cells import cells_around
from shared.kernel.places import HALF_MERIDIAN_KM, SEARCH_RADIUS_KM, Position, distance_between_km, in_space_m

FOUND_MAX: Final = 50
_GROWTH: Final = 2.0  # of the circle, while nothing is found beyond the radius
_CM_A_KM: Final = 1000 * CM
_ROUNDED_CM: Final = 2.0  # what the centimetres of a row and the millimetres of a distance may hide
_HAS_BIT: Final = tuple(bytes(value >> bit & 1 for value in range(256)) for bit in range(8))


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A clinic that may be asked; in order: the nearer first, then by id."""

    distance_km: float
    clinic_id: str
    integrated: bool = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Search:
    here: Position
    specialization: str
    weekday: int
    beyond_km: float  # nothing at or below
    reach_km: float  # nothing above
    limit: int


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
        return self._found(_Search(position, specialization, weekday, -1.0, radius_km, limit))

    def nearest_beyond(
        self,
        position: Position,
        specialization: str,
        weekday: int,
        radius_km: float = SEARCH_RADIUS_KM,
        limit: int = 1,
    ) -> list[Found]:
        """The nearest clinics farther than the radius, for whoever may overrule it; their own one stands."""
        reach_km = radius_km
        found: list[Found] = []
        while reach_km < HALF_MERIDIAN_KM and len(found) < limit:
            reach_km = min(reach_km * _GROWTH + 1, HALF_MERIDIAN_KM)
            found = self._found(_Search(position, specialization, weekday, radius_km, reach_km, limit))
        return found

    def _found(self, search: _Search) -> list[Found]:
        candidates = [
            (chord2, place, row)
            for place, layer in enumerate(self._layers)
            for chord2, row in _within(layer, self._hidden[place], search)
        ]
        heapify(candidates)
        found: list[Found] = []
        enough = inf
        while candidates and candidates[0][0] <= enough:
            _, place, row = heappop(candidates)
            decided = _decided(self._layers[place], row, search)
            if decided:
                insort(found, decided)
                enough = _chord2(found[search.limit - 1].distance_km) if len(found) >= search.limit else inf
        return found[: search.limit]


def _within(layer: ClinicSnapshot, hidden: frozenset[int], search: _Search) -> Iterator[tuple[float, int]]:
    """Rows that pass every filter but the exact distance, with the square of their chord in centimetres."""
    x, y, z = (metres * CM for metres in in_space_m(search.here.lat, search.here.lon))
    xs, ys, zs, numbers, longest2 = layer.xs, layer.ys, layer.zs, layer.numbers, _chord2(search.reach_km)
    for row in _rows(layer, search):
        dx, dy, dz = xs[row] - x, ys[row] - y, zs[row] - z
        chord2 = dx * dx + dy * dy + dz * dz
        if chord2 <= longest2 and numbers[row] not in hidden:
            yield chord2, row


def _chord2(distance_km: float) -> float:
    """The square of the longest chord that a distance may have, in centimetres."""
    return (distance_km * _CM_A_KM + _ROUNDED_CM) ** 2


def _rows(layer: ClinicSnapshot, search: _Search) -> Iterator[int]:
    if search.specialization not in layer.specializations:
        return
    bit, day, days = layer.specializations.index(search.specialization), 1 << search.weekday, layer.days
    plane, has_bit = (bit >> 3) * len(layer), _HAS_BIT[bit & 7]
    for first_cell, last_cell in cells_around(search.here, search.reach_km):
        first, end = layer.rows_between(first_cell, last_cell)
        if first < end:
            skilled = layer.planes[plane + first : plane + end].translate(has_bit)
            yield from (row for row in compress(range(first, end), skilled) if days[row] & day)


def _decided(layer: ClinicSnapshot, row: int, search: _Search) -> Found | None:
    distance_km = distance_between_km(search.here.lat, search.here.lon, *layer.position(row))
    drives_km = layer.visit_radius_km(row)
    if not search.beyond_km < distance_km <= search.reach_km:
        return None
    if drives_km is not None and distance_km > drives_km:
        return None
    return Found(distance_km, layer.clinic_id(layer.numbers[row]), bool(layer.days[row] & INTEGRATED))


def _hidden(layer: ClinicSnapshot, later: tuple[ClinicSnapshot, ...]) -> frozenset[int]:
    numbers = (layer.number_of(clinic_id) for changes in later for clinic_id in changes.ids())
    return frozenset(number for number in numbers if number is not None)
