"""One referral ends because its last day is over: its unit comes back."""

from functions.referrals.domain.coverage import release
from functions.referrals.domain.ending import ended
from functions.referrals.domain.inviting import ExpireReferral, is_over
from functions.referrals.domain.referral import Referral, ReferralEvent
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("referrals"))
def expire_referral(req: ExpireReferral, ctx: Context) -> Done:
    """End a referral that nobody used in time."""
    referral = ctx.store.find(Referral, req.referral_id)
    if referral is not None and is_over(referral, ctx.now):
        ctx.store.apply(ended(referral, ReferralEvent.EXPIRE, "not_used", ctx.now))
        release(ctx.store, referral, "expired", ctx.now)
    return Done()
