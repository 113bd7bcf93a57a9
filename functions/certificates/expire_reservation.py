"""The timer of a lease: what nobody has finished in time goes back to the pool.

It may come twice, late or early: it carries the lease it was made for, and finds nothing to do where that
one has been extended, has ended, or is not over yet.
"""

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.case_file import keep
from functions.certificates.domain.reserving import ExpireReservation, expired
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("leases"))
def expire_reservation(req: ExpireReservation, ctx: Context) -> Done:
    """End a reservation whose lease is over."""
    case = ctx.store.find(CertificateCase, req.case_id)
    if case is not None:
        keep(case, expired(case, req.arm, ctx.now), ctx.store)
    return Done()
