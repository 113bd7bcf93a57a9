"""What a clinic tells us by itself: it cancelled, it moved, nobody was at home. In any order, more than once.

A cancellation is final and is acted upon at once. What else happened is asked by our key: the clinic's
status is the truth, its messages only say when to look.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import ClassVar, Final

from functions.house_visits.domain.clinic_booking import fits
from functions.house_visits.domain.clinic_letters import CheckBooking, is_asked
from functions.house_visits.domain.clinic_release import release
from functions.house_visits.domain.clinic_request import BookingStep
from functions.house_visits.domain.missing import missed
from functions.house_visits.domain.reopening import withdraw_winner
from functions.house_visits.domain.telling import tell_patient
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus
from shared.contracts.clinic_booking import (
    BookingChanged,
    BookingState,
    ClinicBooking,
    ClinicEvent,
    ClinicEventKind,
)
from shared.contracts.clinic_talk import ClinicAnswer
from shared.kernel.effects import Later, Publish
from shared.kernel.records import Decision, Record

KEEP: Final = timedelta(days=90)
AGAIN: Final = timedelta(seconds=30)
LONGEST_DELAY: Final = timedelta(minutes=15)
CHECKS_MAX: Final = 10  # over an hour


class HeardFromClinic(Record):
    """One message of a clinic, so that its copies are told apart; `outcome` says what it led to."""

    kind: ClassVar[str] = "clinic_events"
    logged: ClassVar[bool] = False

    clinic_id: str
    booking_key: str
    event: ClinicEventKind
    occurred_at: datetime
    heard_at: datetime
    outcome: str  # acted, asked (the clinic by our key), passed_on, unknown_key
    expires_at: datetime


def heard_id(event: ClinicEvent) -> str:
    """A clinic's ids are its own: another clinic may use the same, and in any letters."""
    return sha256(f"{event.clinic_id}|{event.event_id}".encode()).hexdigest()[:40]


def heard(event: ClinicEvent, tenant_id: str, outcome: str, now: datetime) -> HeardFromClinic:
    return HeardFromClinic(
        id=heard_id(event),
        tenant_id=tenant_id,
        clinic_id=event.clinic_id,
        booking_key=event.booking_key,
        event=event.event,
        occurred_at=event.occurred_at,
        heard_at=now,
        outcome=outcome,
        expires_at=now + KEEP,
    )


def passed_on(event: ClinicEvent) -> Publish:
    """A booking that is no visit's may be another module's."""
    message = BookingChanged(clinic_id=event.clinic_id, booking_key=event.booking_key, event=event.event)
    return Publish(key=f"clinic-said-{heard_id(event)}", message=message)


def is_booked_under(visit: Visit, key: str) -> bool:
    request, winner = visit.clinic_request, visit.winner
    by_clinic = winner is not None and winner.channel == Channel.CLINIC
    return visit.status == VisitStatus.BOOKED and by_clinic and request is not None and request.key == key


def is_about(visit: Visit, event: ClinicEvent) -> bool:
    """Whether the event speaks of a request that stands, and comes from the clinic that it was made to."""
    request = visit.clinic_request
    known = is_booked_under(visit, event.booking_key) or is_asked(visit, event.booking_key)
    return known and request is not None and request.clinic_id == event.clinic_id


def acted(visit: Visit, event: ClinicEvent, now: datetime) -> Decision[Visit] | None:
    """None where the clinic must be asked first."""
    if event.event == ClinicEventKind.CANCELLED and is_booked_under(visit, event.booking_key):
        return withdraw_winner(visit, now, "clinic_cancelled")
    return None


def check_letter(visit_id: str, key: str, cause: str, at: datetime, tries: int = 0) -> Later:
    """`cause` tells the checks of two events apart."""
    message = CheckBooking(visit_id=visit_id, key=key, cause=cause, tries=tries)
    return Later(key=f"check-{cause}-{tries}", message=message, at=at)


def checked_again(visit: Visit, asked: CheckBooking, now: datetime) -> Later | Decision[Visit]:
    """The clinic did not answer, or is being asked to book just now: a later look, in the end by a person."""
    if asked.tries < CHECKS_MAX:
        at = now + min(AGAIN * 2**asked.tries, LONGEST_DELAY)
        return check_letter(asked.visit_id, asked.key, asked.cause, at, asked.tries + 1)
    return Decision(visit.but(attention="clinic_does_not_answer"), "clinic_did_not_answer")


def is_being_booked(visit: Visit, key: str) -> bool:
    """Whether the clinic's yes may be on its way to us at this moment."""
    request = visit.clinic_request
    return is_asked(visit, key) and request is not None and request.step == BookingStep.BOOK


def checked(visit: Visit, answer: ClinicAnswer, now: datetime) -> Decision[Visit] | None:
    """What the clinic's status means for a visit that it had booked; None where it means nothing new."""
    if answer.booking is not None:
        return _still_booked(visit, answer.booking, now)
    if answer.reason == BookingState.NO_SHOW:
        return missed(visit, "patient", now)
    return _lost(visit, "clinic_cancelled", now)


def _still_booked(visit: Visit, booking: ClinicBooking, now: datetime) -> Decision[Visit] | None:
    winner = visit.winner
    assert winner is not None
    if (booking.starts_at, booking.ends_at) == (winner.starts_at, winner.ends_at):
        return None
    if not fits(visit, booking):
        return _lost(visit, "clinic_moved", now)
    moved = winner.but(starts_at=booking.starts_at, ends_at=booking.ends_at)
    after = visit.but(winner=moved, epoch=visit.epoch + 1)
    details = {"clinic_id": winner.clinic_id}
    return Decision(after, "clinic_moved", details, (tell_patient(after, "rescheduled", now),))


def _lost(visit: Visit, reason: str, now: datetime) -> Decision[Visit]:
    """The visit is searched for again; whatever the clinic may still hold is given back."""
    lost = withdraw_winner(visit, now, reason)
    return replace(lost, effects=(*lost.effects, *release(visit, now)))
