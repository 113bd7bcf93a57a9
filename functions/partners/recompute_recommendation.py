"""Compute an old recommendation again from what it names: whoever doubts it can see that it was so."""

from functions.partners.domain.recommendation import Recommendation
from functions.partners.domain.recommending import outcome_of
from shared.kernel.actors import Role
from shared.runtime.action import Needs, Request, Response, action, get
from shared.runtime.context import Context


class RecomputeRecommendation(Request):
    recommendation_id: str


class Recomputed(Response):
    """`same`: whether it is so to the byte."""

    same: bool
    sha256: str
    recorded_sha256: str
    edition: int


@action(
    get("/v1/recommendations/{recommendation_id}:recompute"),
    role=Role.ADMIN,
    needs=Needs(memory_mb=512, concurrency=4),
)
def recompute_recommendation(req: RecomputeRecommendation, ctx: Context) -> Recomputed:
    """Compute a recommendation again from its pinned data and compare."""
    one = ctx.store.get(Recommendation, req.recommendation_id)
    again = outcome_of(ctx.store, ctx.files, one.tenant_id, one.pins, one.answers, one.weights, one.on)
    return Recomputed(
        same=again.canonical() == one.outcome.canonical() and again.sha256 == one.outcome_sha256,
        sha256=again.sha256,
        recorded_sha256=one.outcome_sha256,
        edition=one.pins.edition,
    )
