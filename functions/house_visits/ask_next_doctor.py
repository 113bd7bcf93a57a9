"""The timer of a cascade: ask the next doctor.

It may come twice, late, early or out of order: it carries the epoch and arm it was made for, and finds
nothing to do where these have passed. Being asked costs one read, one commit, and the text itself.
"""

from functions.house_visits.domain.asking import next_step
from functions.house_visits.domain.cascade import AskNextDoctor
from functions.house_visits.domain.desk import Desk
from functions.house_visits.domain.visit import Visit
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("cascade"))
def ask_next_doctor(req: AskNextDoctor, ctx: Context) -> Done:
    """Text the next doctor of a running search, or end it when nobody is left."""
    desk_id = req.desk_id or "nobody"
    ctx.store.prefetch((Visit, req.visit_id), (Desk, desk_id))
    visit = ctx.store.find(Visit, req.visit_id)
    if visit is None:
        return Done()
    desk = ctx.store.find(Desk, desk_id) or Desk(id=desk_id, tenant_id=visit.tenant_id)
    step = next_step(visit, req, desk, ctx.settings.sender_numbers, _entropy(ctx), ctx.now)
    if step is not None:
        ctx.store.apply(step.decision)
        if step.desk is not None:
            ctx.store.put(step.desk.asked_in(ctx.origin))
    return Done()


def _entropy(ctx: Context) -> int:
    return int.from_bytes(ctx.new_id().encode(), "big")
