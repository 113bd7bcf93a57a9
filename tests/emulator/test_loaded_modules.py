"""What a function loads before its first useful answer: the count is the same on every machine.

The goal is 900 (docs/adr/0005-cold-start.md). These numbers lie well below it, so that a library that comes
back by an innocent import is seen at once.
"""

import os
from collections.abc import Iterator

import pytest

from shared.runtime import catalog
from tests.bench.cold_functions import Surroundings, surroundings
from tests.bench.every_module_count import counted, most
from tests.bench.loaded_modules import modules_of

pytestmark = pytest.mark.emulator

WEBHOOK_MAX = 545
TASK_MAX = 720
NEVER = {
    "aiohttp",
    "firebase_admin",
    "google.api_core",
    "google.cloud.firestore_v1",
    "grpc.aio._call",
    "httpx",
    "icalendar",
    "numpy",
    "openpyxl",
    "phonenumbers",
    "proto",
    "pyhanko",
    "segno",
    "typst",
}
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
    assert not {"google.auth", "google.cloud.pubsub_v1", "requests", "twilio.rest"}.intersection(loaded)


def test_the_task_loads_no_more_than_it_did(around: Surroundings) -> None:
    loaded = modules_of(around.task, around)
    assert len(loaded) <= TASK_MAX
    assert not NEVER.intersection(loaded)
    assert not {"charset_normalizer", "cryptography.x509.base", "twilio.rest.api"}.intersection(loaded)


def test_whatever_way_a_function_answers_it_holds_no_more_than_it_may(around: Surroundings) -> None:
    """One of each kind; `./emulator.sh bench every-module-count` asks all of them."""
    some = (
        "house_visits__get_visit",
        "house_visits__accept_offer",
        "house_visits__sweep_cascades",
        "messaging__receive_sms",
        "directory__sync_page",
        "platform__status",
        "certificates__change_due",
        "certificates__print_certificate",
        "partners__generate_questionnaire",
    )
    for name, modules in counted(some, around).items():
        assert modules <= most(catalog.find(name)), name
