"""The guarantee behind the timers of bookings: an answer that is overdue is asked for every minute."""

from datetime import timedelta

from functions.referrals.domain.booking import unanswered
from functions.referrals.domain.letters import resolve_timer
from functions.referrals.domain.referral import Referral
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context

OVERDUE = timedelta(seconds=60)


class SweepSlots(Request):
    pass


class SlotsOverdue(Response):
    overdue: int


@action(schedule("* * * * *"))
def sweep_slots(req: SweepSlots, ctx: Context) -> SlotsOverdue:
    """Ask what became of every booking whose answer is overdue."""
    found = ctx.store.select(Referral, unanswered(ctx.now - OVERDUE))
    for referral in found:
        ctx.at_once(resolve_timer(referral, ctx.now).message)
    return SlotsOverdue(overdue=len(found))
