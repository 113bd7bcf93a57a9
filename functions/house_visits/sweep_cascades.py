"""The guarantee behind the timers: a visit whose step is overdue is found every minute.

Timers are hints; the visit itself holds its deadline. The step of what is found is done here and now, also
while the queue that should have brought its timer is away; a timer that turns up after all does nothing.
"""

from datetime import timedelta

from functions.house_visits.domain.asking import timer
from functions.house_visits.domain.clinic_letters import resolve_timer
from functions.house_visits.domain.queries import due_visits
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.kernel.effects import Message
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context

OVERDUE = timedelta(seconds=60)


class SweepCascades(Request):
    pass


class Found(Response):
    overdue: int


@action(schedule("* * * * *"))
def sweep_cascades(req: SweepCascades, ctx: Context) -> Found:
    """Move on every search and every clinic's booking whose next step is overdue."""
    found = ctx.store.select(Visit, due_visits(ctx.now - OVERDUE))
    for visit in found:
        step = _overdue_step(visit, ctx)
        if step is not None:
            ctx.at_once(step)
    return Found(overdue=len(found))


def _overdue_step(visit: Visit, ctx: Context) -> Message | None:
    if visit.status == VisitStatus.OFFERING and visit.cascade is not None:
        return timer(visit, ctx.now).message
    if visit.status == VisitStatus.UNKNOWN_OUTCOME and visit.clinic_request is not None:
        return resolve_timer(visit, ctx.now).message
    return None
