"""Take a document away. The record stays with its log; the file is removed right after the commit."""

from functions.documents.domain.ending import removed, settled
from functions.documents.domain.shelf import on_its_shelf, require_open, require_theirs
from functions.documents.domain.texts import Spoken
from functions.documents.domain.views import DocumentView, view_of
from shared.contracts.documents import DocumentStatus
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class RemoveDocument(Request):
    """`language`: of the sentence that people read."""

    document_id: str
    language: Spoken = "pl"


@action(
    post("/v1/documents/{document_id}:remove"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.CASE,
)
def remove_document(req: RemoveDocument, ctx: Context) -> DocumentView:
    """Remove a document from an open case: staff any, doctors their own."""
    document, shelf = on_its_shelf(ctx.store, req.document_id)
    require_theirs(document, ctx.actor)
    if document.status != DocumentStatus.REMOVED:
        require_open(shelf)
        document = settled(ctx.store, removed(document, ctx.now))
    return view_of(document, req.language)
