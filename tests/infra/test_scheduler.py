"""Schedules fire by the movable clock, once each, and what was missed is made up for once."""

import json
import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
from google.auth.transport.requests import Request
from google.oauth2 import id_token

from infra.local.clock import MovableClock
from infra.local.control import ControlServer
from infra.local.scheduler.runner import Runner
from tests.infra.processes import a_process, free_port
from tests.infra.scheduler_world import DECLARED, a_job, scheduler_world
from tests.infra.tasks_world import NOON, a_key

MINUTE = timedelta(minutes=1)


def test_a_job_is_called_at_its_time_with_a_token_of_the_scheduler(tmp_path: Path) -> None:
    with scheduler_world(tmp_path, a_job("30 13 * * *")) as world:
        world.advance(minutes=29)
        assert world.receiver.paths() == []
        world.advance(minutes=1)

        got = world.receiver.received()[0]
        assert (got.method, got.path, got.body) == ("POST", "/_schedules/sweep", b"")
        assert got.headers["x-cloudscheduler"] == "true"
        assert got.headers["x-cloudscheduler-jobname"] == "sweep"
        assert got.headers["x-cloudscheduler-scheduletime"] == "2026-11-24T12:30:00Z"
        claims = verified(got.bearer, audience=world.receiver.url + "/_schedules/sweep")
        assert claims["email"] == "scheduler@demo-visita.iam.gserviceaccount.com"


def verified(token: str, audience: str) -> dict[str, object]:
    server = ControlServer({"GET /certs": lambda _: a_key().certs()})
    server.start()
    claims = id_token.verify_token(token, Request(), audience=audience, certs_url=f"{server.url}/certs")
    server.stop()
    return dict(claims)


def test_each_minute_of_an_hour_is_called_in_order(tmp_path: Path) -> None:
    with scheduler_world(tmp_path, a_job("* * * * *")) as world:
        for _ in range(60):
            world.advance(minutes=1)

        assert world.scheduled_times() == [NOON + n * MINUTE for n in range(1, 61)]


def test_missed_runs_are_made_up_for_once_by_the_last(tmp_path: Path) -> None:
    with scheduler_world(tmp_path, a_job("*/5 * * * *")) as world:
        world.advance(days=10, minutes=7)

        assert world.scheduled_times() == [NOON + timedelta(days=10, minutes=5)]
        assert world.next() == NOON + timedelta(days=10, minutes=10)


def test_the_twin_itself_calls_once_in_the_repeated_hour(tmp_path: Path) -> None:
    start = datetime(2026, 10, 24, 23, 50, tzinfo=UTC)
    with scheduler_world(tmp_path, a_job("30 2 * * *"), now=start) as world:
        for _ in range(4 * 6):
            world.advance(minutes=10)

        assert world.scheduled_times() == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]


def test_a_failed_run_is_repeated_once_with_the_same_time(tmp_path: Path) -> None:
    with scheduler_world(tmp_path, a_job("0 * * * *")) as world:
        world.receiver.will_answer("/_schedules/sweep", 500)
        world.advance(hours=1)
        for _ in range(10):
            world.advance(seconds=5)

        assert world.scheduled_times() == [NOON + timedelta(hours=1)] * 2
        assert [one["status"] for one in world.get("/log")] == [500, 500]


def test_a_new_occurrence_goes_before_the_repetition_of_an_old_one(tmp_path: Path) -> None:
    with scheduler_world(tmp_path, a_job("0 * * * *")) as world:
        world.receiver.will_answer("/_schedules/sweep", 500, 200)
        world.advance(hours=1)
        world.advance(hours=3)
        world.advance(seconds=30)

        assert world.scheduled_times() == [NOON + timedelta(hours=1), NOON + timedelta(hours=4)]


def test_a_job_never_runs_beside_itself(tmp_path: Path) -> None:
    with scheduler_world(tmp_path, a_job("* * * * *"), a_job("* * * * *", "other")) as world:
        gate = world.receiver.will_hold("/_schedules/sweep")
        world.clock.advance(MINUTE)
        world.receiver.wait_for(1, "/_schedules/sweep")
        for _ in range(3):
            world.clock.advance(MINUTE)
            assert world.post("/drain", {"seconds": 0.2}) == {"drained": False}
        refused = requests.post(world.twin.url + "/run/sweep", timeout=10)
        assert len(world.receiver.received("/_schedules/sweep")) == 1
        assert len(world.receiver.received("/_schedules/other")) == 4
        gate.set()
        world.drain()

        assert refused.status_code == 409
        # What it missed meanwhile is made up for once.
        assert len(world.receiver.received("/_schedules/sweep")) == 2


def test_jobs_are_listed_with_their_next_time(tmp_path: Path) -> None:
    with scheduler_world(tmp_path, a_job("0 6 * * *"), a_job("*/5 * * * *", "other")) as world:
        listed = {one["name"]: one for one in world.get("/jobs")}

        assert listed["sweep"]["cron"] == "0 6 * * *"
        assert listed["sweep"]["next"] == "2026-11-25T05:00:00Z"
        assert world.next() == NOON + timedelta(minutes=5)
        assert world.get("/healthz") == {"status": "ok"}


def test_a_forced_run_carries_the_next_time_and_changes_nothing_else(tmp_path: Path) -> None:
    with scheduler_world(tmp_path, a_job("0 * * * *")) as world:
        ran = world.post("/run/sweep")

        assert (ran["status"], ran["forced"]) == (200, True)
        assert world.scheduled_times() == [NOON + timedelta(hours=1)]
        world.advance(hours=1)
        assert world.scheduled_times() == [NOON + timedelta(hours=1)] * 2
        assert requests.post(world.twin.url + "/run/nobody", timeout=10).status_code == 404


def test_what_is_missed_while_paused_stays_missed(tmp_path: Path) -> None:
    with scheduler_world(tmp_path, a_job("*/5 * * * *")) as world:
        world.post("/pause")
        world.advance(hours=1)
        assert world.next() is None
        world.post("/resume")
        world.drain()
        assert world.receiver.paths() == []

        world.advance(minutes=5)
        assert world.scheduled_times() == [NOON + timedelta(hours=1, minutes=5)]


def test_a_clock_that_is_put_back_does_not_silence_the_jobs(tmp_path: Path) -> None:
    with scheduler_world(tmp_path, a_job("0 * * * *")) as world:
        world.advance(days=300)
        world.clock.set(NOON)
        world.drain()
        world.advance(hours=1)

        assert world.scheduled_times()[-1] == NOON + timedelta(hours=1)


def test_a_drain_itself_notices_a_clock_that_was_put_back(tmp_path: Path) -> None:
    """Nobody may have looked at the clock meanwhile: here nothing watches it at all."""
    clock = MovableClock(tmp_path / "clock.json")
    clock.stop()
    clock.set(NOON + timedelta(days=300))
    runner = Runner((a_job("0 * * * *"),), clock, lambda _: 200)
    clock.set(NOON)

    assert runner.drain(timedelta(0))
    assert runner.next_due() == NOON + timedelta(hours=1)


def test_a_reset_begins_anew_from_the_present_time(tmp_path: Path) -> None:
    with scheduler_world(tmp_path, a_job("0 * * * *")) as world:
        world.advance(hours=1)
        world.post("/pause")
        world.post("/reset")

        assert world.get("/log") == []
        assert world.next() == NOON + timedelta(hours=2)


def test_a_function_that_is_down_is_no_reason_to_fall_over(tmp_path: Path) -> None:
    with scheduler_world(tmp_path, a_job("0 * * * *")) as world:
        world.receiver.stop()
        world.advance(hours=1)

        assert [one["status"] for one in world.get("/log")] == [None]
        assert world.get("/healthz") == {"status": "ok"}


def test_as_a_process_it_starts_and_ends_cleanly(tmp_path: Path) -> None:
    file, port = tmp_path / "functions.json", free_port()
    file.write_text(json.dumps({"functions": DECLARED}))
    env = {
        **os.environ,
        "VISITA_STATE_DIR": str(tmp_path),
        "VISITA_CLOCK_FILE": str(tmp_path / "clock.json"),
        "VISITA_SCHEDULES": str(file),
        "PORT_SCHEDULER": str(port),
    }
    with a_process("infra.local.scheduler", env, f"http://127.0.0.1:{port}/healthz") as process:
        jobs = requests.get(f"http://127.0.0.1:{port}/jobs", timeout=10).json()
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)

        assert [one["name"] for one in jobs] == ["house_visits__sweep_cascades"]
        assert process.wait(timeout=10) == 0
        assert time.monotonic() - began < 2


def test_only_one_of_two_forced_runs_at_once_is_made(tmp_path: Path) -> None:
    with scheduler_world(tmp_path, a_job("0 * * * *")) as world:
        gate = world.receiver.will_hold("/_schedules/sweep")
        statuses: list[int] = []

        def force() -> None:
            statuses.append(requests.post(world.twin.url + "/run/sweep", timeout=15).status_code)

        first = threading.Thread(target=force)
        first.start()
        world.receiver.wait_for(1)
        force()
        gate.set()
        first.join()

        assert sorted(statuses) == [200, 409]
