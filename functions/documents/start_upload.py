"""Somebody wants to bring a document: they get a link that takes exactly this file, once, for a few minutes.

Its place on the shelf is taken in the same commit: however many begin at once, no shelf holds too many.
"""

from datetime import datetime
from typing import Literal

from pydantic import Field

from functions.documents.domain.arriving import LINK_LIFE, announced
from functions.documents.domain.shelf import contents_at, person_of, require_open
from shared.contracts.documents import Shelf
from shared.contracts.file_checks import BYTES_MAX
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class StartUpload(Request):
    """`name` as people call the file; `size` in bytes, exactly."""

    shelf_id: str
    name: str = Field(min_length=1, max_length=200)
    content_type: Literal["application/pdf", "image/jpeg", "image/png"]
    size: int = Field(ge=1, le=BYTES_MAX)


class UploadStarted(Response):
    """Send the file to `url` by `method` with all of `headers`, then finish the upload."""

    document_id: str
    url: str
    method: str
    headers: dict[str, str]
    expires_at: datetime


@action(
    post("/v1/shelves/{shelf_id}/documents"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.CASE,
)
def start_upload(req: StartUpload, ctx: Context) -> UploadStarted:
    """Announce a document and get the link to upload it."""
    shelf = ctx.store.get(Shelf, req.shelf_id)
    require_open(shelf)
    document = announced(
        ctx.new_id(),
        shelf,
        name=req.name,
        content_type=req.content_type,
        size=req.size,
        by=person_of(ctx.actor),
        now=ctx.now,
    )
    ctx.store.put(contents_at(ctx.store, shelf).having(document.id))
    ctx.store.create(document, "announced", size=req.size)
    link = ctx.files.upload_link(document.file, req.content_type, req.size, LINK_LIFE)
    return UploadStarted(
        document_id=document.id,
        url=link.url,
        method=link.method,
        headers=dict(link.headers),
        expires_at=ctx.now + LINK_LIFE,
    )
