"""Writes workbooks from their plans, and marks faults in those that came back; by openpyxl.

Whatever text begins with, it is written as text that no program takes for a formula. A workbook is
marked only after the bounded reader has read it: openpyxl itself has no limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from shared.adapters.workbook_saving import saved, write_text
from shared.contracts.workbook_names import column_letters
from shared.contracts.workbook_plans import (
    BookPlan,
    CellPlan,
    Choice,
    ChoiceFrom,
    DateRule,
    Look,
    Mark,
    NumberRule,
    Rule,
    SheetPlan,
    TextRule,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR: Final = "Visita"
_LIST_TEXT_MAX: Final = 250


class OpenpyxlWriter:
    def write(self, plan: BookPlan) -> bytes:
        """The same plan gives the same bytes."""
        from openpyxl import Workbook
        from openpyxl.workbook.defined_name import DefinedName
        from openpyxl.workbook.protection import WorkbookProtection

        book = Workbook()
        del book[book.sheetnames[0]]
        _name_looks(book)
        for sheet in plan.sheets:
            _write_sheet(book, sheet, locked=plan.locked)
        for name, sheet_name, cell in plan.names:
            quoted = sheet_name.replace("'", "''")
            letters = cell.rstrip("0123456789")
            target = f"'{quoted}'!${letters}${cell[len(letters) :]}"
            book.defined_names[name] = DefinedName(name, attr_text=target)
        if plan.locked:
            book.security = WorkbookProtection(lockStructure=True)
        book.properties.creator = book.properties.lastModifiedBy = AUTHOR
        book.properties.title, book.properties.language = plan.title, plan.language
        return saved(book)

    def mark(self, content: bytes, marks: Sequence[Mark]) -> bytes:
        from shared.adapters.workbook_marker import marked

        return marked(content, marks)


def _name_looks(book: Workbook) -> None:
    from shared.adapters.workbook_looks import looks

    for style in looks():
        book.add_named_style(style)


def _write_sheet(book: Workbook, plan: SheetPlan, *, locked: bool) -> None:
    sheet = book.create_sheet(plan.name)
    styles = _styles(sheet)
    for cell in plan.cells:
        _write_cell(sheet, cell, styles)
    for number, width in enumerate(plan.widths, 1):
        sheet.column_dimensions[column_letters(number)].width = width
    for column in plan.hidden_columns:
        sheet.column_dimensions[column_letters(column)].hidden = True
    for row, height in plan.heights:
        sheet.row_dimensions[row].height = height
    for rule in plan.rules:
        sheet.add_data_validation(_validation(rule))
    if plan.freeze:
        sheet.freeze_panes = plan.freeze
    sheet.sheet_state = "veryHidden" if plan.hidden else "visible"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape" if plan.landscape else "portrait"
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if plan.repeat_rows:
        sheet.print_title_rows = plan.repeat_rows
    if plan.tab:
        sheet.sheet_properties.tabColor = plan.tab
    if locked:
        protection = sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = False


def _styles(sheet: Worksheet) -> dict[Look, object]:
    """One cell of each look to copy from: naming a style again for each cell costs most of the time."""
    found = {}
    corner: Any = sheet.cell(1, 1)
    for look in Look:
        corner.style = look.value
        found[look] = corner._style
    corner.style = Look.PLAIN.value
    return found


def _write_cell(sheet: Worksheet, plan: CellPlan, styles: dict[Look, object]) -> None:
    cell: Any = sheet.cell(plan.row, plan.column)
    cell._style = styles[plan.look]
    if isinstance(plan.value, str):
        write_text(cell, plan.value)
    elif plan.value is not None:
        cell.value = plan.value
    if plan.columns > 1:
        for column in range(plan.column + 1, plan.column + plan.columns):
            beside: Any = sheet.cell(plan.row, column)
            beside._style = styles[plan.look]
        # `merge_cells` would look at the borders of every cell, for a third of the time.
        last = column_letters(plan.column + plan.columns - 1)
        sheet.merged_cells.add(f"{column_letters(plan.column)}{plan.row}:{last}{plan.row}")


def _validation(rule: Rule) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    match rule:
        case Choice():
            made = DataValidation(type="list", formula1=_list_of(rule.options))
        case ChoiceFrom():
            made = DataValidation(type="list", formula1=rule.source)
        case DateRule():
            made = DataValidation(type="date", operator="greaterThanOrEqual", formula1=str(rule.least))
        case NumberRule():
            made = DataValidation(
                type="whole" if rule.whole else "decimal",
                operator="between",
                formula1=_digits(rule.least),
                formula2=_digits(rule.most),
            )
        case TextRule():
            made = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(rule.most))
    made.allow_blank = True
    made.showErrorMessage = made.showInputMessage = True
    made.errorTitle = made.promptTitle = rule.title[:32]
    made.error = made.prompt = rule.message[:255]
    made.add(rule.where)
    return made


def _list_of(options: tuple[str, ...]) -> str:
    text = ",".join(options)
    if len(text) > _LIST_TEXT_MAX or any("," in one or '"' in one for one in options):
        raise ValueError("these options do not fit into a drop-down")
    return f'"{text}"'


def _digits(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)
