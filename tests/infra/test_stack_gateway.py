"""The gateway finds the right function and changes nothing on the way to it."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
import requests
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.test import Client

from infra.local.gateway import OPENAPI, Gateway, declared_routes
from infra.local.hosted_functions import host
from infra.local.routes import Route, Routes
from infra.local.stack.ports import any_free_ports
from infra.local.stack.probe import tcp
from tests.infra.waiting import until

SOURCE = """
LOADED = []
LOADED.append(1)

def shows(request):
    return {"path": request.path, "root": request.script_root, "loaded": len(LOADED)}

def crashes(request):
    raise RuntimeError("unforeseen")
"""


@pytest.fixture
def routes() -> Routes:
    return Routes(
        [
            Route("POST", "/v1/house-visits", "request_visit"),
            Route("GET", "/v1/house-visits/{visit_id}", "read_visit"),
            Route("POST", "/v1/house-visits/{visit_id}:accept", "accept_offer"),
            Route("POST", "/v1/house-visits:search", "search"),
            Route("GET", "/v1/house-visits/{visit_id}/offers/{offer_id}", "read_offer"),
        ]
    )


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", "/v1/house-visits", "request_visit"),
        ("GET", "/v1/house-visits/v-1", "read_visit"),
        ("HEAD", "/v1/house-visits/v-1", "read_visit"),
        ("POST", "/v1/house-visits/v-1:accept", "accept_offer"),
        ("POST", "/v1/house-visits:search", "search"),
        ("GET", "/v1/house-visits/v-1/offers/2", "read_offer"),
    ],
)
def test_a_path_leads_to_its_function(routes: Routes, method: str, path: str, expected: str) -> None:
    assert routes.find(method, path) == expected


@pytest.mark.parametrize(
    "path", ["/v1/house-visits/v-1:refuse", "/v1/house-visits/", "/v1//house-visits", "/v2"]
)
def test_no_other_path_leads_anywhere(routes: Routes, path: str) -> None:
    with pytest.raises(NotFound):
        routes.find("GET", path)


def test_another_method_is_told_which_would_do(routes: Routes) -> None:
    with pytest.raises(MethodNotAllowed) as refused:
        routes.find("DELETE", "/v1/house-visits")

    assert refused.value.valid_methods == ["POST"]


def test_functions_see_the_whole_path_and_share_one_source(tmp_path: Path) -> None:
    source = tmp_path / "main.py"
    source.write_text(SOURCE)
    apps = host(["shows", "crashes"], source)

    answer = Client(apps["shows"]).get("/v1/house-visits/v-1:accept").json

    assert answer == {"path": "/v1/house-visits/v-1:accept", "root": "", "loaded": 1}


def test_a_crash_is_answered_as_in_production(tmp_path: Path) -> None:
    source = tmp_path / "main.py"
    source.write_text(SOURCE)

    answer = Client(host(["crashes"], source)["crashes"]).post("/")

    assert (answer.status_code, answer.headers["X-Google-Status"]) == (500, "crash")


@pytest.fixture(scope="module")
def gateway() -> Iterator[Gateway]:
    running = Gateway()
    running.start()
    yield running
    running.stop()


def test_it_is_healthy_and_describes_itself(gateway: Gateway) -> None:
    assert requests.get(f"{gateway.url}/healthz").json() == {"status": "ok"}
    assert requests.get(f"{gateway.url}/openapi.json").json() == json.loads(OPENAPI.read_text())
    page = requests.get(gateway.url)
    assert page.url == f"{gateway.url}/docs"
    assert "<title>" in page.text


def test_what_no_function_answers_is_a_problem_document(gateway: Gateway) -> None:
    answer = requests.get(f"{gateway.url}/v1/nothing")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_alone_a_function_has_the_gateway_to_itself() -> None:
    one, other = declared_routes()[:2]
    alone = Gateway(only=one.entry_point)
    alone.start()

    statuses = {
        route.entry_point: requests.request(route.method, alone.url + route.path).status_code
        for route in (one, other)
    }
    alone.stop()

    assert statuses[one.entry_point] == 401
    assert statuses[other.entry_point] == 404


def test_a_function_nobody_declared_cannot_be_served() -> None:
    with pytest.raises(LookupError):
        Gateway(only="house_visits__fly")


def test_pushes_leave_room_for_the_functions_they_call() -> None:
    arrived, may_go = threading.Event(), threading.Event()

    def slow(_: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        arrived.set()
        may_go.wait(10)
        start_response("204 No Content", [])
        return []

    gateway = Gateway(push=slow, pushes_max=1)
    gateway.start()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(requests.post, f"{gateway.url}/_push/one")
        arrived.wait(10)
        second = requests.post(f"{gateway.url}/_push/two")
        may_go.set()
    gateway.stop()

    assert (first.result().status_code, second.status_code) == (204, 429)


@pytest.fixture
def framework() -> Iterator[tuple[Route, str]]:
    """The first declared function under functions-framework itself, as Cloud Run starts it."""
    route, port = declared_routes()[0], any_free_ports()["PORT_GATEWAY"]
    words = ["--source", "main.py", "--target", route.entry_point, "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("functions-framework")), *words],
        env={**os.environ, "GUNICORN_CMD_ARGS": "--no-control-socket"},
    )
    until(lambda: tcp("it")({"it": port}))
    yield route, f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


def test_the_gateway_answers_as_functions_framework_does(
    gateway: Gateway, framework: tuple[Route, str]
) -> None:
    route, there = framework
    path = route.path.replace("{", "").replace("}", "")

    ours = requests.request(route.method, gateway.url + path, json={"no": "token"})
    theirs = requests.request(route.method, there + path, json={"no": "token"})

    assert ours.status_code == theirs.status_code == 401
    assert _told(ours) == _told(theirs)


def _told(answer: requests.Response) -> dict[str, str]:
    """Headers and body, but for what each server says of itself and what differs from call to call."""
    own = {"Server", "Date", "Connection", "Content-Length"}
    headers = {name.title(): value for name, value in answer.headers.items() if name.title() not in own}
    body: dict[str, str] = answer.json()
    return {**headers, **body, "trace_id": ""}
