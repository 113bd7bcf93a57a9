"""Pushes through firebase-admin itself, against a twin that speaks Google's protocol."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from infra.local.push.twin import PushTwin
from shared.adapters.firebase_push import FirebasePush
from shared.contracts.push import DeviceGone, PushDelayed


@pytest.fixture(scope="module")
def running() -> Iterator[PushTwin]:
    twin = PushTwin()
    twin.start()
    yield twin
    twin.stop()


@pytest.fixture
def twin(running: PushTwin) -> PushTwin:
    running.taken.clear()
    running.gone.clear()
    running.trouble = 0
    return running


def test_a_push_names_the_thread_and_nothing_else(twin: PushTwin) -> None:
    push = FirebasePush("demo-push", twin.url)
    push.tell("token-1", "t1")
    (taken,) = twin.taken
    assert taken["data"] == {"thread_id": "t1"}
    assert "notification" not in taken
    assert taken["android"]["collapse_key"] == taken["apns"]["headers"]["apns-collapse-id"] == "t1"


def test_a_device_that_is_gone_is_told_apart_from_trouble(twin: PushTwin) -> None:
    push = FirebasePush("demo-push", twin.url)
    twin.gone.add("token-1")
    with pytest.raises(DeviceGone):
        push.tell("token-1", "t1")
    twin.trouble = 429
    with pytest.raises(PushDelayed):
        push.tell("token-2", "t1")


def test_two_projects_do_not_share_their_connection(twin: PushTwin) -> None:
    FirebasePush("demo-push-2", twin.url).tell("token-1", "t1")
    FirebasePush("demo-push-2", twin.url).tell("token-1", "t1")
    assert len(twin.taken) == 2


AFTER_A_SIGN_IN = """
import sys
from shared.adapters.firebase_identity import FirebaseIdentity
from shared.adapters.firebase_push import FirebasePush
from shared.kernel.errors import NotAdmitted
try:
    FirebaseIdentity("demo-push", {}, "t", "").user("no token")
except NotAdmitted:
    print("httpx" in sys.modules)
FirebasePush("demo-push", sys.argv[1]).tell("token-1", "t1")
"""


def test_a_push_goes_where_somebody_signed_in_before_without_the_asynchronous_client(twin: PushTwin) -> None:
    """In a process of its own: here others have loaded what signing in leaves out."""
    command = [sys.executable, "-c", AFTER_A_SIGN_IN, twin.url]
    environ = {**os.environ, "FIREBASE_AUTH_EMULATOR_HOST": "127.0.0.1:9"}  # it is never asked
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environ)
    assert (done.stdout.strip(), done.returncode) == ("False", 0), done.stderr
    assert len(twin.taken) == 1
