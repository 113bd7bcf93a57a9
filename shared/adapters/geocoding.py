"""Geocoding without a network: the postcode, else the town, from the gazetteer in `data/`.

It knows no streets, so a position is the middle of a postcode area or of a town, and says so.
"""

import re
from collections.abc import Iterable, Sequence
from math import cos, hypot, radians
from typing import Final

from shared.adapters.gazetteer import (
    Postcode,
    Town,
    fold,
    polish_postcode,
    polish_postcodes_at,
    towns,
    towns_called,
)
from shared.contracts.geocoding import (
    CANDIDATES_MAX,
    AddressQuery,
    GeocodeQuality,
    GeocodeReason,
    GeocodeResult,
    Place,
)
from shared.kernel.places import Position

OFFLINE: Final = "offline"
HOME: Final = "PL"  # the only country whose postcodes we have
HOME_ZONE: Final = "Europe/Warsaw"
KM_PER_DEGREE: Final = 111.2
SAME_SPOT_KM: Final = 1.0
SAME_TOWN_KM: Final = 15.0
"""Rows of one name this close together are one town: itself, its post office, its district."""
SAME_CITY_KM: Final = 30.0
AGREE_KM: Final = 30.0
"""How far a village may lie from the post town that lends it its postcode."""
LARGE_TOWN_POPULATION: Final = 15_000
"""From here on a postcode is finer than the town; below, the village is finer than the postcode."""
CITY_POPULATION: Final = 50_000
CITY_TIMES_LARGER: Final = 30
"""Whoever says Warszawa means the city, not a hamlet: if it is a city and the others so much smaller."""


class OfflineGeocoder:
    """Postcode -> town and country -> nothing. Any European town; postcodes of Poland alone."""

    def locate(self, query: AddressQuery) -> GeocodeResult:
        found = _towns_called(query.city, query.country)
        postcode = _postcode(query)
        if postcode is None:
            return _by_town(found, query)
        if not found:
            # A post town of no other name is the rest of the answer; an unknown name is a doubt.
            doubt = bool(query.city) and fold(query.city) != fold(postcode.locality)
            reason = GeocodeReason.PARTIAL if doubt else GeocodeReason.SURE
            return _found(_place_of(postcode), GeocodeQuality.POSTCODE, reason)
        return _by_postcode_and_town(postcode, found)


def town_centre(name: str, country_code: str) -> Place | None:
    """The largest town of that name, for seeds and tests; people's addresses go through `locate`."""
    found = _towns_called(name, country_code)
    return _place(found[0], country_code) if found else None


def time_zone_at(position: Position, country_code: str) -> str:
    """The zone of the closest town of that country; "" for a country that is not in the gazetteer."""
    closest = min(towns(country_code), key=lambda town: _km(town, position), default=None)
    return closest.time_zone if closest else ""


def is_close(a: Position, b: Position) -> bool:
    """Whether two answers of a geocoder mean one spot, as the pieces of a street do."""
    return _km(a, b) <= SAME_SPOT_KM


def _by_town(called: Sequence[Town], query: AddressQuery) -> GeocodeResult:
    if not called:
        is_address = bool(query.city or query.postcode)
        reason = GeocodeReason.NOT_FOUND if is_address else GeocodeReason.INCOMPLETE
        return GeocodeResult(source=OFFLINE, reason=reason)
    places = tuple(_place(town, query.country) for town in called)
    if len(places) == 1:
        doubt = query.country == HOME and query.postcode  # a postcode was said, and there is none such
        reason = GeocodeReason.PARTIAL if doubt else GeocodeReason.SURE
        return _found(places[0], GeocodeQuality.CITY, reason)
    if _is_the_city(called, fold(query.city)):
        return _found(places[0], GeocodeQuality.CITY, GeocodeReason.SEVERAL, places)
    return GeocodeResult(candidates=places, source=OFFLINE, reason=GeocodeReason.SEVERAL)


def _by_postcode_and_town(postcode: Postcode, called: Sequence[Town]) -> GeocodeResult:
    """The two must not contradict each other; of two that agree the finer is taken."""
    middle = _place_of(postcode)
    near = [town for town in called if _km(town, postcode) <= AGREE_KM]
    if not near:
        others = (_place(town, HOME) for town in called[: CANDIDATES_MAX - 1])
        return GeocodeResult(candidates=(middle, *others), source=OFFLINE, reason=GeocodeReason.DISAGREE)
    town = min(near, key=lambda town: _km(town, postcode))
    if town.population >= LARGE_TOWN_POPULATION or fold(town.name) == fold(postcode.locality):
        return _found(middle, GeocodeQuality.POSTCODE)
    return _found(_place(town, HOME).but(postcode=postcode.code), GeocodeQuality.CITY)


def _is_the_city(called: Sequence[Town], said: str) -> bool:
    """Whether the first is what is meant: towns that only have it as another name do not count."""
    second = max((town.population for town in called[1:] if fold(town.name) == said), default=0)
    return called[0].population >= max(CITY_POPULATION, CITY_TIMES_LARGER * second)


def _towns_called(name: str, country_code: str) -> list[Town]:
    """Towns of that name, the largest first; a town that is listed twice counts once."""
    folded = fold(name)
    found = towns_called(folded, country_code)
    if country_code == HOME:
        # The gazetteer leaves out the smallest villages; those with a post office are in this one.
        found += [_town_of(postcode) for postcode in polish_postcodes_at(folded)]
    found.sort(key=lambda town: (-town.population, town.region, town.lat, town.lon))
    kept: list[Town] = []
    for town in found:
        if not any(_is_part_of(town, larger) for larger in kept):
            kept.append(town)
    return kept[:CANDIDATES_MAX]


def _is_part_of(town: Town, larger: Town) -> bool:
    return _km(town, larger) <= (SAME_CITY_KM if larger.population >= CITY_POPULATION else SAME_TOWN_KM)


def _postcode(query: AddressQuery) -> Postcode | None:
    """Poland's postcode, however it was typed: 00950, PL-00-950, 00 - 950."""
    digits = re.sub(r"\D", "", query.postcode)
    if query.country != HOME or len(digits) != 5:
        return None
    return polish_postcode(f"{digits[:2]}-{digits[2:]}")


def _postcode_of(town: Town) -> str:
    """The town's only postcode; "" for a town that has several, or none that we know."""
    if town.population >= CITY_POPULATION:
        return ""
    rows = polish_postcodes_at(fold(town.name))
    codes = {row.code for row in rows if _km(town, row) <= SAME_TOWN_KM}
    return codes.pop() if len(codes) == 1 else ""


def _found(
    place: Place,
    quality: GeocodeQuality,
    reason: GeocodeReason = GeocodeReason.SURE,
    candidates: Iterable[Place] = (),
) -> GeocodeResult:
    return GeocodeResult(
        found=place, candidates=tuple(candidates), quality=quality, source=OFFLINE, reason=reason
    )


def _place(town: Town, country_code: str) -> Place:
    return Place(
        position=Position(lat=town.lat, lon=town.lon),
        name=town.name,
        country=country_code,
        region=town.region,
        near="" if town.population >= LARGE_TOWN_POPULATION else _larger_town_near(town, country_code),
        postcode=_postcode_of(town) if country_code == HOME else "",
        time_zone=town.time_zone,
    )


def _place_of(postcode: Postcode) -> Place:
    return _place(_town_of(postcode), HOME).but(postcode=postcode.code)


def _town_of(postcode: Postcode) -> Town:
    return Town(postcode.locality, postcode.lat, postcode.lon, 0, postcode.region, HOME_ZONE)


def _larger_town_near(town: Town, country_code: str) -> str:
    """The town that people there would name: a large one close by, or a city a little further off."""
    large = (other for other in towns(country_code) if other.population >= LARGE_TOWN_POPULATION)
    known = max(large, key=lambda other: other.population / max(_km(town, other), 1.0) ** 3, default=None)
    return known.name if known and known.name != town.name else ""


def _km(a: Town | Postcode | Position, b: Town | Postcode | Position) -> float:
    """Distance on a flat map, good to a percent: enough to tell names apart, not to search with."""
    return KM_PER_DEGREE * hypot(a.lat - b.lat, (a.lon - b.lon) * cos(radians(a.lat)))
