"""An accepted offer is over, or never became a contract: the room that it took is free again."""

from pydantic import Field

from functions.partners.domain.institute import Institute
from functions.partners.domain.publishing import published
from functions.partners.domain.recommendation import Recommendation, withdrawn
from functions.partners.domain.recommendation_views import RecommendationLine, recommendation_line
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class WithdrawAcceptance(Request):
    recommendation_id: str
    reason: str = Field(min_length=1, max_length=1000)


@action(post("/v1/recommendations/{recommendation_id}:withdraw"), role=Role.ADMIN)
def withdraw_acceptance(req: WithdrawAcceptance, ctx: Context) -> RecommendationLine:
    """Withdraw an acceptance and give the institute its room back."""
    one = ctx.store.get(Recommendation, req.recommendation_id)
    saved = ctx.store.apply(withdrawn(one, req.reason))
    institute = ctx.store.find(Institute, one.institute_id)
    if institute is not None:
        emptier = institute.giving_back(one.room)
        published(ctx.store, emptier, "room_given_back", ctx.now, new=False, recommendation_id=one.id)
    return recommendation_line(saved)
