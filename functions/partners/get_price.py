"""What one service costs at one institute, for this age, quantity and day."""

from datetime import date

from functions.partners.domain.institute import Institute
from functions.partners.domain.money import gross_of
from functions.partners.domain.prices import Age, Quantity, item_for, list_on
from shared.kernel.actors import Role
from shared.kernel.errors import NotFound
from shared.kernel.times import Day
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context


class GetPrice(Request):
    """`on` is today where it is left out."""

    institute_id: str
    service: str
    age: Age = 40
    quantity: Quantity = 1
    on: Day | None = None


class Price(Response):
    """Money in grosz or cents; `net` and `gross` of the whole quantity."""

    currency: str
    valid_from: date
    net_unit: int
    vat_rate: int
    net: int
    gross: int


@action(get("/v1/institutes/{institute_id}/prices/{service}"), role=(Role.ADMIN, Role.OPERATOR))
def get_price(req: GetPrice, ctx: Context) -> Price:
    """Look up the price of a service."""
    institute = ctx.store.get(Institute, req.institute_id)
    prices = list_on(institute.price_lists, req.on or ctx.now.date())
    item = item_for(prices, req.service, req.age, req.quantity) if prices else None
    if prices is None or item is None:
        raise NotFound
    return Price(
        currency=prices.currency,
        valid_from=prices.valid_from,
        net_unit=item.net,
        vat_rate=item.vat,
        net=item.net * req.quantity,
        gross=gross_of(item.net, req.quantity, item.vat),
    )
