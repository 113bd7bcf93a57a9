"""A page of the nightly look at the visits: what is wrong with one becomes a line in its log, and wakes
somebody."""

from functions.house_visits.domain.checking import (
    LINES_MAX,
    CheckVisits,
    next_page,
    page,
    verdict,
)
from functions.house_visits.domain.desk import Desk
from functions.house_visits.domain.text_promises import desks_of
from functions.house_visits.domain.visit import Visit
from shared.kernel.promises import PROMISES
from shared.kernel.records import Decision
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("nightly"), needs=Needs(timeout_seconds=300))
def check_visits(req: CheckVisits, ctx: Context) -> Done:
    """Ask each visit of this page, and the desks of whom it asked, whether they keep their promises."""
    visits = ctx.store.select(Visit, page(req))
    ctx.store.prefetch(*((Desk, key) for one in visits for key in desks_of(one)))
    for visit in visits:
        if _verdict(visit, ctx) is not None:
            _say(ctx.store.get(Visit, visit.id), ctx)
    ctx.store.send(*next_page(req, visits, ctx.now))
    return Done()


def _say(visit: Visit, ctx: Context) -> None:
    if (decision := _verdict(visit, ctx)) is not None:
        ctx.store.apply(decision)
        ctx.promise_broken(visit, str(decision.details[PROMISES]))


def _verdict(visit: Visit, ctx: Context) -> Decision[Visit] | None:
    desks = ctx.store.find_many(Desk, desks_of(visit))
    return verdict(visit, ctx.store.activity(visit, 0, LINES_MAX), desks, ctx.now)
