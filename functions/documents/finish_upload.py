"""The app says that the file is there. The storage says so too, whichever comes first; the other changes
nothing. What is believed is neither of them, but the file itself."""

from functions.documents.domain.arriving import NothingUploaded, arrived
from functions.documents.domain.ending import settled
from functions.documents.domain.shelf import on_its_shelf
from functions.documents.domain.texts import Spoken
from functions.documents.domain.views import DocumentView, view_of
from shared.contracts.documents import DocumentStatus
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class FinishUpload(Request):
    """`language`: of the sentence that people read."""

    document_id: str
    language: Spoken = "pl"


@action(
    post("/v1/documents/{document_id}:finish"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.CASE,
)
def finish_upload(req: FinishUpload, ctx: Context) -> DocumentView:
    """Say that the file was uploaded; it is checked before anybody can open it."""
    document, _ = on_its_shelf(ctx.store, req.document_id)
    if document.status == DocumentStatus.ANNOUNCED:
        facts = ctx.files.stat("quarantine", document.file)
        if facts is None:
            raise NothingUploaded
        document = settled(ctx.store, arrived(document, facts, ctx.now))
    return view_of(document, req.language)
