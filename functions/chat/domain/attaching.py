"""What may be written: words, or documents of the same case that were looked at and found clean."""

from functions.chat.domain.taking_part import Conversation, Records
from functions.chat.domain.writing import Words
from shared.contracts.documents import Document, DocumentStatus, Shelf
from shared.kernel.errors import Conflict, FieldError, Invalid, NotFound


class EmptyMessage(Invalid):
    """Write something, or attach a document."""


class AttachmentNotReady(Conflict):
    """This document cannot be attached: wait until it has been checked, or choose another."""


def require_attachable(words: Words, talk: Conversation, records: Records) -> None:
    """Documents lie on the shelf of the case, and only who may open them there may attach them.

    Raises EmptyMessage, NotFound, AttachmentNotReady.
    """
    if not words.text and not words.document_ids:
        raise EmptyMessage(errors=[FieldError("/text", "is empty")])
    if not words.document_ids:
        return
    records.prefetch((Shelf, talk.thread.id), *((Document, one) for one in words.document_ids))
    records.get(Shelf, talk.thread.id)
    for one in words.document_ids:
        document = records.get(Document, one)
        if document.shelf_id != talk.thread.id:
            raise NotFound
        if document.status != DocumentStatus.CLEAN:
            raise AttachmentNotReady
