"""An operator books for a person who phoned: a slot of a clinic's own system, or a time agreed with it.

Also another time, and after nobody came.
"""

from functions.referrals.domain.arranging import Wish, arranged
from functions.referrals.domain.choosing import doctors_of, examiners
from functions.referrals.domain.examination import BookedBy
from functions.referrals.domain.missing import paid_again
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.views import ReferralView, staff_view
from shared.contracts.directory import Clinic, Doctor
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class ScheduleExamination(Request, Wish):
    referral_id: str


@action(post("/v1/referrals/{referral_id}:schedule"), role=Role.OPERATOR)
def schedule_examination(req: ScheduleExamination, ctx: Context) -> ReferralView:
    """Book or move the examination of a referral."""
    ctx.store.prefetch((Referral, req.referral_id), (Clinic, req.clinic_id))
    referral, clinic = ctx.store.get(Referral, req.referral_id), ctx.store.get(Clinic, req.clinic_id)
    who = examiners(ctx.store.select(Doctor, doctors_of(clinic.id)))
    paid = paid_again(ctx.store, referral, ctx.now)
    return staff_view(ctx.store.apply(arranged(paid, req, clinic, who, BookedBy.OPERATOR, ctx.now)))
