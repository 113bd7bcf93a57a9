"""The invitation once more, and the end of a referral that nobody used in time."""

from datetime import date, datetime, timedelta
from typing import Final

from functions.referrals.domain.letters import tell_employee
from functions.referrals.domain.referral import Referral, ReferralStatus
from shared.kernel.effects import Later, Message
from shared.kernel.errors import Conflict
from shared.kernel.ports import Query
from shared.kernel.records import Decision

EXPIRED_A_RUN_MAX: Final = 500
SIGNED_WITHIN: Final = timedelta(days=7)
ENDS_BY_ITSELF: Final = (ReferralStatus.ISSUED, ReferralStatus.NO_SHOW, ReferralStatus.SCHEDULED)


class NothingToChoose(Conflict):
    """This referral is over, or a clinic is being asked: there is nothing to choose now."""


class ExpireReferral(Message):
    referral_id: str


def invited_again(referral: Referral, now: datetime) -> Decision[Referral]:
    """With news that fit: choose a time, or this is your time."""
    if referral.status not in ENDS_BY_ITSELF:
        raise NothingToChoose
    after = referral.but(epoch=referral.epoch + 1)
    news = "scheduled" if referral.status == ReferralStatus.SCHEDULED else "invited"
    return Decision(after, "invited_again", {}, (tell_employee(after, news, now),), manual=True)  # type: ignore[arg-type]  # one of two


def is_over(referral: Referral, now: datetime) -> bool:
    """The last day is the last one on which somebody may be examined; the doctor may sign some days later."""
    held = referral.examination
    comes = (
        referral.status == ReferralStatus.SCHEDULED
        and held is not None
        and now < held.ends_at + SIGNED_WITHIN
    )
    return referral.status in ENDS_BY_ITSELF and referral.day_of(now) > referral.valid_until and not comes


def run_out(before: date) -> Query:
    return Query(
        Referral.kind,
        where=(("is_open", "==", True), ("valid_until", "<", before.isoformat())),
        order=(("valid_until", "asc"), ("id", "asc")),
        limit=EXPIRED_A_RUN_MAX,
    )


def expiry_of(referral: Referral, now: datetime) -> Later:
    """One a day: what is not over tonight, for a doctor may still sign, is looked at again."""
    message = ExpireReferral(referral_id=referral.id)
    key = f"expire-referral-{referral.id}-{referral.version}-{now.date()}"
    return Later(key=key, message=message, at=now)
