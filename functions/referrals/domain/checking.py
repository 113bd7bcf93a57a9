"""Looking through referrals, accounts and reminders for broken promises: the pages, and what is found."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from functions.referrals.domain.package import Allowance, Entitlement, EntitlementStatus
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.reminders import Reminder
from shared.kernel.effects import Later, Message
from shared.kernel.ports import Query

PAGE: Final = 25
LINES_MAX: Final = 1_000
REMINDERS_MAX: Final = 50
"""Of one certificate: ten dates, five thresholds each."""


class CheckReferrals(Message):
    """A page of referrals whose last day lies in this time, after the one named. `day` names the round."""

    since: date
    until: date
    day: date
    after: str = ""


class CheckUnits(Message):
    """A page of accounts, after the one named."""

    day: date
    after: str = ""


class CheckReminders(Message):
    """A page of reminders found since that day, after the one named."""

    since: date
    day: date
    after: str = ""


def referrals_of(message: CheckReferrals) -> Query:
    since, until = message.since.isoformat(), message.until.isoformat()
    return Query(
        Referral.kind,
        where=(("valid_until", ">=", since), ("valid_until", "<=", until)),
        order=(("valid_until", "asc"), ("id", "asc")),
        after=(since, message.after) if message.after else (),
        limit=PAGE,
    )


def accounts_of(message: CheckUnits) -> Query:
    after = (message.after,) if message.after else ()
    return Query(Allowance.kind, order=(("id", "asc"),), after=after, limit=PAGE)


def units_of(account: Allowance, status: EntitlementStatus, most: int) -> Query:
    """To be counted: as many as the account says, and one more where there are more."""
    return Query(
        Entitlement.kind,
        where=(("allowance_id", "==", account.id), ("status", "==", status.value)),
        limit=most + 1,
    )


def reminders_of(message: CheckReminders) -> Query:
    since = message.since.isoformat()
    return Query(
        Reminder.kind,
        where=(("found_on", ">=", since),),
        order=(("found_on", "asc"), ("id", "asc")),
        after=(since, message.after) if message.after else (),
        limit=PAGE,
    )


def all_about(certificate_ids: Sequence[str]) -> Query:
    """Every reminder that these certificates have ever been given."""
    most = len(certificate_ids) * REMINDERS_MAX
    return Query(Reminder.kind, (("certificate_id", "in", list(certificate_ids)),), limit=most)


def next_referrals(message: CheckReferrals, seen: Sequence[Referral], now: datetime) -> tuple[Later, ...]:
    """The look at the page after this one; none where this was the last."""
    if len(seen) < PAGE:
        return ()
    again = message.but(since=seen[-1].valid_until, after=seen[-1].id)
    return (Later(key=f"check-referrals-{message.day}-{again.after}", message=again, at=now),)


def next_accounts(message: CheckUnits, seen: Sequence[Allowance], now: datetime) -> tuple[Later, ...]:
    if len(seen) < PAGE:
        return ()
    again = message.but(after=seen[-1].id)
    return (Later(key=f"check-units-{message.day}-{again.after}", message=again, at=now),)


def next_reminders(message: CheckReminders, seen: Sequence[Reminder], now: datetime) -> tuple[Later, ...]:
    if len(seen) < PAGE:
        return ()
    again = message.but(since=seen[-1].found_on, after=seen[-1].id)
    return (Later(key=f"check-reminders-{message.day}-{again.after}", message=again, at=now),)
