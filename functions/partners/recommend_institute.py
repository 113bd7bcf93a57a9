"""Find the institute that fits a partner's questionnaire, and say why it and not another.

Reads few documents: the upload and its partner, the head of the market, what changed since the edition that
this process holds, and the versions of the five that are shown.
"""

from functions.partners.domain.market_head import MarketHead
from functions.partners.domain.partner import Partner
from functions.partners.domain.recommendation_views import RecommendationView, recommendation_view
from functions.partners.domain.recommending import outcome_of, recommended, require_read
from functions.partners.domain.template_words import Spoken
from functions.partners.domain.upload import Upload
from functions.partners.domain.weights import USUAL
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Needs, Request, action, post
from shared.runtime.context import Context


class RecommendInstitute(Request):
    upload_id: str
    language: Spoken = "pl"


@action(
    post("/v1/workbooks/{upload_id}:recommend"),
    role=(Role.PARTNER, Role.ADMIN, Role.OPERATOR),
    scope=Scope.OWN,
    needs=Needs(memory_mb=512, concurrency=4),
)
def recommend_institute(req: RecommendInstitute, ctx: Context) -> RecommendationView:
    """Recommend the institute that fits a questionnaire best, with the next four and the reasons."""
    tenant = ctx.actor.tenant_id
    ctx.store.prefetch((Upload, req.upload_id), (MarketHead, tenant))
    upload = ctx.store.get(Upload, req.upload_id)
    answers = require_read(upload)
    partner = ctx.store.get(Partner, upload.partner_id)
    head = ctx.store.find(MarketHead, tenant) or MarketHead(id=tenant, tenant_id=tenant)
    weights = partner.weights or USUAL
    outcome = outcome_of(ctx.store, ctx.files, tenant, head.pins, answers, weights, ctx.now.date())
    made = recommended(ctx.new_id(), upload, answers, weights, head.pins, outcome, ctx.now)
    saved = ctx.store.create(made, "recommended", fitting=outcome.fitting, edition=head.edition)
    return recommendation_view(saved, req.language)
