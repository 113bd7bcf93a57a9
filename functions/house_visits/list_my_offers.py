"""A doctor's open offers, in the app: what a text says, without waiting for the text."""

from functions.house_visits.domain.doctor_lists import OfferRow, offer_row_of, open_offers
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListMyOffers(Page):
    pass


class MyOffers(Response):
    offers: tuple[OfferRow, ...]
    next_page_token: str


@action(get("/v1/my-offers"), role=Role.DOCTOR, scope=Scope.OFFERED)
def list_my_offers(req: ListMyOffers, ctx: Context) -> MyOffers:
    """List the visits you can take now."""
    me = ctx.actor.record_id
    found, next_page = page_of(ctx, Visit, req, open_offers(me))
    rows = tuple(row for one in found if (row := offer_row_of(one, me)) is not None)
    return MyOffers(offers=rows, next_page_token=next_page)
