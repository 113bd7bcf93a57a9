"""Every message the twin knows, inbound and outbound, newest last, with the lock around them."""

import threading
import uuid
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

MESSAGES_MAX = 100_000
"""The oldest go first; Twilio keeps them for 400 days."""


class Status(StrEnum):
    ACCEPTED = "accepted"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    RECEIVED = "received"


WAITING = frozenset({Status.ACCEPTED, Status.QUEUED, Status.SENDING})


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound-api"
    REPLY = "outbound-reply"


class Message(BaseModel):
    """`webhook` says in words what became of an inbound message's way to the application."""

    model_config = ConfigDict(frozen=True)

    sid: str
    direction: Direction
    sender: str
    recipient: str
    body: str
    segments: int
    status: Status
    created_at: datetime
    updated_at: datetime
    sent_at: datetime | None = None
    error_code: int | None = None
    service_sid: str = ""
    status_url: str = ""
    validity_seconds: int = 36_000
    webhook: str = ""

    @property
    def phone(self) -> str:
        """The person's number, whichever way the message goes."""
        return self.sender if self.direction is Direction.INBOUND else self.recipient

    def but(self, **changes: Any) -> "Message":
        return Message.model_validate(self.model_dump() | changes)


def new_sid(prefix: str = "SM") -> str:
    return prefix + uuid.uuid4().hex


class Book:
    """`version` grows with each change, so that a page can ask whether there is anything new."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._messages: dict[str, Message] = {}
        self.version = 0

    def add(self, message: Message) -> None:
        with self._lock:
            self._messages[message.sid] = message
            while len(self._messages) > MESSAGES_MAX:
                del self._messages[next(iter(self._messages))]
            self.version += 1

    def get(self, sid: str) -> Message | None:
        with self._lock:
            return self._messages.get(sid)

    def change(self, sid: str, now: datetime, **changes: Any) -> Message | None:
        """The message as it is afterwards; None when somebody deleted it."""
        with self._lock:
            found = self._messages.get(sid)
            if found is None:
                return None
            changed = found.but(updated_at=now, **changes)
            self._messages[sid] = changed
            self.version += 1
            return changed

    def remove(self, sid: str) -> None:
        with self._lock:
            self._messages.pop(sid, None)
            self.version += 1

    def newest_first(self) -> Iterator[Message]:
        with self._lock:
            known = list(self._messages.values())
        return reversed(known)

    def touch(self) -> None:
        """Something the page shows besides messages has changed."""
        with self._lock:
            self.version += 1

    def clear(self) -> None:
        with self._lock:
            self._messages.clear()
            self.version += 1
