"""A device of somebody who chats: where its app hears that something waits."""

import hashlib
from datetime import datetime
from typing import ClassVar, Final

from pydantic import Field

from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.effects import Later, Message
from shared.kernel.ports import Query
from shared.kernel.records import Record, Sealed

TOKEN_MAX: Final = 4096
SEATS_AT_ONCE: Final = 30
"""So many may stand in one query."""
DEVICES_MAX: Final = 200


class Device(Record):
    """`id` is a hash of the token: a phone that changes hands has one owner, the last who signed in."""

    kind: ClassVar[str] = "devices"
    logged: ClassVar[bool] = False

    seat: str
    token: Sealed = Field(max_length=TOKEN_MAX)
    registered_at: datetime

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return actor.is_staff or (scope == Scope.CASE and actor.role == Role.DOCTOR)


class PushMessage(Message):
    """Tell the devices of who takes part, except the writer's, that there is this message."""

    thread_id: str
    number: int


def device_id(tenant_id: str, token: str) -> str:
    return hashlib.sha256(f"{tenant_id}|{token}".encode()).hexdigest()[:40]


def pushed(thread_id: str, number: int, at: datetime) -> Later:
    message = PushMessage(thread_id=thread_id, number=number)
    return Later(key=f"push-{thread_id}-{number}", message=message, at=at)


def devices_of(seats: tuple[str, ...]) -> tuple[Query, ...]:
    """One for each thirty seats."""
    parts = [seats[at : at + SEATS_AT_ONCE] for at in range(0, len(seats), SEATS_AT_ONCE)]
    return tuple(
        Query(Device.kind, (("seat", "in", list(one)),), (("id", "asc"),), limit=DEVICES_MAX) for one in parts
    )
