"""What an administrator does with users through firebase-admin."""

import json
from typing import Any

import pytest
import requests

from infra.local.stack.auth_part import PINS
from tests.infra.auth.browser import PROJECT, Browser, as_admin


def test_users_are_found_by_uid_email_and_phone(auth: Any) -> None:
    auth.create_user(uid="u1", email="u1@visita.example", phone_number="+48600100200")

    assert auth.get_user("u1").phone_number == "+48600100200"
    assert auth.get_user_by_email("u1@visita.example").uid == "u1"
    assert auth.get_user_by_phone_number("+48600100200").uid == "u1"
    with pytest.raises(auth.UserNotFoundError):
        auth.get_user("u2")


def test_one_address_belongs_to_one_user(auth: Any) -> None:
    auth.create_user(uid="u1", email="u1@visita.example")

    with pytest.raises(auth.EmailAlreadyExistsError):
        auth.create_user(uid="u2", email="U1@visita.example")
    with pytest.raises(auth.UidAlreadyExistsError):
        auth.create_user(uid="u1")


def test_claims_may_not_pose_as_the_token_s_own(auth: Any, host: str) -> None:
    auth.create_user(uid="u1")

    refused = as_admin(host, "/accounts:update", {"localId": "u1", "customAttributes": '{"sub": "x"}'})

    assert refused.json()["error"]["message"] == "FORBIDDEN_CLAIM : sub"


def test_a_tenant_has_its_own_users(auth: Any, browser: Browser, host: str) -> None:
    account = {"localId": "u1", "email": "u1@visita.example", "password": "secret1"}
    as_admin(host, "/tenants/north/accounts", account)

    session = browser.post(
        "signInWithPassword", {"email": account["email"], "password": "secret1", "tenantId": "north"}
    )

    assert auth.verify_id_token(session["idToken"])["firebase"]["tenant"] == "north"
    assert as_admin(host, "/tenants/north/accounts:lookup", {"localId": ["u1"]}).json()["users"]
    with pytest.raises(auth.UserNotFoundError):
        auth.get_user("u1")


def test_all_users_are_listed_page_by_page(auth: Any) -> None:
    for number in range(5):
        auth.create_user(uid=f"u{number}")

    first = auth.list_users(max_results=2)

    assert len(first.users) == 2
    assert {user.uid for user in first.iterate_all()} == {f"u{number}" for number in range(5)}


def test_a_deleted_user_is_gone(auth: Any, browser: Browser) -> None:
    auth.create_user(uid="u1", email="u1@visita.example", password="secret1")
    token = browser.by_password("u1@visita.example", "secret1")["idToken"]
    auth.delete_user("u1")

    with pytest.raises(auth.UserNotFoundError):
        auth.get_user("u1")
    browser.post("lookup", {"idToken": token}, status=400)


def test_nobody_manages_users_without_being_admin(auth: Any, host: str) -> None:
    url = f"http://{host}/identitytoolkit.googleapis.com/v1/projects/{PROJECT}/accounts"

    assert requests.post(url, json={"localId": "u1"}).status_code == 403


def test_the_lock_of_the_official_emulator_names_no_registry() -> None:
    lock = (PINS / "package-lock.json").read_text()

    assert "://" not in lock
    assert json.loads(lock)["packages"][""]["dependencies"] == {"firebase-tools": "15.34.2"}
