"""An offer: one proposal of one visit to one doctor, and its states."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict
from shared.kernel.records import Sealed, Value
from shared.kernel.times import QuietHours


class OfferStatus(StrEnum):
    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LOST = "lost"  # somebody else was first
    WITHDRAWN = "withdrawn"  # by us: the visit was cancelled, the doctor removed or opted out
    EXPIRED = "expired"  # nobody answered before the cascade ended
    FAILED = "failed"  # it never reached the doctor


class OfferEvent(StrEnum):
    ASK = "ask"
    SENT = "sent"
    DELIVERED = "delivered"
    ACCEPT = "accept"
    DECLINE = "decline"
    LOSE = "lose"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    FAIL = "fail"


_S, _E = OfferStatus, OfferEvent
_OPEN = (_S.SENDING, _S.SENT, _S.DELIVERED)

TRANSITIONS: Final[Mapping[tuple[OfferStatus, OfferEvent], OfferStatus]] = {
    (_S.PLANNED, _E.ASK): _S.SENDING,
    (_S.PLANNED, _E.WITHDRAW): _S.WITHDRAWN,
    (_S.SENDING, _E.SENT): _S.SENT,
    (_S.SENDING, _E.DELIVERED): _S.DELIVERED,
    (_S.SENT, _E.DELIVERED): _S.DELIVERED,
    **{(state, _E.ACCEPT): _S.ACCEPTED for state in _OPEN},
    **{(state, _E.DECLINE): _S.DECLINED for state in _OPEN},
    **{(state, _E.LOSE): _S.LOST for state in _OPEN},
    **{(state, _E.WITHDRAW): _S.WITHDRAWN for state in _OPEN},
    **{(state, _E.EXPIRE): _S.EXPIRED for state in _OPEN},
    (_S.SENDING, _E.FAIL): _S.FAILED,
    (_S.SENT, _E.FAIL): _S.FAILED,  # a phone that has it has it: no row for delivered
    (_S.DECLINED, _E.ACCEPT): _S.ACCEPTED,  # a doctor may think again while nobody else has said yes
    (_S.FAILED, _E.ACCEPT): _S.ACCEPTED,  # carriers err: who answers the text has it
    (_S.ACCEPTED, _E.WITHDRAW): _S.WITHDRAWN,  # the winner cannot come after all
}


class OfferClosed(Conflict):
    """This offer can no longer be answered."""


class Offer(Value):
    """`delay_minutes`: how long the doctor has before the next one is asked. `interested_at`: when they last
    asked something about it.

    The phone is resolved when the offer is planned and kept: a number that changes hands later must not
    bring a stranger's yes.
    """

    id: str  # offer-{visit}-{epoch}-{doctor}: also the key of the text that carries it
    doctor_id: str
    clinic_id: str = ""
    phone: Sealed
    phone_key: str
    language: str
    quiet_hours: QuietHours
    delay_minutes: int
    distance_km: float | None = None
    status: OfferStatus = OfferStatus.PLANNED
    sender: str = ""
    code: str = ""
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    interested_at: datetime | None = None
    error_code: int = 0

    @property
    def is_open(self) -> bool:
        return self.status in _OPEN

    @property
    def was_asked(self) -> bool:
        return self.asked_at is not None

    def after(self, event: OfferEvent, **changes: object) -> "Offer":
        found = TRANSITIONS.get((self.status, event))
        if found is None:
            raise OfferClosed(f"The offer is {self.status}.")
        return self.but(status=found, **changes)

    def can(self, event: OfferEvent) -> bool:
        return (self.status, event) in TRANSITIONS
