"""How far the reading of a workbook has come, and what came of it."""

from functions.partners.domain.link import marked_link
from functions.partners.domain.template_words import Spoken
from functions.partners.domain.upload import Upload
from functions.partners.domain.views import UploadView, upload_view
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class GetQuestionnaire(Request):
    upload_id: str
    language: Spoken = "pl"


@action(get("/v1/workbooks/{upload_id}"), role=(Role.PARTNER, Role.ADMIN, Role.OPERATOR), scope=Scope.OWN)
def get_questionnaire(req: GetQuestionnaire, ctx: Context) -> UploadView:
    """Follow an upload: progress, faults by cell, and the marked workbook."""
    upload = ctx.store.get(Upload, req.upload_id)
    return upload_view(upload, req.language, marked_link(upload, ctx.files))
