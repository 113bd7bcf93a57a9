"""A partner takes an offer: for the price that it was told and while there is room, or not at all.

The offer and the room that it takes are one commit: of two who want the last of it, one has it.
"""

from functions.partners.domain.institute import Institute
from functions.partners.domain.publishing import published
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
    decision = accepted(one, candidate, institute, ctx.now.date())
    saved = ctx.store.apply(decision)
    if institute is not None:
        fuller = institute.taking(saved.room)
        published(ctx.store, fuller, "room_taken", ctx.now, new=False, recommendation_id=one.id)
    return recommendation_line(saved)
