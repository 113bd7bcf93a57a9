"""Cloud Storage says that a file came: for the app that lost its connection after the upload."""

from functions.documents.domain.arriving import arrived
from functions.documents.domain.ending import settled
from shared.contracts.documents import Document, DocumentStatus, FileChanged
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(FileChanged))
def hear_storage(req: FileChanged, ctx: Context) -> Done:
    """Take in an uploaded file whether or not its app tells us."""
    if req.bucket != ctx.settings.quarantine_bucket or not req.document_id:
        return Done()  # other modules' files, and what we moved and removed ourselves
    document = ctx.store.find(Document, req.document_id)
    if document is None or document.status != DocumentStatus.ANNOUNCED:
        return Done()
    facts = ctx.files.stat("quarantine", document.file)
    if facts is not None:
        settled(ctx.store, arrived(document, facts, ctx.now))
    return Done()
