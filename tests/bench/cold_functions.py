"""Functions in processes of their own, as deployed, and a first useful request for each.

They find the real emulators of Firestore and Pub/Sub, and twins of Cloud Tasks and Twilio, which run here.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from infra.local.clock import MovableClock
from infra.local.cloud_tasks.twin import CloudTasksTwin
from infra.local.local_key import LocalKey, service_account
from infra.local.phones.twin import PhonesTwin
from shared.runtime import catalog
from shared.runtime.incoming import Incoming
from tests.bench.budgets import wishes
from tests.bench.measured_world import MeasuredWorld
from tests.bench.offered import RECEIVE, ask, signed_text
from tests.people import ANNA, PIOTR, doctor
from tests.world import SENDERS

ROOT: Final = Path(__file__).resolve().parents[2]
NOWHERE: Final = "http://127.0.0.1:9"
"""Where these functions say they live: nobody calls them back."""
ASK: Final = "house_visits__ask_next_doctor"
HELLO: Final = "hello"
HELLO_SOURCE: Final = "def hello(request):\n    return 'ok'\n"


@dataclass(frozen=True)
class ColdFunction:
    """`request` makes another useful first request each time."""

    entry_point: str
    source: Path
    request: Callable[[], Incoming]


@dataclass(frozen=True)
class Surroundings:
    """`env` is all that a function is told; what it inherits besides are the emulators' addresses. `key`
    signs tokens that it believes."""

    hello: ColdFunction
    webhook: ColdFunction
    task: ColdFunction
    env: Mapping[str, str]
    key: LocalKey


@contextmanager
def surroundings() -> Iterator[Surroundings]:
    with TemporaryDirectory(prefix="visita-cold-") as name:
        directory = Path(name)
        clock, key = MovableClock(directory / "clock.json"), LocalKey(directory)
        world = MeasuredWorld()
        world.settings = world.settings.but(public_url=NOWHERE)
        world.wiring.settings = world.settings
        clock.set(world.clock.now())
        clock.stop()
        tasks = CloudTasksTwin(clock=clock, key=key)
        phones = PhonesTwin(
            public_url=NOWHERE,
            account_sid=world.settings.twilio_account,
            auth_token=world.settings.twilio_tokens[0],
            senders=SENDERS,
            clock=clock,
        )
        tasks.start()
        phones.start()
        try:
            yield _told(world, directory, key, tasks, phones)
        finally:
            phones.stop()
            tasks.stop()


def _told(
    world: MeasuredWorld, directory: Path, key: LocalKey, tasks: CloudTasksTwin, phones: PhonesTwin
) -> Surroundings:
    hello = directory / "hello" / "main.py"
    hello.parent.mkdir()
    hello.write_text(HELLO_SOURCE)
    _declare_topics(world.settings.project)
    (asked,) = ask(world, "v-texted", 1)
    world.given(doctor(world, ANNA), doctor(world, PIOTR))
    env = {
        "GOOGLE_CLOUD_PROJECT": world.settings.project,
        "VISITA_PUBLIC_URL": NOWHERE,
        "VISITA_CLOCK_FILE": str(directory / "clock.json"),
        "VISITA_OIDC_KEYS_URL": f"{tasks.url}/keys",
        "CLOUD_TASKS_EMULATOR_HOST": tasks.host,
        "TWILIO_BASE_URL": phones.url,
        "TWILIO_ACCOUNT_SID": world.settings.twilio_account,
        "TWILIO_AUTH_TOKEN": world.settings.twilio_tokens[0],
        "VISITA_SENDER_NUMBERS": ",".join(SENDERS),
        "VISITA_STORE": "firestore",
        "GUNICORN_CMD_ARGS": "--no-control-socket",
        "PYTHONPYCACHEPREFIX": str(directory / "bytecode"),  # compiled once, as the buildpack compiles
    }
    return Surroundings(
        ColdFunction(HELLO, hello, lambda: Incoming("GET", "/", "", {}, b"")),
        ColdFunction(RECEIVE, ROOT / "main.py", partial(signed_text, world, asked)),
        ColdFunction(ASK, ROOT / "main.py", partial(_due_step, world, key, wishes(world))),
        {**{name: one for name, one in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}, **env},
        key,
    )


def _due_step(world: MeasuredWorld, key: LocalKey, wanted: Iterator[RequestVisit]) -> Incoming:
    """The task of a search that has just begun, with the token that Cloud Tasks would bring."""
    visit_id = world.call(request_visit, next(wanted)).visit_id
    world.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR), intervals=(10,)))
    (task,) = world.queue.take_due(world.clock.now())
    path = catalog.find(ASK).path
    token = key.token(NOWHERE + path, service_account("cloud-tasks", world.settings.project))
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return Incoming("POST", path, "", headers, task.body)


def _declare_topics(project: str) -> None:
    from google.cloud.pubsub_v1 import PublisherClient

    publisher = PublisherClient()
    heard = {action.trigger.topic for action in catalog.all_actions() if action.trigger.topic}
    for name in {catalog.topic_of(message) for message in heard}:
        publisher.create_topic(name=publisher.topic_path(project, name))
