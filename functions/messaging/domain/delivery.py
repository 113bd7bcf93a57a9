"""Delivery reports: facts with a rank. A report of a lower rank than what is known changes nothing."""

from typing import Final

from shared.contracts.messaging import SmsStatus

RETRY_ONCE: Final = frozenset({30001, 30008})
"""The provider's queue overflowed, or it does not know what happened: once more may well succeed."""
ATTEMPTS_MAX = 2
FAILURES: Final = frozenset({SmsStatus.FAILED, SmsStatus.UNDELIVERED})

RANKS: Final = {
    SmsStatus.QUEUED: 0,
    SmsStatus.SENDING: 1,
    SmsStatus.DELAYED: 1,
    SmsStatus.UNKNOWN: 1,
    SmsStatus.SENT: 2,
    SmsStatus.UNDELIVERED: 3,
    SmsStatus.FAILED: 3,
    SmsStatus.DELIVERED: 4,  # a phone that has it has it, whatever was reported before
}

_WORDS: Final = {
    "accepted": SmsStatus.QUEUED,
    "scheduled": SmsStatus.QUEUED,
    "queued": SmsStatus.QUEUED,
    "sending": SmsStatus.SENDING,
    "sent": SmsStatus.SENT,
    "delivered": SmsStatus.DELIVERED,
    "read": SmsStatus.DELIVERED,
    "undelivered": SmsStatus.UNDELIVERED,
    "failed": SmsStatus.FAILED,
    "canceled": SmsStatus.FAILED,
}


def status_of(word: str) -> SmsStatus | None:
    """The provider's word in ours; None for one we do not know."""
    return _WORDS.get(word.lower())


def is_news(known: str, told: SmsStatus) -> bool:
    return not known or RANKS[told] > RANKS[SmsStatus(known)]


def deserves_another_try(status: SmsStatus, error_code: int, attempt: int) -> bool:
    return status in FAILURES and error_code in RETRY_ONCE and attempt < ATTEMPTS_MAX
