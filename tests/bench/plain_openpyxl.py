"""The same questionnaire as its plan, written as the manual of openpyxl shows it: a style for each cell."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from shared.adapters.workbook_looks import looks
from shared.contracts.workbook_names import column_letters
from shared.contracts.workbook_plans import BookPlan, Choice


def plainly(plan: BookPlan) -> bytes:
    book = Workbook()
    del book[book.sheetnames[0]]
    for style in looks():
        book.add_named_style(style)
    for sheet_plan in plan.sheets:
        sheet: Any = book.create_sheet(sheet_plan.name)
        for cell in sheet_plan.cells:
            one = sheet.cell(cell.row, cell.column, cell.value)
            one.style = cell.look.value
            if cell.columns > 1:
                for column in range(cell.column + 1, cell.column + cell.columns):
                    sheet.cell(cell.row, column).style = cell.look.value
                last = f"{column_letters(cell.column + cell.columns - 1)}{cell.row}"
                sheet.merge_cells(f"{column_letters(cell.column)}{cell.row}:{last}")
        for number, width in enumerate(sheet_plan.widths, 1):
            sheet.column_dimensions[column_letters(number)].width = width
        for row, height in sheet_plan.heights:
            sheet.row_dimensions[row].height = height
        for rule in sheet_plan.rules:
            if isinstance(rule, Choice):
                made = DataValidation(type="list", formula1=f'"{",".join(rule.options)}"', allow_blank=True)
            else:
                made = DataValidation(type="whole", operator="between", formula1="1", formula2="9")
            made.add(rule.where)
            sheet.add_data_validation(made)
    target = BytesIO()
    book.save(target)
    return target.getvalue()
