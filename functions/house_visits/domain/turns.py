"""A doctor's turn ends early, or the clock of the search stands still and goes on.

Whatever ends a turn without a yes (a no, a number that cannot be reached, an opt-out) arms a step for now.
A search that is paused still has a timer: at the visit's end people search on, whatever it waited for.
"""

from datetime import datetime, timedelta

from functions.house_visits.domain.asking import timer
from functions.house_visits.domain.cascade import Cascade, CascadeEvent, CascadeStatus
from functions.house_visits.domain.offer import Offer
from functions.house_visits.domain.visit import Visit
from shared.kernel.effects import Effect
from shared.kernel.records import Decision

PROVIDER_OUT = "provider_out"


def moved_on(visit: Visit, offer: Offer, now: datetime, did: str, **details: str | int) -> Decision[Visit]:
    """`offer` has just ended without a yes; was it the one whose time runs, the next one is asked now."""
    cascade = visit.cascade
    assert cascade is not None
    after = visit.but(cascade=cascade.with_offer(offer))
    details = {"doctor_id": offer.doctor_id, **details}
    if waits_for_text(after):
        after, effects = go_on(after, now)
        return Decision(after, did, details, effects)
    if cascade.status != CascadeStatus.RUNNING or not _was_latest(cascade, offer):
        return Decision(after, did, details)
    after = after.but(cascade=cascade.with_offer(offer).but(arm=cascade.arm + 1, next_at=now), due_at=now)
    return Decision(after, did, details, (timer(after, now),))


def _was_latest(cascade: Cascade, offer: Offer) -> bool:
    asked = [one.asked_at for one in cascade.offers if one.asked_at is not None]
    return not asked or offer.asked_at is None or offer.asked_at >= max(asked)


def pause(visit: Visit, now: datetime, reason: str, held_offer: str = "") -> tuple[Visit, tuple[Effect, ...]]:
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
        held_offer=held_offer,
    )
    after = visit.but(cascade=paused, due_at=visit.closes_at)
    return after, (timer(after, visit.closes_at),)


def resume(visit: Visit, now: datetime) -> tuple[Visit, tuple[Effect, ...]]:
    """The interval goes on where it stopped."""
    cascade = visit.cascade
    assert cascade is not None
    at = min(now + timedelta(minutes=cascade.remaining_minutes), max(now, visit.closes_at))
    running = cascade.after(
        CascadeEvent.RESUME,
        arm=cascade.arm + 1,
        next_at=at,
        remaining_minutes=0,
        pause_reason="",
        held_offer="",
    )
    attention = "" if visit.attention == PROVIDER_OUT else visit.attention
    after = visit.but(cascade=running, due_at=at, attention=attention)
    return after, (timer(after, at),)


def waits_for_text(visit: Visit) -> bool:
    """Whether the search is paused for a text that nobody waits for any more: its offer has ended."""
    cascade = visit.cascade
    if cascade is None or cascade.status != CascadeStatus.PAUSED or cascade.pause_reason != PROVIDER_OUT:
        return False
    held = cascade.offer(cascade.held_offer)
    return held is None or not held.is_open


def go_on(visit: Visit, now: datetime) -> tuple[Visit, tuple[Effect, ...]]:
    """The text that held the search up is no more: its doctor's turn is over, the next one is asked."""
    cascade = visit.cascade
    assert cascade is not None
    return resume(visit.but(cascade=cascade.but(remaining_minutes=0)), now)
