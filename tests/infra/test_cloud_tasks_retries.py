"""A delivery that fails is tried again as the queue says, and given up when it says so."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from google.api_core.exceptions import AlreadyExists

from infra.local.cloud_tasks.records import Retry
from tests.infra.tasks_world import FULL, NOON, TasksWorld, tasks_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[TasksWorld]:
    with tasks_world(tmp_path, deadline_min=timedelta(0)) as world:
        yield world


def attempt_times(world: TasksWorld) -> list[float]:
    """Seconds since noon, by the movable clock."""
    return [(datetime.fromisoformat(one["at"]) - NOON).total_seconds() for one in world.log()]


def advance_often(world: TasksWorld, seconds: float, times: int) -> None:
    for _ in range(times):
        world.advance(seconds=seconds)


def test_the_pauses_double_then_grow_evenly_then_stay() -> None:
    retry = Retry(min_backoff_seconds=10, max_backoff_seconds=300, max_doublings=3)

    # The example in the documentation of RetryConfig.max_doublings.
    pauses = [retry.delay_after(failures).total_seconds() for failures in range(1, 9)]
    assert pauses == [10, 20, 40, 80, 160, 240, 300, 300]


def test_a_failing_task_is_retried_with_growing_pauses_then_given_up(world: TasksWorld) -> None:
    backoff = {"min_backoff": timedelta(seconds=60), "max_backoff": timedelta(seconds=480)}
    world.given_queue(retry_config={**backoff, "max_doublings": 2, "max_attempts": 4})
    world.receiver.will_answer("/visit", 500)
    name = world.create(called="step-1")
    world.drain()

    advance_often(world, seconds=60, times=20)
    assert attempt_times(world) == [0, 60, 180, 420]
    assert world.log()[-1]["fate"] == "given up"
    assert world.pending() == []
    with pytest.raises(AlreadyExists):
        world.create(called=name.rpartition("/")[2])


def test_each_attempt_is_told_of_the_earlier_ones(world: TasksWorld) -> None:
    world.given_queue(retry_config={"min_backoff": timedelta(seconds=1), "max_backoff": timedelta(seconds=1)})
    world.receiver.will_answer("/visit", 500, 404, 429, 200)
    world.create()
    world.drain()
    advance_often(world, seconds=1, times=3)

    told = [one.headers for one in world.receiver.received()]
    assert [one["x-cloudtasks-taskretrycount"] for one in told] == ["0", "1", "2", "3"]
    # Server errors are not counted: the handler is taken not to have run.
    assert [one["x-cloudtasks-taskexecutioncount"] for one in told] == ["0", "0", "1", "2"]
    previous = [one.get("x-cloudtasks-taskpreviousresponse") for one in told]
    assert previous == [None, "500", "404", "429"]
    assert float(told[3]["x-cloudtasks-tasketa"]) == NOON.timestamp() + 3
    assert world.pending() == []


def test_with_both_limits_set_both_must_be_reached(world: TasksWorld) -> None:
    pause = {"min_backoff": timedelta(seconds=10), "max_backoff": timedelta(seconds=10)}
    world.given_queue(retry_config={**pause, "max_attempts": 2, "max_retry_duration": timedelta(seconds=35)})
    world.receiver.will_answer("/visit", 500)
    world.create()
    world.drain()
    advance_often(world, seconds=10, times=10)

    assert attempt_times(world) == [0, 10, 20, 30, 40]


def test_without_a_limit_of_attempts_the_time_is_the_limit(world: TasksWorld) -> None:
    pause = {"min_backoff": timedelta(seconds=10), "max_backoff": timedelta(seconds=10)}
    world.given_queue(retry_config={**pause, "max_attempts": -1, "max_retry_duration": timedelta(seconds=20)})
    world.receiver.will_answer("/visit", 500)
    world.create()
    world.drain()
    advance_often(world, seconds=10, times=10)

    assert attempt_times(world) == [0, 10, 20]


def test_a_task_may_bring_its_own_retry_rule(world: TasksWorld) -> None:
    world.receiver.will_answer("/visit", 500)
    world.create(retry_config={"max_attempts": 1})
    world.drain()

    assert world.log()[-1]["fate"] == "given up"


def test_a_busy_receiver_is_left_alone_for_as_long_as_it_asks(world: TasksWorld) -> None:
    world.receiver.will_answer("/visit", 503, 200, headers={"Retry-After": "120"})
    world.create()
    world.drain()

    world.advance(seconds=119)
    assert len(world.receiver.received()) == 1
    world.advance(seconds=1)
    assert len(world.receiver.received()) == 2


def test_a_redirect_is_a_failure_to_be_seen(world: TasksWorld) -> None:
    world.receiver.will_answer("/visit", 308, headers={"Location": "/visit/"})
    world.create()
    world.drain()

    assert world.receiver.paths() == ["/visit"]
    assert world.log()[0]["status"] == 308


def test_a_slow_receiver_is_cut_off_and_asked_again(world: TasksWorld) -> None:
    gate = world.receiver.will_hold("/visit")
    name = world.create(dispatch_deadline=timedelta(milliseconds=200))
    world.drain()

    task = world.client.get_task(request={"name": name, "response_view": FULL})
    gate.set()
    world.advance(seconds=1)

    assert [one["result"] for one in world.log()] == [
        "DEADLINE_EXCEEDED: no answer within 0.2 s",
        "HTTP status code 200",
    ]
    assert (task.dispatch_count, task.response_count) == (1, 0)
    assert task.last_attempt.response_status.code == 4


def test_a_receiver_that_is_down_gets_its_task_when_it_is_back(world: TasksWorld) -> None:
    world.create(request={"url": "http://127.0.0.1:9/visit"})
    world.drain()

    assert world.log()[0]["status"] is None
    assert world.log()[0]["result"].startswith("UNAVAILABLE")
    assert world.log()[0]["fate"] == "tried again later"
    assert len(world.pending()) == 1


def test_a_task_that_was_run_by_force_and_failed_is_retried(world: TasksWorld) -> None:
    world.receiver.will_answer("/visit", 500, 200)
    name = world.create(after=timedelta(days=1))
    world.client.run_task(name=name)
    world.receiver.wait_for(1)
    world.drain()

    world.advance(seconds=1)
    assert len(world.receiver.received()) == 2
    assert world.pending() == []
