"""Asking doctors one after another: the steps of a running cascade.

A step asks one doctor and arms the timer of the next step. What ends a doctor's turn early, or stops the
clock of the search, is in `turns`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.house_visits.domain.cascade import (
    AskNextDoctor,
    Cascade,
    CascadeEvent,
    CascadeStatus,
    OverlapPolicy,
    QuietPolicy,
)
from functions.house_visits.domain.codes import NoCodeLeft, new_code
from functions.house_visits.domain.desk import Desk, DeskEntry
from functions.house_visits.domain.doctor_letters import stand_down
from functions.house_visits.domain.figures import of_an_ask
from functions.house_visits.domain.offer import Offer, OfferEvent
from functions.house_visits.domain.texts import doctor_text
from functions.house_visits.domain.visit import OutsideWork, Visit, VisitEvent, VisitStatus
from shared.contracts.notice_letters import text_letter
from shared.contracts.visits import OutsideSearchOpened
from shared.kernel.effects import Effect, Guard, Later, Publish
from shared.kernel.records import Decision

CLOCK_SLACK = timedelta(seconds=5)
"""Clocks of two machines differ; a timer this early is on time."""
LAST_TURN = timedelta(minutes=10)
OUTSIDE_DUE = timedelta(minutes=30)
OPTED_OUT = 21610


@dataclass(frozen=True)
class Step:
    """What one step does to the visit, and to the desk of the doctor it asked."""

    decision: Decision[Visit]
    desk: Desk | None = None


def is_current(visit: Visit, timer: AskNextDoctor) -> bool:
    """Whether this timer still speaks of the step that is due. Late copies and old epochs do not."""
    cascade = visit.cascade
    return (
        visit.status == VisitStatus.OFFERING
        and cascade is not None
        and cascade.is_live
        and (visit.epoch, cascade.arm) == (timer.epoch, timer.arm)
    )


def next_step(
    visit: Visit, timer: AskNextDoctor, desk: Desk, senders: Sequence[str], entropy: int, now: datetime
) -> Step | None:
    """Ask the next doctor, or find that nobody is left; None where the timer is out of date."""
    cascade = visit.cascade
    if cascade is None or not is_current(visit, timer):
        return None
    if cascade.next_at is not None and now + CLOCK_SLACK < cascade.next_at:
        return Step(rearm(visit, cascade, cascade.next_at, "timer_was_early"))
    if now >= visit.closes_at:
        return Step(exhaust(visit, cascade, now, "no_time_left"))
    if cascade.status == CascadeStatus.PAUSED:
        return None  # it waits for a person or for the provider; its timer only guards the visit's end
    offer, wait_until = _whose_turn(visit, cascade, now)
    if offer is None:
        if wait_until is not None:
            return Step(rearm(visit, cascade, wait_until, "waiting_for_quiet_hours"))
        return Step(exhaust(visit, cascade, now, "nobody_accepted"))
    if offer.phone_key != timer.desk_id:
        return Step(rearm(visit, cascade, now, "order_changed", first=offer))
    if desk.opted_out:
        return Step(_skip(visit, cascade, offer, now, "doctor_skipped_opted_out", OPTED_OUT))
    try:
        return _ask(visit, cascade, offer, desk, senders, entropy, now)
    except NoCodeLeft:
        return Step(_skip(visit, cascade, offer, now, "doctor_skipped_no_code_left"))


def _skip(
    visit: Visit, cascade: Cascade, offer: Offer, now: datetime, did: str, error_code: int = 0
) -> Decision[Visit]:
    skipped = cascade.with_offer(offer.after(OfferEvent.WITHDRAW, error_code=error_code))
    return rearm(visit, skipped, now, did, doctor_id=offer.doctor_id)


def _whose_turn(visit: Visit, cascade: Cascade, now: datetime) -> tuple[Offer | None, datetime | None]:
    """The first doctor who may be texted now; else the instant at which the first one may be."""
    first_later: datetime | None = None
    for offer in cascade.unasked:
        allowed = offer.quiet_hours.next_allowed(now)
        if allowed == now or cascade.quiet == QuietPolicy.ASK:
            return offer, None
        if cascade.quiet == QuietPolicy.HOLD and allowed < visit.closes_at:
            return None, allowed
        if allowed < visit.closes_at:
            first_later = min(first_later or allowed, allowed)
    return None, first_later


def _ask(
    visit: Visit,
    cascade: Cascade,
    offer: Offer,
    desk: Desk,
    senders: Sequence[str],
    entropy: int,
    now: datetime,
) -> Step:
    code = new_code(desk.codes, entropy)
    sender = _free_sender(desk, senders, entropy)
    asked = offer.after(OfferEvent.ASK, asked_at=now, sender=sender, code=code)
    withdrawn: tuple[Effect, ...] = ()
    if cascade.policy == OverlapPolicy.EXCLUSIVE:
        withdrawn = tuple(stand_down(visit, one, "offer_over", now) for one in cascade.open_offers)
        cascade = cascade.close_offers(None, OfferEvent.WITHDRAW)
    next_at = min(now + turn_of(offer, is_last=len(cascade.unasked) == 1), visit.closes_at)
    cascade = cascade.with_offer(asked).but(arm=cascade.arm + 1, next_at=next_at)
    after = visit.but(cascade=cascade, due_at=next_at)
    text = text_letter(
        doctor_text("offer", asked.language, visit, code, offer.quiet_hours.zone),
        key=asked.id,
        to=asked.phone,
        sender=sender,
        marker=code,
        valid_until=visit.closes_at,
        about=visit.id,
        guard=Guard(
            kind=Visit.kind, record_id=visit.id, epoch=visit.epoch, listed_in="open_to", entry=asked.doctor_id
        ),
    )
    entry = DeskEntry(
        visit_id=visit.id,
        offer_id=asked.id,
        doctor_id=asked.doctor_id,
        sender=sender,
        code=code,
        offered_at=now,
        closes_at=visit.closes_at,
    )
    effects = (text, *withdrawn, timer(after, next_at))
    details = {"doctor_id": asked.doctor_id}
    decision = Decision(after, "doctor_asked", details, effects, figures=of_an_ask(after))
    return Step(decision, desk.with_entry(entry))


def turn_of(offer: Offer, *, is_last: bool) -> timedelta:
    """How long until the next step. Doctors asked all at once still have time to answer."""
    minutes = timedelta(minutes=offer.delay_minutes)
    return LAST_TURN if is_last and not minutes else minutes


def _free_sender(desk: Desk, senders: Sequence[str], entropy: int) -> str:
    """A pool number on which this phone holds the fewest offers, so that a bare yes stays clear."""
    start = entropy % len(senders)
    turned = [*senders[start:], *senders[:start]]
    return min(turned, key=lambda number: sum(one.sender == number for one in desk.entries))


def timer(visit: Visit, at: datetime) -> Later:
    """The timer of the visit's current arm. It is told whose turn it will be, as far as that is known."""
    cascade = visit.cascade
    assert cascade is not None
    desk_id = cascade.unasked[0].phone_key if cascade.unasked else ""
    message = AskNextDoctor(visit_id=visit.id, epoch=visit.epoch, arm=cascade.arm, desk_id=desk_id)
    return Later(key=f"timer-{visit.id}-{visit.epoch}-{cascade.arm}", message=message, at=at)


def rearm(
    visit: Visit, cascade: Cascade, at: datetime, did: str, first: Offer | None = None, **details: str
) -> Decision[Visit]:
    """A new arm for another instant; the timer of the old one will find itself out of date."""
    after = visit.but(cascade=cascade.but(arm=cascade.arm + 1, next_at=at), due_at=at)
    letter = timer(after, at)
    if first is not None:
        assert isinstance(letter.message, AskNextDoctor)
        letter = letter.but(message=letter.message.but(desk_id=first.phone_key))
    return Decision(after, did, details, (letter,))


def exhaust(visit: Visit, cascade: Cascade, now: datetime, reason: str) -> Decision[Visit]:
    """Nobody took it: people search on, outside the system, and somebody owns that work."""
    ended = cascade.close_offers(None, OfferEvent.EXPIRE).after(CascadeEvent.EXHAUST)
    after = visit.after(
        VisitEvent.GO_OUTSIDE,
        cascade=ended,
        epoch=visit.epoch + 1,
        outside=OutsideWork(opened_at=now, due_at=now + OUTSIDE_DUE, reason=reason),
        attention="outside_search",
        due_at=None,
    )
    told = Publish(key=f"outside-{visit.id}-{visit.epoch}", message=OutsideSearchOpened(visit_id=visit.id))
    return Decision(after, "search_exhausted", {"reason": reason}, (told,))
