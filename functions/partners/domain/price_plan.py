"""The workbook of prices as an admin gets it: what is in force and to come, to be changed and sent back."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from functions.partners.domain.institute import Institute
from functions.partners.domain.money import MINOR_MAX, Currency
from functions.partners.domain.price_rows import COLUMNS, head_of, serial_of
from functions.partners.domain.prices import AGE_MAX, QUANTITY_MAX, PriceItem, PriceList, valid_until
from functions.partners.domain.services import BY_CODE, SERVICES
from functions.partners.domain.template_words import Spoken, word
from shared.contracts.workbook_names import column_letters
from shared.contracts.workbook_plans import (
    BookPlan,
    CellPlan,
    Choice,
    ChoiceFrom,
    DateRule,
    Look,
    NumberRule,
    Rule,
    SheetPlan,
)
from shared.kernel.errors import Conflict

PRICES_MAX: Final = 5_000
"""As many rows as are written; a workbook of more would not be read."""
SPARE_ROWS: Final = 200
HEAD: Final = 4
_LETTER: Final = {anchor: column_letters(number) for number, anchor in enumerate(COLUMNS, 1)}
_NAME_COLUMN: Final = len(COLUMNS) + 1
_LOOKS: Final = {
    "p_institute": Look.INPUT, "p_valid_from": Look.INPUT_DATE, "p_service": Look.INPUT,
    "p_age_from": Look.INPUT_NUMBER, "p_age_until": Look.INPUT_NUMBER, "p_quantity_from": Look.INPUT_NUMBER,
    "p_net": Look.INPUT_MONEY, "p_vat": Look.INPUT_NUMBER, "p_currency": Look.INPUT_CHOICE,
}  # fmt: skip
Filled = str | int | float | None


class TooManyPrices(Conflict):
    """These institutes have too many prices for one workbook: ask for fewer institutes at once."""


def price_plan(institutes: Sequence[Institute], today: date, language: Spoken) -> BookPlan:
    """One row a price; an institute without prices has a row for each service, to be filled in or left.
    Raises TooManyPrices."""
    rows = [row for one in institutes for row in _rows(one, today, language)]
    if len(rows) > PRICES_MAX:
        raise TooManyPrices
    prices, lists = word("prices_sheet", language), word("lists_sheet", language)
    names = tuple((anchor, prices, f"{_LETTER[anchor]}{HEAD}") for anchor in COLUMNS)
    last = HEAD + len(rows) + SPARE_ROWS
    sheets = (
        SheetPlan(
            prices, tuple(_cells(rows, language)), (26, 14, 36, 10, 10, 12, 14, 10, 10, 34),
            ((1, 40.0), (2, 40.0), (HEAD, 32.0)), _rules(lists, last, len(institutes), today, language),
            freeze=f"A{HEAD + 1}", tab="134E4A", landscape=True, repeat_rows=f"{HEAD}:{HEAD}",
        ),
        _lists(lists, institutes, language),
    )  # fmt: skip
    return BookPlan(word("prices_title", language), sheets, names, language=language)


def _rows(one: Institute, today: date, language: Spoken) -> Iterator[tuple[Filled, ...]]:
    kept = [
        each
        for each in one.price_lists
        if (end := valid_until(one.price_lists, each)) is None or end >= today
    ]
    for each in kept:
        for item in each.items:
            yield _row(one, each, item, language)
    if not kept:
        for service in SERVICES:
            name = service.name(language)
            yield one.id, None, name, 0, AGE_MAX, 1, None, None, None, one.name


def _row(one: Institute, prices: PriceList, item: PriceItem, language: Spoken) -> tuple[Filled, ...]:
    percent: Filled = item.vat / 100
    if 0 < item.vat < 100:
        percent = f"{item.vat / 100:g} %"  # a number below one is read as a fraction of one
    return (
        one.id, serial_of(prices.valid_from), BY_CODE[item.service].name(language), item.age_from,
        item.age_until, item.quantity_from, item.net / 100, percent, prices.currency.value, one.name,
    )  # fmt: skip


def _cells(rows: Sequence[tuple[Filled, ...]], language: Spoken) -> Iterator[CellPlan]:
    yield CellPlan(1, 1, word("prices_title", language), Look.TITLE, _NAME_COLUMN)
    yield CellPlan(2, 1, word("prices_about", language), Look.SUBTITLE, _NAME_COLUMN)
    heads = [*(head_of(anchor, language) for anchor in COLUMNS), word("prices_name", language)]
    for column, head in enumerate(heads, 1):
        yield CellPlan(HEAD, column, head, Look.HEAD)
    blank: tuple[Filled, ...] = (None,) * _NAME_COLUMN
    for number, row in enumerate([*rows, *[blank] * SPARE_ROWS], HEAD + 1):
        for column, (look, value) in enumerate(zip((*_LOOKS.values(), Look.VALUE), row, strict=True), 1):
            yield CellPlan(number, column, value, look)


def _rules(lists: str, last: int, institutes: int, today: date, language: Spoken) -> tuple[Rule, ...]:
    def where(anchor: str) -> str:
        return f"{_LETTER[anchor]}{HEAD + 1}:{_LETTER[anchor]}{last}"

    def whole(anchor: str, least: int, most: int) -> NumberRule:
        words = word("whole", language, least=least, most=most)
        return NumberRule(where(anchor), least, most, True, head_of(anchor, language), words)

    def number(anchor: str, most: int) -> NumberRule:
        words = word("number", language, least=0, most=most)
        return NumberRule(where(anchor), 0, most, False, head_of(anchor, language), words)

    def chosen(anchor: str, column: str, rows: int) -> ChoiceFrom:
        source = f"'{lists}'!${column}$2:${column}${rows + 1}"
        return ChoiceFrom(where(anchor), source, head_of(anchor, language), word("choose", language))

    begins = head_of("p_valid_from", language)
    return (
        chosen("p_institute", "C", institutes),
        DateRule(where("p_valid_from"), serial_of(today), begins, word("prices_day", language)),
        chosen("p_service", "A", len(SERVICES)),
        whole("p_age_from", 0, AGE_MAX),
        whole("p_age_until", 0, AGE_MAX),
        whole("p_quantity_from", 1, QUANTITY_MAX),
        number("p_net", MINOR_MAX // 100),
        number("p_vat", 100),
        Choice(
            where("p_currency"), tuple(Currency), head_of("p_currency", language), word("choose", language)
        ),
    )


def _lists(title: str, institutes: Sequence[Institute], language: Spoken) -> SheetPlan:
    """What the drop-downs offer; its heads are not those of prices, which are looked for by their words."""
    heads = word("lists_heads", language).split("|")
    cells = [CellPlan(1, column, head, Look.HEAD) for column, head in enumerate(heads, 1)]
    for row, service in enumerate(SERVICES, 2):
        cells.append(CellPlan(row, 1, service.name(language), Look.VALUE))
        cells.append(CellPlan(row, 2, service.code, Look.NOTE))
    for row, one in enumerate(institutes, 2):
        cells.append(CellPlan(row, 3, one.id, Look.VALUE))
        cells.append(CellPlan(row, 4, one.name, Look.NOTE))
    return SheetPlan(title, tuple(cells), (40, 24, 28, 40), ((1, 24.0),), freeze="A2", tab="0F766E")
