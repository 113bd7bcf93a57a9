"""A doctor's diary: the visits they have taken, so that nobody is sent to two places at once."""

from datetime import datetime, timedelta
from typing import ClassVar

from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.records import Record, Value
from shared.kernel.times import Span

TRAVEL_BUFFER = timedelta(minutes=30)
KEEP = timedelta(days=2)


class Taken(Value):
    visit_id: str
    span: Span


class Diary(Record):
    """Named by the doctor's id."""

    kind: ClassVar[str] = "diaries"
    logged: ClassVar[bool] = False

    taken: tuple[Taken, ...] = ()

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return actor.is_staff or (actor.role == Role.DOCTOR and actor.record_id == self.id)

    def clashes(self, visit_id: str, span: Span) -> bool:
        """Whether another visit leaves no time for this one. Windows that share an hour count as a clash:
        better one question too many than a patient who waits in vain."""
        return any(
            one.span.overlaps(span, buffer=TRAVEL_BUFFER) for one in self.taken if one.visit_id != visit_id
        )

    def with_visit(self, visit_id: str, span: Span, now: datetime) -> "Diary":
        kept = [one for one in self.taken if one.visit_id != visit_id and one.span.ends_at > now - KEEP]
        return self.but(taken=(*kept, Taken(visit_id=visit_id, span=span)))

    def without_visit(self, visit_id: str) -> "Diary":
        return self.but(taken=tuple(one for one in self.taken if one.visit_id != visit_id))
