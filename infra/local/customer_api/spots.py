"""Real towns to put invented people and clinics in: positions in and around them, and addresses."""

from functools import cache
from itertools import accumulate
from math import cos, radians
from random import Random
from typing import Final, NamedTuple

from infra.local.customer_api.names import WORDS
from shared.adapters.gazetteer import Town, fold, polish_post_towns, polish_postcodes_at, towns
from shared.contracts.customer_rows import AddressRow
from shared.kernel.places import Position

TOWN_POPULATION_MIN: Final = 3_000
CROWDING: Final = 0.6
"""Fewer go to the largest towns than live there, so that the countryside is not empty."""
IN_TOWN_DEGREES: Final = 0.045  # some 5 km
AROUND_DEGREES: Final = 0.25
AROUND_SHARE: Final = 0.2
WEST_UKRAINE_LON_MAX: Final = 31.0


class Spot(NamedTuple):
    country: str
    town: Town
    position: Position
    address: AddressRow


def a_country(dice: Random) -> str:
    return dice.choices(list(WORDS), [words.share for words in WORDS.values()])[0]


def a_spot(dice: Random, country_code: str) -> Spot:
    places, weights = _places(country_code)
    town = dice.choices(places, cum_weights=weights)[0]
    spread = AROUND_DEGREES if dice.random() < AROUND_SHARE else IN_TOWN_DEGREES
    lat = town.lat + dice.uniform(-spread, spread)
    lon = town.lon + dice.uniform(-spread, spread) / cos(radians(town.lat))
    position = Position(lat=round(lat, 5), lon=round(lon, 5))
    return Spot(country_code, town, position, _address(dice, country_code, town))


def _address(dice: Random, country_code: str, town: Town) -> AddressRow:
    words = WORDS[country_code]
    number = dice.randrange(1, 120)
    street = dice.choice(words.streets)
    line = f"{number} {street}" if country_code == "FR" else f"{street} {number}"
    return AddressRow(
        street=line, postcode=_postcode(dice, country_code, town), city=town.name, country=country_code
    )


def _postcode(dice: Random, country_code: str, town: Town) -> str:
    """One of the town's own; abroad none, which is the truth about what we know."""
    near = _postcodes_of(town) if country_code == "PL" else ()
    return dice.choice(near) if near else ""


@cache
def _postcodes_of(town: Town) -> tuple[str, ...]:
    rows = polish_postcodes_at(fold(town.name))
    return tuple(row.code for row in rows if abs(row.lat - town.lat) < 0.2 and abs(row.lon - town.lon) < 0.3)


@cache
def _places(country_code: str) -> tuple[list[Town], list[float]]:
    """Towns with running weights. In Poland only towns with postcodes: the others are parts of towns."""
    known = polish_post_towns()
    places = [
        town
        for town in towns(country_code)
        if town.population >= TOWN_POPULATION_MIN
        and (country_code != "PL" or fold(town.name) in known)
        and (country_code != "UA" or town.lon < WEST_UKRAINE_LON_MAX)
    ]
    return places, list(accumulate(town.population**CROWDING for town in places))
