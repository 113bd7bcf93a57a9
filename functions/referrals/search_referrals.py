"""Referrals, found by what is known of them; a page costs one read for each row, however many there are."""

from functions.referrals.domain.referral import Referral
from functions.referrals.domain.referral_search import (
    ReferralFilter,
    ReferralRow,
    is_meant,
    referrals_where,
    row_of,
)
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Page, Response, action, look_up
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class SearchReferrals(Page, ReferralFilter):
    pass


class ReferralsFound(Response):
    referrals: tuple[ReferralRow, ...]
    next_page_token: str


@action(
    look_up("/v1/referrals:search"),
    role=(Role.EMPLOYER, Role.OPERATOR, Role.ADMIN),
    scope=Scope.OWN,
    audited=True,
)
def search_referrals(req: SearchReferrals, ctx: Context) -> ReferralsFound:
    """Search referrals; an employer finds its own."""
    me, settings = ctx.actor, ctx.settings
    query = referrals_where(req, me.record_id, ctx.ports.seals, me.tenant_id, settings.zone)
    found, next_page = page_of(ctx, Referral, req, query)
    rows = tuple(row_of(one) for one in found if is_meant(one, req))
    return ReferralsFound(referrals=rows, next_page_token=next_page)
