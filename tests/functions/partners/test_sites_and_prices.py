"""Institutes, one by one and by workbook."""

from io import BytesIO
from typing import Any

import pytest

from functions.partners.domain.institute import Institute
from functions.partners.domain.price_rows import COLUMNS
from functions.partners.domain.prices import PriceItem, PriceListBroken, PriceListTooLate
from functions.partners.domain.putting import NameMissing, PlaceNotSure
from functions.partners.domain.weights import Weights
from functions.partners.get_price import GetPrice, get_price
from functions.partners.list_sites import ListSites, list_sites
from functions.partners.put_partner import PutPartner, put_partner
from functions.partners.put_site import PutSite, put_site
from shared.kernel.errors import NotFound
from tests.functions.partners.an_institute import CODES, TODAY, flat, prices
from tests.functions.partners.desk import (
    a_partner,
    an_institute,
    brought,
    brought_prices,
    put_prices,
    recommend,
)
from tests.world import ADMIN, World


def a_site(**facts: object) -> PutSite:
    return PutSite(
        site_id="jeden", institute_name="Nowa", name="Jeden", street="ul. Puławska 10",
        postcode="02-566", city="Warszawa", services=frozenset(CODES[:3]), languages=frozenset({"pl"}),
        capacity=10,
    ).but(**facts)  # fmt: skip


def test_sites_are_put_found_on_the_map_and_listed(world: World) -> None:
    made = world.call(put_site, a_site(), as_=ADMIN).institute_id
    world.call(put_site, a_site(institute_id=made, site_id="dwa", institute_name=""), as_=ADMIN)
    (found,) = world.call(list_sites, ListSites(), as_=ADMIN).institutes
    assert (found.name, [one.site_id for one in found.sites], found.version) == ("Nowa", ["dwa", "jeden"], 2)
    assert abs(found.sites[0].position.lat - 52.2) < 0.1
    assert world.log_of(world.record(Institute, made)) == ["site_put", "site_put"]


def test_what_cannot_be_placed_or_named_is_refused(world: World) -> None:
    with pytest.raises(PlaceNotSure):
        world.call(put_site, a_site(city="Nigdziewo", postcode=""), as_=ADMIN)
    with pytest.raises(NameMissing):
        world.call(put_site, a_site(institute_name=" "), as_=ADMIN)
    with pytest.raises(NotFound):
        world.call(put_site, a_site(institute_id="nowhere"), as_=ADMIN)


def test_prices_by_age_quantity_and_day(world: World) -> None:
    banded = prices(
        PriceItem(service=CODES[0], net=10_00, age_until=39, vat=2300),
        PriceItem(service=CODES[0], net=20_00, age_from=40),
        PriceItem(service=CODES[0], net=15_00, age_from=40, quantity_from=10),
    )
    an_institute(world, prices=banded)

    def price(age: int, quantity: int) -> int:
        wish = GetPrice(institute_id="alfa", service=CODES[0], age=age, quantity=quantity)
        return world.call(get_price, wish, as_=ADMIN).gross

    assert [price(39, 3), price(40, 3), price(40, 9), price(40, 10)] == [36_90, 60_00, 180_00, 150_00]
    with pytest.raises(NotFound):
        world.call(get_price, GetPrice(institute_id="alfa", service=CODES[1]), as_=ADMIN)


def test_a_list_with_a_gap_or_for_yesterday_is_refused(world: World) -> None:
    an_institute(world)
    with pytest.raises(PriceListBroken):
        put_prices(world, "alfa", prices(PriceItem(service=CODES[0], net=1, age_from=1), begins=TODAY))
    with pytest.raises(PriceListTooLate):
        put_prices(world, "alfa", flat(100))


HEADS = [words[0] for words in COLUMNS.values()]
GOOD: list[list[Any]] = [
    ["alfa", "2026-11-24", "Badanie wstępne", None, 39, 1, "90,00", 0, "PLN"],
    ["alfa", "2026-11-24", "Badanie wstępne", 40, None, None, 110.0, "23", "PLN"],
    ["alfa", "2026-11-24", "periodic_exam", None, None, None, 80, None, None],
    ["alfa", "2026-11-24", "blood_count", None, None, None, 10, None, None],
    ["beta", "24.11.2026", "EKG", None, None, 1, 50, 0, "EUR"],
    ["beta", "24.11.2026", "EKG", None, None, 100, 40, 0, "EUR"],
]  # fmt: skip


def workbook(rows: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    made, target = Workbook(), BytesIO()
    lines: list[list[Any]] = [[None], ["Ceny na 2027"], list(HEADS), *rows]
    for row in lines:
        made.worksheets[0].append(row)
    made.save(target)
    return target.getvalue()


def imported(world: World, rows: list[list[Any]]) -> tuple[str, list[tuple[str, str]], str]:
    found = brought_prices(world, workbook(rows))
    return found.status, [(one.cell, one.rule) for one in found.issues], found.marked_url


def test_a_workbook_of_prices_is_taken_as_a_whole(world: World) -> None:
    a_partner(world)
    an_institute(world, "alfa")
    an_institute(world, "beta")
    assert imported(world, GOOD)[:2] == ("read", [])
    alfa, beta = (world.record(Institute, key).price_lists[-1] for key in ("alfa", "beta"))
    assert [(one.net, one.vat, one.age_from, one.age_until) for one in alfa.items[:2]] == [
        (90_00, 0, 0, 39),
        (110_00, 2300, 40, 120),
    ]
    assert (beta.currency, [one.quantity_from for one in beta.items]) == ("EUR", [1, 100])
    found = recommend(world, brought(world).upload_id)
    assert [one.name for one in found.outcome.candidates] == ["Alfa"]
    assert found.outcome.candidates[0].quote.gross == 30 * 90_00 + 120 * 80_00 + 200 * 10_00


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ((1, 3, 41), ("C5", "price_gap")),
        ((1, 3, 39), ("C5", "price_overlap")),
        ((0, 0, "omega"), ("A4", "unknown_institute")),
        ((0, 2, "Czary"), ("C4", "unknown_service")),
        ((0, 6, "drogo"), ("G4", "not_a_number")),
        ((0, 1, "kiedyś"), ("B4", "not_a_date")),
        ((0, 1, "2026-11-23"), ("B4", "too_late")),
        ((0, 8, "USD"), ("I4", "unknown_currency")),
        ((5, 5, 1), ("C9", "price_overlap")),
    ],
)
def test_one_fault_keeps_everything_out(
    world: World, change: tuple[int, int, object], fault: tuple[str, str]
) -> None:
    an_institute(world, "alfa")
    an_institute(world, "beta")
    rows = [list(row) for row in GOOD]
    rows[change[0]][change[1]] = change[2]
    status, issues, marked = imported(world, rows)
    assert (status, fault in issues) == ("faulty", True), issues
    assert world.download(marked)
    assert [len(world.record(Institute, key).price_lists) for key in ("alfa", "beta")] == [1, 1]


def test_partners_are_put_on_file_and_changed(world: World) -> None:
    made = world.call(put_partner, PutPartner(name="Huta Szkła"), as_=ADMIN)
    changed = PutPartner(partner_id=made.partner_id, name="Huta", language="en", weights=Weights(price=900))
    again = world.call(put_partner, changed, as_=ADMIN)
    assert (again.partner_id, again.version, again.language) == (made.partner_id, 2, "en")
    with pytest.raises(NotFound):
        world.call(put_partner, PutPartner(partner_id="nobody", name="x"), as_=ADMIN)
