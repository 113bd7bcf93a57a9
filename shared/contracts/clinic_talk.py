"""What is said to a clinic's own system, and what its answers, refusals and silences amount to."""

from dataclasses import dataclass
from enum import StrEnum

from shared.contracts.clinic_booking import (
    BookedOtherwise,
    BookingState,
    ClinicBooking,
    ClinicRefused,
    ClinicUnknown,
    RefusalReason,
    Slot,
)
from shared.contracts.ports import Clinics


class Answer(StrEnum):
    BOOKED = "booked"
    NOT_BOOKED = "not_booked"  # as far as the clinic knows; a request may still be on its way to it
    SEALED = "sealed"  # nothing is booked under the key, nor ever will be
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ClinicAnswer:
    kind: Answer
    booking: ClinicBooking | None = None
    reason: str = ""


def book(clinics: Clinics, clinic_id: str, slot: Slot, key: str, patient_reference: str) -> ClinicAnswer:
    """Hold and book; the same key and slot may be booked again without harm."""
    try:
        clinics.hold(clinic_id, slot, key)
        booking = clinics.book(clinic_id, slot, key, patient_reference)
    except BookedOtherwise as other:
        return ClinicAnswer(Answer.BOOKED, other.booking)
    except ClinicRefused as no:
        return ClinicAnswer(Answer.NOT_BOOKED, reason=no.reason)
    except ClinicUnknown:
        return ClinicAnswer(Answer.UNKNOWN)
    return ClinicAnswer(Answer.BOOKED, booking)


def ask_status(clinics: Clinics, clinic_id: str, key: str) -> ClinicAnswer:
    try:
        status = clinics.status(clinic_id, key)
    except ClinicUnknown:
        return ClinicAnswer(Answer.UNKNOWN)
    if status.state == BookingState.BOOKED:
        return ClinicAnswer(Answer.BOOKED, status.booking)
    if status.state == BookingState.CANCELLED:
        return ClinicAnswer(Answer.SEALED, reason=status.state)
    return ClinicAnswer(Answer.NOT_BOOKED, reason=status.state)


def seal(clinics: Clinics, clinic_id: str, key: str) -> ClinicAnswer:
    """Whatever is held or booked under the key is cancelled, and nothing can be booked under it again."""
    try:
        clinics.cancel(clinic_id, key)
    except ClinicRefused as no:
        sealed = no.reason == RefusalReason.KEY_SEALED
        return ClinicAnswer(Answer.SEALED if sealed else Answer.UNKNOWN, reason=no.reason)
    except ClinicUnknown:
        return ClinicAnswer(Answer.UNKNOWN)
    return ClinicAnswer(Answer.SEALED)
