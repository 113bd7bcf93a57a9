"""The guarantee behind links, notifications and tasks: every open document holds the time at which somebody
must look at it, and this looks."""

from typing import Final

from functions.documents.domain.chasing import ChaseDocument
from functions.documents.domain.tidying import overdue
from shared.contracts.documents import Document
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context

SWEEP_MAX: Final = 100


class SweepDocuments(Request):
    pass


class DocumentsSwept(Response):
    overdue: int


@action(schedule("*/5 * * * *"))
def sweep_documents(req: SweepDocuments, ctx: Context) -> DocumentsSwept:
    """Look after every document whose upload or check is overdue."""
    found = ctx.store.select(Document, overdue(ctx.now, SWEEP_MAX))
    for document in found:
        ctx.at_once(ChaseDocument(document_id=document.id))
    return DocumentsSwept(overdue=len(found))
