"""Documents on which nobody looked in time: the upload that never came, the check whose task got lost."""

from datetime import datetime

from functions.documents.domain.arriving import arrived
from functions.documents.domain.ending import given_up, put_off
from shared.contracts.documents import Document, DocumentStatus
from shared.kernel.effects import Message
from shared.kernel.ports import FileFacts
from shared.kernel.records import Decision


class ChaseDocument(Message):
    """Look after a document that is overdue."""

    document_id: str


def is_overdue(document: Document, now: datetime) -> bool:
    return document.is_open and document.due_at <= now


def chased(document: Document, facts: FileFacts | None, now: datetime) -> Decision[Document]:
    """`facts` of the upload: it may lie there though both who should have told us are silent."""
    if document.status == DocumentStatus.CHECKING:
        return put_off(document, now)
    return given_up(document, now) if facts is None else arrived(document, facts, now)
