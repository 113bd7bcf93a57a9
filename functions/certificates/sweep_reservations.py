"""The guarantee behind the timers of leases: a reservation that should be over is found every minute.

Timers are hints; the case itself holds its deadline. It is ended here and now, also while the queue that
should have brought its timer is away; a timer that turns up after all does nothing.
"""

from datetime import timedelta

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.listing import ended_leases
from functions.certificates.domain.reserving import ExpireReservation
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context

OVERDUE = timedelta(seconds=60)


class SweepReservations(Request):
    pass


class Found(Response):
    overdue: int


@action(schedule("* * * * *"))
def sweep_reservations(req: SweepReservations, ctx: Context) -> Found:
    """End every reservation whose lease is over."""
    found = ctx.store.select(CertificateCase, ended_leases(ctx.now - OVERDUE))
    for case in found:
        ctx.at_once(ExpireReservation(case_id=case.id, arm=case.arm))
    return Found(overdue=len(found))
