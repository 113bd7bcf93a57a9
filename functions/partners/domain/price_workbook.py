"""Price lists by workbook: one row a price, many institutes in one file; all of it is taken, or nothing."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from functions.partners.domain.cell_values import NotUnderstood, text_of
from functions.partners.domain.grid import At, Grid
from functions.partners.domain.issues import CellIssue, Issues
from functions.partners.domain.money import MINOR_MAX, Currency
from functions.partners.domain.prices import (
    AGE_MAX,
    ITEMS_MAX,
    QUANTITY_MAX,
    PriceItem,
    PriceList,
    faults_of,
)
from functions.partners.domain.reading import NotOurTemplate
from functions.partners.domain.services import service_named
from functions.partners.domain.template_words import Spoken
from shared.contracts.workbooks import Spot, Workbook

INSTITUTES_MAX: Final = 50
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "p_institute": ("Placówka (id)", "Institute (id)"),
    "p_valid_from": ("Obowiązuje od", "Valid from"),
    "p_service": ("Usługa", "Service"),
    "p_age_from": ("Wiek od", "Age from"),
    "p_age_until": ("Wiek do", "Age until"),
    "p_quantity_from": ("Ilość od", "Quantity from"),
    "p_net": ("Cena netto", "Net price"),
    "p_vat": ("VAT %", "VAT %"),
    "p_currency": ("Waluta", "Currency"),
}


class Priced(NamedTuple):
    institute_id: str
    prices: PriceList


class _Row(NamedTuple):
    row: int
    institute_id: str
    valid_from: date
    currency: Currency
    item: PriceItem


def read_prices(
    book: Workbook, known: Mapping[str, bool], today: date, language: Spoken
) -> tuple[list[Priced], tuple[CellIssue, ...]]:
    """`known`: institutes that exist, and whether they have prices already. Raises NotOurTemplate."""
    issues = Issues(language)
    grid = Grid(book, issues, dict(COLUMNS))
    at = {anchor: found for anchor in COLUMNS if (found := grid.header(anchor))}
    if len(at) < len(COLUMNS):
        raise NotOurTemplate("no_prices")
    rows = [
        one
        for number in grid.rows(list(at.values()))
        if (one := _row(_Cells(grid, issues, at, number, book.from_1904), known, today)) is not None
    ]
    priced = _lists(rows, issues, at["p_service"])
    if not rows and not issues:
        raise NotOurTemplate("no_prices")
    return ([], issues.all()) if issues else (priced, ())


def institutes_in(book: Workbook) -> list[str]:
    """Ids that the file names, to be looked up before it is read; no more than it may have."""
    grid = Grid(book, Issues("pl"), dict(COLUMNS))
    at = grid.header("p_institute")
    if at is None:
        return []
    found: dict[str, None] = {}
    for number in grid.rows([at]):
        cell = grid.cell((at[0], Spot(number, at[1].column)))
        try:
            found[text_of(cell) if cell else ""] = None
        except NotUnderstood:
            continue
    return [key for key in found if 0 < len(key) <= 60 and "/" not in key][:INSTITUTES_MAX]


class _Cells:
    """One row, by anchors."""

    def __init__(self, grid: Grid, issues: Issues, at: dict[str, At], row: int, from_1904: bool) -> None:
        self.grid, self.issues, self.row, self._at, self._from_1904 = grid, issues, row, at, from_1904

    def at(self, anchor: str) -> At:
        sheet, head = self._at[anchor]
        return sheet, Spot(self.row, head.column)

    def required(self, anchor: str) -> None:
        self.issues.add(*self.at(anchor), "required", what=COLUMNS[anchor][0])

    def day(self, anchor: str) -> date | None:
        """A date as a spreadsheet counts it, or as text: 2027-01-01 or 01.01.2027."""
        cell = self.grid.cell(self.at(anchor))
        if cell is None or cell.value is None or isinstance(cell.value, bool):
            self.required(anchor)
            return None
        try:
            return _day(cell.value, self._from_1904)
        except (ValueError, OverflowError):
            self.issues.add(*self.at(anchor), "not_a_date")
            return None


def _day(value: str | float, from_1904: bool) -> date:
    if isinstance(value, float):
        if not 366 <= value <= 110_000 or not value.is_integer():
            raise ValueError("no day")
        return (date(1904, 1, 1) if from_1904 else date(1899, 12, 30)) + timedelta(days=int(value))
    text = value.strip()
    if "." in text:
        day, month, year = text.split(".")
        return date(int(year), int(month), int(day))
    return date.fromisoformat(text[:10])


def _row(cells: _Cells, known: Mapping[str, bool], today: date) -> _Row | None:
    grid, before = cells.grid, len(cells.issues.all())
    institute = grid.text(cells.at("p_institute")) or ""
    if institute not in known:
        cells.issues.add(*cells.at("p_institute"), "unknown_institute")
    begins = cells.day("p_valid_from")
    if begins and begins < today and known.get(institute):
        cells.issues.add(*cells.at("p_valid_from"), "too_late")
    service = service_named(grid.text(cells.at("p_service")) or "")
    if service is None:
        cells.issues.add(*cells.at("p_service"), "unknown_service")
    net = grid.number(cells.at("p_net"), Decimal(0), Decimal(MINOR_MAX // 100), "120,00")
    if net is None:
        cells.required("p_net")
    vat = grid.number(cells.at("p_vat"), Decimal(0), Decimal(100), "23")
    ages = (
        grid.whole(cells.at("p_age_from"), 0, AGE_MAX, "18"),
        grid.whole(cells.at("p_age_until"), 0, AGE_MAX, "39"),
    )
    tier = grid.whole(cells.at("p_quantity_from"), 1, QUANTITY_MAX, "1")
    currency = (grid.text(cells.at("p_currency")) or "PLN").upper()
    if currency not in set(Currency):
        cells.issues.add(*cells.at("p_currency"), "unknown_currency", known=", ".join(Currency))
    begins_at, ends_at = ages[0] or 0, AGE_MAX if ages[1] is None else ages[1]
    if begins_at > ends_at:
        cells.issues.add(*cells.at("p_age_until"), "out_of_range", least=begins_at, most=AGE_MAX)
    if len(cells.issues.all()) > before or not (service and begins and net is not None):
        return None
    item = PriceItem(
        service=service.code, net=int((net * 100).to_integral_value()), vat=_rate(vat),
        age_from=begins_at, age_until=ends_at, quantity_from=tier or 1,
    )  # fmt: skip
    return _Row(cells.row, institute, begins, Currency(currency), item)


def _rate(vat: Decimal | None) -> int:
    """23 and 0.23 both mean 23 %: nobody has a VAT of less than one percent."""
    if not vat:
        return 0
    return int((vat * (10_000 if vat < 1 else 100)).to_integral_value())


def _lists(rows: list[_Row], issues: Issues, service_at: At) -> list[Priced]:
    groups: dict[tuple[str, date], list[_Row]] = {}
    for one in rows:
        groups.setdefault((one.institute_id, one.valid_from), []).append(one)
    found: list[Priced] = []
    for (institute, begins), group in groups.items():
        items = tuple(one.item for one in group)
        for fault in faults_of(items):
            spot = (group[fault.place].row, service_at[1].column)
            issues.add(service_at[0], spot, f"price_{fault.rule}", detail=fault.detail)
        if len({one.currency for one in group}) > 1:
            issues.add(service_at[0], (group[0].row, service_at[1].column), "mixed_currencies")
        elif not issues and len(items) <= ITEMS_MAX:
            found.append(
                Priced(institute, PriceList(valid_from=begins, currency=group[0].currency, items=items))
            )
    return found
