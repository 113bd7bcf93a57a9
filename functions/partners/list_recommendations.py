"""Recommendations, the newest first: a partner's own, or for staff those in one status."""

from functions.partners.domain.recommendation import Recommendation, RecommendationStatus
from functions.partners.domain.recommendation_views import RecommendationLine, recommendation_line
from shared.kernel.actors import Role, Scope
from shared.kernel.ports import Operator, Query
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListRecommendations(Page):
    """`status` filters where it is given."""

    status: RecommendationStatus | None = None


class Recommendations(Response):
    recommendations: tuple[RecommendationLine, ...]
    next_page_token: str


@action(get("/v1/recommendations"), role=(Role.PARTNER, Role.ADMIN, Role.OPERATOR), scope=Scope.OWN)
def list_recommendations(req: ListRecommendations, ctx: Context) -> Recommendations:
    """List recommendations, the newest first."""
    where: list[tuple[str, Operator, str]] = []
    if ctx.actor.role == Role.PARTNER:
        where.append(("partner_id", "==", ctx.actor.record_id))
    if req.status:
        where.append(("status", "==", req.status.value))
    wanted = Query(Recommendation.kind, tuple(where), order=(("made_at", "desc"), ("id", "asc")))
    rows, following = page_of(ctx, Recommendation, req, wanted)
    return Recommendations(
        recommendations=tuple(recommendation_line(one) for one in rows), next_page_token=following
    )
