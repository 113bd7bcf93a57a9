"""Every minute: how many visits should have moved and have not, and how many wait for a person."""

from datetime import timedelta

from functions.house_visits.domain.listing import VisitFilter, visits_where
from functions.house_visits.domain.queries import due_visits
from functions.house_visits.domain.visit import Visit
from shared.runtime.action import Done, Request, action, schedule
from shared.runtime.context import Context

STUCK = timedelta(minutes=10)
"""The sweeper looks every minute: what is so long overdue does not move by itself."""


class ReportFigures(Request):
    pass


@action(schedule("* * * * *"))
def report_figures(req: ReportFigures, ctx: Context) -> Done:
    """Say how many visits are stuck and how many wait for a person."""
    waiting = visits_where(VisitFilter(waits_for_person=True))
    ctx.figures["visits_stuck"] = ctx.store.count(Visit, due_visits(ctx.now - STUCK))
    ctx.figures["visits_wait_for_person"] = ctx.store.count(Visit, waiting)
    return Done()
