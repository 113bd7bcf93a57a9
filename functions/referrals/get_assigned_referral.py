"""A referral for the doctor who examines by it: the revision that holds, and what is missing in it."""

from functions.referrals.domain.deciding import months_after
from functions.referrals.domain.jurisdiction import profile_of
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.views import DoctorReferral, doctor_view
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class GetAssignedReferral(Request):
    referral_id: str


@action(get("/v1/assigned-referrals/{referral_id}"), role=Role.DOCTOR, scope=Scope.ASSIGNED, audited=True)
def get_assigned_referral(req: GetAssignedReferral, ctx: Context) -> DoctorReferral:
    """Read a referral that you examine by."""
    referral = ctx.store.get(Referral, req.referral_id)
    months = profile_of(referral.jurisdiction).measured_within_months
    return doctor_view(referral, months_after(referral.day_of(ctx.now), -months))
