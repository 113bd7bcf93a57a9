"""A message reaches its function with a token to verify, and is put aside when it cannot be handled."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from google.auth.transport.requests import Request
from google.oauth2 import id_token

from infra.local.control import ControlServer
from infra.local.declarations import read_topics
from infra.local.pubsub_push import BODY_BYTES_MAX
from tests.infra.push_world import BODY, READ_REPLY, PushWorld, push_world
from tests.infra.tasks_world import a_key


@pytest.fixture
def world() -> Iterator[PushWorld]:
    with push_world() as world:
        yield world


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
