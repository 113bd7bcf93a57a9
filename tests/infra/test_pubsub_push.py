"""A message reaches its function with a token to verify, and is put aside when it cannot be handled."""

import base64
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from google.auth.transport.requests import Request
from google.oauth2 import id_token

from infra.local.control import ControlServer
from infra.local.declarations import read_topics
from infra.local.pubsub_push import BODY_BYTES_MAX, declare, make_push_app
from infra.local.web_server import WebServer
from tests.infra.receiver import Receiver
from tests.infra.tasks_world import a_key

READ_REPLY = "house_visits__read_reply"
BODY = b'{"message": {"data": "eyJ9"},  "subscription": "s"}'

needs_emulator = pytest.mark.skipif(
    not os.environ.get("PUBSUB_EMULATOR_HOST"), reason="PUBSUB_EMULATOR_HOST is not set"
)


@dataclass(frozen=True)
class PushWorld:
    """The proxy in a server of its own, and a receiver in the place of the functions."""

    proxy: WebServer
    functions: Receiver

    def push(self, path: str, body: bytes = BODY, method: str = "POST") -> int:
        headers = {"Content-Type": "application/json"}
        return requests.request(
            method, self.proxy.url + path, data=body, headers=headers, timeout=15
        ).status_code


@pytest.fixture
def world() -> Iterator[PushWorld]:
    functions = Receiver()
    functions.start()
    proxy = WebServer(make_push_app(functions.url, a_key(), "demo-visita"))
    proxy.start()
    yield PushWorld(proxy, functions)
    proxy.stop()
    functions.stop()


@pytest.fixture
def certs_url() -> Iterator[str]:
    server = ControlServer({"GET /certs": lambda _: a_key().certs()})
    server.start()
    yield f"{server.url}/certs"
    server.stop()


def test_a_push_goes_on_unchanged_with_a_token_of_pubsub(world: PushWorld, certs_url: str) -> None:
    assert world.push(f"/_push/{READ_REPLY}") == 200

    got = world.functions.received()[0]
    assert (got.method, got.path, got.body) == ("POST", f"/_topics/{READ_REPLY}", BODY)
    assert got.headers["content-type"] == "application/json"
    audience = f"{world.functions.url}/_topics/{READ_REPLY}"
    claims = id_token.verify_token(got.bearer, Request(), audience=audience, certs_url=certs_url)
    assert claims["email"] == "pubsub@demo-visita.iam.gserviceaccount.com"


@pytest.mark.parametrize("status", [204, 308, 409, 429, 500, 503, 599])
def test_what_the_function_answers_is_what_pubsub_hears(world: PushWorld, status: int) -> None:
    world.functions.will_answer(f"/_topics/{READ_REPLY}", status)

    assert world.push(f"/_push/{READ_REPLY}") == status


@pytest.mark.parametrize(
    "path",
    [
        "/_push/",
        "/_push/../_tasks/house_visits__ask_next_doctor",
        "/_push/a/b",
        "/_push/%2e%2e",
        "/_push/A",
        "/",
    ],
)
def test_only_an_entry_point_can_be_pushed_to(world: PushWorld, path: str) -> None:
    assert world.push(path) == 404
    assert world.functions.paths() == []


def test_only_a_post_is_a_push(world: PushWorld) -> None:
    assert world.push(f"/_push/{READ_REPLY}", method="GET") == 405


def test_a_body_that_is_no_message_any_more_is_refused(world: PushWorld) -> None:
    assert world.push(f"/_push/{READ_REPLY}", body=b"x" * (BODY_BYTES_MAX + 1)) == 413


def test_a_function_that_is_down_is_a_failure_that_pubsub_retries(world: PushWorld) -> None:
    world.functions.stop()

    assert world.push(f"/_push/{READ_REPLY}") == 502


def test_the_declared_topics_are_read(tmp_path: Path) -> None:
    file = tmp_path / "functions.json"
    topic = {"trigger": "topic", "topic": "sms-received", "path": f"/_topics/{READ_REPLY}", "cron": ""}
    file.write_text(json.dumps({"functions": {READ_REPLY: topic, "sweep": {"trigger": "http"}}}))

    assert read_topics(file) == {READ_REPLY: "sms-received"}


def test_nothing_is_declared_anywhere_but_in_the_emulator() -> None:
    env = {name: value for name, value in os.environ.items() if name != "PUBSUB_EMULATOR_HOST"}
    command = [sys.executable, "-m", "infra.local.pubsub_push"]
    told = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)

    assert told.returncode != 0
    assert "PUBSUB_EMULATOR_HOST is not set" in told.stderr


# With the emulator


@dataclass(frozen=True)
class EmulatorWorld:
    """A project of its own in the emulator, as good as an emulator of its own."""

    project: str
    push: PushWorld

    def declare(self, **topics: str) -> None:
        declare(self.project, topics, self.push.proxy.url)

    def publish(self, topic: str, data: bytes, **attributes: str) -> None:
        message = {"data": base64.b64encode(data).decode(), "attributes": attributes}
        self.call("POST", f"topics/{topic}:publish", {"messages": [message]})

    def call(self, method: str, path: str, body: object = None) -> dict[str, object]:
        url = f"http://{os.environ['PUBSUB_EMULATOR_HOST']}/v1/projects/{self.project}/{path}"
        answer = requests.request(method, url, json=body, timeout=60)
        answer.raise_for_status()
        return dict(answer.json())


@pytest.fixture
def emulator(world: PushWorld) -> EmulatorWorld:
    return EmulatorWorld(f"demo-{uuid.uuid4().hex[:12]}", world)


@pytest.mark.emulator
@needs_emulator
def test_a_published_message_reaches_every_function_of_its_topic(emulator: EmulatorWorld) -> None:
    emulator.declare(house_visits__read_reply="sms-received", messaging__note_text="sms-received")
    emulator.publish("sms-received", b"YES 7K", kind="inbound")

    for entry_point in (READ_REPLY, "messaging__note_text"):
        got = emulator.push.functions.wait_for(1, f"/_topics/{entry_point}")[0]
        message = json.loads(got.body)["message"]
        assert base64.b64decode(message["data"]) == b"YES 7K"
        assert message["attributes"] == {"kind": "inbound"}
        assert got.bearer


@pytest.mark.emulator
@needs_emulator
def test_declaring_twice_is_declaring_once(emulator: EmulatorWorld) -> None:
    emulator.declare(house_visits__read_reply="sms-received")
    emulator.declare(house_visits__read_reply="sms-received")

    subscriptions = emulator.call("GET", "subscriptions")["subscriptions"]
    assert isinstance(subscriptions, list)
    names = sorted(one["name"].rpartition("/")[2] for one in subscriptions)
    assert names == ["house_visits-read_reply", "sms-received-dead"]
    push = next(one for one in subscriptions if one["name"].endswith("read_reply"))
    assert push["deadLetterPolicy"]["maxDeliveryAttempts"] == 5
    assert push["retryPolicy"] == {"minimumBackoff": "1s", "maximumBackoff": "60s"}


@pytest.mark.emulator
@needs_emulator
def test_a_subscription_that_leads_elsewhere_is_put_right(emulator: EmulatorWorld) -> None:
    declare(emulator.project, {READ_REPLY: "sms-received"}, "http://127.0.0.1:9")
    emulator.declare(house_visits__read_reply="sms-status-changed")
    emulator.publish("sms-status-changed", b"delivered")

    assert emulator.push.functions.wait_for(1, f"/_topics/{READ_REPLY}")


@pytest.mark.emulator
@pytest.mark.slow
@needs_emulator
def test_a_message_that_fails_five_times_lies_with_the_dead_letters(emulator: EmulatorWorld) -> None:
    path = f"/_topics/{READ_REPLY}"
    emulator.declare(house_visits__read_reply="sms-received")
    emulator.push.functions.will_answer(path, 500)
    emulator.publish("sms-received", b"poison")

    assert len(emulator.push.functions.wait_for(5, path, within=60)) == 5
    pulled = emulator.call("POST", "subscriptions/sms-received-dead:pull", {"maxMessages": 1})
    received = pulled["receivedMessages"]
    assert isinstance(received, list)
    assert base64.b64decode(received[0]["message"]["data"]) == b"poison"
