"""The Firebase Auth twin, held against Google's own emulator where that is installed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode

import pytest
import requests

from infra.local.auth.token import mint
from infra.local.auth.tokens import read_unverified
from infra.local.auth.twin import AuthTwin
from infra.local.stack.auth_part import installed_tool
from infra.local.stack.environment import without_our_own
from shared.kernel.actors import Role

PROJECT = "demo-auth-suite"
ADMIN = {"Authorization": "Bearer owner"}
CLAIMS = {"tenant_id": "vm", "role": "operator", "record_id": ""}


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
    from infra.local.stack.cloud import private_cloud

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


class Auth(Protocol):
    """As much of firebase_admin.auth as is used here; it ships no types."""

    def __getattr__(self, name: str) -> Any: ...


@pytest.fixture
def auth(host: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Auth]:
    """firebase-admin itself, pointed at the emulator, with nobody in it."""
    import firebase_admin
    from firebase_admin import auth as module

    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", host)
    wiped = requests.delete(f"http://{host}/emulator/v1/projects/{PROJECT}/accounts", headers=ADMIN)
    assert wiped.ok
    app = firebase_admin.initialize_app(options={"projectId": PROJECT})
    yield module
    firebase_admin.delete_app(app)


class Browser:
    """Signs in over REST, as the Firebase library of a web page does."""

    def __init__(self, host: str) -> None:
        self._host = host

    def post(self, call: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
        url = f"http://{self._host}/identitytoolkit.googleapis.com/v1/accounts:{call}?key=any"
        answer = requests.post(url, json={"returnSecureToken": True, **body})
        assert answer.status_code == status, answer.text
        return dict(answer.json())

    def by_password(self, email: str, password: str) -> dict[str, Any]:
        return self.post("signInWithPassword", {"email": email, "password": password})

    def by_provider(self, provider: str, claims: dict[str, Any], **more: Any) -> dict[str, Any]:
        posted = {"providerId": provider, "id_token": json.dumps(claims), **more}
        return self.post("signInWithIdp", {"postBody": urlencode(posted), "requestUri": "http://localhost"})

    def refresh(self, token: str) -> dict[str, Any]:
        url = f"http://{self._host}/securetoken.googleapis.com/v1/token?key=any"
        answer = requests.post(url, data={"grant_type": "refresh_token", "refresh_token": token})
        return dict(answer.json())


@pytest.fixture
def browser(host: str) -> Browser:
    return Browser(host)


def as_admin(host: str, path: str, body: dict[str, Any]) -> requests.Response:
    base = f"http://{host}/identitytoolkit.googleapis.com/v1/projects/{PROJECT}"
    return requests.post(base + path, json=body, headers=ADMIN)


def test_a_token_carries_the_claims_an_admin_gave(auth: Auth, browser: Browser) -> None:
    auth.create_user(uid="u1", email="Ewa@visita.example", password="secret1", display_name="Ewa")
    auth.set_custom_user_claims("u1", CLAIMS)

    told = auth.verify_id_token(browser.by_password("ewa@visita.example", "secret1")["idToken"])

    assert told["uid"] == "u1"
    assert {name: told[name] for name in CLAIMS} == CLAIMS
    assert (told["aud"], told["email"], told["name"]) == (PROJECT, "ewa@visita.example", "Ewa")
    assert told["firebase"] == {
        "identities": {"email": ["ewa@visita.example"]},
        "sign_in_provider": "password",
    }


def test_a_custom_token_lets_in_and_its_claims_come_along(auth: Auth, browser: Browser) -> None:
    custom = auth.create_custom_token("d1", {"role": "doctor"}).decode()

    first = browser.post("signInWithCustomToken", {"token": custom})
    second = browser.post("signInWithCustomToken", {"token": custom})

    assert (first["isNewUser"], second["isNewUser"]) == (True, False)
    assert auth.verify_id_token(first["idToken"])["role"] == "doctor"
    assert auth.get_user("d1").uid == "d1"


def test_a_fresh_token_has_the_claims_of_now(auth: Auth, browser: Browser) -> None:
    auth.create_user(uid="u1", email="u1@visita.example", password="secret1")
    session = browser.by_password("u1@visita.example", "secret1")
    auth.set_custom_user_claims("u1", CLAIMS)

    assert "role" not in read_unverified(session["idToken"])
    assert read_unverified(browser.refresh(session["refreshToken"])["id_token"])["role"] == "operator"


def test_users_are_found_by_uid_email_and_phone(auth: Auth) -> None:
    auth.create_user(uid="u1", email="u1@visita.example", phone_number="+48600100200")

    assert auth.get_user("u1").phone_number == "+48600100200"
    assert auth.get_user_by_email("u1@visita.example").uid == "u1"
    assert auth.get_user_by_phone_number("+48600100200").uid == "u1"
    with pytest.raises(auth.UserNotFoundError):
        auth.get_user("u2")


def test_one_address_belongs_to_one_user(auth: Auth) -> None:
    auth.create_user(uid="u1", email="u1@visita.example")

    with pytest.raises(auth.EmailAlreadyExistsError):
        auth.create_user(uid="u2", email="U1@visita.example")
    with pytest.raises(auth.UidAlreadyExistsError):
        auth.create_user(uid="u1")


def test_who_is_disabled_does_not_get_in(auth: Auth, browser: Browser) -> None:
    auth.create_user(uid="u1", email="u1@visita.example", password="secret1")
    session = browser.by_password("u1@visita.example", "secret1")
    auth.update_user("u1", disabled=True)

    refused = browser.post(
        "signInWithPassword", {"email": "u1@visita.example", "password": "secret1"}, status=400
    )
    assert refused["error"]["message"] == "USER_DISABLED"
    with pytest.raises(auth.UserDisabledError):
        auth.verify_id_token(session["idToken"], check_revoked=True)


def test_a_revoked_token_is_seen_by_who_looks(auth: Auth, browser: Browser, host: str) -> None:
    auth.create_user(uid="u1", email="u1@visita.example", password="secret1")
    token = browser.by_password("u1@visita.example", "secret1")["idToken"]
    later = read_unverified(token)["iat"] + 5
    as_admin(host, "/accounts:update", {"localId": "u1", "validSince": str(later)})

    with pytest.raises(auth.RevokedIdTokenError):
        auth.verify_id_token(token, check_revoked=True)


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [("u1@visita.example", "wrong", "INVALID_PASSWORD"), ("u2@visita.example", "x", "EMAIL_NOT_FOUND")],
)
def test_a_wrong_sign_in_is_refused(
    auth: Auth, browser: Browser, email: str, password: str, said: str
) -> None:
    auth.create_user(uid="u1", email="u1@visita.example", password="secret1")

    refused = browser.post("signInWithPassword", {"email": email, "password": password}, status=400)

    assert refused["error"]["message"] == said


def test_claims_may_not_pose_as_the_token_s_own(auth: Auth, host: str) -> None:
    auth.create_user(uid="u1")

    refused = as_admin(host, "/accounts:update", {"localId": "u1", "customAttributes": '{"sub": "x"}'})

    assert refused.json()["error"]["message"] == "FORBIDDEN_CLAIM : sub"


def test_single_sign_on_creates_once_and_knows_again(auth: Auth, browser: Browser) -> None:
    claims = {"sub": "e-1", "email": "hr@client.example", "email_verified": True, "name": "H R"}

    first = browser.by_provider("oidc.client", claims)
    second = browser.by_provider("oidc.client", claims)

    assert first["isNewUser"]
    assert second["localId"] == first["localId"]
    told = auth.verify_id_token(first["idToken"])
    assert told["firebase"]["sign_in_provider"] == "oidc.client"
    assert told["firebase"]["identities"]["oidc.client"] == ["e-1"]


def test_single_sign_on_finds_the_user_prepared_for_a_verified_address(auth: Auth, browser: Browser) -> None:
    auth.create_user(uid="hr", email="hr@client.example", email_verified=True)
    auth.set_custom_user_claims("hr", {"role": "employer"})

    told = browser.by_provider(
        "oidc.client", {"sub": "e-1", "email": "hr@client.example", "email_verified": True}
    )

    assert auth.verify_id_token(told["idToken"])["role"] == "employer"


def test_the_same_address_alone_does_not_let_in(auth: Auth, browser: Browser) -> None:
    auth.create_user(uid="hr", email="hr@client.example", email_verified=True)

    told = browser.by_provider("oidc.client", {"sub": "e-1", "email": "hr@client.example"})

    assert told["needConfirmation"]
    assert "idToken" not in told


def test_saml_brings_attributes(auth: Auth, browser: Browser) -> None:
    assertion = {
        "assertion": {"subject": {"nameId": "hr@client.example"}, "attributeStatements": {"dept": "hr"}}
    }

    told = browser.by_provider(
        "saml.client", {"sub": "s-1", "email": "hr@client.example"}, SAMLResponse=json.dumps(assertion)
    )

    firebase = auth.verify_id_token(told["idToken"])["firebase"]
    assert (firebase["sign_in_provider"], firebase["sign_in_attributes"]) == ("saml.client", {"dept": "hr"})


def test_a_tenant_has_its_own_users(auth: Auth, browser: Browser, host: str) -> None:
    account = {"localId": "u1", "email": "u1@visita.example", "password": "secret1"}
    as_admin(host, "/tenants/north/accounts", account)

    session = browser.post(
        "signInWithPassword", {"email": account["email"], "password": "secret1", "tenantId": "north"}
    )

    assert auth.verify_id_token(session["idToken"])["firebase"]["tenant"] == "north"
    assert as_admin(host, "/tenants/north/accounts:lookup", {"localId": ["u1"]}).json()["users"]
    with pytest.raises(auth.UserNotFoundError):
        auth.get_user("u1")


def test_all_users_are_listed_page_by_page(auth: Auth) -> None:
    for number in range(5):
        auth.create_user(uid=f"u{number}")

    first = auth.list_users(max_results=2)

    assert len(first.users) == 2
    assert {user.uid for user in first.iterate_all()} == {f"u{number}" for number in range(5)}


def test_a_deleted_user_is_gone(auth: Auth, browser: Browser) -> None:
    auth.create_user(uid="u1", email="u1@visita.example", password="secret1")
    token = browser.by_password("u1@visita.example", "secret1")["idToken"]
    auth.delete_user("u1")

    with pytest.raises(auth.UserNotFoundError):
        auth.get_user("u1")
    browser.post("lookup", {"idToken": token}, status=400)


def test_nobody_manages_users_without_being_admin(auth: Auth, host: str) -> None:
    url = f"http://{host}/identitytoolkit.googleapis.com/v1/projects/{PROJECT}/accounts"

    assert requests.post(url, json={"localId": "u1"}).status_code == 403


def test_a_token_minted_for_curl_is_taken_by_firebase_admin(auth: Auth) -> None:
    told = auth.verify_id_token(mint(Role.DOCTOR, "d1", "vm", "doctor-d1", PROJECT))

    assert (told["uid"], told["role"], told["tenant_id"], told["record_id"]) == (
        "doctor-d1",
        "doctor",
        "vm",
        "d1",
    )


def test_the_lock_of_the_official_emulator_names_no_registry() -> None:
    lock = Path("infra/local/auth/package-lock.json").read_text()

    assert "://" not in lock
    assert json.loads(lock)["packages"][""]["dependencies"] == {"firebase-tools": "15.34.2"}
