"""Texts as a provider takes and gives them, and the ways in which it says no."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OutboundSms:
    """`validity_seconds`: how long the provider may keep trying (at least 6, at most 36,000)."""

    to: str
    sender: str
    body: str
    validity_seconds: int
    status_url: str


@dataclass(frozen=True)
class SmsAccepted:
    sid: str
    segments: int


@dataclass(frozen=True)
class InboundSms:
    sid: str
    sender: str
    recipient: str
    body: str
    received_at: datetime


class SmsRefused(Exception):
    """A definite no: nothing was sent. `permanent`: asking again would bring the same no."""

    def __init__(self, code: int, *, permanent: bool) -> None:
        super().__init__(str(code))
        self.code = code
        self.permanent = permanent


class SmsThrottled(Exception):
    """Too fast: nothing was sent, try again after a while (0 = the provider did not say)."""

    def __init__(self, retry_after_seconds: int = 0) -> None:
        super().__init__(str(retry_after_seconds))
        self.retry_after_seconds = retry_after_seconds


class SmsUnknown(Exception):
    """Timeout, 5xx or a lost connection: it may have been sent. Look before sending again."""


class SmsRejectedAccount(Exception):
    """Our account or password was refused: nothing was sent, people must act."""
