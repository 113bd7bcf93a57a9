"""Gives a workbook back with its faults marked: the cells coloured, and a comment that says what to do.

Only what the bounded reader has read comes here: openpyxl itself has no limits. Formulas of who filled it in
become text: what we hand out computes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from shared.adapters.workbook_saving import saved, write_text
from shared.contracts.workbook_plans import Mark

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR: Final = "Visita"
_WIDTH, _HEIGHT = 300, 100
_RED, _PALE = "C62828", "FFDAD6"


def marked(content: bytes, marks: Sequence[Mark]) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), keep_links=False)
    for sheet in book.worksheets:
        _defuse(sheet)
    for mark in marks:
        if mark.sheet in book.sheetnames:
            _mark(book[mark.sheet], mark)
    first = next((one.sheet for one in marks if one.sheet in book.sheetnames), "")
    if first:
        for sheet in book.worksheets:
            sheet.sheet_view.tabSelected = sheet.title == first
        book.active = book.sheetnames.index(first)
    return saved(book)


def _defuse(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                formula: Any = cell.value
                write_text(cell, str(getattr(formula, "text", None) or formula))


def _mark(sheet: Worksheet, mark: Mark) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Border, Font, PatternFill, Side

    cell = sheet.cell(mark.row, mark.column)
    if isinstance(cell, MergedCell):
        area = next(one for one in sheet.merged_cells.ranges if cell.coordinate in one)
        cell = sheet.cell(area.min_row, area.min_col)
    before = cell.comment.text + "\n" if cell.comment and cell.comment.author == AUTHOR else ""
    cell.comment = Comment(before + mark.comment, AUTHOR, height=_HEIGHT, width=_WIDTH)
    side = Side(style="medium", color=_RED)
    cell.fill = PatternFill("solid", start_color=_PALE)
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    font = copy(cell.font)
    cell.font = Font(name=font.name, size=font.size, bold=True, color=_RED)
