"""One recommendation as it was made."""

from functions.partners.domain.recommendation import Recommendation
from functions.partners.domain.recommendation_views import RecommendationView, recommendation_view
from functions.partners.domain.template_words import Spoken
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class GetRecommendation(Request):
    recommendation_id: str
    language: Spoken = "pl"


@action(
    get("/v1/recommendations/{recommendation_id}"),
    role=(Role.PARTNER, Role.ADMIN, Role.OPERATOR),
    scope=Scope.OWN,
)
def get_recommendation(req: GetRecommendation, ctx: Context) -> RecommendationView:
    """Read a recommendation with its reasons."""
    one = ctx.store.get(Recommendation, req.recommendation_id)
    return recommendation_view(one, req.language)
