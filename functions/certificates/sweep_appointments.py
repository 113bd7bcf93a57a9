"""The guarantee behind the timers of bookings: an answer that is overdue is asked for every minute."""

from datetime import timedelta

from functions.certificates.domain.booking_letters import resolve_timer
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.listing import unanswered_clinics
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context

OVERDUE = timedelta(seconds=60)


class SweepAppointments(Request):
    pass


class Found(Response):
    overdue: int


@action(schedule("* * * * *"))
def sweep_appointments(req: SweepAppointments, ctx: Context) -> Found:
    """Ask what became of every booking whose answer is overdue."""
    found = ctx.store.select(CertificateCase, unanswered_clinics(ctx.now - OVERDUE))
    for case in found:
        ctx.at_once(resolve_timer(case, ctx.now).message)
    return Found(overdue=len(found))
