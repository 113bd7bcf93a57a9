"""The way out when a clinic's system stays silent: an operator phones the clinic and records what it says."""

from typing import Literal

from functions.certificates.domain.booking import settled_booked, settled_not_booked
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.case_file import keep
from functions.certificates.domain.views import CaseView, staff_view
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class SettleAppointment(Request):
    """`booked`: for the slot that was asked for."""

    case_id: str
    outcome: Literal["booked", "not_booked"]


@action(post("/v1/certificate-cases/{case_id}:settle-appointment"), role=Role.OPERATOR)
def settle_appointment(req: SettleAppointment, ctx: Context) -> CaseView:
    """Record by hand whether a clinic that does not answer has booked an examination."""
    case = ctx.store.get(CertificateCase, req.case_id)
    is_booked = req.outcome == "booked"
    decision = settled_booked(case, ctx.now) if is_booked else settled_not_booked(case, ctx.now)
    return staff_view(keep(case, decision, ctx.store), ctx.now)
