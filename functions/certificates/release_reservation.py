"""A reserved case goes back to the pool: its doctor gives it back, or an operator takes it away.

A draft is kept for its author, who finds it again if they reserve the case once more.
"""

from pydantic import Field

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.case_file import keep
from functions.certificates.domain.reserving import ReleaseReason, released
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class ReleaseReservation(Request):
    """`conflict_of_interest`: this doctor is not asked for this case again."""

    case_id: str
    reason: ReleaseReason
    note: str = Field("", max_length=500)


class ReservationReleased(Response):
    case_id: str
    status: str


@action(
    post("/v1/certificate-cases/{case_id}:release"), role=(Role.DOCTOR, Role.OPERATOR), scope=Scope.ASSIGNED
)
def release_reservation(req: ReleaseReservation, ctx: Context) -> ReservationReleased:
    """Give a reserved case back to the pool."""
    case = ctx.store.get(CertificateCase, req.case_id)
    after = keep(case, released(case, req.reason, req.note), ctx.store)
    return ReservationReleased(case_id=after.id, status=after.status)
