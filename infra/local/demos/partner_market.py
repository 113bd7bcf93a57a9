"""Institutes around Warsaw for the demo: invented, each with one thing that speaks for it."""

from datetime import date, time
from typing import Final, NamedTuple

from functions.partners.domain.institute import Hours, Weekday
from functions.partners.domain.money import Currency
from functions.partners.domain.prices import PriceItem
from functions.partners.domain.services import SERVICES
from functions.partners.list_sites import ListSites, list_sites
from functions.partners.put_price_list import PutPriceList, put_price_list
from functions.partners.put_site import PutSite, put_site
from infra.local.demos.app import App
from shared.kernel.actors import Actor
from shared.kernel.places import Position

BEGAN: Final = date(2026, 1, 1)


class Offer(NamedTuple):
    name: str
    lat: float
    lon: float
    percent: int  # of the usual price
    closes: int
    capacity: int
    languages: tuple[str, ...] = ("pl", "en")


OFFERS: Final = (
    Offer("Klinika Wiślana", 52.215, 20.990, 96, 18, 400),
    Offer("Centrum Medyczne Ursus", 52.190, 20.880, 90, 16, 220),
    Offer("Medyk Praski", 52.250, 21.060, 82, 17, 300),
    Offer("Zdrowie dla Firm", 52.170, 20.830, 104, 20, 900),
    Offer("Przychodnia Komorów", 52.150, 20.810, 88, 15, 160),
    Offer("Gabinety Mokotów", 52.190, 21.020, 99, 19, 260),
    Offer("Sama Polszczyzna", 52.210, 20.950, 60, 20, 500, ("pl",)),
    Offer("Mała Poradnia", 52.200, 20.940, 70, 20, 20),
)


def fill_market(app: App, admin: Actor) -> int:
    """How many there are now; those of an earlier run are left as they are."""
    known = {one.name for one in app.call(list_sites, ListSites(page_size=100), admin).institutes}
    for one in OFFERS:
        if one.name not in known:
            _put(app, admin, one)
    return len(known | {one.name for one in OFFERS})


def _put(app: App, admin: Actor, one: Offer) -> None:
    site = PutSite(
        site_id="main",
        institute_name=one.name,
        name=one.name,
        city="Warszawa",
        position=Position(lat=one.lat, lon=one.lon),
        services=frozenset(service.code for service in SERVICES),
        languages=frozenset(one.languages),
        capacity=one.capacity,
        hours=tuple(
            Hours(weekday=day, opens=time(7, 30), closes=time(one.closes)) for day in list(Weekday)[:5]
        ),
        accessible=True,
    )
    made = app.call(put_site, site, admin)
    prices = PutPriceList(
        institute_id=made.institute_id, valid_from=BEGAN, currency=Currency.PLN, items=_items(one.percent)
    )
    app.call(put_price_list, prices, admin)


def _items(percent: int) -> tuple[PriceItem, ...]:
    """Two age bands, and less for each from a hundred on."""
    items = []
    for service in SERVICES:
        for begins, until, age_percent in ((0, 39, 100), (40, 120, 115)):
            for tier, tier_percent in ((1, 100), (100, 90)):
                net = service.reference_net * percent * age_percent * tier_percent // 1_000_000
                items.append(
                    PriceItem(
                        service=service.code, net=net, age_from=begins, age_until=until, quantity_from=tier,
                        vat=2300 if service.code == "first_aid_course" else 0,
                    )
                )  # fmt: skip
    return tuple(items)
