"""A message of a thread. Its number is its place; what was changed or taken back is kept for the audit."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final

from pydantic import Field

from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.records import Record, Sealed, Value

TEXT_MAX: Final = 4000
ATTACHMENTS_MAX: Final = 10
CLIENT_ID: Final = r"^[A-Za-z0-9_-]{8,64}$"


class Way(StrEnum):
    """How a message came in."""

    APP = "app"
    SMS = "sms"
    BRIDGE = "bridge"
    SYSTEM = "system"  # the case itself has news


class Author(Value):
    """`seat` names the person as threads do; "" where the case itself speaks."""

    seat: str = ""
    role: Role
    way: Way = Way.APP


class Earlier(Value):
    """What stood there before it was changed or taken back."""

    text: Sealed
    document_ids: tuple[str, ...] = ()
    until: datetime


class Message(Record):
    """`id` is the thread's and the number. Apps listen to these documents under the rules of Firestore and
    learn that there is something new; the words are sealed and read by `list_messages`."""

    kind: ClassVar[str] = "messages"
    logged: ClassVar[bool] = False

    thread_id: str
    number: int = Field(ge=1)
    client_id: str
    author: Author
    text: Sealed = ""
    news: str = ""
    document_ids: tuple[str, ...] = Field(default=(), max_length=ATTACHMENTS_MAX)
    at: datetime
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    earlier: tuple[Earlier, ...] = ()

    @classmethod
    def place(cls, key: str) -> str:
        """Under its thread, so that a rule can say whose it is before any message is read."""
        return f"threads/{key.rpartition('.')[0]}/{cls.kind}/{key}"

    def admits(self, actor: Actor, scope: Scope) -> bool:
        """Who takes part in a thread is known by the Circle: it is asked before."""
        return actor.is_staff or (scope == Scope.CASE and actor.role == Role.DOCTOR)

    @property
    def is_from_person(self) -> bool:
        return self.author.way != Way.SYSTEM


class SentMark(Record):
    """That a client's message was sent, and where it stands: the same id twice is one message."""

    kind: ClassVar[str] = "sent_messages"
    logged: ClassVar[bool] = False

    number: int
    seat: str

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return actor.is_staff or (scope == Scope.CASE and actor.role == Role.DOCTOR)


def message_id(thread_id: str, number: int) -> str:
    return f"{thread_id}.{number:06d}"


def mark_id(thread_id: str, client_id: str) -> str:
    return f"{thread_id}.{client_id}"
