"""What became of the text that carried an offer. Reports come late, twice and out of order."""

from datetime import datetime

from functions.house_visits.domain.cascade import Cascade, CascadeStatus
from functions.house_visits.domain.offer import Offer, OfferEvent, OfferStatus
from functions.house_visits.domain.turns import PROVIDER_OUT, moved_on, pause, resume
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.contracts.messaging import SmsStatus, SmsStatusChanged
from shared.kernel.records import Decision

_EVENTS = {
    SmsStatus.SENT: OfferEvent.SENT,
    SmsStatus.DELIVERED: OfferEvent.DELIVERED,
    SmsStatus.FAILED: OfferEvent.FAIL,
    SmsStatus.UNDELIVERED: OfferEvent.FAIL,
}


def note_status(visit: Visit, news: SmsStatusChanged, now: datetime) -> Decision[Visit] | None:
    """None where the report changes nothing: it is old, or speaks of a text that carried no offer."""
    cascade = visit.cascade
    if cascade is None or visit.status != VisitStatus.OFFERING:
        return None
    if (offer := cascade.offer(news.letter_id)) is None:
        return None
    if news.status == SmsStatus.DELAYED:
        return _pause(visit, cascade, offer, now)
    if news.status == SmsStatus.UNKNOWN:
        return _resumed(visit, cascade, offer, now)  # it counts as sent
    event = _EVENTS.get(news.status)
    if event is None or not offer.can(event):
        return None
    if event == OfferEvent.FAIL:
        failed = offer.after(event, error_code=news.error_code, answered_at=now)
        return moved_on(visit, failed, now, "offer_not_delivered", error_code=news.error_code)
    cascade = cascade.with_offer(offer.after(event))
    known = visit.but(cascade=cascade)
    details = {"doctor_id": offer.doctor_id}
    return _resumed(known, cascade, offer, now) or Decision(known, f"offer_{event}", details)


def _pause(visit: Visit, cascade: Cascade, offer: Offer, now: datetime) -> Decision[Visit] | None:
    """The provider takes nothing: no doctor's time may run out because of that. The report may be older
    than what we know: a text that is out holds nothing up."""
    if cascade.status != CascadeStatus.RUNNING or offer.status != OfferStatus.SENDING:
        return None
    paused, effects = pause(visit, now, PROVIDER_OUT, offer.id)
    return Decision(paused.but(attention=PROVIDER_OUT), "search_paused", {"reason": PROVIDER_OUT}, effects)


def _resumed(visit: Visit, cascade: Cascade, offer: Offer, now: datetime) -> Decision[Visit] | None:
    """The text that the outage held back is out: the search goes on by itself."""
    if cascade.status != CascadeStatus.PAUSED or cascade.pause_reason != PROVIDER_OUT:
        return None
    if cascade.held_offer not in ("", offer.id):
        return None
    after, effects = resume(visit, now)
    return Decision(after, "search_resumed", {}, effects)
