"""Hours of tasks and schedules go by in seconds, and nothing overtakes what was due before it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from infra.local.advance import AdvanceError, advance_clock
from infra.local.clock import MovableClock
from infra.local.control import ControlServer
from infra.local.scheduler.job import Job
from infra.local.scheduler.twin import CloudSchedulerTwin
from tests.infra.scheduler_world import a_job
from tests.infra.tasks_world import NOON, TasksWorld, a_key, tasks_world

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Both:
    """Tasks and schedules by one clock, calling one receiver."""

    tasks: TasksWorld
    scheduler: CloudSchedulerTwin

    @property
    def clock(self) -> MovableClock:
        return self.tasks.clock

    @property
    def parts(self) -> list[str]:
        return [self.tasks.twin.url, self.scheduler.url]


@contextmanager
def both(directory: Path, *jobs: Job) -> Iterator[Both]:
    with tasks_world(directory) as tasks:
        scheduler = CloudSchedulerTwin(
            clock=tasks.clock, key=a_key(), project="demo-visita", public_url=tasks.receiver.url, jobs=jobs
        )
        scheduler.start()
        yield Both(tasks, scheduler)
        scheduler.stop()


def test_what_is_due_in_an_hour_happens_in_order(tmp_path: Path) -> None:
    with both(tmp_path, a_job("*/20 * * * *")) as world:
        for minute in (50, 10, 30):
            world.tasks.create(f"/{minute}", after=timedelta(minutes=minute))
        advanced = advance_clock(HOUR, world.clock, world.parts)

        sweep = "/_schedules/sweep"
        assert world.tasks.receiver.paths() == ["/10", sweep, "/30", sweep, "/50", sweep]
        minutes = [(instant - NOON) // timedelta(minutes=1) for instant, _ in advanced.moments]
        assert minutes == [10, 20, 30, 40, 50, 60]
        assert {part for _, part in advanced.moments} == set(world.parts)
        assert advanced.steps == 6
        assert world.clock.now() == NOON + HOUR


def test_a_chain_of_tasks_that_make_tasks_unrolls(tmp_path: Path) -> None:
    with both(tmp_path) as world:
        world.tasks.receiver.will_do("/step", lambda: world.tasks.create("/step", after=timedelta(minutes=7)))
        world.tasks.create("/step", after=timedelta(minutes=7))
        began = time.monotonic()
        advanced = advance_clock(HOUR, world.clock, world.parts)

        told = [float(one.headers["x-cloudtasks-tasketa"]) for one in world.tasks.receiver.received()]
        assert told == [(NOON + timedelta(minutes=7 * n)).timestamp() for n in range(1, 9)]
        assert advanced.steps == 8
        assert time.monotonic() - began < 10


def test_work_made_for_the_same_instant_is_done_before_the_clock_goes_on(tmp_path: Path) -> None:
    with both(tmp_path, a_job("30 * * * *")) as world:
        world.tasks.receiver.will_do("/_schedules/sweep", lambda: world.tasks.create("/now"))
        world.tasks.create("/later", after=timedelta(minutes=31))
        advance_clock(HOUR, world.clock, [world.scheduler.url, world.tasks.twin.url])

        assert world.tasks.receiver.paths() == ["/_schedules/sweep", "/now", "/later"]


def test_nothing_to_do_costs_nothing(tmp_path: Path) -> None:
    with both(tmp_path) as world:
        advanced = advance_clock(timedelta(days=365), world.clock, world.parts)

        assert advanced.steps == 0
        assert world.clock.now() == NOON + timedelta(days=365)


@pytest.mark.parametrize("stopped", [True, False])
def test_the_clock_is_left_running_or_standing_as_it_was(tmp_path: Path, stopped: bool) -> None:
    with both(tmp_path, a_job("*/10 * * * *")) as world:
        if not stopped:
            world.clock.go()
        advance_clock(HOUR, world.clock, world.parts)

        assert world.clock.is_stopped() is stopped
        assert timedelta(0) <= world.clock.now() - NOON - HOUR < timedelta(seconds=30)


def test_a_part_that_is_never_done_is_named_rather_than_waited_for(tmp_path: Path) -> None:
    clock = MovableClock(tmp_path / "clock.json")
    clock.stop()
    restless = ControlServer(
        {"GET /next": lambda _: {"next": clock.now()}, "POST /drain": lambda _: {"drained": True}}
    )
    restless.start()

    with pytest.raises(AdvanceError, match=restless.url):
        advance_clock(HOUR, clock, [restless.url])
    restless.stop()


def test_a_part_that_does_not_answer_is_named(tmp_path: Path) -> None:
    clock = MovableClock(tmp_path / "clock.json")

    with pytest.raises(AdvanceError, match=r"127\.0\.0\.1:9"):
        advance_clock(HOUR, clock, ["http://127.0.0.1:9"])
    assert not clock.is_stopped()
