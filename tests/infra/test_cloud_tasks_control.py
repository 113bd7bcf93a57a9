"""Tests and people can look into the twin, wait for it, and make it misbehave as production may."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests
from google.auth.transport.requests import Request
from google.oauth2 import id_token

from tests.infra.tasks_world import NOON, QUEUE, TasksWorld, tasks_world

EMAIL = "cloud-tasks@demo-visita.iam.gserviceaccount.com"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[TasksWorld]:
    with tasks_world(tmp_path) as world:
        yield world


def test_a_task_brings_a_token_that_the_receiver_can_verify(world: TasksWorld) -> None:
    world.create(
        request={
            "oidc_token": {"service_account_email": EMAIL},
            "headers": {"authorization": "Bearer forged"},
        }
    )

    token = world.receiver.wait_for(1)[0].bearer
    audience = world.receiver.url + "/visit"
    claims = id_token.verify_token(token, Request(), audience=audience, certs_url=world.twin.url + "/certs")
    assert claims["email"] == EMAIL


def test_a_task_may_name_another_audience(world: TasksWorld) -> None:
    world.create(
        request={"oidc_token": {"service_account_email": EMAIL, "audience": "https://visita.example"}}
    )

    token = world.receiver.wait_for(1)[0].bearer
    assert id_token.verify_token(
        token, Request(), audience="https://visita.example", certs_url=world.twin.url + "/certs"
    )


def test_a_task_without_a_token_brings_none(world: TasksWorld) -> None:
    world.create()

    assert "authorization" not in world.receiver.wait_for(1)[0].headers


def test_it_says_that_it_is_ready(world: TasksWorld) -> None:
    assert world.get("/healthz") == {"status": "ok"}


def test_waiting_tasks_are_listed_by_time_and_without_their_bodies(world: TasksWorld) -> None:
    world.create(called="later", after=timedelta(minutes=2), request={"body": b"secret"})
    world.create(called="sooner", after=timedelta(minutes=1), request={"body": b"secret"})

    found = world.get("/tasks")
    assert [one["name"] for one in found] == [QUEUE + "/tasks/sooner", QUEUE + "/tasks/later"]
    assert set(found[0]) == {"name", "eta", "attempts", "url"}
    assert datetime.fromisoformat(found[0]["eta"]) == NOON + timedelta(minutes=1)


def test_next_is_the_time_of_the_earliest_task(world: TasksWorld) -> None:
    assert world.get("/next") == {"next": None}
    world.create(after=timedelta(minutes=2))
    world.create(after=timedelta(minutes=1))

    assert datetime.fromisoformat(world.get("/next")["next"]) == NOON + timedelta(minutes=1)


def test_the_log_tells_what_was_sent_and_what_came_back(world: TasksWorld) -> None:
    world.receiver.will_answer("/visit", 404, 200)
    world.create(called="step-1", request={"body": b"secret"})
    world.drain()
    world.advance(seconds=1)

    assert [(one["attempt"], one["status"], one["fate"]) for one in world.log()] == [
        (1, 404, "tried again later"),
        (2, 200, "done"),
    ]
    assert "secret" not in str(world.log())


def test_a_drain_waits_for_what_a_task_sets_off(world: TasksWorld) -> None:
    gate = world.receiver.will_hold("/visit")
    world.create()
    world.receiver.wait_for(1)

    assert world.post("/drain", {"seconds": 0.1}) == {"drained": False}
    gate.set()
    assert world.post("/drain", {"seconds": 10}) == {"drained": True}
    assert world.log()[-1]["fate"] == "done"


def test_a_reset_forgets_tasks_names_and_log(world: TasksWorld) -> None:
    world.create(called="done")
    world.create(called="waiting", after=timedelta(minutes=1))
    world.receiver.wait_for(1)
    world.drain()
    world.post("/reset")

    assert world.pending() == []
    assert world.log() == []
    world.create(called="done")
    world.create(called="waiting")


def test_a_lost_answer_means_a_second_delivery(world: TasksWorld) -> None:
    world.post("/fault", {"mode": "drop_reply", "count": 1})
    world.create()
    world.drain()
    world.advance(seconds=1)

    told = [one.headers["x-cloudtasks-taskretrycount"] for one in world.receiver.received()]
    assert told == ["0", "1"]
    assert [one["fault"] for one in world.log()] == ["drop_reply", None]


@pytest.mark.parametrize("together", [False, True])
def test_a_duplicate_looks_exactly_like_the_first(world: TasksWorld, together: bool) -> None:
    world.post("/fault", {"mode": "duplicate", "together": together})
    world.create(called="step-1", request={"body": b"x"})
    world.drain()

    first, second = world.receiver.received()
    assert first.body == second.body == b"x"
    told = ("x-cloudtasks-taskname", "x-cloudtasks-taskretrycount", "x-cloudtasks-tasketa")
    assert [first.headers[name] for name in told] == [second.headers[name] for name in told]
    assert world.pending() == []


def test_duplicates_sent_together_meet_inside_the_receiver(world: TasksWorld) -> None:
    gate = world.receiver.will_hold("/visit")
    world.post("/fault", {"mode": "duplicate", "together": True, "count": 1})
    world.create()
    world.receiver.wait_for(2)
    gate.set()
    world.drain()

    assert world.receiver.most_inside == 2


def test_a_late_task_comes_after_a_younger_one(world: TasksWorld) -> None:
    world.post("/fault", {"mode": "delay_minutes", "minutes": 5, "match": "/first"})
    world.create("/first", after=timedelta(minutes=1))
    world.create("/second", after=timedelta(minutes=2))

    world.advance(minutes=2)
    assert world.receiver.paths() == ["/second"]
    assert datetime.fromisoformat(world.get("/next")["next"]) == NOON + timedelta(minutes=6)
    world.advance(minutes=4)
    late = world.receiver.received("/first")[0]
    assert float(late.headers["x-cloudtasks-tasketa"]) == (NOON + timedelta(minutes=1)).timestamp()


def test_faults_end_when_told(world: TasksWorld) -> None:
    world.post("/fault", {"mode": "duplicate"})
    world.post("/fault", {"mode": None})
    world.create()
    world.drain()

    assert len(world.receiver.received()) == 1


@pytest.mark.parametrize("fault", [{"mode": "explode"}, {"mode": "duplicate", "counts": 1}, {"count": 0}])
def test_an_unknown_fault_is_refused(world: TasksWorld, fault: dict[str, object]) -> None:
    assert requests.post(world.twin.url + "/fault", json=fault, timeout=10).status_code == 422
    assert requests.get(world.twin.url + "/nothing", timeout=10).status_code == 404
