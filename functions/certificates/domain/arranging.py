"""An examination is arranged: a slot is asked for in the clinic's own system, or an agreed time is kept.

The same for a new order and for a remote case that needs an examination after all; then who had reserved it
has it no longer.
"""

from datetime import datetime, timedelta
from typing import Final

from pydantic import Field

from functions.certificates.domain.appointment import Appointment, ClinicRequest
from functions.certificates.domain.booking_letters import book_letter, booking_key, release_letters
from functions.certificates.domain.case import CaseEvent, CertificateCase, Modality
from functions.certificates.domain.closeness import refuse_conflict
from functions.certificates.domain.telling import tell_patient
from shared.contracts.clinic_booking import Slot
from shared.contracts.directory import Clinic, Doctor
from shared.kernel.errors import Conflict, FieldError, Invalid
from shared.kernel.records import Decision, Value
from shared.kernel.times import Instant

PATIENCE: Final = timedelta(minutes=3)
"""After so long without news of a task, the sweeper asks what became of the request."""
DAYS_AHEAD_MAX: Final = 180
LONGEST: Final = timedelta(hours=8)


class AppointmentTimeWrong(Invalid):
    """The examination must begin in the future and before it ends: correct the times."""


class SlotWanted(Invalid):
    """This clinic is booked in its own system: choose one of its free slots."""


class NotBookedHere(Invalid):
    """This clinic has no system that we could book in: agree the time with it and leave the slot out."""


class CannotExamine(Conflict):
    """This doctor or clinic cannot examine the patient: choose another one."""


class Wish(Value):
    """`slot_id` is the clinic's where it is integrated, else ""; the times as the slot says, or as agreed."""

    doctor_id: str = Field(min_length=1, max_length=60)
    clinic_id: str = Field(min_length=1, max_length=60)
    slot_id: str = Field("", max_length=200)
    starts_at: Instant
    ends_at: Instant


def arranged(
    case: CertificateCase, wish: Wish, clinic: Clinic, doctor: Doctor, now: datetime
) -> Decision[CertificateCase]:
    """Raises Invalid or Conflict, with what the operator should change."""
    _check_times(wish, now)
    if not clinic.active or not doctor.active or clinic.id not in doctor.clinic_ids:
        raise CannotExamine(_why_not(clinic, doctor))
    refuse_conflict(case.closeness, case.excluded_doctors, doctor)
    return _asked(case, wish, clinic, now) if clinic.integrated else _agreed(case, wish, clinic, now)


def _asked(case: CertificateCase, wish: Wish, clinic: Clinic, now: datetime) -> Decision[CertificateCase]:
    """The clinic's system is to hold and book; until it has answered nothing else may be started."""
    if not wish.slot_id:
        raise SlotWanted(errors=[FieldError("/slot_id", "is wanted by this clinic")])
    request = ClinicRequest(
        clinic_id=clinic.id,
        doctor_id=wish.doctor_id,
        zone=clinic.zone,
        key=booking_key(case.id, case.epoch + 1),
        slot=Slot(
            id=wish.slot_id,
            clinic_id=clinic.id,
            specialization=case.specialization,
            starts_at=wish.starts_at,
            ends_at=wish.ends_at,
        ),
        asked_at=now,
    )
    after = case.after(
        CaseEvent.ASK_CLINIC,
        clinic_request=request,
        reservation=None,
        appointment=None,
        epoch=case.epoch + 1,
        arm=case.arm + 1,
        look_at=now + PATIENCE,
        attention="",
    )
    details = {"clinic_id": clinic.id, "doctor_id": wish.doctor_id, "before": case.modality.value}
    return Decision(after, "clinic_asked", details, (book_letter(after, now), *release_letters(case, now)))


def _agreed(case: CertificateCase, wish: Wish, clinic: Clinic, now: datetime) -> Decision[CertificateCase]:
    if wish.slot_id:
        raise NotBookedHere(errors=[FieldError("/slot_id", "this clinic has no slots")])
    appointment = Appointment(
        clinic_id=clinic.id,
        doctor_id=wish.doctor_id,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        zone=clinic.zone,
    )
    after = scheduled(case, CaseEvent.SCHEDULE, appointment)
    details = {"clinic_id": clinic.id, "doctor_id": wish.doctor_id, "before": case.modality.value}
    effects = (tell_patient(after, "appointment", now), *release_letters(case, now))
    return Decision(after, "scheduled", details, effects, manual=True)


def scheduled(case: CertificateCase, event: CaseEvent, appointment: Appointment) -> CertificateCase:
    """From here on an examination: the day of the appointment is the day on which it is due."""
    after = case.after(
        event,
        modality=Modality.STATIONARY,
        appointment=appointment,
        clinic_request=None,
        reservation=None,
        zone=appointment.zone,
        epoch=case.epoch + 1,
        arm=case.arm + 1,
        look_at=None,
        attention="",
    )
    return after.but(due_on=after.day_of(appointment.starts_at))


def _check_times(wish: Wish, now: datetime) -> None:
    length = wish.ends_at - wish.starts_at
    if wish.starts_at <= now or not timedelta(0) < length <= LONGEST:
        raise AppointmentTimeWrong(errors=[FieldError("/starts_at", "must be in the future, before the end")])
    if (wish.starts_at - now).days > DAYS_AHEAD_MAX:
        raise AppointmentTimeWrong(errors=[FieldError("/starts_at", f"at most {DAYS_AHEAD_MAX} days ahead")])


def _why_not(clinic: Clinic, doctor: Doctor) -> str:
    if not clinic.active:
        return "The clinic is not active."
    return "The doctor is not active." if not doctor.active else "The doctor does not work at this clinic."
