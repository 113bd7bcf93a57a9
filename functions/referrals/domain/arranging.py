"""An examination is arranged: a slot is asked for in a clinic's own system, or an agreed time is kept.

The same by the person's link and by an operator, the first time, another time, and after nobody came.
"""

from datetime import datetime, timedelta
from typing import Final

from pydantic import Field

from functions.referrals.domain.examination import BookedBy, ClinicAsk, Examination
from functions.referrals.domain.letters import book_letter, booking_key, release_letters, tell_employee
from functions.referrals.domain.referral import Referral, ReferralEvent
from shared.contracts.clinic_booking import Slot
from shared.contracts.directory import Clinic
from shared.contracts.specializations import Specialization
from shared.kernel.errors import Conflict, FieldError, Invalid
from shared.kernel.records import Decision, Value
from shared.kernel.times import Instant

SPECIALIZATION: Final = Specialization.OCCUPATIONAL_MEDICINE
PATIENCE: Final = timedelta(minutes=3)
"""After so long without news of a task, the sweeper asks what became of the booking."""
LONGEST: Final = timedelta(hours=8)


class ExaminationTimeWrong(Invalid):
    """The examination must begin in the future, before it ends, and before the referral does."""


class ExaminationSlotWanted(Invalid):
    """This clinic is booked in its own system: choose one of its free slots."""


class ClinicHasNoSlots(Invalid):
    """This clinic has no system that we could book in: agree the time with it and leave the slot out."""


class NobodyExamines(Conflict):
    """No doctor of occupational medicine works at this clinic: choose another one."""


class Wish(Value):
    """`slot_id` is the clinic's where it is integrated, else ""; the times as the slot says, or as agreed."""

    clinic_id: str = Field(min_length=1, max_length=60)
    slot_id: str = Field("", max_length=200)
    starts_at: Instant
    ends_at: Instant


def arranged(
    referral: Referral, wish: Wish, clinic: Clinic, doctor_ids: tuple[str, ...], by: BookedBy, now: datetime
) -> Decision[Referral]:
    """Raises NotPossibleNow, Invalid or Conflict, with what to change."""
    _check_time(referral, wish, now)
    if not clinic.active or not doctor_ids:
        raise NobodyExamines
    if clinic.integrated:
        return _asked(referral, wish, clinic, doctor_ids, by, now)
    return _agreed(referral, wish, clinic, doctor_ids, by, now)


def _asked(
    referral: Referral, wish: Wish, clinic: Clinic, doctor_ids: tuple[str, ...], by: BookedBy, now: datetime
) -> Decision[Referral]:
    """Until the clinic's system has answered nothing else may be started."""
    if not wish.slot_id:
        raise ExaminationSlotWanted(errors=[FieldError("/slot_id", "is wanted by this clinic")])
    slot = Slot(
        id=wish.slot_id,
        clinic_id=clinic.id,
        specialization=SPECIALIZATION,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
    )
    ask = ClinicAsk(
        key=booking_key(referral),
        slot=slot,
        doctor_ids=doctor_ids,
        booked_by=by,
        asked_at=now,
        missed=_missed(referral),
    )
    after = referral.after(
        ReferralEvent.ASK_CLINIC,
        clinic_ask=ask,
        examination=None,
        epoch=referral.epoch + 1,
        look_at=now + PATIENCE,
        attention="",
    )
    letters = (book_letter(after, now), *release_letters(referral, now))
    return Decision(after, "clinic_asked", {"clinic_id": clinic.id, "by": by.value}, letters)


def _agreed(
    referral: Referral, wish: Wish, clinic: Clinic, doctor_ids: tuple[str, ...], by: BookedBy, now: datetime
) -> Decision[Referral]:
    if wish.slot_id:
        raise ClinicHasNoSlots(errors=[FieldError("/slot_id", "this clinic has no slots")])
    examination = Examination(
        clinic_id=clinic.id,
        doctor_ids=doctor_ids,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        booked_by=by,
        missed=_missed(referral),
    )
    after = scheduled(referral, ReferralEvent.SCHEDULE, examination)
    letters = (tell_employee(after, "scheduled", now), *release_letters(referral, now))
    details = {"clinic_id": clinic.id, "by": by.value}
    return Decision(after, "scheduled", details, letters, manual=by == BookedBy.OPERATOR)


def scheduled(referral: Referral, event: ReferralEvent, examination: Examination) -> Referral:
    return referral.after(
        event,
        examination=examination,
        clinic_ask=None,
        epoch=referral.epoch + 1,
        look_at=None,
        attention="",
    )


def _missed(referral: Referral) -> int:
    return referral.examination.missed if referral.examination else 0


def _check_time(referral: Referral, wish: Wish, now: datetime) -> None:
    length = wish.ends_at - wish.starts_at
    if wish.starts_at <= now or not timedelta(0) < length <= LONGEST:
        raise ExaminationTimeWrong(errors=[FieldError("/starts_at", "must be in the future, before the end")])
    if referral.day_of(wish.starts_at) > referral.valid_until:
        until = referral.valid_until.isoformat()
        raise ExaminationTimeWrong(errors=[FieldError("/starts_at", f"the referral ends on {until}")])
