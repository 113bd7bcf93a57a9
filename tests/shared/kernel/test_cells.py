"""A circle's cells hold every place within it: at the poles, on the date line, at the border of a cell."""

import random
from itertools import pairwise

import pytest
from geographiclib.geodesic import Geodesic

from shared.kernel.cells import CELL_COLUMNS, CELL_ROWS, cell_of, cells_around
from shared.kernel.places import Position

EARTH = Geodesic.WGS84
AWKWARD = [
    (52.25, 21.0), (52.2499999, 20.9999999), (0.0, 0.0), (0.0, 180.0), (10.0, -180.0), (-16.5, 179.99),
    (89.55, 0.0), (89.5521, 10.0), (89.9, 77.0), (90.0, 0.0), (-90.0, 0.0), (-89.6, -179.9), (0.4522, 30.125),
]  # fmt: skip


def covered(cells: list[tuple[int, int]], lat: float, lon: float) -> bool:
    return any(first <= cell_of(lat, lon) <= last for first, last in cells)


@pytest.mark.parametrize("radius_km", [0.0, 0.01, 15.0, 50.0, 600.0, 5_000.0, 8_000.0])
def test_no_place_within_the_circle_lies_outside_its_cells(radius_km: float) -> None:
    rng = random.Random(7)
    spots = AWKWARD + [(rng.uniform(-90, 90), rng.uniform(-180, 180)) for _ in range(30)]
    for lat, lon in spots:
        here = Position(lat=lat, lon=lon)
        cells = list(cells_around(here, radius_km))
        for bearing in range(0, 360, 5):
            for share in (1.0, 0.999, 0.5):
                there = EARTH.Direct(here.lat, here.lon, bearing, radius_km * share * 1000)
                assert covered(cells, there["lat2"], there["lon2"]), (lat, lon, bearing, share)


@pytest.mark.parametrize("radius_km", [50.0, 600.0, 5_000.0, 20_000.0])
def test_no_cell_comes_twice_and_none_lies_off_the_globe(radius_km: float) -> None:
    for lat, lon in AWKWARD:
        runs = sorted(cells_around(Position(lat=lat, lon=lon), radius_km))
        assert runs[0][0] >= 0
        assert runs[-1][1] < CELL_ROWS * CELL_COLUMNS
        assert all(last >= first for first, last in runs)
        assert all(last < first for (_, last), (first, _) in pairwise(runs))


def test_a_circle_of_fifty_kilometres_touches_few_cells() -> None:
    cells = list(cells_around(Position(lat=52.23, lon=21.01), 50.0))
    assert sum(last - first + 1 for first, last in cells) <= 40


def test_both_names_of_the_date_line_and_the_north_pole_have_a_cell() -> None:
    assert cell_of(10.0, 180.0) == cell_of(10.0, -180.0)
    assert cell_of(90.0, 180.0) < CELL_ROWS * CELL_COLUMNS
