"""How many referrals a search would find; asked for apart, because it costs what the rows do not."""

from functions.referrals.domain.counting import Counted, counted
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.referral_search import ReferralFilter, referrals_where
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, look_up
from shared.runtime.context import Context


class CountReferrals(Request, ReferralFilter):
    pass


class ReferralsCounted(Response, Counted):
    pass


@action(look_up("/v1/referrals:count"), role=(Role.EMPLOYER, Role.OPERATOR, Role.ADMIN), scope=Scope.OWN)
def count_referrals(req: CountReferrals, ctx: Context) -> ReferralsCounted:
    """Count referrals; an employer counts its own."""
    me = ctx.actor
    query = referrals_where(req, me.record_id, ctx.ports.seals, me.tenant_id, ctx.settings.zone)
    return ReferralsCounted(**counted(ctx.store, Referral, query, req.name))
