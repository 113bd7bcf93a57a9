"""Ten thousand invented institutes, made in pieces and written to a file: too many to be held as records."""

import random
from itertools import accumulate
from pathlib import Path

from functions.partners.domain.answers import Answers, Location, Wish
from functions.partners.domain.institute import InstituteVersion
from functions.partners.domain.market import Market
from functions.partners.domain.packing import merged
from shared.kernel.places import Position
from tests.bench.clinics import Town, _towns
from tests.functions.partners.an_institute import CODES, answers, hours, prices_by_chance, site, version

PIECE = 500
WARSAW = ((52.2297, 21.0122), (52.1650, 20.8050), (52.0740, 21.0230))
_POLAND = (49.0, 54.9, 14.1, 24.2)


def written(count: int, path: Path, seed: int = 1) -> Path:
    """Where people live in Poland; every institute offers all services and has a price for each."""
    dice = random.Random(seed)
    towns = [one for one in _towns() if _in_poland(one)]
    weights = list(accumulate(one.people**0.95 for one in towns))
    market: Market | None = None
    for start in range(0, count, PIECE):
        made = [
            _institute(dice, f"inst-{number:06d}", dice.choices(towns, cum_weights=weights)[0])
            for number in range(start, min(start + PIECE, count))
        ]
        market = merged(market, made)
    assert market is not None
    path.write_bytes(market.to_bytes())
    return path


def wanted(services: int = len(CODES), places: int = 3, radius_km: int = 50) -> Answers:
    """Everything, in and around Warsaw."""
    return answers(
        locations=tuple(
            Location(
                city="x", head_count=100 * number, languages=("pl",), position=Position(lat=lat, lon=lon)
            )
            for number, (lat, lon) in enumerate(WARSAW[:places], 1)
        ),
        wishes=tuple(Wish(service=code, quantity=40) for code in CODES[:services]),
        distance_max_km=radius_km,
    )


def _in_poland(one: Town) -> bool:
    south, north, west, east = _POLAND
    return south < one.lat < north and west < one.lon < east


def _institute(dice: random.Random, key: str, town: Town) -> InstituteVersion:
    sites = tuple(
        site(
            f"s{number}",
            Position(lat=town.lat + dice.gauss(0, 0.05), lon=town.lon + dice.gauss(0, 0.08)),
            services=frozenset(CODES),
            languages=frozenset({"pl", dice.choice(("en", "uk", "de"))}),
            capacity=dice.choice((100, 200, 500)),
            hours=hours(dice.choice((15, 17, 19))),
        )
        for number in range(dice.choice((1, 1, 2)))
    )
    return version(key, sites=sites, price_lists=(prices_by_chance(dice),))
