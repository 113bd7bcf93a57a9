"""The words in which the tests of the Cloud Scheduler twin speak."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from infra.local.clock import MovableClock
from infra.local.scheduler.job import Job
from infra.local.scheduler.twin import CloudSchedulerTwin
from tests.infra.receiver import Receiver
from tests.infra.tasks_world import NOON, a_key

WARSAW = "Europe/Warsaw"

DECLARED = {
    "house_visits__sweep_cascades": {
        "trigger": "schedule",
        "cron": "* * * * *",
        "time_zone": WARSAW,
        "path": "/_schedules/house_visits__sweep_cascades",
        "memory": "256M",
    },
    "house_visits__request": {"trigger": "http", "path": "/v1/house-visits"},
}
"""As they are rendered for Terraform."""


def a_job(cron: str, name: str = "sweep", time_zone: str = WARSAW) -> Job:
    return Job(name, cron, time_zone, f"/_schedules/{name}")


class SchedulerWorld:
    """A twin, a receiver, and a clock that stands still at noon (UTC)."""

    def __init__(self, directory: Path, jobs: tuple[Job, ...], now: datetime = NOON) -> None:
        self.clock = MovableClock(directory / "clock.json")
        self.clock.stop()
        self.clock.set(now)
        self.receiver = Receiver()
        self.twin = CloudSchedulerTwin(
            clock=self.clock,
            key=a_key(),
            project="demo-visita",
            public_url=self.receiver.url,
            jobs=jobs,
        )

    def advance(self, **by: float) -> None:
        self.clock.advance(timedelta(**by))
        self.drain()

    def drain(self) -> None:
        assert self.post("/drain", {"seconds": 10}) == {"drained": True}

    def next(self) -> datetime | None:
        told = self.get("/next")["next"]
        return datetime.fromisoformat(told) if told else None

    def scheduled_times(self) -> list[datetime]:
        """What the receiver was told, in UTC."""
        told = [one.headers["x-cloudscheduler-scheduletime"] for one in self.receiver.received()]
        return [datetime.fromisoformat(one).astimezone(UTC) for one in told]

    def get(self, path: str) -> Any:
        return requests.get(self.twin.url + path, timeout=15).json()

    def post(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        return requests.post(self.twin.url + path, json=body or {}, timeout=15).json()


@contextmanager
def scheduler_world(directory: Path, *jobs: Job, now: datetime = NOON) -> Iterator[SchedulerWorld]:
    world = SchedulerWorld(directory, jobs, now)
    world.receiver.start()
    world.twin.start()
    yield world
    world.twin.stop()
    world.receiver.stop()
