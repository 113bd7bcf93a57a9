"""The other body of the world: official emulators, wire twins, and every call over real HTTP.

The twins and the gateway are started once for a session; each world takes a fresh project, which is a
fresh database at no cost. Messages are pulled and pushed by the world itself, so that it knows when all
have been delivered.
"""

import base64
import json
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import urllib3

from infra.local.auth import blocking
from infra.local.auth.account import Account
from infra.local.auth.token import mint
from infra.local.clock import MovableClock
from infra.local.cloud_tasks.twin import CloudTasksTwin
from infra.local.customer_api.twin import CustomerApiTwin
from infra.local.gateway import Gateway
from infra.local.local_key import LocalKey
from infra.local.mailbox.twin import MailboxTwin
from infra.local.phones.messages import Direction
from infra.local.phones.script import LoseInbound, Refuse
from infra.local.phones.twin import PhonesTwin
from infra.rendering.deployment import announced_topics
from shared.adapters.clinic_signature import HEADER
from shared.adapters.clock import FileClock
from shared.adapters.firestore import FirestoreDocuments
from shared.contracts.documents import FileChanged
from shared.contracts.sign_in import SignInEvent
from shared.kernel.actors import Actor
from shared.runtime import auth, catalog, wiring
from shared.runtime.action import Declaration
from shared.runtime.problem import Answer
from shared.runtime.settings import Settings
from tests import leaks
from tests.doors import filled
from tests.leaks import WatchedQueue, WatchedTopics
from tests.outside import START
from tests.recorder import RecordingDocuments
from tests.world import ROUNDS_MAX, SENDERS, TENANT, World

ACCOUNT, TOKEN = "AC" + "0" * 31 + "1", "local-twilio-token"
MESSAGES_MAX = 500
TOLD_WITHIN_SECONDS = 10


@dataclass(frozen=True)
class LocalCloud:
    """The parts that a session shares."""

    clock: MovableClock
    key: LocalKey
    tasks: CloudTasksTwin
    phones: PhonesTwin
    mailbox: MailboxTwin
    customer: CustomerApiTwin
    gateway: Gateway
    http: urllib3.PoolManager

    @classmethod
    def start(cls, directory: Path) -> "LocalCloud":
        clock, key = MovableClock(directory / "clock.json"), LocalKey(directory)
        clock.set(START)
        clock.stop()
        gateway = Gateway()
        gateway.start()
        url = gateway.url
        cloud = cls(
            clock,
            key,
            CloudTasksTwin(clock=clock, key=key),
            PhonesTwin(public_url=url, account_sid=ACCOUNT, auth_token=TOKEN, senders=SENDERS, clock=clock),
            MailboxTwin(clock=clock),
            CustomerApiTwin(clock=clock, public_url=url),
            gateway,
            urllib3.PoolManager(maxsize=64, retries=False),
        )
        for part in cloud.parts[:-1]:
            part.start()
        return cloud

    @property
    def parts(self) -> tuple[Any, ...]:
        return (self.tasks, self.phones, self.mailbox, self.customer, self.gateway)

    def stop(self) -> None:
        for part in reversed(self.parts):
            part.stop()


class EmulatorWorld(World):
    def __init__(self, cloud: LocalCloud, directory: Path) -> None:
        self.cloud = cloud
        self._told_of_files: list[tuple[str, bytes]] = []
        for part in cloud.parts:
            part.reset()
        cloud.clock.set(START)
        cloud.clock.stop()
        project = f"demo-{uuid.uuid4().hex[:12]}"
        super().__init__(
            Settings(
                project=project,
                service_domain=f"{project}.iam.gserviceaccount.com",
                tenant_id=TENANT,
                public_url=cloud.gateway.url,
                clock_file=str(directory / "clock.json"),
                keys_url=f"{cloud.tasks.url}/keys",
                firestore_host=os.environ["FIRESTORE_EMULATOR_HOST"],
                pubsub_host=os.environ["PUBSUB_EMULATOR_HOST"],
                tasks_host=cloud.tasks.host,
                auth_emulator=os.environ.get("FIREBASE_AUTH_EMULATOR_HOST", ""),
                twilio_base_url=cloud.phones.url,
                twilio_account=ACCOUNT,
                twilio_tokens=(TOKEN,),
                sender_numbers=SENDERS,
                customer_url=cloud.customer.url,
                customer_key="local-customer-key",
                smtp_host="127.0.0.1",
                smtp_port=cloud.mailbox.smtp_port,
                storage_host=os.environ.get("STORAGE_EMULATOR_HOST", ""),
                quarantine_bucket=f"{project}-quarantine",
                clean_bucket=f"{project}-clean",
            )
        )

    def _plug(self) -> None:
        """Nothing in the place of the real adapters, but a look at what passes and a note of every query."""
        self._watch()
        self.clock = FileClock(self.settings.clock_file)  # type: ignore[assignment]  # read, never moved, by us
        wiring.use(self.wiring)
        for topic in self._topics:
            # The storage is one for all projects, and tells of its files in the project it was started with.
            project = os.environ.get("VISITA_PROJECT") if topic == FileChanged.topic_name else None
            self._subscriber.create_subscription(
                name=self._subscription(topic), topic=self._publisher_path(topic, project)
            )

    def _watch(self) -> None:
        real = self.wiring
        real.__dict__ |= {
            "documents": RecordingDocuments(
                FirestoreDocuments(self.settings.project, self.settings.firestore_host)
            ),
            "queue": WatchedQueue(real.queue),
            "topics": WatchedTopics(real.topics),
        }

    # The wire

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
        token = mint(
            as_.role,
            as_.record_id,
            as_.tenant_id,
            as_.user_id,
            self.settings.project,
            signed_in_ago=self.signed_in_ago,
        )
        path = filled(action.path, fields)
        sent = {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": key or f"test-key-{uuid.uuid4().hex}",
            "Content-Type": "application/json",
        } | (headers or {})
        reads = action.trigger.method == "GET"
        query = f"?{urlencode(fields, doseq=True)}" if reads and fields else ""
        return self._http(action.trigger.method, path + query, sent, None if reads else json.dumps(fields))

    def comes_in(self, event: SignInEvent) -> Answer:
        """As Google's emulator asks: in a token without a signature."""
        path = "/v1/webhooks/identity/before-sign-in"
        account = Account(
            event.user_id, created=START, email=event.email, email_verified=event.email_verified
        )
        said = {name: list(values) for name, values in event.attributes.items()}
        now = int(datetime.now(UTC).timestamp())
        told = blocking.event(
            self.settings.project,
            self.settings.public_url + path,
            None,
            account,
            event.provider,
            said,
            {},
            now,
        )
        body = json.dumps({"data": {"jwt": blocking.sign({**told, "event_id": event.event_id}, None)}})
        return self._http("POST", path, {"Content-Type": "application/json"}, body)

    def deliver(self, action: Declaration, body: bytes = b"{}", retries: int = 0) -> Answer:
        url = self.settings.public_url + action.path
        account = f"{auth.SERVICES[action.trigger.kind]}@{self.settings.service_domain}"
        headers = {
            "Authorization": f"Bearer {self.cloud.key.token(url, account)}",
            "Content-Type": "application/json",
            "X-CloudTasks-TaskRetryCount": str(retries),
        }
        if action.trigger.kind == "topic":
            body = json.dumps({"message": {"data": base64.b64encode(body).decode()}}).encode()
        return self._http("POST", action.path, headers, body)

    def _http(self, method: str, path: str, headers: dict[str, str], body: str | bytes | None) -> Answer:
        found = self.cloud.http.request(
            method, self.settings.public_url + path, headers=headers, body=body, timeout=60
        )
        return leaks.answered(Answer(found.status, found.data, dict(found.headers)))

    # Files

    def upload(self, url: str, content: bytes, headers: Mapping[str, str]) -> None:
        """Returns once the storage has told of it, so that the next rest brings the news."""
        sent = self.cloud.http.request("PUT", url, body=content, headers=dict(headers))
        assert sent.status == 200, sent.data
        name = self._subscription(FileChanged.topic_name)
        request = {"subscription": name, "max_messages": MESSAGES_MAX}
        received = self._subscriber.pull(request=request, timeout=TOLD_WITHIN_SECONDS).received_messages
        self._subscriber.acknowledge(subscription=name, ack_ids=[one.ack_id for one in received])
        self._told_of_files += [(FileChanged.topic_name, one.message.data) for one in received]

    def download(self, url: str) -> bytes:
        got = self.cloud.http.request("GET", url)
        assert got.status == 200, got.data
        return got.data

    # Phones

    def texts_to(self, phone: str) -> list[str]:
        return [
            one.body for one in self.cloud.phones.messages(phone) if one.direction is not Direction.INBOUND
        ]

    def mails_to(self, address: str) -> list[str]:
        return [one.text for one in self.cloud.mailbox.mails() if address in one.recipients]

    def refuses(self, phone: str, code: int) -> None:
        self.cloud.phones.script(phone, Refuse(code=code))

    def text_from(self, phone: str, body: str, to: str = "") -> Answer:
        received = self.cloud.phones.text_in(phone, to or self._texted_by(phone), body)
        return Answer((received.statuses or (200,))[-1], b"")

    def text_lost(self, phone: str, body: str) -> None:
        self.cloud.phones.script(phone, LoseInbound(times=1))
        self.cloud.phones.text_in(phone, self._texted_by(phone), body)

    def hint_from(self, room_id: str, message_id: str, secret: str = "") -> Answer:
        asked = self._hint(room_id, message_id, secret)
        return self._http("POST", asked.path, {HEADER: asked.header(HEADER)}, asked.body)

    def _texted_by(self, phone: str) -> str:
        senders = [
            one.sender for one in self.cloud.phones.messages(phone) if one.direction is not Direction.INBOUND
        ]
        return (senders or list(SENDERS))[-1]

    # Time

    def set_clock(self, at: datetime) -> None:
        self.cloud.clock.set(at)

    def tasks_come_twice(self) -> None:
        self.twice = True
        fault = json.dumps({"mode": "duplicate"})
        self.cloud.http.request("POST", f"{self.cloud.tasks.url}/fault", body=fault)

    def restart(self) -> None:
        """A new process in the place of the gateway's: nothing it remembered is there any more."""
        self.wiring = type(self.wiring)(self.settings)
        self._watch()
        wiring.use(self.wiring)

    def settle(self) -> None:
        """Tasks and phones first: whatever they publish is there to be pulled when they have finished."""
        for _ in range(ROUNDS_MAX):
            self._drain_tasks()
            self.cloud.phones.drain()
            messages = self._pull()
            self._bring(messages)
            if not messages and not self._has_due_task():
                return
        raise AssertionError("the world does not come to rest")

    def advance(self, by: timedelta) -> None:
        end = self.clock.now() + by
        self.settle()
        for _ in range(ROUNDS_MAX):
            due = [at for at in (self._next_task(), self.cloud.phones.next_due()) if at and at <= end]
            if not due:
                break
            self.cloud.clock.set(max(self.clock.now(), min(due)))
            self.settle()
        self.cloud.clock.set(end)
        self.settle()

    def _next_task(self) -> Any:
        told = self.cloud.http.request("GET", f"{self.cloud.tasks.url}/next").json()["next"]
        return datetime.fromisoformat(told) if told else None

    def _has_due_task(self) -> bool:
        at = self._next_task()
        return at is not None and at <= self.clock.now()

    def _drain_tasks(self) -> None:
        done = self.cloud.http.request(
            "POST", f"{self.cloud.tasks.url}/drain", body=json.dumps({"seconds": 30}), timeout=40
        )
        assert done.json()["drained"], "tasks keep failing: see the log above"

    # Messages

    @cached_property
    def _topics(self) -> list[str]:
        heard = {one.trigger.topic for one in catalog.all_actions() if one.trigger.topic}
        return sorted({catalog.topic_of(one) for one in heard})

    @cached_property
    def _subscriber(self) -> Any:
        pubsub_v1: Any = import_module("google.cloud.pubsub_v1")
        publisher = pubsub_v1.PublisherClient()
        for topic in announced_topics():
            publisher.create_topic(name=self._publisher_path(topic))
        return pubsub_v1.SubscriberClient()

    def _publisher_path(self, topic: str, project: str | None = None) -> str:
        return f"projects/{project or self.settings.project}/topics/{topic}"

    def _subscription(self, topic: str) -> str:
        return f"projects/{self.settings.project}/subscriptions/{topic}-world"

    def _pull(self) -> list[tuple[str, bytes]]:
        found, self._told_of_files = self._told_of_files, []
        for topic in self._topics:
            name = self._subscription(topic)
            # Deprecated for servers that wait for messages; we want to know that there are none.
            request = {"subscription": name, "max_messages": MESSAGES_MAX, "return_immediately": True}
            received = self._subscriber.pull(request=request, timeout=10).received_messages
            if received:
                ids = [one.ack_id for one in received]
                self._subscriber.acknowledge(subscription=name, ack_ids=ids)
                found += [(topic, one.message.data) for one in received]
        return found


def is_possible() -> str:
    """Why this body cannot be had here; empty where it can."""
    lacking = [
        name
        for name in (
            "FIRESTORE_EMULATOR_HOST",
            "PUBSUB_EMULATOR_HOST",
            "STORAGE_EMULATOR_HOST",
            "FIREBASE_AUTH_EMULATOR_HOST",
        )
        if not os.environ.get(name)
    ]
    return f"{', '.join(lacking)} not set: run ./emulator.sh test" if lacking else ""
