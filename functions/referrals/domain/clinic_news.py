"""What a clinic says by itself of an examination: it cancelled, it moved, nobody came.

A cancellation is final and is acted upon at once. What else happened is asked by our key: the clinic's status
is the truth, its messages only say when to look.
"""

from datetime import datetime
from typing import Final

from functions.referrals.domain.letters import is_asked, release_letters, tell_employee
from functions.referrals.domain.missing import missed
from functions.referrals.domain.referral import Referral, ReferralEvent, ReferralStatus
from shared.contracts.clinic_booking import BookingChanged, BookingState, ClinicBooking
from shared.contracts.clinic_talk import ClinicAnswer
from shared.kernel.errors import Busy
from shared.kernel.records import Decision

CANCELLED: Final = "clinic_cancelled"
MOVED: Final = "clinic_moved"


class ClinicNotAnsweredYet(Busy):
    """What the clinic said cannot be acted upon yet: it is looked at again in a moment."""


def is_about(referral: Referral, news: BookingChanged) -> bool:
    """Whether it speaks of this examination. Raises ClinicNotAnsweredYet while its yes is on its way."""
    if is_asked(referral, news.booking_key):
        raise ClinicNotAnsweredYet
    held = referral.examination if referral.status == ReferralStatus.SCHEDULED else None
    return held is not None and (held.booking_key, held.clinic_id) == (news.booking_key, news.clinic_id)


def lost(referral: Referral, now: datetime) -> Decision[Referral]:
    """The person is invited to choose again."""
    after = referral.after(ReferralEvent.LOSE_APPOINTMENT, epoch=referral.epoch + 1, attention=CANCELLED)
    details = {"clinic_id": referral.examination.clinic_id if referral.examination else ""}
    letters = (tell_employee(after, "invited", now), *release_letters(referral, now))
    return Decision(after, CANCELLED, details, letters)


def checked(referral: Referral, answer: ClinicAnswer, now: datetime) -> Decision[Referral] | None:
    """What the clinic's status means for an examination that it had booked; None where nothing is new."""
    if answer.booking is not None:
        return _still_booked(referral, answer.booking, now)
    if answer.reason == BookingState.NO_SHOW:
        return missed(referral, now)
    return lost(referral, now)


def _still_booked(referral: Referral, booking: ClinicBooking, now: datetime) -> Decision[Referral] | None:
    held = referral.examination
    assert held is not None
    if (booking.starts_at, booking.ends_at) == (held.starts_at, held.ends_at):
        return None
    moved = held.but(starts_at=booking.starts_at, ends_at=booking.ends_at)
    after = referral.but(examination=moved, epoch=referral.epoch + 1)
    return Decision(after, MOVED, {"clinic_id": moved.clinic_id}, (tell_employee(after, "scheduled", now),))
