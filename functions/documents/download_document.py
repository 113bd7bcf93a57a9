"""A link to the file, for a few minutes. Who may have it is asked each time; who had it is in the audit."""

from datetime import datetime, timedelta
from typing import Final

from functions.documents.domain.shelf import on_its_shelf
from functions.documents.domain.views import saved_as
from functions.documents.domain.waiting import require_clean
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context

LINK_LIFE: Final = timedelta(minutes=3)


class DownloadDocument(Request):
    document_id: str


class Download(Response):
    """`name` is what people called the file; the link saves it under a name that tells nothing."""

    url: str
    name: str
    content_type: str
    size: int
    sha256: str
    expires_at: datetime


@action(
    get("/v1/documents/{document_id}:download"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.CASE,
    audited=True,
)
def download_document(req: DownloadDocument, ctx: Context) -> Download:
    """Get a short-lived link to a document's file."""
    document, _ = on_its_shelf(ctx.store, req.document_id)
    require_clean(document)
    url = ctx.files.download_link(
        "clean",
        document.file,
        document.clean_generation,
        saved_as(document),
        document.content_type,
        LINK_LIFE,
    )
    return Download(
        url=url,
        name=document.name,
        content_type=document.content_type,
        size=document.size,
        sha256=document.sha256,
        expires_at=ctx.now + LINK_LIFE,
    )
