"""The words in which the tests of the Cloud Tasks twin speak."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import requests

from infra.local.clock import MovableClock
from infra.local.cloud_tasks.twin import CloudTasksTwin, queue_path
from infra.local.local_key import LocalKey
from tests.infra.receiver import Receiver

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
QUEUE = queue_path("demo-visita", "ask-next-doctor")
BASIC, FULL = 1, 2


@cache
def a_key() -> LocalKey:
    """One for all tests: making an RSA key costs more than most of them."""
    return LocalKey(Path(mkdtemp(prefix="visita-key-")))


class TasksWorld:
    """A twin, a receiver, Google's client, and a clock that stands still at noon."""

    def __init__(self, directory: Path, **options: Any) -> None:
        self.clock = MovableClock(directory / "clock.json")
        self.clock.stop()
        self.clock.set(NOON)
        self.key = a_key()
        self.receiver = Receiver()
        self.twin = CloudTasksTwin(clock=self.clock, key=self.key, **options)
        self.client: Any = self.twin.client()  # its annotations refuse the dicts that it takes

    def given_queue(self, name: str = QUEUE, **fields: Any) -> None:
        parent = name.rpartition("/queues/")[0]
        self.client.create_queue(parent=parent, queue={"name": name, **fields})

    def create(
        self,
        path: str = "/visit",
        *,
        called: str = "",
        after: timedelta | None = None,
        queue: str = QUEUE,
        request: Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> str:
        """The full name of the new task."""
        task: dict[str, Any] = {
            "http_request": {"url": self.receiver.url + path, **(request or {})},
            **fields,
        }
        if called:
            task["name"] = f"{queue}/tasks/{called}"
        if after is not None:
            task["schedule_time"] = self.clock.now() + after
        created: str = self.client.create_task(parent=queue, task=task).name
        return created

    def advance(self, **by: float) -> None:
        self.clock.advance(timedelta(**by))
        self.drain()

    def drain(self) -> None:
        assert self.post("/drain", {"seconds": 10}) == {"drained": True}

    def pending(self) -> list[str]:
        return [one["name"].rpartition("/")[2] for one in self.get("/tasks")]

    def log(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get("/log")
        return found

    def get(self, path: str) -> Any:
        return requests.get(self.twin.url + path, timeout=15).json()

    def post(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        return requests.post(self.twin.url + path, json=body or {}, timeout=15).json()


@contextmanager
def tasks_world(directory: Path, **options: Any) -> Iterator[TasksWorld]:
    world = TasksWorld(directory, **options)
    world.receiver.start()
    world.twin.start()
    yield world
    world.client.transport.close()
    world.twin.stop()
    world.receiver.stop()
