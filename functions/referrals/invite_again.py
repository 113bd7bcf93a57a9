"""A person has lost the message, or it did not arrive: they get another one, with a new link."""

from functions.referrals.domain.inviting import invited_again
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.views import ReferralView, staff_view
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class InviteAgain(Request):
    referral_id: str


@action(post("/v1/referrals/{referral_id}:invite-again"), role=Role.OPERATOR)
def invite_again(req: InviteAgain, ctx: Context) -> ReferralView:
    """Send the personal link once more; the older one opens no more."""
    return staff_view(ctx.store.change(Referral, req.referral_id, lambda it: invited_again(it, ctx.now)))
