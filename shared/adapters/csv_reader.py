"""Reads text with separators, as spreadsheets write it, within the limits of workbooks."""

import csv
from io import StringIO
from typing import Final

from shared.contracts.workbooks import BookFault, BookLimits, Cell, Sheet, Workbook, WorkbookRefused

SHEET_NAME: Final = "CSV"
_SEPARATORS: Final = (";", ",", "\t")
_ENCODINGS: Final = ("utf-8-sig", "cp1250")
"""Excel in Poland writes the second."""


def read_csv(content: bytes, limits: BookLimits) -> Workbook:
    """Raises WorkbookRefused. Every value is text; nothing is a formula."""
    if not content.strip():
        raise WorkbookRefused(BookFault.EMPTY)
    if b"\x00" in content:
        raise WorkbookRefused(BookFault.NO_WORKBOOK, "not text")
    text = _decoded(content)
    csv.field_size_limit(limits.text_length * 4)
    cells: dict[tuple[int, int], Cell] = {}
    try:
        for row, values in enumerate(csv.reader(StringIO(text, newline=""), delimiter=_separator(text)), 1):
            if row > limits.rows or len(values) > limits.columns:
                raise WorkbookRefused(BookFault.TOO_MANY_CELLS, "rows or columns")
            cells |= {
                (row, column): _cell(one, limits) for column, one in enumerate(values, 1) if one.strip()
            }
            if len(cells) > limits.cells:
                raise WorkbookRefused(BookFault.TOO_MANY_CELLS, "cells")
    except csv.Error as error:
        raise WorkbookRefused(BookFault.BROKEN, str(error)[:60]) from None
    return Workbook((Sheet(SHEET_NAME, False, cells),))


def _cell(text: str, limits: BookLimits) -> Cell:
    if len(text) > limits.text_length:
        raise WorkbookRefused(BookFault.TEXT_TOO_LONG)
    return Cell(text.strip())


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WorkbookRefused(BookFault.NO_WORKBOOK, "not text")


def _separator(text: str) -> str:
    """The one that stands most often in the first line."""
    first = text.partition("\n")[0]
    return max(_SEPARATORS, key=first.count)
