"""What lies on a shelf or is on its way there; what was refused, removed or never came is not listed."""

from functions.documents.domain.shelf import contents_at
from functions.documents.domain.texts import Spoken
from functions.documents.domain.views import DocumentView, view_of
from shared.contracts.documents import Document, Shelf
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context


class ListDocuments(Request):
    """`language`: of the sentences that people read."""

    shelf_id: str
    language: Spoken = "pl"


class DocumentList(Response):
    """All of them: a shelf holds fifty at most. `may_change`: whether documents may be added or removed."""

    documents: tuple[DocumentView, ...]
    may_change: bool


@action(
    get("/v1/shelves/{shelf_id}/documents"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.CASE,
    audited=True,
)
def list_documents(req: ListDocuments, ctx: Context) -> DocumentList:
    """List the documents of a case, in the order in which they came."""
    shelf = ctx.store.get(Shelf, req.shelf_id)
    found = ctx.store.find_many(Document, contents_at(ctx.store, shelf).document_ids)
    return DocumentList(documents=tuple(view_of(one, req.language) for one in found), may_change=shelf.open)
