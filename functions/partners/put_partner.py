"""Put a company on file, or change what is known of it."""

from functions.partners.domain.institute import Words
from functions.partners.domain.partner import Partner
from functions.partners.domain.template_words import Spoken
from functions.partners.domain.weights import Weights
from shared.kernel.actors import Role
from shared.kernel.records import Decision
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class PutPartner(Request):
    """Without `partner_id` it is a new one. `weights`: how much each criterion counts for this partner; the
    usual ones where they are left out."""

    partner_id: str = ""
    name: Words
    language: Spoken = "pl"
    weights: Weights | None = None


class PartnerView(Response):
    partner_id: str
    name: str
    language: Spoken
    weights: Weights | None
    version: int


@action(post("/v1/partners"), role=Role.ADMIN)
def put_partner(req: PutPartner, ctx: Context) -> PartnerView:
    """Put a partner on file with its language and weights."""
    facts = {"name": req.name, "language": req.language, "weights": req.weights}
    if req.partner_id:
        known = ctx.store.get(Partner, req.partner_id)
        saved = ctx.store.apply(Decision(known.but(**facts), "put"))
    else:
        new = {"id": ctx.new_id(), "tenant_id": ctx.actor.tenant_id, **facts}
        saved = ctx.store.create(Partner.model_validate(new), "put")
    return PartnerView(
        partner_id=saved.id,
        name=saved.name,
        language=saved.language,
        weights=saved.weights,
        version=saved.version,
    )
