"""Booking an examination in a clinic's own system, where every answer may be lost on its way.

    hold and book the slot -> scheduled
          | refused, another time     -> seal the key -> pending, and the operator chooses another slot
          | no answer -> ask by key   -> scheduled, or seal the key

While the outcome is unknown nothing else may be started: the table of the case has no row for it. A key that
is given up is sealed in the clinic first, so that a request still on its way books nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from functions.certificates.domain.appointment import Appointment, BookingStep
from functions.certificates.domain.arranging import scheduled
from functions.certificates.domain.booking_letters import (
    ReleaseAppointment,
    release_letters,
    requested,
    resolve_timer,
)
from functions.certificates.domain.case import CaseEvent, CaseStatus, CertificateCase
from functions.certificates.domain.telling import tell_patient
from shared.contracts.clinic_booking import ClinicBooking
from shared.contracts.clinic_talk import Answer, ClinicAnswer
from shared.kernel.errors import Conflict
from shared.kernel.records import Decision

FIRST_DELAY: Final = timedelta(seconds=30)
LONGEST_DELAY: Final = timedelta(minutes=15)
ATTENTION_AFTER: Final = 4  # tries: some eight minutes
TRIES_MAX: Final = 100  # a day
RELEASE_ATTENTION_AFTER: Final = 5  # tries: half an hour
NOT_RELEASED: Final = "clinic_not_released"
BY_PHONE: Final = "by-phone"

Details = dict[str, str | int | float | bool]


class NoBookingToSettle(Conflict):
    """No clinic is being asked to book this examination."""


class ClinicStillAsked(Conflict):
    """The clinic is still being asked: wait some minutes, until the case waits for a person."""


def answered(case: CertificateCase, answer: ClinicAnswer, now: datetime) -> Decision[CertificateCase]:
    """What a clinic said when it was asked to book, or what became of it."""
    request = requested(case)
    if answer.booking is not None:
        if answer.booking.is_for(request.slot):
            return _booked(case, answer.booking, now)
        return _give_up(case, "other_time", now)
    match answer.kind:
        case Answer.UNKNOWN:
            return _ask_later(case, now)
        case Answer.SEALED:
            return _refused(case, request.reason or answer.reason)
        case _:
            return _give_up(case, answer.reason, now)


def settled_booked(case: CertificateCase, now: datetime) -> Decision[CertificateCase]:
    """A person has phoned: the clinic has booked the slot that was asked for."""
    _check_settling(case)
    slot = requested(case).slot
    booking = ClinicBooking(reference=BY_PHONE, starts_at=slot.starts_at, ends_at=slot.ends_at)
    return replace(_booked(case, booking, now), manual=True)


def settled_not_booked(case: CertificateCase, now: datetime) -> Decision[CertificateCase]:
    """A person has phoned: nothing is booked; the clinic's system hears so as soon as it listens again."""
    _check_settling(case)
    return replace(_refused(case, BY_PHONE), effects=release_letters(case, now), manual=True)


def not_released(case: CertificateCase, asked: ReleaseAppointment) -> Decision[CertificateCase] | None:
    """After some tries a person should phone the clinic; said once."""
    if asked.tries < RELEASE_ATTENTION_AFTER or case.attention == NOT_RELEASED:
        return None
    return Decision(case.but(attention=NOT_RELEASED), NOT_RELEASED, {"clinic_id": asked.clinic_id})


def _booked(case: CertificateCase, booking: ClinicBooking, now: datetime) -> Decision[CertificateCase]:
    request = requested(case)
    appointment = Appointment(
        clinic_id=request.clinic_id,
        doctor_id=request.doctor_id,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        zone=request.zone,
        key=request.key,
        reference=booking.reference,
    )
    after = scheduled(case, CaseEvent.CLINIC_BOOKED, appointment)
    details: Details = {"clinic_id": request.clinic_id, "doctor_id": request.doctor_id}
    return Decision(after, "scheduled", details, (tell_patient(after, "appointment", now),))


def _give_up(case: CertificateCase, reason: str, now: datetime) -> Decision[CertificateCase]:
    """The key must book nothing any more. Said here first: whoever is still booking with it then stops."""
    request = requested(case)
    request = request.but(step=BookingStep.SEAL, reason=reason, tries=request.tries + 1)
    after = case.but(clinic_request=request, look_at=now)
    details: Details = {"clinic_id": request.clinic_id, "reason": reason}
    return Decision(after, "clinic_given_up", details, (resolve_timer(after, now),))


def _ask_later(case: CertificateCase, now: datetime) -> Decision[CertificateCase]:
    """Growing delays; before long a person hears of it, and after a day only a person can go on."""
    request = requested(case)
    step = BookingStep.ASK if request.step == BookingStep.BOOK else request.step
    request = request.but(step=step, tries=request.tries + 1)
    at = now + min(FIRST_DELAY * 2 ** min(request.tries - 1, 10), LONGEST_DELAY)
    goes_on = request.tries < TRIES_MAX
    after = case.but(
        clinic_request=request,
        look_at=at if goes_on else None,
        attention="clinic_does_not_answer" if request.tries >= ATTENTION_AFTER else case.attention,
    )
    letters = (resolve_timer(after, at),) if goes_on else ()
    details: Details = {"clinic_id": request.clinic_id, "tries": request.tries}
    return Decision(after, "clinic_did_not_answer", details, letters)


def _refused(case: CertificateCase, reason: str) -> Decision[CertificateCase]:
    """Nothing is booked: a remote case is the pool's again, an examination waits for another slot."""
    after = case.after(
        CaseEvent.CLINIC_REFUSED,
        clinic_request=None,
        epoch=case.epoch + 1,
        look_at=None,
        attention="no_appointment",
    )
    details: Details = {"clinic_id": requested(case).clinic_id, "reason": reason}
    return Decision(after, "no_appointment", details)


def _check_settling(case: CertificateCase) -> None:
    if case.status != CaseStatus.UNKNOWN_OUTCOME:
        raise NoBookingToSettle
    if requested(case).tries < ATTENTION_AFTER:
        raise ClinicStillAsked
