"""A unit was used in error: it comes back to the package, with a line in this month's statement."""

from typing import Literal

from functions.referrals.domain.package import Allowance, Entitlement
from functions.referrals.domain.units import credited
from shared.kernel.actors import Role
from shared.runtime.action import Done, Request, action, post
from shared.runtime.context import Context


class CreditUnit(Request):
    entitlement_id: str
    reason: Literal["certificate_void", "examined_elsewhere", "goodwill", "booked_in_error", "other"]


@action(post("/v1/entitlements/{entitlement_id}:credit"), role=Role.ADMIN)
def credit_unit(req: CreditUnit, ctx: Context) -> Done:
    """Give a consumed unit back."""
    unit = ctx.store.get(Entitlement, req.entitlement_id)
    account, back = credited(ctx.store.get(Allowance, unit.allowance_id), unit, req.reason, ctx.now)
    ctx.store.apply(account)
    ctx.store.apply(back)
    return Done()
