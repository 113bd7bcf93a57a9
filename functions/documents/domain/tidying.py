"""What is left in storage when a document has come to an end, and what nobody waits for any more."""

import re
from datetime import datetime, timedelta
from typing import ClassVar, Final

from shared.contracts.documents import ROOM_OF_DOCUMENTS, Document, DocumentStatus
from shared.kernel.effects import Later, Message
from shared.kernel.ports import FileFacts, Query, Room
from shared.kernel.records import Record

GRACE: Final = timedelta(days=1)
"""A file younger than this is left alone: a commit in flight may be about to name it."""
ROOMS: Final[tuple[Room, ...]] = ("quarantine", "clean")


class DiscardFiles(Message):
    """Remove from storage what this document has no use for any more."""

    document_id: str


class SweepCursor(Record):
    """Where the next look through a room goes on; "" begins anew. `id` is the room and the tenant."""

    kind: ClassVar[str] = "sweep_cursors"
    logged: ClassVar[bool] = False

    after: str = ""


def discarding(document: Document, now: datetime) -> Later:
    """A document comes to each of its ends once: the status is a good name for what follows."""
    message = DiscardFiles(document_id=document.id)
    return Later(key=f"{document.id}.discard.{document.status}", message=message, at=now)


def useless_rooms(document: Document) -> tuple[Room, ...]:
    """Where its file need not lie: an upload is kept while it waits, a clean copy while it may be read."""
    if document.is_open:
        return ()
    return ("quarantine",) if document.status == DocumentStatus.CLEAN else ROOMS


def is_orphan(facts: FileFacts, room: Room, document: Document | None, now: datetime) -> bool:
    """Whether nobody will ever ask for this file again. An open document may still be about to name a clean
    copy: it is left alone whatever its age."""
    if facts.created_at > now - GRACE:
        return False
    return document is None or room in useless_rooms(document)


def files_of(tenant_id: str) -> str:
    return f"{ROOM_OF_DOCUMENTS}{tenant_id}/"


def document_of(file: str, tenant_id: str) -> str:
    """The id of the document that a file is named by; "" where no document could name it so."""
    key = file.removeprefix(files_of(tenant_id))
    return key if re.fullmatch(r"[A-Za-z0-9-]{1,200}", key) else ""


def overdue(now: datetime, limit: int) -> Query:
    """Open documents on which somebody should have looked by now."""
    return Query(
        Document.kind,
        where=(("open", "==", True), ("due_at", "<=", now)),
        order=(("due_at", "asc"), ("id", "asc")),
        limit=limit,
    )
