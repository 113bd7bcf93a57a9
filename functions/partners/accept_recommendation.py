"""A partner takes an offer: for the price that it was told, or not at all."""

from functions.partners.domain.institute import Institute
from functions.partners.domain.recommendation import Recommendation, accepted, chosen
from functions.partners.domain.recommendation_views import RecommendationLine, recommendation_line
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class AcceptRecommendation(Request):
    """`institute_id`: one of the candidates; the first where it is left out."""

    recommendation_id: str
    institute_id: str = ""


@action(
    post("/v1/recommendations/{recommendation_id}:accept"), role=(Role.PARTNER, Role.ADMIN), scope=Scope.OWN
)
def accept_recommendation(req: AcceptRecommendation, ctx: Context) -> RecommendationLine:
    """Take the offer of an institute that was recommended."""
    one = ctx.store.get(Recommendation, req.recommendation_id)
    candidate = chosen(one, req.institute_id)
    institute = ctx.store.find(Institute, candidate.institute_id)
    return recommendation_line(ctx.store.apply(accepted(one, candidate, institute, ctx.now.date())))
