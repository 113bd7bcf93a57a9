"""A restart of the twin loses no task and forgets no name, and a process of its own ends when told."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import grpc
import pytest
import requests
from google.api_core.exceptions import AlreadyExists

from infra.local.cloud_tasks.dump import DumpError
from infra.local.cloud_tasks.twin import CloudTasksTwin
from tests.infra.tasks_world import QUEUE, TasksWorld, tasks_world

READY_SECONDS_MAX = 30.0


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


@contextmanager
def a_process(module: str, env: dict[str, str], ready_url: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", module], env=env)
    try:
        wait_until_ready(process, ready_url)
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until_ready(process: subprocess.Popen[bytes], url: str) -> None:
    give_up = time.monotonic() + READY_SECONDS_MAX
    while process.poll() is None and time.monotonic() < give_up:
        try:
            assert requests.get(url, timeout=2).json() == {"status": "ok"}
        except requests.ConnectionError:
            time.sleep(0.05)  # a process has no event to wait for
        else:
            return
    raise AssertionError(f"{url} never answered")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
