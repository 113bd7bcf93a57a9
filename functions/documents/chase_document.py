"""One overdue document, in a call of its own: what is wrong with one must not keep the others waiting."""

from functions.documents.domain.chasing import ChaseDocument, chased, is_overdue
from functions.documents.domain.ending import settled
from shared.contracts.documents import Document
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("documents"))
def chase_document(req: ChaseDocument, ctx: Context) -> Done:
    """Give up an upload that never came, take in one that nobody told of, plan a lost check anew."""
    document = ctx.store.find(Document, req.document_id)
    if document is not None and is_overdue(document, ctx.now):
        facts = ctx.files.stat("quarantine", document.file)
        settled(ctx.store, chased(document, facts, ctx.now))
    return Done()
