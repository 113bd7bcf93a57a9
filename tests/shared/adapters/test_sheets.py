"""A table as a workbook: text that looks like a formula stays text, sums are numbers."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from shared.adapters.sheets import XlsxSheets
from shared.contracts.sheets import ROWS_MAX, Column, Sheet

TABLE = Sheet(
    title="2026-11",
    notes=("Huta",),
    columns=(Column("Kto"), Column("Dzień"), Column("Kwota", total=True)),
    rows=(("=1+1", date(2026, 11, 24), Decimal("180.00")), ("@x", None, Decimal("0.50"))),
    total_label="Razem",
)


def page_of(content: bytes) -> Any:
    from openpyxl import load_workbook

    return load_workbook(BytesIO(content)).active


def rows_of(content: bytes) -> list[tuple[Any, ...]]:
    """What a spreadsheet shows, row by row."""
    return list(page_of(content).iter_rows(values_only=True))


def test_text_stays_text_and_sums_are_numbers() -> None:
    page = page_of(XlsxSheets().file_of(TABLE))
    assert (page.title, page.freeze_panes) == ("2026-11", "A4")
    assert (page["A4"].value, page["A4"].data_type, page["A4"].quotePrefix) == ("=1+1", "s", True)
    assert page["B4"].value.date() == date(2026, 11, 24)
    assert [cell.value for cell in page[6]] == ["Razem", None, 180.5]


def test_more_rows_than_a_person_could_use_are_refused() -> None:
    with pytest.raises(ValueError, match="rows"):
        XlsxSheets().file_of(Sheet("t", (Column("a"),), [("x",)] * (ROWS_MAX + 1)))
