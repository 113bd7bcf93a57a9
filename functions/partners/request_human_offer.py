"""A partner would rather talk to somebody: it stays open until it is accepted or declined."""

from pydantic import Field

from functions.partners.domain.recommendation import Recommendation, human_asked
from functions.partners.domain.recommendation_views import RecommendationLine, recommendation_line
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class RequestHumanOffer(Request):
    recommendation_id: str
    note: str = Field("", max_length=1000)


@action(
    post("/v1/recommendations/{recommendation_id}:ask-human"),
    role=(Role.PARTNER, Role.ADMIN),
    scope=Scope.OWN,
)
def request_human_offer(req: RequestHumanOffer, ctx: Context) -> RecommendationLine:
    """Ask for an offer by a person."""
    one = ctx.store.get(Recommendation, req.recommendation_id)
    return recommendation_line(ctx.store.apply(human_asked(one, req.note)))
