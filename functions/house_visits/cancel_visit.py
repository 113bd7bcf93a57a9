"""The visit is called off: whoever was asked is told, and no timer has anything left to do."""

from typing import Literal

from functions.house_visits.domain.diaries import forget
from functions.house_visits.domain.ending import cancel
from functions.house_visits.domain.views import VisitView, staff_view
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class CancelVisit(Request):
    visit_id: str
    reason: Literal["patient_asked", "no_longer_needed", "duplicate", "patient_in_hospital", "other"]


@action(post("/v1/house-visits/{visit_id}:cancel"), role=Role.OPERATOR)
def cancel_visit(req: CancelVisit, ctx: Context) -> VisitView:
    """Cancel a visit that is not over yet."""
    before = ctx.store.get(Visit, req.visit_id)
    after = ctx.store.change(Visit, req.visit_id, lambda visit: cancel(visit, req.reason, ctx.now))
    forget(before, ctx.store)
    return staff_view(after)
