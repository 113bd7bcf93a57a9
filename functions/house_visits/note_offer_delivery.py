"""A text's delivery report reaches the visit it speaks of: a number that cannot be reached costs no time."""

from functions.house_visits.domain.delivering import note_status
from functions.house_visits.domain.desk import Desk
from functions.house_visits.domain.notifying import not_reached
from functions.house_visits.domain.offer import Offer
from functions.house_visits.domain.visit import Visit
from shared.contracts.messaging import PhoneOptedOut, SmsStatusChanged
from shared.kernel.effects import Publish
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context

OPTED_OUT = 21610
"""The carrier knows that this person wants no texts from us; so do we, from now on."""


@action(topic(SmsStatusChanged))
def note_offer_delivery(req: SmsStatusChanged, ctx: Context) -> Done:
    """Note on the visit whether an offer's text was sent, delivered or lost, or that the patient's was."""
    visit = ctx.store.find(Visit, req.about)
    if visit is None:
        return Done()
    ctx.store.change(
        Visit, req.about, lambda visit: note_status(visit, req, ctx.now) or not_reached(visit, req)
    )
    offer = visit.cascade.offer(req.letter_id) if visit.cascade else None
    if req.error_code == OPTED_OUT and offer is not None:
        _remember_opt_out(offer, req, ctx)
    return Done()


def _remember_opt_out(offer: Offer, req: SmsStatusChanged, ctx: Context) -> None:
    desk = ctx.store.find(Desk, offer.phone_key)
    if desk is not None and not desk.opted_out:
        ctx.store.put(desk.but(opted_out=True))
    news = PhoneOptedOut(phone_key=offer.phone_key, opted_out=True)
    ctx.store.send(Publish(key=f"opted-out-{req.letter_id}", message=news))
