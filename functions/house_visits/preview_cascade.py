"""Before a search is started: who would be asked when, with what text, at what cost, with what warnings."""

from functions.house_visits.domain.gathering import gather
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.previewing import Preview, preview
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role
from shared.runtime.action import action, look_up
from shared.runtime.context import Context


@action(look_up("/v1/house-visits/{visit_id}:preview-cascade"), role=Role.OPERATOR)
def preview_cascade(req: PlanRequest, ctx: Context) -> Preview:
    """Show what a search would do, without starting it."""
    visit = ctx.store.get(Visit, req.visit_id)
    plan, offers, skipped = gather(visit, req, ctx.store, ctx.ports.phones.can_text_back, ctx.now)
    return preview(visit, plan, offers, skipped, ctx.now)
