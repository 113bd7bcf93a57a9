"""The administrator approves units over the limit, with the price of each, or declines."""

from typing import Self

from pydantic import model_validator

from functions.referrals.domain.coverage import keep_account
from functions.referrals.domain.over_limit import OverLimit, approved, declined
from functions.referrals.domain.over_limit_view import OverLimitView, view_of
from functions.referrals.domain.package import Allowance, Money, allowance_id
from shared.contracts.directory import ServicePackage
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class DecideOverLimit(Request):
    """`price` of one unit, where it is approved."""

    over_limit_id: str
    approve: bool
    price: Money | None = None

    @model_validator(mode="after")
    def _approved_has_a_price(self) -> Self:
        if self.approve != (self.price is not None):
            raise ValueError("give a price where it is approved, and none where it is not")
        return self


@action(post("/v1/over-limits/{over_limit_id}:decide"), role=Role.ADMIN)
def decide_over_limit(req: DecideOverLimit, ctx: Context) -> OverLimitView:
    """Approve or decline units over the limit of a package."""
    asked = ctx.store.get(OverLimit, req.over_limit_id)
    if req.price is None:
        return view_of(ctx.store.apply(declined(asked)))
    key = allowance_id(asked.package_id, asked.service)
    ctx.store.prefetch((ServicePackage, asked.package_id), (Allowance, key))
    package = ctx.store.get(ServicePackage, asked.package_id)
    decision, account = approved(asked, package, ctx.store.find(Allowance, key), req.price)
    keep_account(ctx.store, account)
    return view_of(ctx.store.apply(decision))
