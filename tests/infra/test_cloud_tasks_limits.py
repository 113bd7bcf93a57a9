"""A queue never sends more than it was allowed, at once or in a second."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from infra.local.cloud_tasks.twin import queue_path
from tests.infra.tasks_world import TasksWorld, tasks_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[TasksWorld]:
    with tasks_world(tmp_path, auto_queues=False) as world:
        yield world


def test_no_more_than_allowed_are_on_their_way_at_once(world: TasksWorld) -> None:
    world.given_queue(rate_limits={"max_concurrent_dispatches": 3})
    gate = world.receiver.will_hold("/visit")
    for _ in range(10):
        world.create()
    world.receiver.wait_for(3)
    gate.set()
    world.drain()

    assert len(world.receiver.received()) == 10
    assert world.receiver.most_inside == 3


def test_no_more_than_allowed_go_out_in_a_second(world: TasksWorld) -> None:
    world.given_queue(rate_limits={"max_dispatches_per_second": 20})
    for _ in range(30):
        world.create(after=timedelta(seconds=1))
    world.advance(seconds=1)

    at = [one.at for one in world.receiver.received()]
    assert len(at) == 30
    # 20 at once, then one each 50 ms: ten more need half a second, though the clock stands still.
    assert max(at) - min(at) >= 0.45


def test_a_slow_queue_does_not_hold_up_another(world: TasksWorld) -> None:
    other = queue_path("demo-visita", "sweep")
    world.given_queue(rate_limits={"max_concurrent_dispatches": 1})
    world.given_queue(other)
    world.receiver.will_hold("/slow")
    for _ in range(3):
        world.create("/slow")
    world.create("/quick", queue=other)

    assert world.receiver.wait_for(1, "/quick")
