"""Booking in a clinic's own system, where every answer may be lost on its way.

    choose a slot -> hold and book it -> booked
                          | refused, another time     -> seal the key -> next slot or clinic, or requested
                          | no answer -> ask by key   -> booked, or seal the key

While the outcome is unknown nothing else may be started: the table of the visit has no row for it. A key
that is given up is sealed in the clinic first, so that a request still on its way books nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from functions.house_visits.domain.clinic_letters import book_letter, booking_key, requested, resolve_timer
from functions.house_visits.domain.clinic_request import BookingStep, ClinicRequest
from functions.house_visits.domain.figures import of_a_booking
from functions.house_visits.domain.visit import Channel, Visit, VisitEvent, Winner
from functions.house_visits.domain.winning import TooLate, booked
from shared.contracts.clinic_booking import ClinicBooking, RefusalReason, Slot
from shared.contracts.clinic_talk import Answer, ClinicAnswer
from shared.kernel.errors import Conflict
from shared.kernel.records import Decision

CLINICS_MAX: Final = 5
ATTEMPTS_MAX: Final = 10
"""Keys used up for one visit before a person must decide."""
SLOTS_REFUSED_MAX: Final = 3
"""A clinic whose slots are taken again and again while we ask is left for the next one."""
PATIENCE: Final = timedelta(minutes=3)
"""After so long without news of a task, the sweeper asks what became of the request."""
FIRST_DELAY: Final = timedelta(seconds=30)
LONGEST_DELAY: Final = timedelta(minutes=15)
ATTENTION_AFTER: Final = 4  # tries: some eight minutes
TRIES_MAX: Final = 100  # a day
SLOT_IS_GONE: Final = (RefusalReason.SLOT_TAKEN, RefusalReason.UNKNOWN_SLOT)

Details = dict[str, str | int | float | bool]


class NoClinicToBook(Conflict):
    """No integrated clinic near the visit can be booked: start a search among doctors instead."""


def ask_clinics(visit: Visit, clinic_ids: Sequence[str], override: str, now: datetime) -> Decision[Visit]:
    """Begin with the first clinic. `override`: why an operator wants one that something speaks against."""
    if not clinic_ids:
        raise NoClinicToBook
    if now >= visit.closes_at:
        raise TooLate
    request = ClinicRequest(
        clinic_id=clinic_ids[0],
        key=booking_key(visit, 1),
        asked_at=now,
        clinics_left=tuple(clinic_ids[1:CLINICS_MAX]),
    )
    after = visit.after(VisitEvent.ASK_CLINIC, clinic_request=request, due_at=now + PATIENCE, attention="")
    details: Details = {"clinic_id": request.clinic_id, "clinics": len(clinic_ids[:CLINICS_MAX])}
    return Decision(
        after, "clinic_asked", details, (book_letter(after, now),), note=override, manual=bool(override)
    )


def slot_chosen(visit: Visit, slot: Slot | None, reason: str, now: datetime) -> Decision[Visit]:
    """A slot to book, or why this clinic has none: it has been asked for nothing, so the next one may be."""
    if slot is None:
        return _next(visit, reason, now)
    request = requested(visit).but(step=BookingStep.BOOK, slot=slot)
    after = visit.but(clinic_request=request, due_at=now + PATIENCE)
    details = {"clinic_id": request.clinic_id, "slot_id": slot.id}
    return Decision(after, "slot_chosen", details, (book_letter(after, now),))


def answered(visit: Visit, answer: ClinicAnswer, now: datetime) -> Decision[Visit]:
    """What a clinic said when it was asked to book, or what became of it."""
    if answer.booking is not None:
        if fits(visit, answer.booking):
            return _won(visit, answer.booking, now)
        return _give_up(visit, "other_time", now)
    match answer.kind:
        case Answer.UNKNOWN:
            return _ask_later(visit, now)
        case Answer.SEALED:
            return _next(visit, requested(visit).reason or answer.reason, now)
        case _:
            return _give_up(visit, answer.reason, now)


def start_over(visit: Visit, now: datetime) -> Decision[Visit]:
    """The task that was to choose a slot is lost: nothing has been asked, so it may simply be sent again."""
    request = requested(visit).but(tries=requested(visit).tries + 1)
    after = visit.but(clinic_request=request, due_at=now + PATIENCE)
    return Decision(after, "clinic_asked_again", {"clinic_id": request.clinic_id}, (book_letter(after, now),))


def fits(visit: Visit, booking: ClinicBooking) -> bool:
    """Another time than asked is kept if the patient is at home then."""
    return visit.window.starts_at <= booking.starts_at and booking.ends_at <= visit.window.ends_at


def _won(visit: Visit, booking: ClinicBooking, now: datetime) -> Decision[Visit]:
    request = requested(visit)
    after = visit.after(
        VisitEvent.CLINIC_BOOKED,
        clinic_request=request.but(reference=booking.reference),
        winner=Winner(
            channel=Channel.CLINIC,
            clinic_id=request.clinic_id,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            won_at=now,
        ),
        epoch=visit.epoch + 1,
        attention="",
        due_at=None,
    )
    details = {"clinic_id": request.clinic_id, "channel": Channel.CLINIC.value}
    return Decision(after, "booked", details, booked(after, now), figures=of_a_booking(after))


def _give_up(visit: Visit, reason: str, now: datetime) -> Decision[Visit]:
    """The key must book nothing any more. Said here first: whoever is still booking with it then stops."""
    request = requested(visit)
    request = request.but(step=BookingStep.SEAL, reason=reason, tries=request.tries + 1)
    after = visit.but(clinic_request=request, due_at=now)
    details = {"clinic_id": request.clinic_id, "reason": reason}
    return Decision(after, "clinic_given_up", details, (resolve_timer(after, now),))


def _ask_later(visit: Visit, now: datetime) -> Decision[Visit]:
    """Growing delays; before long a person hears of it, and after a day only a person can go on."""
    request = requested(visit)
    step = BookingStep.ASK if request.step == BookingStep.BOOK else request.step
    request = request.but(step=step, tries=request.tries + 1)
    at = now + min(FIRST_DELAY * 2 ** min(request.tries - 1, 10), LONGEST_DELAY)
    waits = request.tries >= ATTENTION_AFTER
    after = visit.but(
        clinic_request=request,
        due_at=at if request.tries < TRIES_MAX else None,
        attention="clinic_does_not_answer" if waits else visit.attention,
    )
    letters = (resolve_timer(after, at),) if request.tries < TRIES_MAX else ()
    details: Details = {"clinic_id": request.clinic_id, "tries": request.tries}
    return Decision(after, "clinic_did_not_answer", details, letters)


def _next(visit: Visit, reason: str, now: datetime) -> Decision[Visit]:
    """Nothing is booked under the key: another slot, another clinic, or back to the operator."""
    request = requested(visit)
    following = _following(visit, request, reason) if now < visit.closes_at else None
    details: Details = {"clinic_id": request.clinic_id, "reason": reason}
    if following is None:
        after = visit.after(
            VisitEvent.CLINIC_REFUSED,
            clinic_request=None,
            epoch=visit.epoch + 1,
            attention="no_clinic_booked",
            due_at=None,
        )
        return Decision(after, "no_clinic_booked", details)
    after = visit.but(clinic_request=following.but(asked_at=now), due_at=now + PATIENCE, attention="")
    details["next_clinic_id"] = following.clinic_id
    return Decision(after, "clinic_refused", details, (book_letter(after, now),))


def _following(visit: Visit, request: ClinicRequest, reason: str) -> ClinicRequest | None:
    if request.attempt >= ATTEMPTS_MAX:
        return None
    fresh = request.but(
        key=booking_key(visit, request.attempt + 1),
        attempt=request.attempt + 1,
        step=BookingStep.CHOOSE,
        slot=None,
        tries=0,
        reason="",
    )
    refused = (*request.slots_refused, request.slot.id) if request.slot else request.slots_refused
    if reason in SLOT_IS_GONE and len(refused) < SLOTS_REFUSED_MAX:
        return fresh.but(slots_refused=refused)
    if not request.clinics_left:
        return None
    return fresh.but(
        clinic_id=request.clinics_left[0], clinics_left=request.clinics_left[1:], slots_refused=()
    )
