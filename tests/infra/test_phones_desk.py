"""The desk beside the phones, as scripts and other processes use it: over HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from infra.local.advance import advance_clock
from infra.local.clock import MovableClock
from infra.local.phones.twin import PhonesTwin
from tests.infra.phone_app import PhoneApp
from tests.infra.phones_world import NOON

ACCOUNT = "AC" + "7" * 32
TOKEN = "invented-token"
OURS = "+48732100001"
ANNA = "+48600100101"
PIOTR = "+48600100102"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def phones(clock: MovableClock, app: PhoneApp) -> Iterator[PhonesTwin]:
    twin = PhonesTwin(public_url=app.url, account_sid=ACCOUNT, auth_token=TOKEN, senders=(OURS,), clock=clock)
    twin.start()
    yield twin
    twin.stop()


def _post(phones: PhonesTwin, path: str, body: object = None) -> Any:
    answer = requests.post(phones.url + path, json=body, timeout=10)
    answer.raise_for_status()
    return answer.json()


def _get(phones: PhonesTwin, path: str) -> Any:
    return requests.get(phones.url + path, timeout=10).json()


def _send(phones: PhonesTwin, to: str = ANNA) -> requests.Response:
    form = {"To": to, "From": OURS, "Body": "Answer YES 7K"}
    url = f"{phones.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    return requests.post(url, data=form, auth=(ACCOUNT, TOKEN), timeout=10)


def test_a_person_texts_us(phones: PhonesTwin, app: PhoneApp) -> None:
    received = _post(phones, "/_inbound", {"from": ANNA, "to": OURS, "body": "YES 7K"})

    assert received["statuses"] == [200]
    assert app.texts == ["YES 7K"]
    (listed,) = _get(phones, f"/_messages?number={ANNA.replace('+', '%2B')}")
    assert (listed["from"], listed["to"], listed["direction"]) == (ANNA, OURS, "inbound")
    assert listed["webhook"] == "answered 200"
    assert _get(phones, f"/_messages?number={PIOTR.replace('+', '%2B')}") == []


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        ({"do": "refuse", "code": 21610}, 400),
        ({"do": "refuse", "code": 20429, "retry_after": 3}, 429),
        ({"do": "server_error", "status": 502}, 502),
    ],
)
def test_a_script_in_json_makes_a_send_fail(phones: PhonesTwin, rule: dict[str, Any], status: int) -> None:
    _post(phones, "/_script", {"number": ANNA, "rules": [rule]})
    assert _send(phones).status_code == status
    assert _send(phones, PIOTR).status_code == 201

    _post(phones, "/_script", {"number": ANNA, "rules": []})
    assert _send(phones).status_code == 201


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/_script", {"number": ANNA, "rules": [{"do": "explode"}]}),
        ("/_script", {"number": ANNA, "rules": [{"do": "refuse"}]}),
        ("/_script", {"number": ANNA, "rules": [{"do": "hold", "seconds": 1}] * 51}),
        ("/_outage", {"mode": "sometimes"}),
        ("/_inbound", {"from": ANNA, "to": "+48999999999", "body": "x"}),
        ("/_inbound", {"from": ANNA, "to": OURS, "body": "x" * 1601}),
        ("/_clock", {"advance_seconds": -1}),
        ("/drain", {"seconds": 1e9}),
    ],
)
def test_nonsense_is_refused_with_a_reason(phones: PhonesTwin, path: str, body: object) -> None:
    answer = requests.post(phones.url + path, json=body, timeout=10)

    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_a_route_that_is_not_there_is_not_found(phones: PhonesTwin) -> None:
    assert requests.get(f"{phones.url}/static/..%2Fdesk.py", timeout=5).status_code == 404
    assert requests.get(f"{phones.url}/2010-04-01/nothing", timeout=5).status_code == 401
    assert requests.post(f"{phones.url}/", timeout=5).status_code == 404


def test_names_are_added_and_forgotten(phones: PhonesTwin) -> None:
    _post(phones, "/_names", {ANNA: "Anna Zielona"})
    _post(phones, "/_names", {PIOTR: "Piotr Brzoza"})
    assert _get(phones, "/_names") == {ANNA: "Anna Zielona", PIOTR: "Piotr Brzoza"}

    _post(phones, "/_names", {ANNA: ""})
    assert [one["label"] for one in _get(phones, "/_view")["phones"]] == ["Piotr Brzoza"]


def test_the_view_is_empty_when_nothing_has_changed(phones: PhonesTwin) -> None:
    _send(phones)
    first = _get(phones, "/_view")

    assert [one["number"] for one in first["phones"]] == [ANNA]
    assert _get(phones, f"/_view?seen={first['version']}")["phones"] is None
    _send(phones)
    assert _get(phones, f"/_view?seen={first['version']}")["phones"][0]["messages_total"] == 2


def test_the_local_cloud_steps_through_what_is_due(
    phones: PhonesTwin, clock: MovableClock, app: PhoneApp
) -> None:
    reply = {"do": "auto_reply", "body": "YES 7K", "after_seconds": 600}
    _post(phones, "/_script", {"number": ANNA, "rules": [reply]})
    _send(phones)
    assert _get(phones, "/next")["next"] == "2026-11-24T12:00:00.200000Z"

    steps = advance_clock(timedelta(hours=1), clock, [phones.url]).moments
    assert [at - NOON for at, _ in steps] == [
        timedelta(seconds=0.2),
        timedelta(seconds=1.2),
        timedelta(seconds=601.2),
    ]
    assert app.texts == ["YES 7K"]
    assert _get(phones, "/next") == {"next": None}


def test_the_clock_is_stopped_moved_and_let_go(phones: PhonesTwin, clock: MovableClock) -> None:
    assert _post(phones, "/_clock", {"advance_seconds": 60})["now"] == "2026-11-24T12:01:00Z"
    assert _post(phones, "/_clock", {"go": True})["stopped"] is False
    assert _post(phones, "/_clock", {"stop": True})["stopped"] is True


def test_a_reset_over_http_forgets_everything(phones: PhonesTwin) -> None:
    _post(phones, "/_names", {ANNA: "Anna Zielona"})
    _send(phones)
    _post(phones, "/_reset")

    assert _get(phones, "/_messages") == []
    assert _get(phones, "/_names") == {}
    assert _get(phones, "/next") == {"next": None}


def test_as_a_process_it_gets_ready_and_ends_when_told(tmp_path: Path) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = str(reserved.getsockname()[1])
    env = os.environ | {"PORT_PHONES": port, "VISITA_STATE_DIR": str(tmp_path), "VISITA_CLOCK_FILE": ""}
    command = [sys.executable, "-u", "-m", "infra.local.phones"]
    with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        greeting = process.stdout.readline()
        healthy = requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5)
        told = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)

    assert f"phones on http://127.0.0.1:{port}".encode() in greeting
    assert healthy.json() == {"status": "ok"}
    assert (process.returncode, time.monotonic() - told < 2) == (0, True)
