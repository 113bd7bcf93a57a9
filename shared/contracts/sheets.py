"""A workbook of one table, as data: columns with a width, rows of plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

ROWS_MAX: Final = 100_000
Cell = str | int | Decimal | date | None


@dataclass(frozen=True)
class Column:
    """`width` in characters; `total`: whether its numbers are summed in a last row."""

    title: str
    width: int = 16
    total: bool = False


@dataclass(frozen=True)
class Sheet:
    """`notes` stand above the table, one line each. Text is text, also where it begins as a formula does."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    total_label: str = ""
