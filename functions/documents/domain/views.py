"""What callers see of a document, and under which name it is saved."""

from datetime import datetime

from functions.documents.domain.texts import SENTENCES, Spoken
from shared.contracts.documents import TYPES, Document
from shared.kernel.records import Value


class DocumentView(Value):
    """`reason` says why it was refused, `sentence` the same for people; `same_as` names the document that
    holds the same content, where that is why. `version` is the record's ETag."""

    document_id: str
    version: int
    shelf_id: str
    status: str
    name: str
    content_type: str
    size: int
    uploaded_by: str
    announced_at: datetime
    reason: str
    sentence: str
    same_as: str


def view_of(document: Document, language: Spoken) -> DocumentView:
    return DocumentView(
        document_id=document.id,
        version=document.version,
        shelf_id=document.shelf_id,
        status=document.status,
        name=document.name,
        content_type=document.content_type,
        size=document.size,
        uploaded_by=document.uploaded_by,
        announced_at=document.announced_at,
        reason=document.reason,
        sentence=SENTENCES[document.reason][language],
        same_as=document.same_as,
    )


def saved_as(document: Document) -> str:
    """It stands in the link: what a person called the file may name a patient, and no URL may."""
    return f"{document.id}.{TYPES[document.content_type]}"
