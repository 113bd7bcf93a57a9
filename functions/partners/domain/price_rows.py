"""One row of a workbook of prices: what its cells say, or what is wrong with them."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from functions.partners.domain.cell_values import NotUnderstood, text_of
from functions.partners.domain.grid import At, Grid
from functions.partners.domain.issues import Issues
from functions.partners.domain.money import MINOR_MAX, Currency
from functions.partners.domain.prices import AGE_MAX, QUANTITY_MAX, PriceItem
from functions.partners.domain.services import service_named
from functions.partners.domain.template_words import Spoken
from shared.contracts.workbooks import Cell, Spot

COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
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
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


class PriceRow(NamedTuple):
    row: int
    institute_id: str
    valid_from: date
    currency: Currency
    item: PriceItem


def head_of(anchor: str, language: Spoken) -> str:
    return COLUMNS[anchor][0 if language == "pl" else 1]


def serial_of(day: date) -> int:
    """As a spreadsheet counts days."""
    return (day - _EPOCH).days


class RowReader:
    """Reads the rows of one table, whose heads stand at `at`."""

    def __init__(
        self, grid: Grid, issues: Issues, at: Mapping[str, At], language: Spoken, *, from_1904: bool
    ) -> None:
        self._grid, self._issues, self._at, self._language = grid, issues, at, language
        self._from_1904 = from_1904
        self._row, self._wrong = 0, False

    def read(self, row: int, known: Collection[str]) -> PriceRow | None:
        """None where something is wrong, or where neither price nor day is filled in: such a row is a
        suggestion that nobody took up."""
        self._row, self._wrong = row, False
        if not any(self._grid.says_something(self._spot(one)) for one in ("p_net", "p_valid_from")):
            return None
        grid = self._grid
        institute = grid.text(self._spot("p_institute")) or ""
        if institute not in known:
            self._add("p_institute", "unknown_institute")
        begins = self._day("p_valid_from")
        service = service_named(grid.text(self._spot("p_service")) or "")
        if service is None:
            self._add("p_service", "unknown_service")
        item = self._item(service.code) if service else None
        currency = (grid.text(self._spot("p_currency")) or "PLN").upper()
        if currency not in set(Currency):
            self._add("p_currency", "unknown_currency", known=", ".join(Currency))
        if self._wrong or begins is None or item is None:
            return None
        return PriceRow(row, institute, begins, Currency(currency), item)

    def _item(self, service: str) -> PriceItem | None:
        net = self._number("p_net", Decimal(MINOR_MAX // 100), "120,00")
        if net is None:
            self._add("p_net", "required", what=head_of("p_net", self._language))
        vat = self._vat()
        begins, ends = self._whole("p_age_from", 0, AGE_MAX), self._whole("p_age_until", 0, AGE_MAX)
        begins, ends = begins or 0, AGE_MAX if ends is None else ends
        if begins > ends:
            self._add("p_age_until", "out_of_range", least=begins, most=AGE_MAX)
        tier = self._whole("p_quantity_from", 1, QUANTITY_MAX) or 1
        if self._wrong or net is None:
            return None
        cents = int((net * 100).to_integral_value())
        return PriceItem(
            service=service, net=cents, vat=vat, age_from=begins, age_until=ends, quantity_from=tier
        )

    def _spot(self, anchor: str) -> At:
        sheet, head = self._at[anchor]
        return sheet, Spot(self._row, head.column)

    def _cell(self, anchor: str) -> Cell | None:
        return self._grid.cell(self._spot(anchor))

    def _add(self, anchor: str, rule: str, **fields: object) -> None:
        self._wrong = True
        sheet, spot = self._spot(anchor)
        self._issues.add(sheet, spot, rule, **fields)

    def _number(self, anchor: str, most: Decimal, example: str) -> Decimal | None:
        found = self._grid.number(self._spot(anchor), Decimal(0), most, example)
        self._wrong |= found is None and self._grid.says_something(self._spot(anchor))
        return found

    def _whole(self, anchor: str, least: int, most: int) -> int | None:
        found = self._grid.whole(self._spot(anchor), least, most, str(most))
        self._wrong |= found is None and self._grid.says_something(self._spot(anchor))
        return found

    def _day(self, anchor: str) -> date | None:
        """A date as a spreadsheet counts it, or as text: 2027-01-01 or 01.01.2027."""
        cell = self._cell(anchor)
        if cell is None or cell.value is None or isinstance(cell.value, bool):
            self._add(anchor, "required", what=head_of(anchor, self._language))
            return None
        try:
            return _day(cell.value, from_1904=self._from_1904)
        except (ValueError, OverflowError):
            self._add(anchor, "not_a_date")
            return None

    def _vat(self) -> int:
        """In hundredths of a percent. 23, 0.23 and "23 %" all mean 23 %: nobody has a VAT of less than one
        percent, unless it is written with its sign."""
        cell = self._cell("p_vat")
        signed = cell is not None and isinstance(cell.value, str) and cell.value.strip().endswith("%")
        if cell is not None and signed:
            try:
                text = text_of(cell).rstrip("% ").replace(",", ".")
                return _hundredths(Decimal(text))
            except (NotUnderstood, ArithmeticError, ValueError):
                self._add("p_vat", "not_a_number", example="23")
                return 0
        vat = self._number("p_vat", Decimal(100), "23") or Decimal(0)
        return _hundredths(vat if vat >= 1 else vat * 100)


def _hundredths(percent: Decimal) -> int:
    """Raises ValueError where it is no percentage."""
    if not 0 <= percent <= 100:
        raise ValueError("no percentage")
    return int((percent * 100).to_integral_value())


def _day(value: str | float, *, from_1904: bool) -> date:
    if isinstance(value, float):
        if not 366 <= value <= 110_000 or not value.is_integer():
            raise ValueError("no day")
        return (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=int(value))
    text = value.strip()
    if "." in text:
        day, month, year = text.split(".")
        return date(int(year), int(month), int(day))
    return date.fromisoformat(text[:10])
