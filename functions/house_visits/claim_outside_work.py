"""Somebody takes a search outside the system on: from then on it has an owner."""

from functions.house_visits.domain.outside import claimed
from functions.house_visits.domain.views import VisitView, staff_view
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class ClaimOutsideWork(Request):
    """`take_over`: also from somebody else who has taken it on."""

    visit_id: str
    take_over: bool = False


@action(post("/v1/house-visits/{visit_id}:claim-outside-work"), role=Role.OPERATOR)
def claim_outside_work(req: ClaimOutsideWork, ctx: Context) -> VisitView:
    """Take on the search for somebody outside the system."""
    me = ctx.actor.user_id
    return staff_view(
        ctx.store.change(Visit, req.visit_id, lambda visit: claimed(visit, me, take_over=req.take_over))
    )
