"""The doctor who took a visit cannot come after all: the search goes on at once."""

from functions.house_visits.domain.diaries import forget
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.reopening import withdraw_winner
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Done, Request, action, post
from shared.runtime.context import Context


class WithdrawFromVisit(Request):
    visit_id: str


@action(post("/v1/house-visits/{visit_id}:withdraw"), role=Role.DOCTOR, scope=Scope.ASSIGNED)
def withdraw_from_visit(req: WithdrawFromVisit, ctx: Context) -> Done:
    """Give back a visit you have taken; others are asked again."""
    ctx.store.prefetch((Visit, req.visit_id), (Diary, ctx.actor.record_id))
    before = ctx.store.get(Visit, req.visit_id)
    ctx.store.change(Visit, req.visit_id, lambda visit: withdraw_winner(visit, ctx.now, "doctor_withdrew"))
    forget(before, ctx.store)
    return Done()
