"""A partner wants to bring its questionnaire: it gets a link that takes one workbook, once."""

from functions.partners.domain.arriving import announced
from functions.partners.domain.link import Size, UploadStarted, link_for
from functions.partners.domain.partner import Partner
from functions.partners.domain.template_words import Spoken
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class StartUpload(Request):
    """`size` in bytes, exactly; `language` of what is said about the file."""

    partner_id: str
    size: Size
    language: Spoken = "pl"


@action(post("/v1/partners/{partner_id}/questionnaires"), role=(Role.PARTNER, Role.ADMIN), scope=Scope.OWN)
def start_upload(req: StartUpload, ctx: Context) -> UploadStarted:
    """Announce a filled questionnaire and get the link to upload it."""
    partner = ctx.store.get(Partner, req.partner_id)
    upload = announced(
        ctx.store,
        ctx.new_id(),
        partner.tenant_id,
        partner.id,
        "questionnaire",
        req.size,
        req.language,
        ctx.now,
    )
    return link_for(upload, ctx.files, ctx.now)
