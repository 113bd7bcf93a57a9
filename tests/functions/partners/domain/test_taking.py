"""Where an accepted offer takes its room: near each location first, and all of it or nothing."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.partners.domain.answers import Wish
from functions.partners.domain.taking import NoRoomLeft, room_taken
from shared.kernel.places import Position
from tests.functions.partners.an_institute import CODES, CRACOW, WARSAW, answers, location, site

PRUSZKOW = Position(lat=52.165, lon=20.805)


def room(capacities: Mapping[str, tuple[Position, int]], *heads: int) -> Mapping[str, int]:
    sites = [site(key, at, capacity=capacity) for key, (at, capacity) in capacities.items()]
    places = tuple(location(at, each) for at, each in zip((WARSAW, PRUSZKOW), heads, strict=False))
    wanted = answers(locations=places, wishes=(Wish(service=CODES[0], quantity=1200),), distance_max_km=50)
    return room_taken(sites, wanted)


def test_each_location_takes_its_share_where_it_is_nearest() -> None:
    near_both = {"centre": (WARSAW, 500), "west": (PRUSZKOW, 500)}
    assert room(near_both, 75, 25) == {"centre": 75, "west": 25}
    assert room(near_both, 100) == {"centre": 100}


def test_what_does_not_fit_nearby_is_taken_further_away_and_never_out_of_reach() -> None:
    assert room({"centre": (WARSAW, 60), "west": (PRUSZKOW, 500)}, 75, 25) == {"centre": 60, "west": 40}
    with pytest.raises(NoRoomLeft):
        room({"centre": (WARSAW, 60), "west": (PRUSZKOW, 39), "far": (CRACOW, 500)}, 75, 25)


CAPACITIES = st.lists(st.integers(0, 120), min_size=1, max_size=5)
HEADS = st.lists(st.integers(1, 999), min_size=1, max_size=2)


@given(CAPACITIES, HEADS)
def test_all_of_it_is_taken_where_there_is_room_for_all_of_it(
    capacities: list[int], heads: list[int]
) -> None:
    known = {f"s{n}": ((WARSAW, PRUSZKOW)[n % 2], capacity) for n, capacity in enumerate(capacities)}
    if sum(capacities) < 100:
        with pytest.raises(NoRoomLeft):
            room(known, *heads)
        return
    taken = room(known, *heads)
    assert sum(taken.values()) == 100
    assert all(0 < amount <= known[key][1] for key, amount in taken.items())
