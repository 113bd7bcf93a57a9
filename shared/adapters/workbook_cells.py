"""The cells of one sheet, from its XML as it streams by."""

import sys
from collections.abc import Iterable, Mapping
from math import nan
from typing import Final

from shared.adapters.workbook_xml import Purse, local, parse
from shared.contracts.workbook_names import column_number
from shared.contracts.workbooks import Area, BookFault, BookLimits, Cell, WorkbookRefused

_DIGITS: Final = "0123456789"
_HUGE: Final = 1e300
_cell = tuple.__new__  # the class's own costs twice the time, thousands of times


def _bounded(text: str, limits: BookLimits) -> str:
    if len(text) > limits.text_length:
        raise WorkbookRefused(BookFault.TEXT_TOO_LONG)
    return text


class SheetReader:
    """One sheet after another; what all sheets of the workbook hold together is bounded."""

    def __init__(self, limits: BookLimits, texts: list[str], purse: Purse) -> None:
        self._limits, self._texts, self._purse = limits, texts, purse
        self._columns: dict[str, int] = {}
        self._kept = self._blank = self._rows = 0

    def read(self, chunks: Iterable[bytes]) -> tuple[dict[tuple[int, int], Cell], tuple[Area, ...]]:
        """The loop that everything waits for: what comes most often is asked first."""
        cells: dict[tuple[int, int], Cell] = {}
        merges: list[Area] = []
        limits, columns, purse, texts = self._limits, self._columns, self._purse, self._texts
        rows_max, columns_max, known_texts = limits.rows, limits.columns, len(self._texts)
        row = column = 0
        kind, written, taking, formula = "n", "", False, False

        def start(tag: str, has: Mapping[str, str]) -> None:
            nonlocal row, column, kind, written, taking, formula
            purse.left -= 1
            if tag not in _KNOWN:
                tag = local(tag)
            if tag == "v" or tag == "t":
                taking = True
            elif tag == "c":
                if purse.left < 0:
                    purse.pay()
                reference = has.get("r")
                if reference:
                    letters = reference.rstrip(_DIGITS)
                    column = columns.get(letters) or self._column(letters)
                else:
                    column += 1
                kind, written, formula = has.get("t", "n"), "", False
            elif tag == "f":
                formula = True
            elif tag == "row":
                row = self._row(has.get("r"), row)
                column = 0
                if len(cells) > limits.cells:
                    raise WorkbookRefused(BookFault.TOO_MANY_CELLS, "cells")
            elif tag == "mergeCell":
                merges.append(_area(has.get("ref", "")))
                if len(merges) > limits.merges:
                    raise WorkbookRefused(BookFault.TOO_MANY_CELLS, "merged areas")
            elif purse.left < 0:
                purse.pay()

        def text(words: str) -> None:
            nonlocal written
            if taking:
                written += words

        def end(tag: str) -> None:
            nonlocal taking
            if tag not in _KNOWN:
                tag = local(tag)
            taking = False
            if tag != "c":
                return
            if not written and not formula:
                self._count_blank()
            elif row > rows_max or column > columns_max:
                raise WorkbookRefused(BookFault.TOO_MANY_CELLS, "a cell too far away")
            elif kind == "s" and (place := _place(written)) < known_texts:
                cells[row, column] = _cell(Cell, (texts[place], formula, ""))
            elif kind == "n" and written and -_HUGE < (number := _number(written)) < _HUGE:
                cells[row, column] = _cell(Cell, (number, formula, ""))
            else:
                cells[row, column] = self._value(written, kind, formula)

        parse(chunks, limits, start, end, text)
        self._kept += len(cells)
        if self._kept > limits.cells:
            raise WorkbookRefused(BookFault.TOO_MANY_CELLS, "cells")
        return cells, tuple(merges)

    def _count_blank(self) -> None:
        self._blank += 1
        if self._blank > self._limits.blank_cells:
            raise WorkbookRefused(BookFault.TOO_MANY_CELLS, "blank cells")

    def _column(self, letters: str) -> int:
        if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
            raise WorkbookRefused(BookFault.BROKEN, "a cell without a place")
        self._columns[letters] = column_number(letters.upper())
        return self._columns[letters]

    def _row(self, reference: str | None, before: int) -> int:
        self._rows += 1
        if self._rows > self._limits.blank_rows:
            raise WorkbookRefused(BookFault.TOO_MANY_CELLS, "rows")
        if reference is None:
            return before + 1
        if not (reference.isascii() and reference.isdigit() and len(reference) < 8):
            raise WorkbookRefused(BookFault.BROKEN, "a row without a number")
        return int(reference)

    def _value(self, text: str, kind: str, formula: bool) -> Cell:
        if kind == "s":
            raise WorkbookRefused(BookFault.BROKEN, "a text that is not there")
        if kind == "e":
            return Cell(None, formula, _bounded(text, self._limits)[:20])
        if kind == "b":
            return Cell(text.strip() in ("1", "true"), formula)
        if kind in ("str", "inlineStr", "d"):
            return Cell(_bounded(text, self._limits) if text or not formula else None, formula)
        if not text:
            return Cell(None, formula)
        return Cell(_bounded(text, self._limits), formula)  # NaN, 1e400: no number that can be


_KNOWN: Final = frozenset({"c", "v", "t", "f", "row", "mergeCell", "is", "r", "sheetData"})


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return nan


def _place(text: str) -> int:
    """Of a shared text; beyond all of them where it is no number."""
    try:
        place = int(text)
    except ValueError:
        return sys.maxsize
    return place if place >= 0 else sys.maxsize


def _area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    corners = []
    for corner in (first, last or first):
        letters = corner.rstrip(_DIGITS)
        row = corner[len(letters) :]
        if not (letters.isascii() and letters.isalpha() and len(letters) < 4 and row and len(row) < 8):
            raise WorkbookRefused(BookFault.BROKEN, "a merged area without a place")
        corners += [int(row), column_number(letters.upper())]
    return Area(corners[0], corners[1], corners[2], corners[3])
