"""The Firebase Auth twin, and Google's own emulator where that is installed: every test runs against both."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests

from infra.local.auth.twin import AuthTwin
from infra.local.stack.auth_part import installed_tool
from infra.local.stack.cloud import private_cloud
from infra.local.stack.environment import without_our_own
from tests.infra.auth.browser import ADMIN, PROJECT, Browser


@contextmanager
def twin() -> Iterator[int]:
    running = AuthTwin(PROJECT)
    running.start()
    try:
        yield running.port
    finally:
        running.stop()


@contextmanager
def official() -> Iterator[int]:
    wish = {**without_our_own(), "VISITA_AUTH": "official", "VISITA_PROJECT": PROJECT}
    with private_cloud(wish, only=["auth"]) as cloud:
        yield cloud.setting.ports["PORT_AUTH"]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(twin, id="twin"),
        pytest.param(
            official,
            id="official",
            marks=[pytest.mark.slow, pytest.mark.skipif(not installed_tool(), reason="not installed")],
        ),
    ],
)
def host(request: pytest.FixtureRequest) -> Iterator[str]:
    with request.param() as port:
        yield f"127.0.0.1:{port}"


@pytest.fixture
def auth(host: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """firebase-admin itself, pointed at the emulator, with nobody in it."""
    import firebase_admin
    from firebase_admin import auth as module

    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", host)
    wiped = requests.delete(f"http://{host}/emulator/v1/projects/{PROJECT}/accounts", headers=ADMIN)
    assert wiped.ok
    app = firebase_admin.initialize_app(options={"projectId": PROJECT})
    yield module
    firebase_admin.delete_app(app)


@pytest.fixture
def browser(host: str) -> Browser:
    return Browser(host)
