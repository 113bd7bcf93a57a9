"""The operator decides that people search on, outside the system."""

from pydantic import Field

from functions.house_visits.domain.outside import opened
from functions.house_visits.domain.views import VisitView, staff_view
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class OpenOutsideProcess(Request):
    visit_id: str
    reason: str = Field(min_length=1, max_length=500)


@action(post("/v1/house-visits/{visit_id}:open-outside-process"), role=Role.OPERATOR)
def open_outside_process(req: OpenOutsideProcess, ctx: Context) -> VisitView:
    """End the search by text, if one runs, and search among people instead."""
    return staff_view(
        ctx.store.change(
            Visit, req.visit_id, lambda visit: opened(visit, req.reason, ctx.actor.user_id, ctx.now)
        )
    )
