"""The operator starts the search: doctors are texted one after another until one says yes."""

from functions.house_visits.domain.gathering import gather
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.planning import start
from functions.house_visits.domain.views import VisitView, staff_view
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role
from shared.runtime.action import action, post
from shared.runtime.context import Context


@action(post("/v1/house-visits/{visit_id}:start-cascade"), role=Role.OPERATOR)
def start_cascade(req: PlanRequest, ctx: Context) -> VisitView:
    """Start texting doctors about a visit; the first yes wins."""
    visit = ctx.store.get(Visit, req.visit_id)
    plan, offers, _ = gather(visit, req, ctx.store, ctx.ports.phones.can_text_back, ctx.now)
    decision = start(visit, plan, offers, ctx.actor.user_id, ctx.now)
    return staff_view(ctx.store.apply(decision))
