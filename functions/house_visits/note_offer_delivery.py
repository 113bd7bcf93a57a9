"""A text's delivery report reaches the visit it speaks of: a number that cannot be reached costs no time."""

from functions.house_visits.domain.delivering import note_status
from functions.house_visits.domain.notifying import not_reached
from functions.house_visits.domain.visit import Visit
from shared.contracts.messaging import SmsStatusChanged
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(SmsStatusChanged))
def note_offer_delivery(req: SmsStatusChanged, ctx: Context) -> Done:
    """Note on the visit whether an offer's text was sent, delivered or lost, or that the patient's was."""
    if ctx.store.find(Visit, req.about) is not None:
        ctx.store.change(
            Visit, req.about, lambda visit: note_status(visit, req, ctx.now) or not_reached(visit, req)
        )
    return Done()
