"""How far an import has come, and what came of it."""

from datetime import timedelta
from typing import Final

from functions.referrals.domain.employee_import import EmployeeImport, ImportStatus, Tally
from shared.contracts.workbook_names import XLSX
from shared.kernel.ports import Files
from shared.kernel.records import Value

MARKED_LIFE: Final = timedelta(minutes=5)


class ImportView(Value):
    """`percent` of the rows that were read. `marked_url`: the workbook with faulty cells marked, "" where
    all rows were right; the link lives five minutes."""

    import_id: str
    status: str
    percent: int
    rows: int
    tally: Tally
    reason: str
    marked_url: str


def view_of(it: EmployeeImport, files: Files) -> ImportView:
    ended = not it.is_open
    return ImportView(
        import_id=it.id,
        status=it.status.value,
        percent=100 if ended else 100 * it.tally.rows // it.rows if it.rows else 0,
        rows=it.rows,
        tally=it.tally,
        reason=it.reason,
        marked_url=_marked(it, files) if it.status == ImportStatus.DONE and it.marked_generation else "",
    )


def _marked(it: EmployeeImport, files: Files) -> str:
    name = f"visita-{it.id}.xlsx"
    return files.download_link("clean", it.marked_file, it.marked_generation, name, XLSX, MARKED_LIFE)
