"""A token signed on this machine is accepted, and refused, by the code that production runs."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import jwt
import pytest
from google.auth.exceptions import GoogleAuthError, InvalidValue
from google.auth.transport.requests import Request
from google.oauth2 import id_token

from infra.local.control import ControlServer
from infra.local.local_key import KEY_FILE, LocalKey, service_account

URL = "http://127.0.0.1:28400/_tasks/house_visits__ask_next_doctor"
TASKS = service_account("cloud-tasks", "demo-visita")


@pytest.fixture
def key(tmp_path: Path) -> LocalKey:
    return LocalKey(tmp_path)


@pytest.fixture
def certs_url(key: LocalKey) -> Iterator[str]:
    server = ControlServer({"GET /certs": lambda _: key.certs()})
    server.start()
    yield f"{server.url}/certs"
    server.stop()


def test_the_verifying_library_accepts_a_local_token(key: LocalKey, certs_url: str) -> None:
    claims = id_token.verify_token(key.token(URL, TASKS), Request(), audience=URL, certs_url=certs_url)

    assert claims["iss"] == "https://accounts.google.com"
    assert claims["email"] == "cloud-tasks@demo-visita.iam.gserviceaccount.com"
    assert claims["email_verified"] is True
    assert claims["exp"] - claims["iat"] == 3_600


def test_a_token_for_another_address_is_refused(key: LocalKey, certs_url: str) -> None:
    with pytest.raises(GoogleAuthError):
        id_token.verify_token(key.token(URL + "x", TASKS), Request(), audience=URL, certs_url=certs_url)


def test_a_token_that_has_run_out_is_refused(key: LocalKey, certs_url: str) -> None:
    old = key.token(URL, TASKS, lifetime=timedelta(hours=-1))

    with pytest.raises(InvalidValue, match="expired"):
        id_token.verify_token(old, Request(), audience=URL, certs_url=certs_url)


def test_a_token_of_a_stranger_is_refused(tmp_path: Path, certs_url: str) -> None:
    stranger = LocalKey(tmp_path / "elsewhere")

    with pytest.raises(GoogleAuthError):
        id_token.verify_token(stranger.token(URL, TASKS), Request(), audience=URL, certs_url=certs_url)


def test_the_key_survives_a_restart_and_is_shown_to_nobody(tmp_path: Path, certs_url: str) -> None:
    after_restart = LocalKey(tmp_path).token(URL, TASKS)

    assert id_token.verify_token(after_restart, Request(), audience=URL, certs_url=certs_url)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_parts_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    ids: list[str] = []

    def start() -> None:
        ids.extend(LocalKey(tmp_path / "new").certs())

    parts = [threading.Thread(target=start) for _ in range(4)]
    for part in parts:
        part.start()
    for part in parts:
        part.join()

    assert len(ids) == 4
    assert len(set(ids)) == 1
    assert [file.name for file in (tmp_path / "new").iterdir()] == [KEY_FILE]


def test_the_header_names_the_key_that_signed(key: LocalKey) -> None:
    header = jwt.get_unverified_header(key.token(URL, TASKS))

    assert header["alg"] == "RS256"
    assert header["kid"] in key.certs()
