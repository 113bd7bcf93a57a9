"""The app says that the workbook is there. The storage says so too, whichever comes first."""

from functions.partners.domain.arriving import NoFileYet, arrived
from functions.partners.domain.template_words import Spoken
from functions.partners.domain.upload import Upload, UploadStatus
from functions.partners.domain.views import UploadView, upload_view
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class FinishUpload(Request):
    upload_id: str
    language: Spoken = "pl"


@action(post("/v1/workbooks/{upload_id}:finish"), role=(Role.PARTNER, Role.ADMIN), scope=Scope.OWN)
def finish_upload(req: FinishUpload, ctx: Context) -> UploadView:
    """Say that the workbook was uploaded; then it is read."""
    upload = ctx.store.get(Upload, req.upload_id)
    if upload.status == UploadStatus.ANNOUNCED:
        facts = ctx.files.stat("quarantine", upload.file)
        if facts is None:
            raise NoFileYet
        upload = arrived(ctx.store, upload, facts, ctx.now)
    return upload_view(upload, req.language)
