"""Positions and distances, measured against Karney's geodesics (geographiclib)."""

import random
from math import dist

import pytest
from geographiclib.geodesic import Geodesic
from pydantic import ValidationError

from shared.kernel.places import (
    DEGREES_DECIMALS,
    HALF_MERIDIAN_KM,
    SEARCH_RADIUS_KM,
    Position,
    distance_between_km,
    distance_km,
    in_space_km,
    on_ground,
)

WARSAW = Position(lat=52.2297, lon=21.0122)
MILLIMETRE_KM = 1e-6


def truth_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    return float(Geodesic.WGS84.Inverse(lat_a, lon_a, lat_b, lon_b)["s12"]) / 1000


def between_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    return distance_between_km(in_space_km(lat_a, lon_a), in_space_km(lat_b, lon_b))


def pairs(seed: int, count: int, reach_km: float) -> list[tuple[float, float, float, float]]:
    rng = random.Random(seed)
    drawn = []
    for _ in range(count):
        lat, lon = rng.uniform(-90, 90), rng.uniform(-180, 180)
        there = Geodesic.WGS84.Direct(lat, lon, rng.uniform(0, 360), rng.uniform(0.01, 1) * reach_km * 1000)
        drawn.append((lat, lon, there["lat2"], there["lon2"]))
    return drawn


@pytest.mark.parametrize("reach_km", [0.01, 1.0, 60.0, 99.0, 101.0, 1_000.0, 10_000.0, 19_700.0])
def test_a_distance_is_right_to_the_millimetre(reach_km: float) -> None:
    for pair in pairs(1, 500, reach_km):
        assert abs(between_km(*pair) - truth_km(*pair)) <= 0.6 * MILLIMETRE_KM


@pytest.mark.parametrize("reach_km", [0.01, 60.0, 19_700.0])
def test_the_chord_between_two_places_is_never_longer_than_their_distance(reach_km: float) -> None:
    for pair in pairs(2, 500, reach_km):
        chord_km = dist(in_space_km(*pair[:2]), in_space_km(*pair[2:]))
        true_km = truth_km(*pair)
        assert chord_km <= true_km + 1e-9
        assert chord_km >= true_km * (1 - (true_km / 6_300) ** 2 / 24) - 1e-9


def test_a_position_comes_back_from_space_as_it_was() -> None:
    rng = random.Random(5)
    spots = [(rng.uniform(-90, 90), rng.uniform(-180, 180)) for _ in range(5_000)]
    spots += [(90 - 10 ** rng.uniform(-7, 0), rng.uniform(-180, 180)) for _ in range(1_000)]
    spots += [(90, 180), (90, -180), (-90, 77.1234567), (0, 180), (0, -180), (0, 0), (1e-7, -1e-7)]
    for lat, lon in spots:
        here = Position(lat=lat, lon=lon)
        assert on_ground(in_space_km(here.lat, here.lon)) == here


def test_a_place_is_no_distance_from_itself_and_as_far_there_as_back() -> None:
    krakow = Position(lat=50.0647, lon=19.9450)
    assert distance_km(WARSAW, WARSAW) == 0.0
    assert distance_km(WARSAW, krakow) == distance_km(krakow, WARSAW) == pytest.approx(252.1, abs=0.5)


def test_fifty_kilometres_are_fifty_kilometres_in_every_direction() -> None:
    for bearing in range(0, 360, 3):
        there = Geodesic.WGS84.Direct(WARSAW.lat, WARSAW.lon, bearing, SEARCH_RADIUS_KM * 1000)
        assert between_km(WARSAW.lat, WARSAW.lon, there["lat2"], there["lon2"]) == SEARCH_RADIUS_KM


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((10.0, 179.9), (10.0, -179.9)),
        ((10.0, 180.0), (10.0, -180.0)),
        ((89.9999, 0.0), (89.9999, 180.0)),
        ((90.0, 3.0), (90.0, 77.0)),
        ((-90.0, 0.0), (-89.7, 12.0)),
        ((90.0, 0.0), (-90.0, 50.0)),
        ((0.0, 0.0), (0.0, 180.0)),
        ((45.0, -135.0), (-45.0, 45.0)),
        ((0.0, 0.0), (0.0, 1e-7)),
        ((60.0, 5.0), (70.0, -175.0)),
    ],
)
def test_the_date_line_the_poles_and_the_antipode_are_ordinary_places(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    true = truth_km(*a, *b)
    assert abs(between_km(*a, *b) - true) <= 0.6 * MILLIMETRE_KM
    assert between_km(*b, *a) == between_km(*a, *b)


def test_near_the_antipode_the_distance_is_within_a_fifth_of_a_percent() -> None:
    rng = random.Random(3)
    for _ in range(2_000):
        lat, lon = rng.uniform(-88, 88), rng.uniform(-177, 177)
        there = (-lat + rng.uniform(-2, 2), lon + 180 + rng.uniform(-2, 2))
        told = between_km(lat, lon, *there)
        assert told <= HALF_MERIDIAN_KM
        assert told == pytest.approx(truth_km(lat, lon, *there), rel=0.002)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(90.1, 0.0), (-90.1, 0.0), (0.0, 180.1), (0.0, -180.1), (float("nan"), 0.0), (0.0, float("inf"))],
)
def test_a_position_off_the_globe_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(ValidationError):
        Position(lat=lat, lon=lon)


def test_a_position_is_kept_to_the_grid_that_the_index_stores() -> None:
    kept = Position(lat=52.229_712_349, lon=-0.000_000_01)
    assert (kept.lat, str(kept.lon)) == (52.2297123, "0.0")
    assert round(kept.lat * 10**DEGREES_DECIMALS) / 10**DEGREES_DECIMALS == kept.lat
    assert kept == Position(lat=kept.lat, lon=kept.lon)
