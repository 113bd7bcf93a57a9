"""Who stands around a case: who works on it, who was asked, and how far it has come.

Whose case it is writes its Circle in the commit that changes the case; module chat asks the Circle who may
talk about it: access follows the case.
"""

from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field

from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.effects import Message, Publish
from shared.kernel.records import Record

CaseKind = Literal["visit", "certificate"]


class Stage(StrEnum):
    """The states of visits and of certificate cases, in their own words."""

    REQUESTED = "requested"
    UNKNOWN_OUTCOME = "unknown_outcome"
    OFFERING = "offering"
    OUTSIDE = "outside"
    BOOKED = "booked"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CLOSED_UNFILLED = "closed_unfilled"
    PENDING = "pending"
    RESERVED = "reserved"
    SCHEDULED = "scheduled"
    ISSUED = "issued"
    CANCELLED = "cancelled"


class Circle(Record):
    """`id` is the case's. `worker_id` is the doctor who works on it or has; `asked_ids` hold open offers
    of it: nobody does once somebody has it."""

    kind: ClassVar[str] = "circles"
    logged: ClassVar[bool] = False

    case_kind: CaseKind
    stage: Stage
    worker_id: str = ""
    asked_ids: tuple[str, ...] = Field(default=(), max_length=100)

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.is_staff:
            return scope in (Scope.TENANT, Scope.CASE)
        return scope == Scope.CASE and actor.role == Role.DOCTOR and self.holds(actor.record_id)

    def holds(self, doctor_id: str) -> bool:
        return doctor_id != "" and (doctor_id == self.worker_id or doctor_id in self.asked_ids)


class CaseTurned(Message):
    """A case has come to another stage, or another doctor works on it. `turn` rises with each of them."""

    case_id: str
    turn: int
    stage: Stage


def turned(circle: Circle, before: Circle | None, turn: int) -> tuple[Publish, ...]:
    """The news where there are any; a case that is new is none. `turn`: the version of the case."""
    if before is None or (before.stage, before.worker_id) == (circle.stage, circle.worker_id):
        return ()
    news = CaseTurned(case_id=circle.id, turn=turn, stage=circle.stage)
    return (Publish(key=f"turned-{circle.id}-{turn}", message=news),)
