"""Prices as a workbook, there and back: what is not touched changes nothing, what is wrong is marked."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from functions.partners.domain.institute import Institute
from functions.partners.domain.price_plan import HEAD, PRICES_MAX, SPARE_ROWS, TooManyPrices, price_plan
from functions.partners.domain.price_rows import COLUMNS
from functions.partners.domain.price_workbook import read_prices
from functions.partners.domain.prices import ITEMS_MAX, LISTS_MAX, PriceItem, PriceList, TooManyLists
from functions.partners.domain.template_words import Spoken
from functions.partners.generate_price_workbook import GeneratePriceWorkbook, generate_price_workbook
from shared.adapters.workbook_reader import BoundedReader
from shared.adapters.workbook_writer import OpenpyxlWriter
from shared.kernel.errors import NotFound
from tests.functions.partners.an_institute import BEGAN, CODES, TODAY, flat, prices, some_institutes
from tests.functions.partners.desk import an_institute, brought_prices, put_prices
from tests.functions.partners.filled import Edit, edited
from tests.functions.partners.office import needs_office, saved_by_office
from tests.world import ADMIN, TENANT, World

FIRST = HEAD + 1


@pytest.fixture
def priced(world: World) -> World:
    """Alfa has prices in force, some to come and some that are over; beta has none."""
    an_institute(world, "alfa", prices=flat(90_00, CODES[:5]))
    put_prices(world, "alfa", flat(100_00, CODES[:4], TODAY))
    put_prices(world, "alfa", flat(110_00, CODES[:3], TODAY + timedelta(days=60)))
    world.given(Institute(id="beta", tenant_id=TENANT, name="Beta"))
    world.advance(timedelta(days=2))
    return world


def fetched(world: World, *institute_ids: str, language: Spoken = "pl") -> bytes:
    wish = GeneratePriceWorkbook(institute_ids=institute_ids, language=language)
    return world.download(world.call(generate_price_workbook, wish, as_=ADMIN).url)


def column(anchor: str) -> int:
    return list(COLUMNS).index(anchor) + 1


def sets(anchor: str, row: int, value: object) -> Edit:
    def edit(book: Any) -> None:
        book.worksheets[0].cell(row, column(anchor)).value = value

    return edit


@pytest.mark.parametrize("language", ["pl", "en"])
def test_what_is_sent_back_untouched_changes_nothing(priced: World, language: Spoken) -> None:
    before = priced.record(Institute, "alfa")
    found = brought_prices(priced, fetched(priced, "alfa", "beta", language=language))
    assert (found.status, found.issues, found.imported) == ("read", (), ())
    after = priced.record(Institute, "alfa")
    assert (after, priced.log_of(after)) == (before, priced.log_of(before))
    assert len(priced.log_of(priced.record(Institute, "beta"))) == 0


def test_what_is_in_force_and_to_come_stands_there_and_what_is_over_does_not(priced: World) -> None:
    book = BoundedReader().read(fetched(priced, "alfa"))
    cells = book.sheets[0].cells
    nets = [cells[row, column("p_net")].value for row in range(FIRST, FIRST + 7)]
    assert nets == [100] * 4 + [110] * 3
    assert (FIRST + 7, column("p_net")) not in cells


def test_only_the_list_that_was_edited_is_changed(priced: World) -> None:
    found = brought_prices(priced, edited(fetched(priced, "alfa"), sets("p_net", FIRST + 4, "99,50")))
    assert (found.status, found.imported) == ("read", ("alfa",))
    lists = priced.record(Institute, "alfa").price_lists
    assert [[one.net for one in each.items] for each in lists[1:]] == [[100_00] * 4, [99_50] + [110_00] * 2]


def test_a_price_in_force_is_not_changed_backwards_and_its_row_is_named(priced: World) -> None:
    found = brought_prices(priced, edited(fetched(priced, "alfa"), sets("p_net", FIRST + 1, 1)))
    assert found.status == "faulty"
    assert [(one.cell, one.rule) for one in found.issues] == [(f"B{FIRST + 1}", "too_late")]


def test_a_price_that_was_taken_out_is_told_too(priced: World) -> None:
    def clear(book: Any) -> None:
        for number in range(1, len(COLUMNS) + 1):
            book.worksheets[0].cell(FIRST, number).value = None

    found = brought_prices(priced, edited(fetched(priced, "alfa"), clear))
    assert [(one.cell, one.rule) for one in found.issues] == [(f"B{FIRST + 1}", "too_late")]


def test_the_first_prices_of_an_institute_are_filled_into_rows_that_are_there(priced: World) -> None:
    empty = fetched(priced, "beta")
    assert brought_prices(priced, empty).reason == "nothing_filled_in"
    file = edited(empty, sets("p_valid_from", FIRST, "2027-01-01"), sets("p_net", FIRST, 80))
    assert brought_prices(priced, file).imported == ("beta",)
    (only,) = priced.record(Institute, "beta").price_lists
    assert [(one.service, one.net) for one in only.items] == [(CODES[0], 80_00)]


def test_the_same_workbook_brings_its_prices_back_after_others_were_put(priced: World) -> None:
    day = TODAY + timedelta(days=60)
    ours = fetched(priced, "alfa")
    brought_prices(priced, ours)
    put_prices(priced, "alfa", flat(300_00, CODES[:3], day))
    assert brought_prices(priced, ours).imported == ("alfa",)
    assert priced.record(Institute, "alfa").price_lists[-1].items[0].net == 110_00


def test_whom_nobody_knows_and_what_is_too_much_is_refused(priced: World) -> None:
    with pytest.raises(NotFound):
        fetched(priced, "alfa", "omega")
    big = PriceList(valid_from=BEGAN, currency="PLN", items=_tiers(ITEMS_MAX))
    many = [
        Institute(id=f"i{n}", tenant_id=TENANT, name="x", price_lists=(big,))
        for n in range(PRICES_MAX // ITEMS_MAX + 1)
    ]
    assert price_plan(many[:-1], TODAY, "pl")
    with pytest.raises(TooManyPrices):
        price_plan(many, TODAY, "pl")


def _tiers(count: int) -> tuple[PriceItem, ...]:
    return tuple(PriceItem(service=CODES[0], net=1, quantity_from=number) for number in range(1, count + 1))


ODD = ((1, 0, 1), (2, 1, 99), (3, 100_000_000, 10_000), (4, 29, 100))
"""From a quantity on: the net price and the VAT."""


@pytest.mark.parametrize("seed", range(4))
def test_every_price_there_can_be_comes_back_as_it_was(seed: int) -> None:
    language: Spoken = "pl" if seed % 2 else "en"
    odd = prices(
        *(PriceItem(service=CODES[0], net=net, vat=vat, quantity_from=tier) for tier, net, vat in ODD)
    )
    made = [
        Institute(id=one.institute_id, tenant_id=TENANT, name=one.name, price_lists=(*one.price_lists,))
        for one in some_institutes(3, seed)
    ]
    made.append(Institute(id="odd", tenant_id=TENANT, name="=1+1", price_lists=(odd,)))
    book = BoundedReader().read(OpenpyxlWriter().write(price_plan(made, TODAY, language)))
    lists = {one.id: one.price_lists for one in made}
    assert read_prices(book, lists, TODAY, language) == ({}, ())
    nobody: dict[str, tuple[PriceList, ...]] = {one.id: () for one in made}
    assert read_prices(book, nobody, TODAY, language) == (lists, ())


def test_its_structure_is_locked_and_what_can_be_chosen_is_offered(priced: World) -> None:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(fetched(priced, "alfa", "beta")))
    assert book.security.lockStructure
    sheet: Any = book.worksheets[0]
    assert all(one.protection.sheet for one in book.worksheets)
    assert sheet.cell(HEAD, 1).protection.locked
    last = FIRST + 7 + 40 + SPARE_ROWS - 1
    assert not sheet.cell(last, column("p_net")).protection.locked
    asked = {str(one.sqref): (one.type, one.formula1) for one in sheet.data_validations.dataValidation}
    assert asked[f"A{FIRST}:A{last}"] == ("list", "'Listy'!$C$2:$C$3")
    assert asked[f"C{FIRST}:C{last}"] == ("list", "'Listy'!$A$2:$A$41")
    assert len(asked) == len(COLUMNS)


def rows_of(count: int, **values: object) -> bytes:
    """The template with so many rows, each another tier of one service."""
    usual: dict[str, object] = {
        "p_institute": "alfa",
        "p_valid_from": "2027-06-01",
        "p_service": "EKG",
        "p_net": 5,
    }

    def edit(book: Any) -> None:
        sheet = book.worksheets[0]
        for number in range(count):
            for anchor, value in {**usual, "p_quantity_from": number + 1, **values}.items():
                sheet.cell(FIRST + number, column(anchor)).value = value

    blank = Institute(id="alfa", tenant_id=TENANT, name="Alfa")
    return edited(OpenpyxlWriter().write(price_plan([blank], TODAY, "pl")), edit)


def test_hundreds_of_faults_are_told_as_far_as_anybody_reads(priced: World) -> None:
    found = brought_prices(priced, rows_of(260, p_currency="USD"))
    assert (found.status, {one.rule for one in found.issues}) == ("faulty", {"unknown_currency"})


def test_what_a_list_cannot_hold_is_told_not_left_out(priced: World) -> None:
    found = brought_prices(priced, rows_of(ITEMS_MAX + 1))
    assert [one.rule for one in found.issues] == ["too_many_prices"]


def test_a_list_in_force_is_never_pushed_out_by_those_to_come(priced: World) -> None:
    have = len(priced.record(Institute, "alfa").price_lists) - 1
    for number in range(LISTS_MAX - have):
        put_prices(priced, "alfa", flat(1_00, CODES[:1], TODAY + timedelta(days=100 + number)))
    with pytest.raises(TooManyLists):
        put_prices(priced, "alfa", flat(1_00, CODES[:1], TODAY + timedelta(days=300)))
    found = brought_prices(priced, rows_of(1))
    assert [one.rule for one in found.issues] == ["too_many_lists"]


@pytest.mark.parametrize(
    ("typed", "vat"), [("23 %", 2300), ("0,5%", 50), ("8,00 %", 800), (0.23, 2300), (23, 2300)]
)
def test_vat_as_people_write_it(typed: object, vat: int) -> None:
    book = BoundedReader().read(rows_of(1, p_vat=typed))
    changed, issues = read_prices(book, {"alfa": ()}, TODAY, "pl")
    assert (issues, changed["alfa"][0].items[0].vat) == ((), vat)


@pytest.mark.parametrize("typed", ["-5%", "x%", "120%", "dużo"])
def test_vat_that_is_none_is_told(typed: str) -> None:
    _, issues = read_prices(BoundedReader().read(rows_of(1, p_vat=typed)), {"alfa": ()}, TODAY, "pl")
    assert [(one.cell, one.rule) for one in issues] == [(f"H{FIRST}", "not_a_number")]


@needs_office
def test_libreoffice_opens_it_and_what_it_saves_changes_nothing(priced: World, tmp_path: Path) -> None:
    found = brought_prices(priced, saved_by_office(fetched(priced, "alfa", "beta"), tmp_path))
    assert (found.status, found.issues, found.imported) == ("read", (), ())
