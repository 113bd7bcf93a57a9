"""One document: where it stands, and why it was refused where it was. The file itself is downloaded."""

from functions.documents.domain.shelf import on_its_shelf
from functions.documents.domain.texts import Spoken
from functions.documents.domain.views import DocumentView, view_of
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class ReadDocument(Request):
    """`language`: of the sentence that people read."""

    document_id: str
    language: Spoken = "pl"


@action(
    get("/v1/documents/{document_id}"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.CASE,
    audited=True,
)
def read_document(req: ReadDocument, ctx: Context) -> DocumentView:
    """Read where a document stands."""
    document, _ = on_its_shelf(ctx.store, req.document_id)
    return view_of(document, req.language)
