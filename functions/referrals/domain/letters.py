"""The tasks that follow from what becomes of a referral: its paper, what is told, what a clinic is asked."""

from datetime import datetime, timedelta
from typing import Final, Literal

from functions.referrals.domain.examination import ClinicAsk
from functions.referrals.domain.referral import Referral, ReferralStatus
from shared.contracts.notice_rules import earliest
from shared.contracts.notices import NOTICES
from shared.kernel.effects import Later, Message
from shared.kernel.times import QuietHours

MARK: Final = "ref"
RELEASE_FIRST_DELAY: Final = timedelta(minutes=1)
RELEASE_LONGEST_DELAY: Final = timedelta(minutes=30)
RELEASES_MAX: Final = 50  # a day

News = Literal["invited", "scheduled", "called_off", "missed"]


class TellEmployee(Message):
    """`epoch`: of the referral when there was something to tell; a later one has other news."""

    referral_id: str
    epoch: int
    news: News


class PrintReferral(Message):
    referral_id: str


class BookSlot(Message):
    referral_id: str
    key: str


class ResolveSlot(Message):
    """`tries` names the one try it was made for: copies and late ones find another number."""

    referral_id: str
    key: str
    tries: int


class ReleaseSlot(Message):
    referral_id: str
    clinic_id: str
    key: str
    tries: int = 0


def tell_employee(referral: Referral, news: News, now: datetime) -> Later:
    """Not at night: an office may write referrals whenever it likes."""
    message = TellEmployee(referral_id=referral.id, epoch=referral.epoch, news=news)
    at = earliest(NOTICES[f"referrals.{news}"], now, QuietHours(zone=referral.zone))
    return Later(key=f"tell-referral-{referral.id}-{referral.epoch}", message=message, at=at)


def told_later(message: TellEmployee, at: datetime) -> Later:
    """The person wants quiet now."""
    key = f"tell-referral-{message.referral_id}-{message.epoch}-{at.isoformat()}"
    return Later(key=key, message=message, at=at)


def print_soon(referral: Referral, now: datetime) -> Later:
    return Later(key=f"print-referral-{referral.id}", message=PrintReferral(referral_id=referral.id), at=now)


def booking_key(referral: Referral) -> str:
    """Of the epoch to come. Ends otherwise than other modules' keys, so that clinics' news find theirs."""
    return f"{MARK}-{referral.id}-e{referral.epoch + 1}"


def referral_of(key: str) -> str:
    """The referral that a booking key was made for; "" where it is none of ours."""
    mark, _, rest = key.partition("-")
    referral_id, _, epoch = rest.rpartition("-e")
    return referral_id if mark == MARK and epoch.isdecimal() else ""


def book_letter(referral: Referral, now: datetime) -> Later:
    message = BookSlot(referral_id=referral.id, key=asked(referral).key)
    return Later(key=f"book-{message.key}", message=message, at=now)


def resolve_timer(referral: Referral, at: datetime) -> Later:
    """The next look at a booking whose outcome is unknown; also what the sweeper sends again."""
    ask = asked(referral)
    message = ResolveSlot(referral_id=referral.id, key=ask.key, tries=ask.tries)
    return Later(key=f"resolve-{ask.key}-{ask.tries}", message=message, at=at)


def release_letters(referral: Referral, now: datetime) -> tuple[Later, ...]:
    """Lets the clinic go, booked or not known yet; none where no clinic's system holds anything of it."""
    ask, held = referral.clinic_ask, referral.examination
    if referral.status == ReferralStatus.UNKNOWN_OUTCOME and ask is not None:
        return (_release(referral.id, ask.slot.clinic_id, ask.key, now),)
    if referral.status == ReferralStatus.SCHEDULED and held is not None and held.booking_key:
        return (_release(referral.id, held.clinic_id, held.booking_key, now),)
    return ()


def released_again(message: ReleaseSlot, now: datetime) -> tuple[Later, ...]:
    """The next try; none after the last."""
    if message.tries >= RELEASES_MAX:
        return ()
    at = now + min(RELEASE_FIRST_DELAY * 2 ** min(message.tries, 10), RELEASE_LONGEST_DELAY)
    again = message.but(tries=message.tries + 1)
    return (Later(key=f"release-{again.key}-{again.tries}", message=again, at=at),)


def asked(referral: Referral) -> ClinicAsk:
    assert referral.clinic_ask is not None
    return referral.clinic_ask


def is_asked(referral: Referral, key: str) -> bool:
    """Whether this very booking still has an unknown outcome."""
    ask = referral.clinic_ask
    return referral.status == ReferralStatus.UNKNOWN_OUTCOME and ask is not None and ask.key == key


def _release(referral_id: str, clinic_id: str, key: str, now: datetime) -> Later:
    message = ReleaseSlot(referral_id=referral_id, clinic_id=clinic_id, key=key)
    return Later(key=f"release-{key}-0", message=message, at=now)
