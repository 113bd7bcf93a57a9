"""What is published in the emulator reaches its functions, and what they cannot handle is kept."""

import base64
import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests

from infra.local.pubsub_push import declare
from tests.infra.push_world import READ_REPLY, PushWorld, push_world

needs_emulator = pytest.mark.skipif(
    not os.environ.get("PUBSUB_EMULATOR_HOST"), reason="PUBSUB_EMULATOR_HOST is not set"
)


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
def emulator() -> Iterator[EmulatorWorld]:
    with push_world() as push:
        yield EmulatorWorld(f"demo-{uuid.uuid4().hex[:12]}", push)


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
