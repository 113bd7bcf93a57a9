"""Booking an examination in a clinic's own system, where every answer may be lost on its way.

    hold and book the slot -> scheduled
          | refused, another time     -> seal the key -> issued, and the person chooses another slot
          | no answer -> ask by key   -> scheduled, or seal the key

A key that is given up is sealed in the clinic first, so that a request still on its way books nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from functions.referrals.domain.arranging import scheduled
from functions.referrals.domain.examination import BookingStep, Examination
from functions.referrals.domain.letters import (
    ReleaseSlot,
    asked,
    release_letters,
    resolve_timer,
    tell_employee,
)
from functions.referrals.domain.referral import Referral, ReferralEvent, ReferralStatus
from shared.contracts.clinic_booking import ClinicBooking
from shared.contracts.clinic_talk import Answer, ClinicAnswer
from shared.kernel.errors import Conflict
from shared.kernel.ports import Query
from shared.kernel.records import Decision

FIRST_DELAY: Final = timedelta(seconds=30)
LONGEST_DELAY: Final = timedelta(minutes=15)
ATTENTION_AFTER: Final = 4  # tries: some eight minutes
TRIES_MAX: Final = 100  # a day
RELEASE_ATTENTION_AFTER: Final = 5  # tries: half an hour
NOT_RELEASED: Final = "clinic_not_released"
BY_PHONE: Final = "by-phone"
SWEPT_MAX: Final = 50

Details = dict[str, str | int | float | bool]


class NoExaminationToSettle(Conflict):
    """No clinic is being asked to book this examination."""


class ExaminationStillAsked(Conflict):
    """The clinic is still being asked: wait some minutes, until the referral waits for a person."""


def answered(referral: Referral, answer: ClinicAnswer, now: datetime) -> Decision[Referral]:
    """What a clinic said when it was asked to book, or what became of it."""
    ask = asked(referral)
    if answer.booking is not None:
        if answer.booking.is_for(ask.slot):
            return _booked(referral, answer.booking, now)
        return _give_up(referral, "other_time", now)
    match answer.kind:
        case Answer.UNKNOWN:
            return _ask_later(referral, now)
        case Answer.SEALED:
            return _refused(referral, ask.reason or answer.reason, now)
        case _:
            return _give_up(referral, answer.reason, now)


def settled_booked(referral: Referral, now: datetime) -> Decision[Referral]:
    """A person has phoned: the clinic has booked the slot that was asked for."""
    _check_settling(referral)
    slot = asked(referral).slot
    booking = ClinicBooking(reference=BY_PHONE, starts_at=slot.starts_at, ends_at=slot.ends_at)
    return replace(_booked(referral, booking, now), manual=True)


def settled_not_booked(referral: Referral, now: datetime) -> Decision[Referral]:
    """A person has phoned: nothing is booked; the clinic's system hears so as soon as it listens again."""
    _check_settling(referral)
    decision = _refused(referral, BY_PHONE, now)
    return replace(decision, effects=(*decision.effects, *release_letters(referral, now)), manual=True)


def not_released(referral: Referral, message: ReleaseSlot) -> Decision[Referral] | None:
    """After some tries a person should phone the clinic; said once."""
    if message.tries < RELEASE_ATTENTION_AFTER or referral.attention == NOT_RELEASED:
        return None
    return Decision(referral.but(attention=NOT_RELEASED), NOT_RELEASED, {"clinic_id": message.clinic_id})


def unanswered(before: datetime) -> Query:
    return Query(
        Referral.kind,
        where=(("status", "==", ReferralStatus.UNKNOWN_OUTCOME.value), ("look_at", "<=", before)),
        order=(("look_at", "asc"), ("id", "asc")),
        limit=SWEPT_MAX,
    )


def _booked(referral: Referral, booking: ClinicBooking, now: datetime) -> Decision[Referral]:
    ask = asked(referral)
    examination = Examination(
        clinic_id=ask.slot.clinic_id,
        doctor_ids=ask.doctor_ids,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        booked_by=ask.booked_by,
        booking_key=ask.key,
        reference=booking.reference,
        missed=ask.missed,
    )
    after = scheduled(referral, ReferralEvent.CLINIC_BOOKED, examination)
    details: Details = {"clinic_id": ask.slot.clinic_id, "by": ask.booked_by.value}
    return Decision(after, "scheduled", details, (tell_employee(after, "scheduled", now),))


def _give_up(referral: Referral, reason: str, now: datetime) -> Decision[Referral]:
    """The key must book nothing any more. Said here first: whoever is still booking with it then stops."""
    ask = asked(referral)
    ask = ask.but(step=BookingStep.SEAL, reason=reason, tries=ask.tries + 1)
    after = referral.but(clinic_ask=ask, look_at=now)
    details: Details = {"clinic_id": ask.slot.clinic_id, "reason": reason}
    return Decision(after, "clinic_given_up", details, (resolve_timer(after, now),))


def _ask_later(referral: Referral, now: datetime) -> Decision[Referral]:
    """Growing delays; before long a person hears of it, and after a day only a person can go on."""
    ask = asked(referral)
    step = BookingStep.ASK if ask.step == BookingStep.BOOK else ask.step
    ask = ask.but(step=step, tries=ask.tries + 1)
    at = now + min(FIRST_DELAY * 2 ** min(ask.tries - 1, 10), LONGEST_DELAY)
    goes_on = ask.tries < TRIES_MAX
    after = referral.but(
        clinic_ask=ask,
        look_at=at if goes_on else None,
        attention="clinic_does_not_answer" if ask.tries >= ATTENTION_AFTER else referral.attention,
    )
    details: Details = {"clinic_id": ask.slot.clinic_id, "tries": ask.tries}
    return Decision(after, "clinic_did_not_answer", details, (resolve_timer(after, at),) if goes_on else ())


def _refused(referral: Referral, reason: str, now: datetime) -> Decision[Referral]:
    """Nothing is booked: the person is invited to choose again."""
    after = referral.after(
        ReferralEvent.CLINIC_REFUSED, clinic_ask=None, epoch=referral.epoch + 1, look_at=None
    )
    details: Details = {"clinic_id": asked(referral).slot.clinic_id, "reason": reason}
    return Decision(after, "no_appointment", details, (tell_employee(after, "invited", now),))


def _check_settling(referral: Referral) -> None:
    if referral.status != ReferralStatus.UNKNOWN_OUTCOME:
        raise NoExaminationToSettle
    if asked(referral).tries < ATTENTION_AFTER:
        raise ExaminationStillAsked
