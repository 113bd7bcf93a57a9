"""Invented institutes, price lists and wishes that these tests start from, small and by chance."""

import random
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

from functions.partners.domain.answers import Answers, Location, Wish
from functions.partners.domain.institute import Hours, InstituteVersion, Site, Weekday, version_id
from functions.partners.domain.languages import LANGUAGES
from functions.partners.domain.money import Currency
from functions.partners.domain.prices import PriceItem, PriceList
from functions.partners.domain.services import SERVICES
from shared.kernel.places import Position
from tests.world import TENANT

TODAY = date(2026, 11, 24)
BEGAN = date(2026, 1, 1)
WARSAW = Position(lat=52.2297, lon=21.0122)
CRACOW = Position(lat=50.0647, lon=19.9450)
CODES = tuple(one.code for one in SERVICES)


def hours(closes: int = 17, saturday: bool = False) -> tuple[Hours, ...]:
    days = [*list(Weekday)[:5], *([Weekday.SATURDAY] if saturday else [])]
    return tuple(Hours(weekday=one, opens=time(8), closes=time(closes)) for one in days)


def site(key: str = "main", at: Position = WARSAW, **facts: object) -> Site:
    return Site(
        id=key,
        name="Placówka",
        street="ul. Testowa 1",
        postcode="00-001",
        city="Warszawa",
        position=at,
        services=frozenset(CODES[:10]),
        languages=frozenset({"pl", "en"}),
        capacity=500,
        hours=hours(),
    ).but(**facts)


def flat(net: int, codes: Sequence[str] = CODES[:10], begins: date = BEGAN) -> PriceList:
    """One price for everything."""
    return prices(*(PriceItem(service=code, net=net) for code in codes), begins=begins)


def prices(*items: PriceItem, begins: date = BEGAN, currency: Currency = Currency.PLN) -> PriceList:
    usual = tuple(PriceItem(service=code, net=100_00) for code in CODES[:10])
    return PriceList(valid_from=begins, currency=currency, items=items or usual)


def version(key: str = "alfa", /, **facts: object) -> InstituteVersion:
    return InstituteVersion(
        id=version_id(key, 1),
        tenant_id=TENANT,
        institute_id=key,
        number=1,
        name=key.capitalize(),
        sites=(site(),),
        price_lists=(prices(),),
    ).but(**facts)


def location(at: Position = WARSAW, heads: int = 100, languages: Sequence[str] = ("pl",)) -> Location:
    return Location(city="Warszawa", head_count=heads, languages=tuple(languages), position=at)


def answers(**facts: object) -> Answers:
    return Answers(
        locations=(location(),),
        wishes=(Wish(service=CODES[0], quantity=100), Wish(service=CODES[1], quantity=50)),
        average_age=Decimal(38),
    ).but(**facts)


def some_institutes(count: int, seed: int) -> list[InstituteVersion]:
    """Around Warsaw, with chance in everything that matters to a recommendation."""
    dice = random.Random(seed)
    return [_some_institute(dice, f"inst-{number:05d}") for number in range(count)]


def _some_institute(dice: random.Random, key: str) -> InstituteVersion:
    sites = tuple(_some_site(dice, f"s{number}") for number in range(dice.choice((1, 1, 2, 3))))
    return version(key, sites=sites, price_lists=(prices_by_chance(dice),))


def _some_site(dice: random.Random, key: str) -> Site:
    at = Position(lat=52.23 + dice.gauss(0, 0.25), lon=21.01 + dice.gauss(0, 0.4))
    spoken = frozenset({"pl", *dice.sample(sorted(LANGUAGES), dice.randint(0, 3))})
    return site(
        key,
        at,
        services=frozenset(dice.sample(CODES, dice.randint(30, len(CODES)))),
        languages=spoken,
        capacity=dice.choice((10, 50, 100, 200, 400)),
        hours=hours(dice.choice((15, 16, 18, 20)), dice.random() < 0.4),
        accessible=dice.random() < 0.7,
    )


def prices_by_chance(dice: random.Random) -> PriceList:
    items: list[PriceItem] = []
    for code in CODES:
        base = dice.randint(30_00, 250_00)
        for begins, until in dice.choice((((0, 120),), ((0, 39), (40, 120)), ((0, 29), (30, 59), (60, 120)))):
            for tier in dice.choice(((1,), (1, 50), (1, 20, 100))):
                cheaper = base * 100 // (100 + tier) + begins
                items.append(
                    PriceItem(
                        service=code, net=cheaper, vat=dice.choice((0, 0, 800, 2300)),
                        age_from=begins, age_until=until, quantity_from=tier,
                    )
                )  # fmt: skip
    return PriceList(valid_from=BEGAN, currency=Currency.PLN, items=tuple(items))


def some_answers(seed: int) -> Answers:
    dice = random.Random(seed)
    places = [
        Position(lat=52.23 + dice.gauss(0, 0.1), lon=21.01 + dice.gauss(0, 0.2))
        for _ in range(dice.randint(1, 3))
    ]
    return Answers(
        locations=tuple(
            location(at, dice.randint(1, 300), dice.choice((("pl",), ("pl", "en"), ()))) for at in places
        ),
        wishes=tuple(
            Wish(service=code, quantity=dice.randint(1, 120))
            for code in dice.sample(CODES, dice.randint(1, 6))
        ),
        average_age=Decimal(dice.choice(("29", "39.9", "40", "44.5", "60"))),
        budget=dice.choice((None, 20_000_00, 60_000_00)),
        budget_is_must=dice.random() < 0.2,
        distance_max_km=dice.choice((15, 50, 100)),
    )
