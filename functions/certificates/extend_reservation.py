"""A doctor needs longer for a case they have reserved."""

from functions.certificates.domain.bench import Bench
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.case_file import keep
from functions.certificates.domain.reserved_view import ReservedCase, reserved_view
from functions.certificates.domain.reserving import extended
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class ExtendReservation(Request):
    case_id: str


@action(post("/v1/certificate-cases/{case_id}:extend"), role=Role.DOCTOR, scope=Scope.ASSIGNED)
def extend_reservation(req: ExtendReservation, ctx: Context) -> ReservedCase:
    """Keep a case you have reserved for longer."""
    me = ctx.actor.record_id
    ctx.store.prefetch((CertificateCase, req.case_id), (Bench, me))
    case = ctx.store.get(CertificateCase, req.case_id)
    return reserved_view(keep(case, extended(case, me, ctx.now), ctx.store))
