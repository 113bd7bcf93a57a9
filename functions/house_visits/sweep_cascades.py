"""The guarantee behind the timers: a visit whose step is overdue is found every minute.

Timers are hints; the visit itself holds its deadline. What is found gets a new timer, which does nothing
if the old one turns up after all.
"""

from datetime import timedelta

from functions.house_visits.domain.asking import timer
from functions.house_visits.domain.clinic_letters import resolve_timer
from functions.house_visits.domain.queries import due_visits
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.kernel.effects import Later
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context

OVERDUE = timedelta(seconds=60)


class SweepCascades(Request):
    pass


class Found(Response):
    overdue: int


@action(schedule("* * * * *"))
def sweep_cascades(req: SweepCascades, ctx: Context) -> Found:
    """Wake every search and every clinic's booking whose next step is overdue."""
    found = ctx.store.select(Visit, due_visits(ctx.now - OVERDUE))
    for visit in found:
        letter = _wake(visit, ctx)
        if letter is not None:
            ctx.store.send(letter)
    return Found(overdue=len(found))


def _wake(visit: Visit, ctx: Context) -> Later | None:
    if visit.status == VisitStatus.OFFERING and visit.cascade is not None:
        letter = timer(visit, ctx.now)
    elif visit.status == VisitStatus.UNKNOWN_OUTCOME and visit.clinic_request is not None:
        letter = resolve_timer(visit, ctx.now)
    else:
        return None
    # Another name than the timer's own: that one may have been used up by a run that failed.
    return letter.but(key=f"{letter.key}-woken-{ctx.now:%Y%m%d%H%M}")
