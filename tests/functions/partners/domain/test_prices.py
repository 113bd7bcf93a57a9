"""Price lists: no question without an answer and none with two, and what was promised stays."""

from datetime import date, timedelta

import pytest

from functions.partners.domain.prices import (
    PriceItem,
    PriceListBroken,
    PriceListTooLate,
    faults_of,
    item_for,
    list_on,
    require_sound,
    valid_until,
    with_list,
)
from tests.functions.partners.an_institute import BEGAN, CODES, TODAY, flat, prices, some_institutes

SERVICE = CODES[0]


def item(begins: int = 0, until: int = 120, tier: int = 1, net: int = 100) -> PriceItem:
    return PriceItem(service=SERVICE, net=net, age_from=begins, age_until=until, quantity_from=tier)


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ([item()], []),
        ([item(0, 39), item(40, 120)], []),
        ([item(40, 120), item(0, 39)], []),
        ([item(0, 40), item(40, 120)], ["overlap"]),
        ([item(0, 38), item(40, 120)], ["gap"]),
        ([item(0, 39)], ["gap"]),
        ([item(1, 120)], ["gap"]),
        ([item(tier=2)], ["gap"]),
        ([item(tier=1), item(tier=10)], []),
        ([item(tier=1), item(tier=10), item(tier=10)], ["overlap"]),
        ([item(0, 120), item(20, 30)], ["overlap"]),
    ],
)
def test_gaps_and_overlaps_are_found(items: list[PriceItem], found: list[str]) -> None:
    assert [one.rule for one in faults_of(items)] == found


def test_whoever_sends_a_broken_list_is_told_the_rows() -> None:
    with pytest.raises(PriceListBroken) as refused:
        require_sound(prices(item(0, 40), item(40, 120)))
    assert [(one.pointer, one.detail) for one in refused.value.errors] == [
        ("/items/1", "ages 40 to 40 have two prices")
    ]


@pytest.mark.parametrize("seed", range(5))
def test_every_age_and_quantity_has_exactly_one_price(seed: int) -> None:
    (one,) = some_institutes(1, seed)
    sold = one.price_lists[0]
    assert faults_of(sold.items) == []
    for age in (0, 29, 30, 39, 40, 59, 60, 120):
        for quantity in (1, 19, 20, 49, 50, 99, 100, 10_000):
            assert all(item_for(sold, code, age, quantity) for code in CODES)


def test_a_list_holds_until_the_next_one_begins() -> None:
    later = flat(200, begins=TODAY + timedelta(days=30))
    lists = with_list((flat(100),), later, TODAY)
    assert [list_on(lists, TODAY + timedelta(days=days)) for days in (0, 29, 30)] == [lists[0]] * 2 + [later]
    assert valid_until(lists, lists[0]) == TODAY + timedelta(days=29)
    assert valid_until(lists, later) is None
    assert list_on(lists, BEGAN - timedelta(days=1)) is None


def test_a_list_of_the_same_day_takes_the_place_of_the_one_before() -> None:
    lists = with_list(with_list((flat(100),), flat(200, begins=TODAY), TODAY), flat(300, begins=TODAY), TODAY)
    assert [one.items[0].net for one in lists] == [100, 300]


def test_what_was_promised_before_stays() -> None:
    assert with_list((), flat(100, begins=date(2020, 1, 1)), TODAY)
    with pytest.raises(PriceListTooLate):
        with_list((flat(100),), flat(200, begins=TODAY - timedelta(days=1)), TODAY)
