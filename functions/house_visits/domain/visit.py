"""A house visit: the record that everything about it hangs on, and the states it moves through."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final, Self

from functions.house_visits.domain.address import Address, Caller
from functions.house_visits.domain.cascade import Cascade
from functions.house_visits.domain.circle import circle_of, shelf_of
from functions.house_visits.domain.clinic_request import ClinicRequest
from functions.house_visits.domain.offer import Offer
from shared.contracts.circles import turned
from shared.contracts.specializations import Specialization
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.effects import Effect
from shared.kernel.records import Record, Sealed, Value
from shared.kernel.states import Stateful
from shared.kernel.times import PreferredWindow, Span

SHORTEST_VISIT = timedelta(minutes=30)
"""A visit that could not begin at least this long before its window ends is not booked any more."""


class VisitStatus(StrEnum):
    REQUESTED = "requested"
    UNKNOWN_OUTCOME = "unknown_outcome"  # a clinic was asked to book and has not answered clearly
    OFFERING = "offering"
    OUTSIDE = "outside"  # nobody answered: people outside the system search
    BOOKED = "booked"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CLOSED_UNFILLED = "closed_unfilled"
    CANCELLED = "cancelled"


class VisitEvent(StrEnum):
    ASK_CLINIC = "ask_clinic"
    CLINIC_BOOKED = "clinic_booked"
    CLINIC_REFUSED = "clinic_refused"
    START_CASCADE = "start_cascade"
    ACCEPT = "accept"
    GO_OUTSIDE = "go_outside"
    BOOK_OUTSIDE = "book_outside"
    GIVE_UP = "give_up"
    REOPEN = "reopen"  # the winner withdrew and doctors are left to ask
    LOSE_CLINIC = "lose_clinic"  # the clinic cancelled, or a lone winner withdrew: start again
    RESCHEDULE = "reschedule"
    COMPLETE = "complete"
    MISS = "miss"
    CANCEL = "cancel"


_S, _E = VisitStatus, VisitEvent
OPEN = (_S.REQUESTED, _S.UNKNOWN_OUTCOME, _S.OFFERING, _S.OUTSIDE, _S.BOOKED)

TRANSITIONS: Final[Mapping[tuple[VisitStatus, VisitEvent], VisitStatus]] = {
    (_S.REQUESTED, _E.ASK_CLINIC): _S.UNKNOWN_OUTCOME,
    (_S.UNKNOWN_OUTCOME, _E.CLINIC_BOOKED): _S.BOOKED,
    (_S.UNKNOWN_OUTCOME, _E.CLINIC_REFUSED): _S.REQUESTED,
    (_S.REQUESTED, _E.START_CASCADE): _S.OFFERING,
    (_S.OFFERING, _E.ACCEPT): _S.BOOKED,
    (_S.OFFERING, _E.GO_OUTSIDE): _S.OUTSIDE,
    (_S.REQUESTED, _E.GO_OUTSIDE): _S.OUTSIDE,
    (_S.OUTSIDE, _E.BOOK_OUTSIDE): _S.BOOKED,
    (_S.OFFERING, _E.BOOK_OUTSIDE): _S.BOOKED,
    (_S.REQUESTED, _E.BOOK_OUTSIDE): _S.BOOKED,
    (_S.OUTSIDE, _E.GIVE_UP): _S.CLOSED_UNFILLED,
    (_S.BOOKED, _E.REOPEN): _S.OFFERING,
    (_S.BOOKED, _E.LOSE_CLINIC): _S.REQUESTED,
    (_S.REQUESTED, _E.RESCHEDULE): _S.REQUESTED,
    (_S.OFFERING, _E.RESCHEDULE): _S.REQUESTED,
    (_S.OUTSIDE, _E.RESCHEDULE): _S.OUTSIDE,
    (_S.BOOKED, _E.RESCHEDULE): _S.REQUESTED,
    (_S.BOOKED, _E.COMPLETE): _S.COMPLETED,
    (_S.BOOKED, _E.MISS): _S.NO_SHOW,
    **{(state, _E.CANCEL): _S.CANCELLED for state in OPEN},
}


class Channel(StrEnum):
    SMS = "sms"
    APP = "app"
    CLINIC = "clinic"
    OUTSIDE = "outside"


class Winner(Value):
    """Who comes: a doctor, a clinic, or somebody found outside. At most one, whatever the channel."""

    channel: Channel
    doctor_id: str = ""
    clinic_id: str = ""
    offer_id: str = ""
    outside_name: Sealed = ""
    outside_phone: Sealed = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    won_at: datetime


class OutsideWork(Value):
    """The human search. Somebody owns it, it is due, and it ends with an outcome."""

    opened_at: datetime
    due_at: datetime
    reason: str
    owner: str = ""
    outcome: str = ""
    closed_at: datetime | None = None


class Visit(Stateful):
    """`epoch` rises with every outcome; texts and timers of an older epoch have nothing to say.

    `due_at` is when somebody must look at the visit again if no timer does: the sweeper finds it there.
    `attention` tells the operator why the visit waits for a person; "" when it does not.
    """

    kind: ClassVar[str] = "visits"
    transitions: ClassVar[Mapping[Any, Any]] = TRANSITIONS

    status: VisitStatus = VisitStatus.REQUESTED
    patient_id: str
    language: str = "pl"
    caller: Caller | None = None
    address: Address
    window: PreferredWindow
    window_starts_at: datetime
    specialization: Specialization
    reason: Sealed = ""
    urgent: bool = False
    epoch: int = 1
    cascade: Cascade | None = None
    winner: Winner | None = None
    clinic_request: ClinicRequest | None = None
    outside: OutsideWork | None = None
    attention: str = ""
    due_at: datetime | None = None
    told_epoch: int = 0  # the last epoch of which the patient was told
    invited: bool = False  # the patient's calendar holds this visit
    requested_at: datetime
    requested_by: str

    def index_fields(self) -> Mapping[str, Any]:
        return {
            "waits_for_person": self.attention != "",
            "outside_due_at": self.outside.due_at if self.outside else None,
            "outside_owner": self.outside.owner if self.outside else "",
            "doctor_id": self.winner.doctor_id if self.winner else "",
            "open_to": sorted(one.doctor_id for one in self.offers if one.is_open),
        }

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role == Role.DOCTOR:
            return (scope == Scope.ASSIGNED and self.is_won_by(actor.record_id)) or (
                scope == Scope.OFFERED and self.was_offered_to(actor.record_id)
            )
        if actor.role == Role.PATIENT:
            return scope == Scope.OWN and actor.record_id == self.patient_id
        return actor.is_staff

    def beside(self) -> tuple[Record, ...]:
        return circle_of(self), shelf_of(self)

    def says(self, before: Self | None) -> tuple[Effect, ...]:
        return turned(circle_of(self), circle_of(before) if before else None, self.version)

    def is_won_by(self, doctor_id: str) -> bool:
        return self.winner is not None and self.winner.doctor_id == doctor_id != ""

    def was_offered_to(self, doctor_id: str) -> bool:
        asked = (one.doctor_id for one in self.offers if one.was_asked)
        return self.is_won_by(doctor_id) or doctor_id in asked

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def offers(self) -> tuple[Offer, ...]:
        return self.cascade.offers if self.cascade else ()

    @property
    def closes_at(self) -> datetime:
        """The last instant at which the visit can still be taken."""
        return self.window.ends_at - SHORTEST_VISIT

    @property
    def span(self) -> Span:
        """When the doctor is taken: the booked time where there is one, else the whole window."""
        if self.winner and self.winner.starts_at and self.winner.ends_at:
            return Span(starts_at=self.winner.starts_at, ends_at=self.winner.ends_at)
        return Span(starts_at=self.window.starts_at, ends_at=self.window.ends_at)
