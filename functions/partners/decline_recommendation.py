"""A partner wants none of these."""

from pydantic import Field

from functions.partners.domain.recommendation import Recommendation, declined
from functions.partners.domain.recommendation_views import RecommendationLine, recommendation_line
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class DeclineRecommendation(Request):
    recommendation_id: str
    reason: str = Field(min_length=1, max_length=1000)


@action(
    post("/v1/recommendations/{recommendation_id}:decline"), role=(Role.PARTNER, Role.ADMIN), scope=Scope.OWN
)
def decline_recommendation(req: DeclineRecommendation, ctx: Context) -> RecommendationLine:
    """Decline a recommendation and say why."""
    one = ctx.store.get(Recommendation, req.recommendation_id)
    return recommendation_line(ctx.store.apply(declined(one, req.reason)))
