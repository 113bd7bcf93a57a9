"""Every night a new edition where anything changed: for a packing whose task got lost."""

from functions.partners.domain.market_head import MarketHead, packing_of
from shared.runtime.action import Done, Request, action, schedule
from shared.runtime.context import Context


class RenewMarket(Request):
    pass


@action(schedule("40 2 * * *"))
def renew_market(req: RenewMarket, ctx: Context) -> Done:
    """Pack what changed since the last edition."""
    head = ctx.store.find(MarketHead, ctx.actor.tenant_id)
    if head is not None and head.changed:
        ctx.store.send(packing_of(head, ctx.now, run=f"-{ctx.now.date().isoformat()}"))
    return Done()
