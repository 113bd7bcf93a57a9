"""The radius search returns exactly what brute force over Karney's geodesics returns."""

import random
from collections.abc import Sequence

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.contracts.clinic_entry import ClinicEntry
from shared.contracts.clinic_index import ClinicIndex
from shared.contracts.clinic_snapshot import pack
from shared.kernel.places import SEARCH_RADIUS_KM, Position
from tests.bench.brute_force import BruteForce, distance_km
from tests.bench.clinics import clinics, questions

SKILL = "cardiology"
DAY = 2
ALL = 1_000_000
SEEDED = [(1_000, 300), (10_000, 300), (100_000, 20)]  # tests.bench.geo asks 300 of the largest, too
AWKWARD_DISTANCES_KM = (0.0, 1e-5, 49.999999, 50.0, 50.000001, 49.99999, 50.00001, 49.9, 50.1, 100.0)
AWKWARD_PLACES = (
    (52.25, 21.0), (0.0, 0.0), (10.0, 180.0), (10.0, -180.0), (-16.5, 179.9), (89.55, 0.0), (89.9, 77.0),
    (90.0, 0.0), (-90.0, 0.0), (-89.6, -179.9), (66.5, 25.75),
)  # fmt: skip

places = st.one_of(
    st.sampled_from(AWKWARD_PLACES),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    st.tuples(st.integers(-360, 360), st.integers(-720, 720)).map(lambda cell: (cell[0] / 4, cell[1] / 4)),
).map(lambda place: Position(lat=place[0], lon=place[1]))
distances = st.one_of(st.sampled_from(AWKWARD_DISTANCES_KM), st.floats(0, 120))
steps = st.lists(
    st.tuples(distances, st.floats(0, 360), st.sampled_from([None, None, 15.0, 49.99, 50.0, 80.0])),
    max_size=25,
)


def away(here: Position, km: float, bearing: float) -> Position:
    there = Geodesic.WGS84.Direct(here.lat, here.lon, bearing, km * 1000)
    return Position(lat=there["lat2"], lon=there["lon2"])


def world(here: Position, walks: Sequence[tuple[float, float, float | None]]) -> list[ClinicEntry]:
    return [
        ClinicEntry(
            clinic_id=f"clinic-{number * 7919 % 1000:03d}",
            position=away(here, km, bearing),
            specializations=frozenset({SKILL} if number % 5 else {"other"}),
            open_weekdays=frozenset({DAY, 4} if number % 7 else {4}),
            visit_radius_km=drives_km,
        )
        for number, (km, bearing, drives_km) in enumerate(walks, start=1)
    ]


def answer(index: ClinicIndex, here: Position, radius_km: float, limit: int = ALL) -> list[str]:
    return [one.clinic_id for one in index.near(here, SKILL, DAY, radius_km, limit)]


@settings(max_examples=300, deadline=None)
@given(places, steps, st.sampled_from([SEARCH_RADIUS_KM, SEARCH_RADIUS_KM, 0.0, 15.0, 119.5]))
@example(Position(lat=90, lon=0), [(50.0, 5.0 * step, None) for step in range(25)], SEARCH_RADIUS_KM)
@example(Position(lat=0, lon=180), [(50.0, 15.0 * step, None) for step in range(24)], SEARCH_RADIUS_KM)
def test_any_world_is_searched_as_brute_force_searches_it(
    here: Position, walks: list[tuple[float, float, float | None]], radius_km: float
) -> None:
    entries = world(here, walks)
    index = ClinicIndex(pack(entries, 1))
    expected = [clinic_id for _, clinic_id in BruteForce(entries).near(here, SKILL, DAY, radius_km)]

    assert answer(index, here, radius_km) == expected
    for limit in (1, 3):
        assert answer(index, here, radius_km, limit) == expected[:limit]


@settings(max_examples=100, deadline=None)
@given(places, steps)
def test_the_nearest_beyond_are_the_next_that_a_larger_radius_would_find(
    here: Position, walks: list[tuple[float, float, float | None]]
) -> None:
    entries = world(here, walks)
    index = ClinicIndex(pack(entries, 1))
    everywhere = BruteForce(entries).near(here, SKILL, DAY, 1_000.0)
    expected = [clinic_id for km, clinic_id in everywhere if km > SEARCH_RADIUS_KM]

    assert [one.clinic_id for one in index.nearest_beyond(here, SKILL, DAY, limit=3)] == expected[:3]


@settings(max_examples=100, deadline=None)
@given(places, steps, steps, st.integers(0, 25), st.integers(0, 25))
def test_changes_over_a_snapshot_answer_as_a_rebuild_does(
    here: Position,
    before: list[tuple[float, float, float | None]],
    after: list[tuple[float, float, float | None]],
    gone_from: int,
    gone_to: int,
) -> None:
    old, new = world(here, before), world(here, after)
    written = {entry.clinic_id for entry in new}
    gone = [entry.clinic_id for entry in old[gone_from:gone_to] if entry.clinic_id not in written]
    stays = [entry for entry in old if entry.clinic_id not in written and entry.clinic_id not in gone]

    overlaid = ClinicIndex(pack(old, 1), pack(new, 0, gone))

    assert overlaid.near(here, SKILL, DAY) == ClinicIndex(pack([*stays, *new], 2)).near(here, SKILL, DAY)


def test_a_clinic_exactly_on_the_border_is_inside_and_a_millimetre_further_is_not() -> None:
    rng = random.Random(4)
    on_border = one_further = 0
    for lat, lon in AWKWARD_PLACES:
        here = Position(lat=lat, lon=lon)
        spots = [away(here, SEARCH_RADIUS_KM + 1e-6 * (n % 2), rng.uniform(0, 360)) for n in range(200)]
        index = ClinicIndex(pack(_cardiologists(spots), 1))
        inside = set(answer(index, here, SEARCH_RADIUS_KM))
        for number, spot in enumerate(spots):
            km = distance_km(here, spot)
            assert (f"c{number}" in inside) == (km <= SEARCH_RADIUS_KM)
            on_border += km == SEARCH_RADIUS_KM
            one_further += km == SEARCH_RADIUS_KM + 1e-6
    assert on_border >= 20
    assert one_further >= 20


def _cardiologists(spots: list[Position]) -> list[ClinicEntry]:
    return [
        ClinicEntry(
            clinic_id=f"c{number}",
            position=spot,
            specializations=frozenset({SKILL}),
            open_weekdays=frozenset({DAY}),
        )
        for number, spot in enumerate(spots)
    ]


@pytest.mark.parametrize(("count", "asked"), SEEDED)
def test_seeded_questions_get_no_wrong_set(count: int, asked: int) -> None:
    entries = clinics(count)
    index, truth = ClinicIndex(pack(entries, 1)), BruteForce(entries)

    wrong = 0
    for question in questions(asked):
        expected = [clinic_id for _, clinic_id in truth.near(*question, SEARCH_RADIUS_KM)]
        found = [one.clinic_id for one in index.near(*question, limit=ALL)]
        nearest = [one.clinic_id for one in index.near(*question, limit=20)]
        wrong += found != expected or nearest != expected[:20]

    assert wrong == 0
