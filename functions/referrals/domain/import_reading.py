"""From the file in storage to the list in it; and back to a workbook in which faulty cells are marked."""

from collections.abc import Iterable
from typing import Final

from functions.referrals.domain.employee_import import (
    BYTES_MAX,
    LIMITS,
    ROWS_MAX,
    EmployeeImport,
    RowFaults,
)
from functions.referrals.domain.employee_rows import EmployeeList, NoHead, employee_list
from functions.referrals.domain.import_texts import marks_of
from shared.contracts.file_checks import ScannerUnclear
from shared.contracts.ports import Antivirus, Workbooks
from shared.contracts.workbook_names import XLSX
from shared.contracts.workbook_plans import BookPlan, CellPlan, SheetPlan
from shared.contracts.workbooks import Sheet, WorkbookRefused
from shared.kernel.errors import Busy
from shared.kernel.ports import Collision, Files

TITLE: Final = "Visita"


class Unread(Exception):
    """The file is no list that we take in; the message is the reason."""


def opened(it: EmployeeImport, files: Files, antivirus: Antivirus, workbooks: Workbooks) -> EmployeeList:
    """Raises Unread, and Busy where the scanner does not answer. It is scanned before it is first read."""
    content = _content(it, files)
    try:
        if it.portion == 0 and antivirus.scan(content):
            raise Unread("infected")
        read = workbooks.read if it.file_format == "xlsx" else workbooks.read_csv
        people = employee_list(read(content, LIMITS))
    except ScannerUnclear:
        raise Busy from None
    except WorkbookRefused as refused:
        raise Unread(refused.fault.value) from None
    except NoHead:
        raise Unread("no_head") from None
    if len(people.rows) > ROWS_MAX:
        raise Unread("too_many_rows")
    return people


def _content(it: EmployeeImport, files: Files) -> bytes:
    try:
        return files.read("quarantine", it.file, it.generation, BYTES_MAX)
    except Collision:
        raise Unread("swapped") from None


def given_back(
    it: EmployeeImport, people: EmployeeList, faulty: Iterable[RowFaults], files: Files, workbooks: Workbooks
) -> int:
    """The generation of the marked workbook; of a CSV one that holds the same cells."""
    content = _content(it, files) if it.file_format == "xlsx" else workbooks.write(_as_book(people.sheet))
    marked = workbooks.mark(content, marks_of(people.sheet.name, faulty, it.language))
    return files.put("clean", it.marked_file, marked, XLSX)


def _as_book(sheet: Sheet) -> BookPlan:
    cells = tuple(
        CellPlan(row, column, str(cell.value)) for (row, column), cell in sorted(sheet.cells.items())
    )
    return BookPlan(TITLE, (SheetPlan(sheet.name, cells),), locked=False)
