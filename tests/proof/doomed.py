"""A process that serves every function and dies hard in the middle of a call, when its hour has come.

The parent writes one line, the `Doom`; the answer is one line as soon as the functions can be called. Each
point that is passed is a line in the trace: at the last one the process died.
"""

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, Final

import grpc

from infra.local.gateway import Gateway
from shared.contracts.bridge import BridgeMessage
from shared.contracts.mail import OutboundMail
from shared.contracts.ports import Bridge, Mail, Sms
from shared.contracts.sms import InboundSms, OutboundSms, SmsAccepted
from shared.kernel.ports import Queue, Task, Topics
from shared.kernel.records import Value
from shared.runtime import wiring
from shared.runtime.settings import Settings
from tests.proof.lossy import COMMIT, firestore_through

EXIT_CODE: Final = 137
"""As of a process that was killed."""
READY: Final = "ready"


class Doom(Value):
    """It ends at the `nth` point of that name; where `nth` is 0, it never does."""

    settings: Settings
    port: int
    point: str
    nth: int
    trace: str


class Hour:
    """Counts the points that are passed, in whatever thread."""

    def __init__(self, doom: Doom) -> None:
        self._doom = doom
        self._passed: Counter[str] = Counter()
        self._lock = Lock()

    def strikes(self, point: str) -> None:
        with self._lock:
            self._passed[point] += 1
            with Path(self._doom.trace).open("a") as trace:
                trace.write(f"{point}\n")
            if (point, self._passed[point]) == (self._doom.point, self._doom.nth):
                os._exit(EXIT_CODE)  # no `finally`, no farewell: as when the machine is gone


class DyingLine(grpc.UnaryUnaryClientInterceptor):  # type: ignore[misc]  # grpc ships no types
    def __init__(self, hour: Hour) -> None:
        self._hour = hour

    def intercept_unary_unary(self, proceed: Any, details: Any, request: Any) -> Any:
        if details.method != COMMIT:
            return proceed(details, request)
        self._hour.strikes("before a commit")
        outcome = proceed(details, request)
        outcome.exception()  # it has landed, or was refused
        self._hour.strikes("after a commit")
        return outcome


class DyingSms:
    def __init__(self, sms: Sms, hour: Hour) -> None:
        self._sms, self._hour = sms, hour

    def send(self, sms: OutboundSms) -> SmsAccepted:
        accepted = self._sms.send(sms)
        self._hour.strikes("after a text was sent")
        return accepted

    def find_sent(self, to: str, since: datetime, containing: str) -> SmsAccepted | None:
        return self._sms.find_sent(to, since, containing)

    def inbound_since(self, since: datetime, limit: int) -> Sequence[InboundSms]:
        return self._sms.inbound_since(since, limit)


class DyingMail:
    def __init__(self, mail: Mail, hour: Hour) -> None:
        self._mail, self._hour = mail, hour

    def send(self, mail: OutboundMail) -> None:
        self._mail.send(mail)
        self._hour.strikes("after a mail was sent")


class DyingQueue:
    def __init__(self, queue: Queue, hour: Hour) -> None:
        self._queue, self._hour = queue, hour

    def add(self, task: Task) -> None:
        self._queue.add(task)
        self._hour.strikes("after a task was created")


class DyingBridge:
    """What it posted is there; that it was, nobody here has written down yet."""

    def __init__(self, bridge: Bridge, hour: Hour) -> None:
        self._bridge, self._hour = bridge, hour

    def open_room(self, name: str) -> str:
        room_id = self._bridge.open_room(name)
        self._hour.strikes("after a room was opened")
        return room_id

    def post(self, room_id: str, key: str, text: str) -> None:
        self._bridge.post(room_id, key, text)
        self._hour.strikes("after a message was carried over")

    def archive(self, room_id: str, *, archived: bool) -> None:
        self._bridge.archive(room_id, archived=archived)
        self._hour.strikes("after a room was archived")

    def since(self, room_id: str, after: datetime, limit: int) -> Sequence[BridgeMessage]:
        found = self._bridge.since(room_id, after, limit)
        self._hour.strikes("after a room was read")
        return found


class DyingTopics:
    def __init__(self, topics: Topics, hour: Hour) -> None:
        self._topics, self._hour = topics, hour

    def publish(self, topic: str, body: bytes, attributes: Mapping[str, str]) -> None:
        self._topics.publish(topic, body, attributes)
        self._hour.strikes("after a message was published")


def doomed_wiring(doom: Doom) -> wiring.Wiring:
    """The real adapters, each followed by the hour."""
    hour, wired = Hour(doom), wiring.Wiring(doom.settings)
    wired.__dict__ |= {
        "documents": firestore_through(doom.settings.project, DyingLine(hour)),
        "sms": DyingSms(wired.sms, hour),
        "mail": DyingMail(wired.mail, hour),
        "bridge": DyingBridge(wired.bridge, hour),
        "queue": DyingQueue(wired.queue, hour),
        "topics": DyingTopics(wired.topics, hour),
    }
    return wired


def main() -> None:
    """Ends when the parent closes its end, if not before."""
    told = sys.stdin.readline()
    if not told:
        return
    doom = Doom.model_validate_json(told)
    wiring.use(doomed_wiring(doom))
    gateway = Gateway(doom.port)
    gateway.start()
    print(READY, file=sys.stderr, flush=True)
    sys.stdin.read()
    os._exit(EXIT_CODE)
