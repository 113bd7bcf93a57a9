"""Who may read and write a thread: asked of the thread and of its case's Circle, at every call."""

from dataclasses import dataclass
from typing import Protocol, TypeVar

from functions.chat.domain.marker import ReadMarker, marker_id
from functions.chat.domain.thread import Thread, seat_of
from shared.contracts.circles import Circle
from shared.kernel.actors import Actor
from shared.kernel.errors import Conflict, NotFound
from shared.kernel.records import Record

R = TypeVar("R", bound=Record)


class ThreadClosed(Conflict):
    """This conversation is closed: it can be read, and an operator can open it again."""


class Records(Protocol):
    def get(self, kind: type[R], key: str) -> R: ...

    def find(self, kind: type[R], key: str) -> R | None: ...

    def put(self, record: R) -> R: ...

    def prefetch(self, *wanted: tuple[type[Record], str]) -> None: ...


@dataclass(frozen=True)
class Conversation:
    """A thread with the circle of its case."""

    thread: Thread
    circle: Circle

    @property
    def doctors(self) -> tuple[str, ...]:
        return self.thread.doctors(self.circle)

    def require_open(self) -> None:
        """Raises ThreadClosed."""
        if not self.thread.is_open:
            raise ThreadClosed


def conversation(records: Records, thread_id: str, actor: Actor) -> Conversation:
    """Raises NotFound: missing, of another tenant, and not this actor's to see, all alike."""
    records.prefetch((Circle, thread_id), (Thread, thread_id))
    found = Conversation(records.get(Thread, thread_id), records.get(Circle, thread_id))
    if not actor.is_staff and not found.thread.lets_in(actor.record_id, found.circle):
        raise NotFound
    return found


def marker_of(records: Records, thread: Thread, seat: str) -> ReadMarker:
    key = marker_id(thread.id, seat)
    fresh = ReadMarker(id=key, tenant_id=thread.tenant_id, thread_id=thread.id, seat=seat)
    return records.find(ReadMarker, key) or fresh


def my_marker(records: Records, thread: Thread, actor: Actor) -> ReadMarker:
    return marker_of(records, thread, seat_of(actor))
