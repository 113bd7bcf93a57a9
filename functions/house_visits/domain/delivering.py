"""What became of the text that carried an offer. Reports come late, twice and out of order."""

from datetime import datetime, timedelta

from functions.house_visits.domain.asking import moved_on, timer
from functions.house_visits.domain.cascade import Cascade, CascadeEvent, CascadeStatus
from functions.house_visits.domain.offer import Offer, OfferEvent
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.contracts.messaging import SmsStatus, SmsStatusChanged
from shared.kernel.records import Decision

PROVIDER_OUT = "provider_out"

_EVENTS = {
    SmsStatus.SENT: OfferEvent.SENT,
    SmsStatus.DELIVERED: OfferEvent.DELIVERED,
    SmsStatus.FAILED: OfferEvent.FAIL,
    SmsStatus.UNDELIVERED: OfferEvent.FAIL,
}


def note_status(visit: Visit, news: SmsStatusChanged, now: datetime) -> Decision[Visit] | None:
    """None where the report changes nothing: it is old, or speaks of a text that carried no offer."""
    cascade = visit.cascade
    offer = cascade.offer(news.letter_id) if cascade else None
    if cascade is None or offer is None or visit.status != VisitStatus.OFFERING:
        return None
    if news.status == SmsStatus.DELAYED:
        return _pause(visit, cascade, offer, now)
    event = _EVENTS.get(news.status)
    if event is None or not offer.can(event):
        return None
    if event == OfferEvent.FAIL:
        failed = offer.after(event, error_code=news.error_code, answered_at=now)
        return moved_on(visit, failed, now, "offer_not_delivered", error_code=news.error_code)
    resumed = _resumed(visit.but(cascade=cascade.with_offer(offer.after(event))), offer, now)
    return resumed or Decision(
        visit.but(cascade=cascade.with_offer(offer.after(event))),
        f"offer_{event}",
        {"doctor_id": offer.doctor_id},
    )


def _pause(visit: Visit, cascade: Cascade, offer: Offer, now: datetime) -> Decision[Visit] | None:
    """The provider takes nothing: no doctor's time may run out because of that."""
    if cascade.status != CascadeStatus.RUNNING or not offer.is_open:
        return None
    paused = pause(visit, now, PROVIDER_OUT)
    return Decision(paused.but(attention=PROVIDER_OUT), "search_paused", {"reason": PROVIDER_OUT})


def pause(visit: Visit, now: datetime, reason: str) -> Visit:
    """The clock of the current interval stops; what is left of it is kept. A new arm outdates the timer."""
    cascade = visit.cascade
    assert cascade is not None
    left = max(timedelta(0), (cascade.next_at or now) - now)
    paused = cascade.after(
        CascadeEvent.PAUSE,
        arm=cascade.arm + 1,
        next_at=None,
        remaining_minutes=left.total_seconds() / 60,
        pause_reason=reason,
    )
    return visit.but(cascade=paused, due_at=None)


def resume(visit: Visit, now: datetime) -> Decision[Visit]:
    """The interval goes on where it stopped."""
    cascade = visit.cascade
    assert cascade is not None
    at = now + timedelta(minutes=cascade.remaining_minutes)
    running = cascade.after(
        CascadeEvent.RESUME, arm=cascade.arm + 1, next_at=at, remaining_minutes=0, pause_reason=""
    )
    after = visit.but(cascade=running, due_at=at, attention="")
    return Decision(after, "search_resumed", {}, (timer(after, at),))


def _resumed(visit: Visit, offer: Offer, now: datetime) -> Decision[Visit] | None:
    """The text that the outage held back is out: the search goes on by itself."""
    cascade = visit.cascade
    held = (
        cascade is not None
        and cascade.status == CascadeStatus.PAUSED
        and cascade.pause_reason == PROVIDER_OUT
    )
    return resume(visit, now) if held else None
