"""A restart of the twin loses no task and forgets no name, and a process of its own ends when told."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import grpc
import pytest
from google.api_core.exceptions import AlreadyExists

from infra.local.cloud_tasks.dump import DumpError
from infra.local.cloud_tasks.twin import CloudTasksTwin
from tests.infra.processes import a_process, free_port
from tests.infra.tasks_world import QUEUE, TasksWorld, tasks_world


def test_waiting_tasks_are_delivered_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "tasks.json"
    with tasks_world(tmp_path, state_file=file) as before:
        before.given_queue(retry_config={"max_attempts": 3})
        url = before.receiver.url
        before.create(called="step-1", after=timedelta(minutes=1), request={"body": b"\x00\xff"})
        before.create(called="step-0")
        before.drain()

    with tasks_world(tmp_path, state_file=file) as after:
        assert after.pending() == ["step-1"]
        assert after.client.get_queue(name=QUEUE).retry_config.max_attempts == 3
        task = after.client.get_task(request={"name": QUEUE + "/tasks/step-1", "response_view": 2})
        assert (task.http_request.url, task.http_request.body) == (url + "/visit", b"\x00\xff")
        with pytest.raises(AlreadyExists):
            after.create(called="step-0")


def test_a_task_that_was_on_its_way_is_sent_again(tmp_path: Path) -> None:
    file = tmp_path / "tasks.json"
    with tasks_world(tmp_path, state_file=file) as before:
        before.receiver.will_hold("/visit")
        before.create(called="step-1")
        before.receiver.wait_for(1)

    with tasks_world(tmp_path, state_file=file) as after:
        after.drain()
        assert [one["attempt"] for one in after.log()] == [2]


def test_a_state_file_that_is_not_ours_is_named(tmp_path: Path) -> None:
    file = tmp_path / "tasks.json"
    file.write_text("{}{")

    with pytest.raises(DumpError, match=r"tasks\.json"):
        TasksWorld(tmp_path, state_file=file)


def test_two_twins_never_share_a_port(tmp_path: Path) -> None:
    with tasks_world(tmp_path) as world, pytest.raises(RuntimeError):
        CloudTasksTwin(world.twin.port, clock=world.clock, key=world.key)


def test_as_a_process_it_starts_serves_and_ends_cleanly(tmp_path: Path) -> None:
    port, http_port = free_port(), free_port()
    env = {
        **os.environ,
        "VISITA_STATE_DIR": str(tmp_path),
        "VISITA_CLOCK_FILE": str(tmp_path / "clock.json"),
        "VISITA_QUEUES": "ask-next-doctor, sweep",
        "VISITA_TASKS_AUTO_QUEUES": "0",
        "PORT_TASKS": str(port),
        "PORT_TASKS_HTTP": str(http_port),
    }
    with a_process("infra.local.cloud_tasks", env, f"http://127.0.0.1:{http_port}/healthz") as process:
        grpc.channel_ready_future(grpc.insecure_channel(f"127.0.0.1:{port}")).result(timeout=10)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=10) == 0
        assert time.monotonic() - began < 2
        assert (tmp_path / "cloud_tasks.json").exists()
