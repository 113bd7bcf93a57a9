"""A doctor takes a remote case: exactly one of those who try at once.

One read and one commit: the bench is written with the case, so that nobody reserves more than they may.
"""

from functions.certificates.domain.bench import Bench, bench_of
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.case_file import keep
from functions.certificates.domain.reserved_view import ReservedCase, reserved_view
from functions.certificates.domain.reserving import NotPractising, expired, reserved
from shared.contracts.directory import Doctor
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class ReserveCertificate(Request):
    case_id: str


@action(post("/v1/certificate-cases/{case_id}:reserve"), role=Role.DOCTOR, scope=Scope.OFFERED)
def reserve_certificate(req: ReserveCertificate, ctx: Context) -> ReservedCase:
    """Reserve a case of the worklist; the first doctor gets it."""
    me = ctx.actor.record_id
    ctx.store.prefetch((CertificateCase, req.case_id), (Doctor, me), (Bench, me))
    case, doctor = ctx.store.get(CertificateCase, req.case_id), ctx.store.find(Doctor, me)
    if doctor is None:
        raise NotPractising
    late = expired(case, case.arm, ctx.now)  # its timer is; the bench it stood on is the other doctor's
    case = case if late is None else ctx.store.apply(late)
    bench = bench_of(me, ctx.actor.tenant_id, ctx.store)
    return reserved_view(keep(case, reserved(case, doctor, bench, ctx.now), ctx.store))
