"""Write one site of an institute; a new institute comes with its first."""

from functions.partners.domain.institute import Code, Institute, Site
from functions.partners.domain.publishing import published
from functions.partners.domain.putting import SiteWish, placed, require_name
from functions.partners.domain.views import InstituteView, institute_view
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class PutSite(Request, SiteWish):
    """Without `institute_id` it is a new institute, which needs `institute_name`; `institute_active` false
    takes it off the market."""

    institute_id: str = ""
    site_id: Code
    institute_name: str = ""
    institute_active: bool | None = None


@action(post("/v1/sites"), role=Role.ADMIN)
def put_site(req: PutSite, ctx: Context) -> InstituteView:
    """Put a site of an institute on file, or change it."""
    found = ctx.store.get(Institute, req.institute_id) if req.institute_id else None
    name = require_name(req.institute_name, found)
    institute = found or Institute(id=ctx.new_id(), tenant_id=ctx.actor.tenant_id, name=name)
    facts = placed(req, ctx.ports.geocoder.locate)
    changed = institute.having(Site.model_validate({**facts.model_dump(), "id": req.site_id})).but(
        name=name,
        active=institute.active if req.institute_active is None else req.institute_active,
    )
    saved = published(ctx.store, changed, "site_put", ctx.now, new=found is None, site_id=req.site_id)
    return institute_view(saved)
