"""Write a price list of an institute; it holds until the next one begins."""

from functions.partners.domain.institute import Institute
from functions.partners.domain.prices import PriceList, require_sound, with_list
from functions.partners.domain.publishing import published
from functions.partners.domain.views import InstituteView, institute_view
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class PutPriceList(Request, PriceList):
    """Age bands cover all ages and tiers begin at 1; `valid_from` is today or later, or the first."""

    institute_id: str


@action(post("/v1/institutes/{institute_id}/price-lists"), role=Role.ADMIN)
def put_price_list(req: PutPriceList, ctx: Context) -> InstituteView:
    """Put a price list of an institute in force from a day on."""
    institute = ctx.store.get(Institute, req.institute_id)
    prices = PriceList(valid_from=req.valid_from, currency=req.currency, items=req.items)
    require_sound(prices)
    lists = with_list(institute.price_lists, prices, ctx.now.date())
    changed = institute.but(price_lists=lists)
    saved = published(
        ctx.store, changed, "prices_put", ctx.now, new=False, valid_from=req.valid_from.isoformat()
    )
    return institute_view(saved)
