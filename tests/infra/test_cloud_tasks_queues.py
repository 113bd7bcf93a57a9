"""Queues of the twin are declared, changed, held and limited as in production."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from google.api_core.exceptions import AlreadyExists, InvalidArgument, NotFound
from google.protobuf.field_mask_pb2 import FieldMask

from infra.local.cloud_tasks.twin import queue_path
from tests.infra.tasks_world import QUEUE, TasksWorld, tasks_world

LOCATION = QUEUE.rpartition("/queues/")[0]
RUNNING, PAUSED = 1, 2


@pytest.fixture
def world(tmp_path: Path) -> Iterator[TasksWorld]:
    with tasks_world(tmp_path, auto_queues=False) as world:
        yield world


def test_a_task_for_a_queue_that_nobody_declared_is_refused(world: TasksWorld) -> None:
    with pytest.raises(NotFound):
        world.create()


def test_the_queues_named_at_the_start_exist_and_survive_a_reset(tmp_path: Path) -> None:
    with tasks_world(tmp_path, auto_queues=False, queues=[QUEUE]) as world:
        world.create(after=timedelta(minutes=1))
        world.post("/reset")
        world.create(after=timedelta(minutes=1))

        assert len(world.pending()) == 1


def test_locally_a_queue_comes_into_being_with_its_first_task(tmp_path: Path) -> None:
    with tasks_world(tmp_path, auto_queues=True) as world:
        world.create()

        assert world.client.get_queue(name=QUEUE).name == QUEUE


def test_a_new_queue_has_the_defaults_of_cloud_tasks(world: TasksWorld) -> None:
    world.given_queue()

    queue = world.client.get_queue(name=QUEUE)
    assert queue.state == RUNNING
    assert queue.rate_limits.max_dispatches_per_second == 500
    assert queue.rate_limits.max_concurrent_dispatches == 1_000
    assert queue.retry_config.max_attempts == 100
    assert queue.retry_config.min_backoff == timedelta(seconds=0.1)
    assert queue.retry_config.max_backoff == timedelta(hours=1)
    assert queue.retry_config.max_doublings == 16


def test_a_queue_is_created_once(world: TasksWorld) -> None:
    world.given_queue()

    with pytest.raises(AlreadyExists):
        world.given_queue()


@pytest.mark.parametrize(
    "fields",
    [
        {"name": LOCATION + "/queues/under_score"},
        {"name": "ask"},
        {"rate_limits": {"max_dispatches_per_second": 501}},
        {"rate_limits": {"max_concurrent_dispatches": 5_001}},
        {"retry_config": {"max_attempts": -2}},
        {"retry_config": {"min_backoff": timedelta(hours=2)}},
    ],
)
def test_a_queue_that_cloud_tasks_would_refuse_is_refused(world: TasksWorld, fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument):
        world.client.create_queue(parent=LOCATION, queue={"name": QUEUE, **fields})


def test_an_update_changes_what_the_mask_names_and_nothing_else(world: TasksWorld) -> None:
    world.given_queue(
        retry_config={"max_attempts": 7, "min_backoff": timedelta(seconds=5)},
        rate_limits={"max_concurrent_dispatches": 3},
    )
    wanted = {
        "name": QUEUE,
        "retry_config": {"max_attempts": 9, "min_backoff": timedelta(seconds=99)},
        "rate_limits": {"max_concurrent_dispatches": 99},
    }
    mask = FieldMask(paths=["retry_config.max_attempts", "state"])
    queue = world.client.update_queue(queue=wanted, update_mask=mask)

    assert queue == world.client.get_queue(name=QUEUE)
    assert queue.retry_config.max_attempts == 9
    assert queue.retry_config.min_backoff == timedelta(seconds=5)
    assert queue.rate_limits.max_concurrent_dispatches == 3
    assert queue.state == RUNNING


def test_an_update_without_a_mask_changes_everything(world: TasksWorld) -> None:
    world.given_queue(retry_config={"max_attempts": 7})
    queue = world.client.update_queue(queue={"name": QUEUE, "rate_limits": {"max_concurrent_dispatches": 3}})

    assert queue.rate_limits.max_concurrent_dispatches == 3
    assert queue.retry_config.max_attempts == 100


def test_an_update_of_a_field_that_does_not_exist_is_refused(world: TasksWorld) -> None:
    world.given_queue()

    with pytest.raises(InvalidArgument, match="max_atempts"):
        world.client.update_queue(
            queue={"name": QUEUE}, update_mask=FieldMask(paths=["retry_config.max_atempts"])
        )


def test_an_update_creates_the_queue_when_there_is_none(world: TasksWorld) -> None:
    world.client.update_queue(queue={"name": QUEUE, "retry_config": {"max_attempts": 3}})

    assert world.client.get_queue(name=QUEUE).retry_config.max_attempts == 3


def test_queues_are_listed_in_pages_for_their_project_only(world: TasksWorld) -> None:
    names = [queue_path("demo-visita", f"queue-{n}") for n in range(5)]
    for name in [*names, queue_path("demo-other", "queue-0")]:
        world.given_queue(name)

    pager = world.client.list_queues(request={"parent": LOCATION, "page_size": 2})
    pages = [[queue.name for queue in page.queues] for page in pager.pages]
    assert pages == [names[0:2], names[2:4], names[4:5]]


def test_a_paused_queue_holds_its_tasks_until_it_is_resumed(world: TasksWorld) -> None:
    world.given_queue()
    assert world.client.pause_queue(name=QUEUE).state == PAUSED
    world.create()

    world.advance(minutes=5)
    assert world.receiver.paths() == []
    assert world.get("/next") == {"next": None}

    assert world.client.resume_queue(name=QUEUE).state == RUNNING
    world.drain()
    assert world.receiver.paths() == ["/visit"]


def test_a_task_of_a_paused_queue_can_be_run_by_force(world: TasksWorld) -> None:
    world.given_queue()
    world.client.pause_queue(name=QUEUE)
    world.client.run_task(name=world.create())

    assert world.receiver.wait_for(1)


def test_a_purged_queue_is_empty_and_says_when(world: TasksWorld) -> None:
    world.given_queue()
    world.create(called="step-1", after=timedelta(minutes=1))
    queue = world.client.purge_queue(name=QUEUE)

    assert queue.purge_time == world.clock.now()
    world.advance(minutes=2)
    assert world.receiver.paths() == []


def test_a_deleted_queue_takes_its_tasks_along(world: TasksWorld) -> None:
    world.given_queue()
    world.create(after=timedelta(minutes=1))
    world.client.delete_queue(name=QUEUE)

    world.advance(minutes=2)
    assert world.receiver.paths() == []
    with pytest.raises(NotFound):
        world.client.get_queue(name=QUEUE)
