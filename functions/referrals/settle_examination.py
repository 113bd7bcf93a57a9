"""The way out when a clinic's system stays silent: an operator phones the clinic and records what it says."""

from typing import Literal

from functions.referrals.domain.booking import settled_booked, settled_not_booked
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.views import ReferralView, staff_view
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class SettleExamination(Request):
    """`booked`: for the slot that was asked for."""

    referral_id: str
    outcome: Literal["booked", "not_booked"]


@action(post("/v1/referrals/{referral_id}:settle"), role=Role.OPERATOR)
def settle_examination(req: SettleExamination, ctx: Context) -> ReferralView:
    """Record by hand whether a clinic that does not answer has booked an examination."""
    settle = settled_booked if req.outcome == "booked" else settled_not_booked
    return staff_view(ctx.store.change(Referral, req.referral_id, lambda it: settle(it, ctx.now)))
