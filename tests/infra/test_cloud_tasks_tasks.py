"""Google's client library creates, reads and deletes tasks in the twin as it does in production."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from google.api_core.exceptions import AlreadyExists, NotFound

from tests.infra.tasks_world import BASIC, FULL, NOON, QUEUE, TasksWorld, tasks_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[TasksWorld]:
    with tasks_world(tmp_path) as world:
        yield world


def test_a_task_without_a_time_is_delivered_at_once_and_as_it_was_given(world: TasksWorld) -> None:
    body = b'{"visit_id": "v1"}'
    world.create(request={"body": body, "headers": {"Content-Type": "application/json"}})

    got = world.receiver.wait_for(1)[0]
    assert (got.method, got.path, got.body) == ("POST", "/visit", body)
    assert got.headers["content-type"] == "application/json"


def test_a_task_waits_for_its_time_by_the_movable_clock(world: TasksWorld) -> None:
    world.create("/soon", after=timedelta(minutes=5))
    world.create("/later", after=timedelta(days=29))

    world.advance(minutes=4, seconds=59)
    assert world.receiver.paths() == []
    world.advance(seconds=1)
    assert world.receiver.paths() == ["/soon"]
    world.advance(days=29)
    assert world.receiver.paths() == ["/soon", "/later"]


def test_tasks_that_fall_due_together_go_out_in_the_order_of_their_time(world: TasksWorld) -> None:
    world.given_queue(rate_limits={"max_concurrent_dispatches": 1})
    for minute in (3, 1, 2):
        world.create(f"/{minute}", after=timedelta(minutes=minute))

    world.advance(hours=1)
    assert world.receiver.paths() == ["/1", "/2", "/3"]


def test_the_receiver_is_told_what_cloud_tasks_tells(world: TasksWorld) -> None:
    world.create(called="step-1", after=timedelta(minutes=1))
    world.advance(minutes=1)

    headers = world.receiver.wait_for(1)[0].headers
    assert headers["x-cloudtasks-queuename"] == "ask-next-doctor"
    assert headers["x-cloudtasks-taskname"] == "step-1"
    assert headers["x-cloudtasks-taskretrycount"] == "0"
    assert headers["x-cloudtasks-taskexecutioncount"] == "0"
    assert float(headers["x-cloudtasks-tasketa"]) == (NOON + timedelta(minutes=1)).timestamp()
    assert "x-cloudtasks-taskpreviousresponse" not in headers
    assert headers["user-agent"] == "Google-Cloud-Tasks"


def test_a_task_cannot_pretend_to_be_told_something_by_cloud_tasks(world: TasksWorld) -> None:
    forged = {"X-CloudTasks-QueueName": "other", "User-Agent": "me", "X-Google-Thing": "1", "X-Mine": "yes"}
    world.create(request={"headers": forged})

    headers = world.receiver.wait_for(1)[0].headers
    assert headers["x-cloudtasks-queuename"] == "ask-next-doctor"
    assert headers["user-agent"] == "Google-Cloud-Tasks"
    assert "x-google-thing" not in headers
    assert headers["x-mine"] == "yes"


def test_a_name_is_taken_while_the_task_waits(world: TasksWorld) -> None:
    world.create(called="step-1", after=timedelta(minutes=1))

    with pytest.raises(AlreadyExists):
        world.create(called="step-1", after=timedelta(minutes=2))


@pytest.mark.parametrize("ended_by", ["execution", "deletion"])
def test_a_name_stays_taken_for_an_hour_after_the_task_is_gone(world: TasksWorld, ended_by: str) -> None:
    name = world.create(called="step-1", after=timedelta(minutes=1))
    if ended_by == "deletion":
        world.client.delete_task(name=name)
    world.advance(minutes=1)

    world.advance(minutes=58)
    with pytest.raises(AlreadyExists):
        world.create(called="step-1")
    world.advance(minutes=3)
    world.create(called="step-1")


def test_of_many_that_create_one_name_at_once_one_wins(world: TasksWorld) -> None:
    results: list[str] = []
    together = threading.Barrier(30)

    def create() -> None:
        together.wait()
        try:
            world.create(called="step-1", after=timedelta(minutes=1))
            results.append("won")
        except AlreadyExists:
            results.append("lost")

    creators = [threading.Thread(target=create) for _ in range(30)]
    for creator in creators:
        creator.start()
    for creator in creators:
        creator.join()

    assert sorted(results) == ["lost"] * 29 + ["won"]
    world.advance(minutes=1)
    assert world.receiver.paths() == ["/visit"]


def test_a_deleted_task_never_runs(world: TasksWorld) -> None:
    name = world.create(after=timedelta(minutes=1))
    world.client.delete_task(name=name)

    world.advance(hours=1)
    assert world.receiver.paths() == []
    with pytest.raises(NotFound):
        world.client.get_task(name=name)
    with pytest.raises(NotFound):
        world.client.delete_task(name=name)


def test_a_task_deleted_on_its_way_is_not_tried_again(world: TasksWorld) -> None:
    world.receiver.will_answer("/visit", 500)
    gate = world.receiver.will_hold("/visit")
    name = world.create()
    world.receiver.wait_for(1)

    world.client.delete_task(name=name)
    gate.set()

    world.advance(hours=1)
    assert len(world.receiver.received()) == 1
    assert world.log()[-1]["fate"] == "deleted meanwhile"


def test_the_basic_view_leaves_the_body_out(world: TasksWorld) -> None:
    name = world.create(after=timedelta(minutes=1), request={"body": b"secret"})

    basic = world.client.get_task(name=name)
    full = world.client.get_task(request={"name": name, "response_view": FULL})
    listed = next(iter(world.client.list_tasks(parent=QUEUE)))
    assert (basic.http_request.body, basic.view) == (b"", BASIC)
    assert (full.http_request.body, full.view) == (b"secret", FULL)
    assert listed.http_request.body == b""
    assert full.schedule_time == NOON + timedelta(minutes=1)
    assert full.dispatch_deadline == timedelta(minutes=10)


def test_a_long_list_comes_in_pages_without_gap_or_double(world: TasksWorld) -> None:
    names = {world.create(called=f"step-{n}", after=timedelta(minutes=1)) for n in range(25)}

    pager = world.client.list_tasks(request={"parent": QUEUE, "page_size": 10})
    pages = [[task.name for task in page.tasks] for page in pager.pages]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert {name for page in pages for name in page} == names


def test_run_task_sends_a_future_task_now(world: TasksWorld) -> None:
    name = world.create(after=timedelta(days=3))

    assert world.client.run_task(name=name).dispatch_count == 1
    world.receiver.wait_for(1)
    world.drain()
    with pytest.raises(NotFound):
        world.client.run_task(name=name)
    world.advance(days=4)
    assert len(world.receiver.received()) == 1


def test_other_methods_than_post_are_sent_as_asked(world: TasksWorld) -> None:
    world.create(request={"http_method": "PUT", "body": b"x"})

    assert world.receiver.wait_for(1)[0].method == "PUT"


def test_many_tasks_are_each_delivered_once(world: TasksWorld) -> None:
    for number in range(300):
        world.create(f"/{number}", after=timedelta(seconds=number))

    world.advance(hours=1)
    assert sorted(world.receiver.paths()) == sorted(f"/{number}" for number in range(300))
