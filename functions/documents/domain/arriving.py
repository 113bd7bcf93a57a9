"""A document on its way: announced, arrived, or given up."""

import re
import unicodedata
from datetime import datetime, timedelta
from typing import Final

from functions.documents.domain.ending import LOOK_AGAIN, check_of, refused
from shared.contracts.documents import Document, DocumentEvent, Reason, Shelf
from shared.contracts.file_checks import BYTES_MAX
from shared.kernel.errors import Conflict
from shared.kernel.ports import FileFacts
from shared.kernel.records import Decision

LINK_LIFE: Final = timedelta(minutes=15)
COMES_UNTIL: Final = timedelta(hours=1)
"""How long after the announcement an upload is waited for: a slow one that began in time may still end."""


class NothingUploaded(Conflict):
    """The file has not arrived yet: send it to the link, then say again that it is done."""


def announced(
    document_id: str,
    shelf: Shelf,
    *,
    name: str,
    content_type: str,
    size: int,
    by: str,
    now: datetime,
) -> Document:
    return Document(
        id=document_id,
        tenant_id=shelf.tenant_id,
        shelf_id=shelf.id,
        name=called(name),
        content_type=content_type,
        size=size,
        uploaded_by=by,
        announced_at=now,
        due_at=now + COMES_UNTIL,
    )


def called(name: str) -> str:
    """As people read it: without folders, and without signs that are not seen or turn the others around."""
    seen = "".join(one for one in name if not unicodedata.category(one).startswith("C"))
    return re.split(r"[\\/]", seen)[-1].strip() or "?"


def arrived(document: Document, facts: FileFacts, now: datetime) -> Decision[Document]:
    """What there is to see without opening it; then it is checked.

    The link is bound to type and length, but a storage that does not enforce its links is not believed.
    """
    reason = _wrong_at_once(document, facts)
    if reason:
        return refused(document.but(size=facts.size), reason, now)
    after = document.after(
        DocumentEvent.ARRIVE,
        size=facts.size,
        generation=facts.generation,
        check=document.check + 1,
        due_at=now + LOOK_AGAIN,
    )
    return Decision(after, "arrived", {"size": facts.size}, (check_of(after, now),))


def _wrong_at_once(document: Document, facts: FileFacts) -> Reason:
    if facts.size == 0:
        return Reason.EMPTY
    if facts.size > min(document.size, BYTES_MAX):
        return Reason.TOO_LARGE
    if facts.content_type != document.content_type:
        return Reason.WRONG_TYPE
    return Reason.NONE
