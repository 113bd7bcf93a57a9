"""An admin brings prices of many institutes in one workbook: all of it is taken, or nothing."""

from functions.partners.domain.arriving import announced
from functions.partners.domain.link import Size, UploadStarted, link_for
from functions.partners.domain.template_words import Spoken
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class ImportPriceList(Request):
    """`size` in bytes, exactly; `language` of what is said about the file."""

    size: Size
    language: Spoken = "pl"


@action(post("/v1/price-lists:import"), role=Role.ADMIN)
def import_price_list(req: ImportPriceList, ctx: Context) -> UploadStarted:
    """Announce a workbook of prices and get the link to upload it."""
    tenant = ctx.actor.tenant_id
    upload = announced(ctx.store, ctx.new_id(), tenant, "", "price_list", req.size, req.language, ctx.now)
    return link_for(upload, ctx.files, ctx.now)
