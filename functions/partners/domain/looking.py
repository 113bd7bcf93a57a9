"""What came in, from storage to a workbook in memory, or why it is not read."""

import hashlib
from typing import NamedTuple

from functions.partners.domain.arriving import Records, desk_at
from functions.partners.domain.issues import CellIssue, marks_of
from functions.partners.domain.upload import Upload, UploadEvent, UploadStatus
from shared.contracts.file_checks import ScannerUnclear
from shared.contracts.ports import Antivirus, Workbooks
from shared.contracts.workbook_names import BYTES_MAX, XLSX
from shared.contracts.workbooks import Workbook, WorkbookRefused
from shared.kernel.errors import Busy
from shared.kernel.ports import Collision, Files


class Looked(NamedTuple):
    """A workbook, its bytes and their hash."""

    content: bytes
    sha256: str
    book: Workbook


class Unread(Exception):
    """It comes to an end unread: by this event, with these facts."""

    def __init__(self, event: UploadEvent, sha256: str = "", **facts: str) -> None:
        super().__init__(event)
        self.event, self.sha256, self.facts = event, sha256, facts


def looked_at(
    records: Records, upload: Upload, files: Files, antivirus: Antivirus, workbooks: Workbooks
) -> Looked:
    """Raises Unread, and Busy where the scanner does not answer."""
    try:
        content = files.read("quarantine", upload.file, upload.generation, BYTES_MAX)
    except Collision:
        raise Unread(UploadEvent.REFUSE, reason="swapped") from None
    sha256 = hashlib.sha256(content).hexdigest()
    same = _read_before(records, upload, sha256)
    if same:
        raise Unread(UploadEvent.REPEAT, sha256, same_as=same)
    try:
        if antivirus.scan(content):
            raise Unread(UploadEvent.REFUSE, sha256, reason="infected")
        return Looked(content, sha256, workbooks.read(content))
    except ScannerUnclear:
        raise Busy from None
    except WorkbookRefused as refused:
        raise Unread(UploadEvent.REFUSE, sha256, reason=refused.fault.value) from None


def _read_before(records: Records, upload: Upload, sha256: str) -> str:
    """Prices may have changed since, so the same workbook of prices is not the same result."""
    if upload.purpose == "price_list":
        return ""
    desk = desk_at(records, upload.desk_id, upload.tenant_id, upload.partner_id)
    known = desk.files.get(sha256, "")
    if not known or known == upload.id:
        return ""
    before = records.find(Upload, known)
    return known if before is not None and before.status in (UploadStatus.READ, UploadStatus.FAULTY) else ""


def given_back(
    upload: Upload, looked: Looked, issues: tuple[CellIssue, ...], files: Files, workbooks: Workbooks
) -> int:
    """The generation of the marked workbook."""
    marked = workbooks.mark(looked.content, marks_of(issues))
    return files.put("clean", upload.marked_file, marked, XLSX)
