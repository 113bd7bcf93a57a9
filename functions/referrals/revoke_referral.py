"""A referral is called back before the examination: its unit is free again in the same commit."""

from functions.referrals.domain.coverage import release
from functions.referrals.domain.ending import RevokeReason, ended
from functions.referrals.domain.referral import Referral, ReferralEvent
from functions.referrals.domain.views import EmployerReferral, employer_view
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class RevokeReferral(Request):
    referral_id: str
    reason: RevokeReason


@action(post("/v1/referrals/{referral_id}:revoke"), role=(Role.EMPLOYER, Role.OPERATOR), scope=Scope.OWN)
def revoke_referral(req: RevokeReferral, ctx: Context) -> EmployerReferral:
    """Revoke a referral by which nobody has been examined yet."""
    before = ctx.store.get(Referral, req.referral_id)
    after = ctx.store.apply(ended(before, ReferralEvent.REVOKE, req.reason, ctx.now))
    release(ctx.store, before, "revoked", ctx.now)
    return employer_view(after)
