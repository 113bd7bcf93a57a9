"""Invented clinics where people really live: towns drawn by population, skills that thin out, seeded."""

import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

from shared.adapters.gazetteer import TOWNS, towns
from shared.contracts.clinic_entry import ClinicEntry
from shared.kernel.places import Position

SPECIALIZATIONS: Final = tuple(f"specialization-{number:02d}" for number in range(1, 41))
_SKILL_WEIGHTS: Final = tuple(accumulate(number**-0.8 for number in range(1, 41)))
_SKILLS_OF_A_CLINIC: Final = (1, 2, 3, 4, 6)
_RURAL_SHARE: Final = 0.2
_SPREAD_DEGREES: Final = 0.002


class Town(NamedTuple):
    lat: float
    lon: float
    people: float


class Question(NamedTuple):
    position: Position
    specialization: str
    weekday: int


def clinics(count: int, seed: int = 1) -> list[ClinicEntry]:
    rng = random.Random(seed)
    return [_clinic(rng, number, here) for number, here in enumerate(_places(rng, count))]


def questions(count: int, seed: int = 2) -> list[Question]:
    rng = random.Random(seed)
    return [Question(here, _skill(rng), rng.randrange(7)) for here in _places(rng, count)]


def _clinic(rng: random.Random, number: int, here: Position) -> ClinicEntry:
    return ClinicEntry(
        clinic_id=f"clinic-{number:07d}",
        position=here,
        specializations=frozenset(_skill(rng) for _ in range(rng.choice(_SKILLS_OF_A_CLINIC))),
        open_weekdays=frozenset(range(rng.choice((5, 5, 6, 7)))),
        visit_radius_km=rng.choice((None, None, None, 15.0, 30.0, 80.0)),
        integrated=rng.random() < 0.3,
    )


def _skill(rng: random.Random) -> str:
    return rng.choices(SPECIALIZATIONS, cum_weights=_SKILL_WEIGHTS)[0]


def _places(rng: random.Random, count: int) -> Iterator[Position]:
    weights = list(accumulate(town.people**0.95 for town in _towns()))
    for _ in range(count):
        town = (
            rng.choice(_towns())
            if rng.random() < _RURAL_SHARE
            else rng.choices(_towns(), cum_weights=weights)[0]
        )
        spread = _SPREAD_DEGREES * town.people**0.25
        yield Position(lat=town.lat + rng.gauss(0, spread), lon=town.lon + rng.gauss(0, spread * 1.6))


@cache
def _towns() -> tuple[Town, ...]:
    found = (town for file in sorted(TOWNS.iterdir()) for town in towns(file.name.partition(".")[0]))
    return tuple(Town(town.lat, town.lon, town.population + 1.0) for town in found)
