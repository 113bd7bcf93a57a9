"""What Cloud Tasks would refuse, its twin refuses too; a test that passes here is worth something."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from google.api_core.exceptions import InvalidArgument, MethodNotImplemented

from infra.local.cloud_tasks.twin import queue_path
from tests.infra.tasks_world import QUEUE, TasksWorld, tasks_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[TasksWorld]:
    with tasks_world(tmp_path) as world:
        yield world


def test_a_month_ahead_is_too_far(world: TasksWorld) -> None:
    world.create(after=timedelta(days=30))

    with pytest.raises(InvalidArgument, match="30 days"):
        world.create(after=timedelta(days=30, seconds=1))


@pytest.mark.parametrize(
    ("request_", "fields"),
    [
        ({"body": b"x" * (100 * 1024 + 1)}, {}),
        ({"url": "ftp://127.0.0.1/"}, {}),
        ({"url": "http://127.0.0.1/" + "x" * 2_083}, {}),
        ({"http_method": "GET", "body": b"x"}, {}),
        ({"oidc_token": {"audience": "nobody's"}}, {}),
        ({}, {"dispatch_deadline": timedelta(seconds=14)}),
        ({}, {"dispatch_deadline": timedelta(minutes=31)}),
        ({}, {"name": QUEUE + "/tasks/with space"}),
        ({}, {"name": queue_path("demo-visita", "other") + "/tasks/step-1"}),
        ({}, {"name": "step-1"}),
    ],
)
def test_what_cloud_tasks_would_refuse_is_refused(
    world: TasksWorld, request_: dict[str, Any], fields: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArgument):
        world.create(request=request_, **fields)
    assert world.pending() == []


def test_the_largest_body_is_delivered(world: TasksWorld) -> None:
    world.create(request={"body": b"x" * 100 * 1024})

    assert len(world.receiver.wait_for(1)[0].body) == 100 * 1024


def test_app_engine_tasks_are_refused_rather_than_lost(world: TasksWorld) -> None:
    with pytest.raises(MethodNotImplemented):
        world.client.create_task(parent=QUEUE, task={"app_engine_http_request": {"relative_uri": "/"}})
