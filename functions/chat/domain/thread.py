"""A thread: the one conversation about a visit or a certificate case."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Final

from pydantic import Field

from shared.contracts.circles import CaseKind, Circle
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.states import Stateful

MESSAGES_MAX: Final = 20_000
STAFF_MAX: Final = 100
"""Who of the call centre may listen to one thread."""


class ThreadStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"  # it can be read, not written


class ThreadEvent(StrEnum):
    CLOSE = "close"
    REOPEN = "reopen"


TRANSITIONS: Final = {
    (ThreadStatus.OPEN, ThreadEvent.CLOSE): ThreadStatus.CLOSED,
    (ThreadStatus.CLOSED, ThreadEvent.REOPEN): ThreadStatus.OPEN,
}


class Thread(Stateful):
    """`id` is the case's. Its log are its messages: whatever changes it writes one, numbered without a gap.

    `staff_ids`: accounts of the call centre that take part. `opened_to`: asked doctors whom an operator let
    in, for as long as they are asked. `doctor_ids`: who takes part, as it was when the thread was last
    written, for lists; what counts is the Circle. `spoken`: the number of the last message of a person.
    """

    kind: ClassVar[str] = "threads"
    logged: ClassVar[bool] = False
    transitions: ClassVar[Mapping[Any, Any]] = TRANSITIONS

    status: ThreadStatus = ThreadStatus.OPEN
    case_kind: CaseKind
    staff_ids: tuple[str, ...] = Field(default=(), max_length=STAFF_MAX)
    opened_to: tuple[str, ...] = Field(default=(), max_length=100)
    doctor_ids: tuple[str, ...] = ()
    last_number: int = 0
    spoken: int = 0
    last_turn: int = 0
    opened_at: datetime
    written_at: datetime

    def admits(self, actor: Actor, scope: Scope) -> bool:
        """Which doctor takes part is known by the Circle: it is asked together with the thread."""
        return actor.is_staff or (scope == Scope.CASE and actor.role == Role.DOCTOR)

    def index_fields(self) -> Mapping[str, Any]:
        return {"people": [*map(seat_of_doctor, self.doctor_ids), *map(seat_of_staff, self.staff_ids)]}

    def lets_in(self, doctor_id: str, circle: Circle) -> bool:
        """Who works on the case; of those who were asked, to whom it was opened."""
        if doctor_id == "":
            return False
        return doctor_id == circle.worker_id or (
            doctor_id in circle.asked_ids and doctor_id in self.opened_to
        )

    def doctors(self, circle: Circle) -> tuple[str, ...]:
        """All who are let in now, the one who works on the case first."""
        known = (circle.worker_id, *circle.asked_ids)
        return tuple(one for one in dict.fromkeys(known) if self.lets_in(one, circle))

    @property
    def is_open(self) -> bool:
        return self.status == ThreadStatus.OPEN


def seat_of(actor: Actor) -> str:
    """How a person is named in chats: a doctor whatever account they have, else the account."""
    return seat_of_doctor(actor.record_id) if actor.role == Role.DOCTOR else seat_of_staff(actor.user_id)


def seat_of_doctor(doctor_id: str) -> str:
    return f"doctor:{doctor_id}"


def seat_of_staff(user_id: str) -> str:
    return f"staff:{user_id}"
