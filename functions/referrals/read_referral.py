"""One referral, for staff: also whom to call about what."""

from functions.referrals.domain.referral import Referral
from functions.referrals.domain.views import ReferralView, staff_view
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class ReadReferral(Request):
    referral_id: str


@action(get("/v1/referrals/{referral_id}"), role=(Role.OPERATOR, Role.ADMIN), audited=True)
def read_referral(req: ReadReferral, ctx: Context) -> ReferralView:
    """Read a referral."""
    return staff_view(ctx.store.get(Referral, req.referral_id))
