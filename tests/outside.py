"""The world outside, in memory: phones, clinics and mail behind the same ports as their adapters."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.contracts.mail import MailUnknown, OutboundMail
from shared.contracts.sign_in import SignInEvent
from shared.contracts.sms import InboundSms, OutboundSms, SmsAccepted, SmsRefused, SmsUnknown
from shared.kernel.errors import NotAdmitted
from shared.kernel.ports import Claims
from shared.kernel.times import UTC
from tests import leaks

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""A Tuesday morning; ten o'clock in Warsaw."""


class StoppedClock:
    """Stands still until a test moves it."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def pause(self, seconds: float) -> None:
        """Nobody waits in a world whose clock stands still."""

    def advance(self, by: timedelta) -> None:
        self.at += by


@dataclass(frozen=True)
class Texted:
    sid: str
    sms: OutboundSms
    at: datetime


@dataclass
class MemoryPhones:
    """Takes texts as a provider does. `refuse[phone]` is the error code of a definite no;
    `silent` phones' texts are taken, but the answer to us is lost; while `out`, nothing is taken or told."""

    clock: StoppedClock
    sent: list[Texted] = field(default_factory=list)
    inbound: list[InboundSms] = field(default_factory=list)
    refuse: dict[str, int] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    out: Exception | None = None

    def send(self, sms: OutboundSms) -> SmsAccepted:
        if self.out is not None:
            raise self.out
        if sms.to in self.refuse:
            raise SmsRefused(self.refuse[sms.to], permanent=True)
        leaks.asked(sms.status_url)
        sid = f"SM{len(self.sent) + 1:032x}"
        self.sent.append(Texted(sid, sms, self.clock.now()))
        if sms.to in self.silent:
            raise SmsUnknown
        return SmsAccepted(sid, 1)

    def find_sent(self, to: str, since: datetime, containing: str) -> SmsAccepted | None:
        for one in self.sent:
            if one.sms.to == to and one.at >= since and containing in one.sms.body:
                return SmsAccepted(one.sid, 1)
        return None

    def inbound_since(self, since: datetime, limit: int) -> Sequence[InboundSms]:
        if self.out is not None:
            raise self.out
        return [one for one in self.inbound if one.received_at >= since][:limit]

    def texts_to(self, phone: str) -> list[str]:
        return [one.sms.body for one in self.sent if one.sms.to == phone]


@dataclass
class MemoryMail:
    sent: list[OutboundMail] = field(default_factory=list)
    lose_answers: bool = False
    out: Exception | None = None

    def send(self, mail: OutboundMail) -> None:
        if self.out is not None:
            raise self.out
        self.sent.append(mail)
        if self.lose_answers:
            raise MailUnknown


class MemorySignIns:
    """Events that say in plain words what happened."""

    def read(self, token: str, audience: str) -> SignInEvent:
        try:
            return SignInEvent.model_validate_json(token)
        except ValueError:
            raise NotAdmitted from None


class MemoryIdentity:
    """Tokens that say whose they are: `role/tenant/user/record/seconds since signing in`, or
    `service/account/audience`. `disabled`: user ids whose account is, which only who asks comes to know."""

    def __init__(self) -> None:
        self.disabled: set[str] = set()

    def user(self, token: str, *, ask: bool = False) -> Claims:
        role, tenant, user, record, *ago = token.split("/")
        if ask and user in self.disabled:
            raise NotAdmitted
        signed_in_ago = timedelta(seconds=int(ago[0])) if ago else timedelta(0)
        return Claims(
            user_id=user, tenant_id=tenant, role=role, record_id=record, signed_in_ago=signed_in_ago
        )

    def service(self, token: str, audience: str, account: str) -> None:
        if token != f"service/{account}/{audience}":
            raise NotAdmitted
