"""Writes a table as an xlsx workbook: text stays text, whatever sign it begins with."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from shared.contracts.sheets import ROWS_MAX, Cell, Sheet

MONEY: Final = "#,##0.00"
DAY: Final = "yyyy-mm-dd"
TITLE_MAX: Final = 31


class XlsxSheets:
    def file_of(self, sheet: Sheet) -> bytes:
        """Raises ValueError for more rows than a person could use."""
        from openpyxl import Workbook

        if len(sheet.rows) > ROWS_MAX:
            raise ValueError(f"more than {ROWS_MAX} rows")
        book = Workbook(write_only=True)
        page: Any = book.create_sheet(sheet.title[:TITLE_MAX])
        for at, column in enumerate(sheet.columns, start=1):
            page.column_dimensions[_letter(at)].width = column.width
        page.freeze_panes = f"A{len(sheet.notes) + 2 + bool(sheet.notes)}"
        for note in sheet.notes:
            page.append([_cell(page, note)])
        if sheet.notes:
            page.append([])
        page.append([_cell(page, one.title, bold=True) for one in sheet.columns])
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
        if sheet.total_label:
            page.append([_cell(page, value, bold=True) for value in _totals(sheet)])
        out = BytesIO()
        book.save(out)
        return out.getvalue()


def _totals(sheet: Sheet) -> list[Cell]:
    """The sums are written as numbers: a formula that nobody opened has no value."""
    sums: list[Cell] = [
        sum((Decimal(str(row[at])) for row in sheet.rows if row[at] is not None), Decimal(0))
        if column.total
        else None
        for at, column in enumerate(sheet.columns)
    ]
    return [sheet.total_label, *sums[1:]]


def _cell(page: Any, value: Cell, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell: Any = WriteOnlyCell(page, value=value)  # type: ignore[arg-type]  # its stubs forget Decimal
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@"
    elif isinstance(value, Decimal):
        cell.number_format = MONEY
    elif isinstance(value, date):
        cell.number_format = DAY
    if bold:
        cell.font = Font(bold=True)
    return cell


def _letter(at: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(at))
