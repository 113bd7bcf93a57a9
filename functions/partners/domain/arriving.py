"""How an upload comes in, and how it ends; twice, late or never, it ends once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, TypeVar

from functions.partners.domain.answers import Answers
from functions.partners.domain.issues import CellIssue
from functions.partners.domain.partner import UploadDesk
from functions.partners.domain.template_words import Spoken
from functions.partners.domain.upload import (
    DiscardUpload,
    Purpose,
    ReadPriceList,
    ReadQuestionnaire,
    Upload,
    UploadEvent,
    UploadStatus,
)
from shared.contracts.workbook_names import BYTES_MAX, XLSX
from shared.kernel.effects import Later
from shared.kernel.errors import Conflict
from shared.kernel.ports import FileFacts, Query
from shared.kernel.records import Decision, Record

LINK_LIFE: Final = timedelta(minutes=15)
COMES_UNTIL: Final = timedelta(hours=1)
LOOK_AGAIN: Final = timedelta(minutes=5)
"""A reading that has not ended by then is planned anew; it takes seconds."""
ATTEMPTS_MAX: Final = 8
TYPES: Final = (XLSX, "application/octet-stream")

R = TypeVar("R", bound=Record)


class NoFileYet(Conflict):
    """The file has not arrived yet: send it to the link, then say again that it is done."""


class Records(Protocol):
    """What these rules need of the ledger."""

    def find(self, kind: type[R], key: str) -> R | None: ...

    def put(self, record: R) -> R: ...

    def apply(self, decision: Decision[R]) -> R: ...

    def create(self, record: R, did: str = "", **details: Any) -> R: ...


def desk_at(records: Records, desk_id: str, tenant_id: str, partner_id: str) -> UploadDesk:
    found = records.find(UploadDesk, desk_id)
    return found or UploadDesk(id=desk_id, tenant_id=tenant_id, partner_id=partner_id)


def announced(
    records: Records,
    upload_id: str,
    tenant_id: str,
    partner_id: str,
    purpose: Purpose,
    size: int,
    language: Spoken,
    now: datetime,
) -> Upload:
    desk_id = partner_id or f"prices-{tenant_id}"
    desk = desk_at(records, desk_id, tenant_id, partner_id)
    records.put(desk.but(given=desk.given + 1))
    upload = Upload(
        id=upload_id,
        tenant_id=tenant_id,
        partner_id=partner_id,
        purpose=purpose,
        desk_id=desk_id,
        number=desk.given + 1,
        size=size,
        language=language,
        announced_at=now,
        due_at=now + COMES_UNTIL,
    )
    return records.create(upload, "announced", size=size)


def arrived(records: Records, upload: Upload, facts: FileFacts, now: datetime) -> Upload:
    """Plans the reading; an older one that is still being read is superseded, a newer one supersedes this."""
    desk = desk_at(records, upload.desk_id, upload.tenant_id, upload.partner_id)
    if upload.number < desk.newest:
        return records.apply(ended(upload, UploadEvent.SUPERSEDE, now))
    if not 0 < facts.size <= BYTES_MAX:
        return records.apply(
            ended(upload, UploadEvent.REFUSE, now, reason="empty" if facts.size == 0 else "too_large")
        )
    if desk.reading and desk.reading != upload.id:
        older = records.find(Upload, desk.reading)
        if older is not None and older.status == UploadStatus.READING:
            records.apply(ended(older, UploadEvent.SUPERSEDE, now))
    records.put(desk.but(newest=upload.number, reading=upload.id))
    after = upload.after(
        UploadEvent.ARRIVE,
        size=facts.size,
        generation=facts.generation,
        attempt=1,
        due_at=now + LOOK_AGAIN,
    )
    return records.apply(Decision(after, "arrived", {"size": facts.size}, (reading_of(after, now),)))


def reading_of(upload: Upload, at: datetime) -> Later:
    kind = ReadQuestionnaire if upload.purpose == "questionnaire" else ReadPriceList
    message = kind(upload_id=upload.id, attempt=upload.attempt)
    return Later(key=f"{upload.id}.read.{upload.attempt}", message=message, at=at)


def is_planned(upload: Upload | None, attempt: int) -> bool:
    return upload is not None and upload.status == UploadStatus.READING and upload.attempt == attempt


def ended(upload: Upload, event: UploadEvent, now: datetime, **changes: object) -> Decision[Upload]:
    after = upload.after(event, **changes)
    discard = Later(
        key=f"{upload.id}.discard", message=DiscardUpload(upload_id=upload.id), at=now + timedelta(minutes=1)
    )
    details = {"reason": after.reason} if after.reason else {}
    return Decision(after, after.status.value, details, (discard,))


def settled(
    records: Records, upload: Upload, event: UploadEvent, now: datetime, sha256: str, **changes: object
) -> Upload:
    """The end of a reading; the desk remembers what this content came to."""
    desk = desk_at(records, upload.desk_id, upload.tenant_id, upload.partner_id)
    freed = desk.but(reading="" if desk.reading == upload.id else desk.reading)
    if event in (UploadEvent.UNDERSTAND, UploadEvent.FAULT):
        freed = freed.knowing(sha256, upload.id)
    records.put(freed)
    return records.apply(ended(upload, event, now, sha256=sha256, **changes))


def chased(records: Records, upload: Upload, facts: FileFacts | None, now: datetime) -> Upload:
    """Overdue: it came and nobody told us, it never came, or its reading got lost."""
    if upload.status == UploadStatus.ANNOUNCED:
        if facts is not None:
            return arrived(records, upload, facts, now)
        return records.apply(ended(upload, UploadEvent.GIVE_UP, now))
    if upload.attempt >= ATTEMPTS_MAX:
        return settled(records, upload, UploadEvent.REFUSE, now, "", reason="gave_up")
    after = upload.but(attempt=upload.attempt + 1, due_at=now + LOOK_AGAIN * 2 ** min(upload.attempt, 5))
    details = {"attempt": after.attempt}
    return records.apply(Decision(after, "reading_planned_anew", details, (reading_of(after, now),)))


def overdue(now: datetime, limit: int) -> Query:
    return Query(
        Upload.kind,
        where=(("open", "==", True), ("due_at", "<=", now)),
        order=(("due_at", "asc"), ("id", "asc")),
        limit=limit,
    )


def of_answers(answers: Answers | None, issues: Sequence[CellIssue]) -> UploadEvent:
    return UploadEvent.UNDERSTAND if answers is not None and not issues else UploadEvent.FAULT
