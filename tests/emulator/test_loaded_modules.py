"""What a function loads before its first useful answer: the count is the same on every machine.

The goal is 900 (docs/adr/0005-cold-start.md, and the bench says how far off it is). Until it is met, these
numbers may only fall.
"""

import os
from collections.abc import Iterator

import pytest

from tests.bench.cold_functions import Surroundings, surroundings
from tests.bench.loaded_modules import modules_of

pytestmark = pytest.mark.emulator

WEBHOOK_MAX = 1_060
TASK_MAX = 1_060
NEVER = {"aiohttp", "firebase_admin", "openpyxl", "numpy", "icalendar"}
"""What neither of them has any use for."""


@pytest.fixture(scope="module")
def around() -> Iterator[Surroundings]:
    if not (os.environ.get("FIRESTORE_EMULATOR_HOST") and os.environ.get("PUBSUB_EMULATOR_HOST")):
        pytest.skip("FIRESTORE_EMULATOR_HOST or PUBSUB_EMULATOR_HOST is not set: run ./emulator.sh test")
    with surroundings() as found:
        yield found


def test_the_webhook_loads_no_more_than_it_did(around: Surroundings) -> None:
    loaded = modules_of(around.webhook, around)
    assert len(loaded) <= WEBHOOK_MAX
    assert not NEVER.intersection(loaded)
    assert not {"phonenumbers", "twilio.rest", "google.cloud.tasks_v2"}.intersection(loaded)


def test_the_task_loads_no_more_than_it_did(around: Surroundings) -> None:
    loaded = modules_of(around.task, around)
    assert len(loaded) <= TASK_MAX
    assert not NEVER.intersection(loaded)
    assert not {"phonenumbers", "twilio.rest.api", "google.cloud.pubsub_v1"}.intersection(loaded)
