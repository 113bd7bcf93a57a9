"""The visit gets another time: whoever was to come or was asked is told, and it can be filled anew."""

from functions.house_visits.domain.diaries import forget
from functions.house_visits.domain.keeping import rescheduled
from functions.house_visits.domain.views import VisitView, staff_view
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role
from shared.kernel.times import PreferredWindow
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class RescheduleVisit(Request):
    visit_id: str
    window: PreferredWindow


@action(post("/v1/house-visits/{visit_id}:reschedule"), role=Role.OPERATOR)
def reschedule_visit(req: RescheduleVisit, ctx: Context) -> VisitView:
    """Move a visit to another time."""
    before = ctx.store.get(Visit, req.visit_id)
    after = ctx.store.change(Visit, before.id, lambda visit: rescheduled(visit, req.window, ctx.now))
    if after.winner is None:
        forget(before, ctx.store)
    return staff_view(after)
