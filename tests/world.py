"""The language of the tests: a small world in which things are given, actions are called and time passes.

It has two bodies. `memory` runs everything in this process; `emulator` runs the same tests against the
official emulators and the wire twins (tests/emulator_world.py). Every call goes through the real door:
token, parsing, commit, letters.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from shared.adapters.memory import MemoryDocuments, MemoryQueue, MemoryTopics
from shared.adapters.memory_files import MemoryFiles
from shared.contracts.documents import FileChanged
from shared.contracts.sign_in import SignInEvent
from shared.contracts.sms import InboundSms
from shared.kernel import errors
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.ports import Room, Write
from shared.kernel.records import Activity, Record, Value
from shared.runtime import catalog, entry
from shared.runtime.action import Declaration
from shared.runtime.incoming import Incoming
from shared.runtime.ledger import Ledger
from shared.runtime.problem import Answer
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from tests import doors, leaks
from tests.leaks import WatchedQueue, WatchedTopics
from tests.members import member_of
from tests.outside import MemoryIdentity, MemoryMail, MemoryPhones, MemorySignIns, StoppedClock, Texted
from tests.recorder import RecordingDocuments

TENANT = "vm"
SENDERS = ("+48732230001", "+48732230002", "+48732230003")
ROUNDS_MAX = 200

OPERATOR = Actor(role=Role.OPERATOR, tenant_id=TENANT, user_id="op-1")
ADMIN = Actor(role=Role.ADMIN, tenant_id=TENANT, user_id="admin-1")
FOREIGN_OPERATOR = Actor(role=Role.OPERATOR, tenant_id="other", user_id="op-9")

T = TypeVar("T", bound=Value)
R = TypeVar("R", bound=Record)


class Refused(Exception):
    """A problem+json answer, for tests that look at its form."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status} {problem}")
        self.status = status
        self.problem = problem


class World:
    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings(store="memory", sender_numbers=SENDERS)
        self.wiring = Wiring(self.settings)
        self.clock = StoppedClock()
        self.queue = MemoryQueue()
        self.topics = MemoryTopics()
        self.phones = MemoryPhones(self.clock)
        self.mail = MemoryMail()
        self.identity = MemoryIdentity()
        self.files = MemoryFiles(self.clock, self._file_changed)
        self.twice = False  # every task and message is delivered twice
        self.signed_in_ago = timedelta(0)  # everybody who calls
        self._keys = 0
        self._joined: dict[tuple[str, str], Actor] = {}
        self._joining = Lock()
        self._plug()

    def _plug(self) -> None:
        # The sockets are cached properties: what is set first stays.
        self.wiring.__dict__ |= {
            "documents": RecordingDocuments(MemoryDocuments()),
            "clock": self.clock,
            "queue": WatchedQueue(self.queue),
            "topics": WatchedTopics(self.topics),
            "identity": self.identity,
            "sign_in_events": MemorySignIns(),
            "sms": self.phones,
            "mail": self.mail,
            "files": self.files,
        }

    def _file_changed(self, room: Room, name: str) -> None:
        """As the bucket's notification says it: Cloud Storage's own words, without our envelope."""
        bucket = {"quarantine": self.settings.quarantine_bucket, "clean": self.settings.clean_bucket}[room]
        body = json.dumps({"kind": "storage#object", "bucket": bucket, "name": name})
        self.wiring.topics.publish(FileChanged.topic_name, body.encode(), {})

    # Arrange

    def set_clock(self, at: datetime) -> None:
        self.clock.at = at

    def with_one_sender(self) -> None:
        """A pool of a single number: offers to one phone share it."""
        self.settings = self.settings.but(sender_numbers=SENDERS[:1])
        self.wiring.settings = self.settings

    def given(self, *records: Record) -> None:
        writes = [Write(one.place(one.id), self.wiring.codec.encode(one)) for one in records]
        self.wiring.documents.commit(writes)

    def join(self, actor: Actor) -> None:
        """Whoever acts is a member, and the process knows them as they are now."""
        who = (actor.tenant_id, actor.user_id)
        with self._joining:
            if actor.role != Role.SYSTEM and self._joined.get(who) != actor:
                self.given(member_of(actor))
                self.wiring.__dict__.pop("members", None)
                self._joined[who] = actor

    def does_not_know(self, actor: Actor) -> None:
        """They are on file only if something that is tested puts them there."""
        self._joined[actor.tenant_id, actor.user_id] = actor

    # Act

    def call(
        self,
        run: Callable[[Any, Any], T],
        request: Value,
        *,
        as_: Actor = OPERATOR,
        key: str = "",
        headers: dict[str, str] | None = None,
    ) -> T:
        """Over HTTP, as an app does. Raises the refusal that the answer names."""
        action: Declaration = run.declaration  # type: ignore[attr-defined]  # every action carries one
        answer = self.answer(
            action, request.model_dump(mode="json", exclude_unset=True), as_, key, headers or {}
        )
        if answer.status != 200:
            raise _refusal(answer)
        response: T = action.response.model_validate_json(answer.body)  # type: ignore[assignment]
        return response

    def answer(
        self,
        action: Declaration,
        fields: dict[str, Any],
        as_: Actor,
        key: str = "",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        self._keys += 1
        self.join(as_)
        key = key or f"test-key-{self._keys:06d}"
        incoming = doors.from_app(action, fields, as_, key, headers, self.signed_in_ago)
        return leaks.answered(self.door(action, incoming))

    def comes_in(self, event: SignInEvent) -> Answer:
        """Identity Platform asks whether somebody who signs in may come in."""
        action = catalog.find("identity__before_sign_in")
        return leaks.answered(self.door(action, doors.signing_in(event)))

    def deliver(self, action: Declaration, body: bytes = b"{}", retries: int = 0) -> Answer:
        """A task, message or scheduled run, signed by the right service."""
        incoming = doors.from_service(self.settings, action, body, retries)
        return leaks.answered(self.door(action, incoming))

    def tick(self, run: Callable[[Any, Any], Any]) -> None:
        """Run a scheduled action now."""
        answer = self.deliver(run.declaration)  # type: ignore[attr-defined]  # every action carries one
        assert answer.status == 200, answer.body
        self.settle()

    def reported(self, one: Texted, status: str) -> Answer:
        """The provider tells what became of a text that it took."""
        incoming = doors.report_of(self.settings, one.sms.status_url, one.sid, status)
        return leaks.answered(self.door(catalog.find("messaging__note_sms_status"), incoming))

    def door(self, action: Declaration, incoming: Incoming) -> Answer:
        """In this process; another body has its functions elsewhere."""
        return entry.answer_to(action, incoming, self.wiring)

    def upload(self, url: str, content: bytes, headers: Mapping[str, str]) -> None:
        """To the link that a start of an upload gave out."""
        self.files.upload(url, content, headers)

    def download(self, url: str) -> bytes:
        return self.files.download(url)

    def text_from(self, phone: str, body: str, to: str = "") -> Answer:
        """Somebody texts one of our numbers: by default the one that texted them last."""
        return self._webhook(self._inbound(phone, body, to))

    def text_again(self, phone: str, body: str) -> Answer:
        """The same text once more, as a provider brings it that saw no answer."""
        known = [one for one in self.phones.inbound if (one.sender, one.body) == (phone, body)]
        return self._webhook(known[0] if known else self._inbound(phone, body, ""))

    def _webhook(self, sms: InboundSms) -> Answer:
        incoming = doors.text_from(self.settings, sms)
        answer = self.door(catalog.find("messaging__receive_sms"), incoming)
        return leaks.answered(answer)

    def hint_from(self, room_id: str, message_id: str, secret: str = "") -> Answer:
        """Rocket.Chat says that somebody wrote in a room; `secret` other than ours is a stranger's."""
        answer = self.door(catalog.find("chat__hear_bridge"), self._hint(room_id, message_id, secret))
        return leaks.answered(answer)

    def _hint(self, room_id: str, message_id: str, secret: str) -> Incoming:
        good = self.settings.bridge_webhook_secrets[0]
        return doors.from_bridge(room_id, message_id, self.clock.now(), secret or good)

    def texts_to(self, phone: str) -> list[str]:
        """What that phone was sent, oldest first."""
        return self.phones.texts_to(phone)

    def mails_to(self, address: str) -> list[str]:
        """The texts of what that address was mailed, oldest first."""
        return [one.text for one in self.mail.sent if one.to == address]

    def refuses(self, phone: str, code: int) -> None:
        """The provider will not text that phone, with this error code."""
        self.phones.refuse[phone] = code

    def text_lost(self, phone: str, body: str) -> None:
        """A text that the provider has and never told us of."""
        self._inbound(phone, body, "")

    def _inbound(self, phone: str, body: str, to: str) -> InboundSms:
        last = [one.sms.sender for one in self.phones.sent if one.sms.to == phone]
        number = len(self.phones.inbound) + 1
        sms = InboundSms(f"SM{number:030x}ff", phone, to or (last or SENDERS)[-1], body, self.clock.now())
        self.phones.inbound.append(sms)
        return sms

    def settle(self) -> None:
        """Deliver messages and due tasks until nothing is left to do at this instant."""
        for _ in range(ROUNDS_MAX):
            messages, due = self.topics.take(), self.queue.take_due(self.clock.now())
            if not messages and not due:
                return
            self._bring(messages)
            for task in due * (2 if self.twice else 1):
                self._must(self.deliver(catalog.find(task.entry_point), task.body))
        raise AssertionError("the world does not come to rest")

    def _bring(self, messages: list[tuple[str, bytes]]) -> None:
        """To everybody who listens; where everything comes twice, the second time in reverse order."""
        for topic, body in [*messages, *(reversed(messages) if self.twice else ())]:
            for action in catalog.all_actions():
                if action.trigger.topic and catalog.topic_of(action.trigger.topic) == topic:
                    self._must(self.deliver(action, body))

    def advance(self, by: timedelta) -> None:
        """Let time pass, running every task at its own instant."""
        end = self.clock.now() + by
        self.settle()
        for _ in range(ROUNDS_MAX):
            due = [one.at for one in self.queue.pending if one.at <= end]
            if not due:
                break
            self.clock.at = max(self.clock.at, min(due))
            self.settle()
        self.clock.at = end
        self.settle()

    def tasks_come_twice(self) -> None:
        """From now on every task and message is delivered twice."""
        self.twice = True

    def restart(self) -> None:
        """A new process with the same store: nothing remembered survives."""
        kept = {
            name: self.wiring.__dict__[name]
            for name in (
                "documents",
                "clock",
                "queue",
                "topics",
                "identity",
                "sign_in_events",
                "sms",
                "mail",
                "files",
            )
        }
        self.wiring = Wiring(self.settings)
        self.wiring.__dict__ |= kept

    # Assert

    def record(self, kind: type[R], key: str) -> R:
        found = self.wiring.documents.read([kind.place(key)])[kind.place(key)]
        assert found is not None, f"there is no {kind.place(key)}"
        return self.wiring.codec.decode(kind, found.fields)

    def log_of(self, record: Record) -> list[str]:
        """What happened to a record, in the words of its activity lines."""
        return [line.did for line in self.lines_of(record)]

    def lines_of(self, record: Record) -> list[Activity]:
        """Raises LookupError where the log has a gap."""
        ledger = Ledger(
            self.wiring.documents,
            self.wiring.codec,
            OPERATOR.but(tenant_id=record.tenant_id),
            Scope.TENANT,
            self.clock.now(),
        )
        return ledger.activity(record, 0, 10_000)

    @staticmethod
    def _must(answer: Answer) -> None:
        assert answer.status == 200, answer.body


def _refusal(answer: Answer) -> Exception:
    """The refusal class whose code the problem names, so that tests can expect it by name."""
    problem = json.loads(answer.body)
    for kind in _all_refusals(errors.Refusal):
        if kind.code() == problem.get("code"):
            return kind(problem.get("detail", ""))
    return Refused(answer.status, problem)


def _all_refusals(kind: type[errors.Refusal]) -> list[type[errors.Refusal]]:
    return [one for sub in kind.__subclasses__() for one in (sub, *_all_refusals(sub))]
