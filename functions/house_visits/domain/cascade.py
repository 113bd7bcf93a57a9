"""The cascade: a staggered search for one winner.

Doctors are asked one after another. `epoch` belongs to the visit and ends with every outcome; `arm`
numbers the timers of one cascade. A timer that carries another epoch or arm finds nothing to do:
timers are never cancelled, they are outlived.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from functions.house_visits.domain.offer import Offer, OfferEvent, OfferStatus
from shared.kernel.effects import Message
from shared.kernel.errors import Conflict
from shared.kernel.records import Value

OFFERS_MAX = 30


class CascadeStatus(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    WON = "won"
    EXHAUSTED = "exhausted"
    CANCELLED = "cancelled"


class CascadeEvent(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"
    WIN = "win"
    EXHAUST = "exhaust"
    CANCEL = "cancel"
    REOPEN = "reopen"


_S, _E = CascadeStatus, CascadeEvent

TRANSITIONS: Final[Mapping[tuple[CascadeStatus, CascadeEvent], CascadeStatus]] = {
    (_S.RUNNING, _E.PAUSE): _S.PAUSED,
    (_S.PAUSED, _E.RESUME): _S.RUNNING,
    (_S.RUNNING, _E.WIN): _S.WON,
    (_S.PAUSED, _E.WIN): _S.WON,
    (_S.RUNNING, _E.EXHAUST): _S.EXHAUSTED,
    (_S.PAUSED, _E.EXHAUST): _S.EXHAUSTED,  # the visit's time has come all the same
    (_S.RUNNING, _E.CANCEL): _S.CANCELLED,
    (_S.PAUSED, _E.CANCEL): _S.CANCELLED,
    (_S.WON, _E.REOPEN): _S.RUNNING,
}


class OverlapPolicy(StrEnum):
    STAGGERED = "staggered"  # earlier offers stay open while later ones are made
    EXCLUSIVE = "exclusive"  # an unanswered offer is withdrawn when the next one is made


class QuietPolicy(StrEnum):
    """What to do with a doctor whose quiet hours have begun."""

    HOLD = "hold"  # wait for their end, unless the visit cannot wait
    SKIP = "skip"
    ASK = "ask"  # urgent: text all the same


class AskNextDoctor(Message):
    """The timer of a step. `desk_id` is where the doctor's phone answers, so that both are read at once."""

    visit_id: str
    epoch: int
    arm: int
    desk_id: str


class CascadeNotRunning(Conflict):
    """No search is running for this visit."""


class Cascade(Value):
    status: CascadeStatus = CascadeStatus.RUNNING
    offers: tuple[Offer, ...]
    policy: OverlapPolicy = OverlapPolicy.STAGGERED
    quiet: QuietPolicy = QuietPolicy.HOLD
    one_segment_only: bool = True
    arm: int = 1
    next_at: datetime | None = None  # when the next step is due, while running
    remaining_minutes: float = 0  # of the current interval, while paused
    pause_reason: str = ""
    held_offer: str = ""  # the offer whose text the provider does not take, while that is the reason
    started_at: datetime
    started_by: str

    def after(self, event: CascadeEvent, **changes: object) -> "Cascade":
        found = TRANSITIONS.get((self.status, event))
        if found is None:
            raise CascadeNotRunning(f"The search is {self.status}.")
        return self.but(status=found, **changes)

    @property
    def is_live(self) -> bool:
        return self.status in (CascadeStatus.RUNNING, CascadeStatus.PAUSED)

    @property
    def unasked(self) -> tuple[Offer, ...]:
        return tuple(one for one in self.offers if one.status == OfferStatus.PLANNED)

    @property
    def open_offers(self) -> tuple[Offer, ...]:
        return tuple(one for one in self.offers if one.is_open)

    def offer_to(self, doctor_id: str) -> Offer | None:
        """The latest offer made or planned to that doctor."""
        return next((one for one in reversed(self.offers) if one.doctor_id == doctor_id), None)

    def offer(self, offer_id: str) -> Offer | None:
        return next((one for one in self.offers if one.id == offer_id), None)

    def with_offer(self, changed: Offer) -> "Cascade":
        return self.but(offers=tuple(changed if one.id == changed.id else one for one in self.offers))

    def close_offers(self, winner: Offer | None, event: OfferEvent) -> "Cascade":
        """Open offers end by `event`; planned ones stay planned, for the day the winner cannot come."""

        def ended(one: Offer) -> Offer:
            if winner is not None and one.id == winner.id:
                return winner
            if one.is_open:
                return one.after(event)
            return one

        return self.but(offers=tuple(ended(one) for one in self.offers), next_at=None)
