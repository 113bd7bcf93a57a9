"""What a clinic says by itself of an examination: it cancelled, it moved, nobody came.

A cancellation is final and is acted upon at once. What else happened is asked by our key: the clinic's status
is the truth, its messages only say when to look.
"""

from datetime import datetime
from typing import Final

from functions.certificates.domain.booking_letters import is_asked, release_letters
from functions.certificates.domain.case import CaseEvent, CaseStatus, CertificateCase
from functions.certificates.domain.telling import tell_patient
from shared.contracts.clinic_booking import BookingChanged, BookingState, ClinicBooking
from shared.contracts.clinic_talk import ClinicAnswer
from shared.kernel.errors import Busy
from shared.kernel.records import Decision

CANCELLED: Final = "clinic_cancelled"
MOVED: Final = "clinic_moved"
ABSENT: Final = "patient_absent"


class NotAnsweredYet(Busy):
    """What the clinic said cannot be acted upon yet: it is looked at again in a moment."""


def is_about(case: CertificateCase, news: BookingChanged) -> bool:
    """Whether it speaks of this examination. Raises NotAnsweredYet while the clinic's yes is on its way."""
    if is_asked(case, news.booking_key):
        raise NotAnsweredYet
    booked = case.appointment if case.status == CaseStatus.SCHEDULED else None
    return booked is not None and (booked.key, booked.clinic_id) == (news.booking_key, news.clinic_id)


def lost(case: CertificateCase, now: datetime) -> Decision[CertificateCase]:
    """The patient is told not to go; an operator finds another appointment."""
    after = case.after(CaseEvent.LOSE_APPOINTMENT, epoch=case.epoch + 1, attention=CANCELLED)
    details = {"clinic_id": case.appointment.clinic_id if case.appointment else ""}
    letters = (tell_patient(after, "appointment_cancelled", now), *release_letters(case, now))
    return Decision(after, CANCELLED, details, letters)


def checked(case: CertificateCase, answer: ClinicAnswer, now: datetime) -> Decision[CertificateCase] | None:
    """What the clinic's status means for an examination that it had booked; None where nothing is new."""
    if answer.booking is not None:
        return _still_booked(case, answer.booking, now)
    if answer.reason == BookingState.NO_SHOW:
        is_known = case.attention == ABSENT
        return None if is_known else Decision(case.but(attention=ABSENT), ABSENT)
    return lost(case, now)


def _still_booked(
    case: CertificateCase, booking: ClinicBooking, now: datetime
) -> Decision[CertificateCase] | None:
    appointment = case.appointment
    assert appointment is not None
    if (booking.starts_at, booking.ends_at) == (appointment.starts_at, appointment.ends_at):
        return None
    moved = appointment.but(starts_at=booking.starts_at, ends_at=booking.ends_at)
    after = case.but(
        appointment=moved, due_on=case.day_of(moved.starts_at), epoch=case.epoch + 1, attention=MOVED
    )
    details = {"clinic_id": moved.clinic_id}
    return Decision(after, MOVED, details, (tell_patient(after, "appointment", now),))
