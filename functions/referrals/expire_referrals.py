"""Referrals that nobody used in time end by themselves, every night; a night left out is made up for."""

from functions.referrals.domain.inviting import expiry_of, run_out
from functions.referrals.domain.referral import Referral
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context


class ExpireReferrals(Request):
    pass


class ReferralsRunOut(Response):
    found: int


@action(schedule("*/10 1-4 * * *"))
def expire_referrals(req: ExpireReferrals, ctx: Context) -> ReferralsRunOut:
    """End every referral whose last day is over, some hundreds a run."""
    found = ctx.store.select(Referral, run_out(ctx.now.date()))
    ctx.store.send(*(expiry_of(one, ctx.now) for one in found))
    return ReferralsRunOut(found=len(found))
