"""Where messages go that crash every time: kept with their envelope, so that they can be sent again.

Cloud Tasks has no dead-letter queue of its own, so the retry count it tells us decides; topics have
one, but a message is buried here first, while its function still knows what it was.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from shared.kernel.errors import Invalid
from shared.kernel.ports import OutcomeUnknown, Write
from shared.kernel.records import Record
from shared.runtime import catalog, log
from shared.runtime.action import Declaration
from shared.runtime.staging import path_of

if TYPE_CHECKING:
    from shared.runtime.incoming import Incoming
    from shared.runtime.wiring import Wiring

RETRIES_MAX = 8  # of a task
DELIVERIES_MAX = 5  # of a topic's message; after as many Pub/Sub gives up by itself
KEEP = timedelta(days=90)


class DeadLetter(Record):
    """A message that could not be digested. Messages hold ids only, so this does too."""

    kind: ClassVar[str] = "dead_letters"
    logged: ClassVar[bool] = False

    entry_point: str
    target: str  # where it goes when it is sent again
    envelope: str
    error: str
    buried_at: datetime
    replayed_at: datetime | None = None
    expires_at: datetime


def bury(action: Declaration, incoming: Incoming, wiring: Wiring, error: str) -> bool:
    """True when the message has been tried often enough and now lies here: the queue may forget it."""
    if action.trigger.kind not in ("task", "topic") or not _tried_often_enough(action, incoming):
        return False
    now = wiring.clock.now()
    digest = hashlib.sha256(action.entry_point.encode() + incoming.body).hexdigest()[:32]
    target, envelope = _unpacked(action, incoming)
    letter = DeadLetter(
        id=digest,
        tenant_id=wiring.settings.tenant_id,
        entry_point=action.entry_point,
        target=target,
        envelope=envelope,
        error=error,
        buried_at=now,
        expires_at=now + KEEP,
    )
    try:
        wiring.documents.commit([Write(path_of(DeadLetter, digest), wiring.codec.encode(letter))])
    except OutcomeUnknown:
        return False  # the store is away: the queue keeps it
    log.event("buried", severity="ERROR", letter=digest, action=action.entry_point)
    return True


def _tried_often_enough(action: Declaration, incoming: Incoming) -> bool:
    if action.trigger.kind == "task":
        retries = incoming.header("X-CloudTasks-TaskRetryCount")
        return retries.isdecimal() and int(retries) >= RETRIES_MAX
    try:
        attempt = incoming.json().get("deliveryAttempt")
    except Invalid:
        return False  # not even Pub/Sub's own wrapping: its dead-letter topic takes it
    return isinstance(attempt, int) and attempt >= DELIVERIES_MAX


def _unpacked(action: Declaration, incoming: Incoming) -> tuple[str, str]:
    """Where the message belongs, and its envelope without the topic's wrapping."""
    if action.trigger.topic is None:
        return action.entry_point, incoming.body.decode("utf-8", "replace")
    message = incoming.json().get("message")
    data = message.get("data") if isinstance(message, dict) else ""
    try:
        envelope = base64.b64decode(data if isinstance(data, str) else "").decode("utf-8", "replace")
    except ValueError:
        envelope = ""
    return f"topic:{catalog.topic_of(action.trigger.topic)}", envelope
