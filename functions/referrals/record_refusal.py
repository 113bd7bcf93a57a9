"""A person will not be examined: the referral ends, its unit is free again, and the employer sees it."""

from functions.referrals.domain.coverage import release
from functions.referrals.domain.ending import RefuseReason, ended
from functions.referrals.domain.referral import Referral, ReferralEvent
from functions.referrals.domain.views import ReferralView, staff_view
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class RecordRefusal(Request):
    referral_id: str
    reason: RefuseReason


@action(post("/v1/referrals/{referral_id}:record-refusal"), role=Role.OPERATOR)
def record_refusal(req: RecordRefusal, ctx: Context) -> ReferralView:
    """Record that a referred person refuses the examination."""
    before = ctx.store.get(Referral, req.referral_id)
    after = ctx.store.apply(ended(before, ReferralEvent.REFUSE, req.reason, ctx.now))
    release(ctx.store, before, "refused", ctx.now)
    return staff_view(after)
