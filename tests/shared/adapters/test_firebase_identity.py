"""Who may come in: tokens of our own services to the letter, tokens of users while they live."""

import base64
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from infra.local.auth.token import mint
from infra.local.clock import MovableClock
from infra.local.cloud_tasks.twin import CloudTasksTwin
from infra.local.local_key import LocalKey
from shared.adapters.firebase_identity import FirebaseIdentity
from shared.adapters.google_keys import GoogleKeys
from shared.kernel.actors import Role
from shared.kernel.errors import NotAdmitted

AUDIENCE = "https://visita.example/_tasks/house_visits__ask_next_doctor"
ACCOUNT = "cloud-tasks@visita.iam.gserviceaccount.com"
PROJECT = "demo-identity"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> LocalKey:
    return LocalKey(tmp_path_factory.mktemp("key"))


@pytest.fixture(scope="module")
def keys_url(key: LocalKey, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    twin = CloudTasksTwin(clock=MovableClock(tmp_path_factory.mktemp("clock") / "clock.json"), key=key)
    twin.start()
    yield f"{twin.url}/keys"
    twin.stop()


@pytest.fixture
def identity(keys_url: str) -> FirebaseIdentity:
    return FirebaseIdentity(PROJECT, {}, "vm", keys_url)


def test_the_right_service_with_the_right_audience_is_admitted(
    identity: FirebaseIdentity, key: LocalKey
) -> None:
    identity.service(key.token(AUDIENCE, ACCOUNT), AUDIENCE, ACCOUNT)


@pytest.mark.parametrize(
    ("audience", "account"),
    [
        (f"{AUDIENCE}/", ACCOUNT),
        (AUDIENCE.replace("ask_next_doctor", "read_reply"), ACCOUNT),
        (AUDIENCE.replace("https", "http"), ACCOUNT),
        (AUDIENCE, "pubsub@visita.iam.gserviceaccount.com"),
        (AUDIENCE, "cloud-tasks@evil.iam.gserviceaccount.com"),
        (AUDIENCE, ACCOUNT.upper()),
    ],
)
def test_anybody_else_is_not(identity: FirebaseIdentity, key: LocalKey, audience: str, account: str) -> None:
    with pytest.raises(NotAdmitted):
        identity.service(key.token(audience, account), AUDIENCE, ACCOUNT)


def test_an_expired_token_is_not_admitted(identity: FirebaseIdentity, key: LocalKey) -> None:
    with pytest.raises(NotAdmitted):
        identity.service(key.token(AUDIENCE, ACCOUNT, timedelta(hours=-1)), AUDIENCE, ACCOUNT)


@pytest.mark.parametrize(
    ("changed", "is_taken"),
    [({"iat": 5}, True), ({"iat": 25}, False), ({"exp": -5}, True), ({"exp": -25}, False)],
)
def test_clocks_may_differ_a_little(
    identity: FirebaseIdentity, key: LocalKey, changed: dict[str, int], is_taken: bool
) -> None:
    now = int(datetime.now(UTC).timestamp())
    token = by_google(key, claims(**{name: now + seconds for name, seconds in changed.items()}))
    if is_taken:
        identity.service(token, AUDIENCE, ACCOUNT)
        return
    with pytest.raises(NotAdmitted):
        identity.service(token, AUDIENCE, ACCOUNT)


def test_google_names_itself_in_two_ways(identity: FirebaseIdentity, key: LocalKey) -> None:
    identity.service(by_google(key, claims(iss="accounts.google.com")), AUDIENCE, ACCOUNT)
    with pytest.raises(NotAdmitted):
        identity.service(by_google(key, claims(iss="accounts.google.example")), AUDIENCE, ACCOUNT)


def by_google(key: LocalKey, told: dict[str, Any]) -> str:
    return jwt.encode(told, key.private, algorithm="RS256", headers={"kid": next(iter(key.certs()))})


def claims(**changed: Any) -> dict[str, Any]:
    now = int(datetime.now(UTC).timestamp())
    told = {
        "iss": "https://accounts.google.com", "aud": AUDIENCE, "email": ACCOUNT, "email_verified": True,
        "iat": now, "exp": now + 600, "sub": "1",
    }  # fmt: skip
    return told | changed


def unsigned(body: dict[str, Any]) -> str:
    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(body)}."


def test_a_token_without_a_signature_is_not_admitted(identity: FirebaseIdentity) -> None:
    with pytest.raises(NotAdmitted):
        identity.service(unsigned(claims()), AUDIENCE, ACCOUNT)


def test_a_token_signed_by_a_stranger_is_not_admitted(identity: FirebaseIdentity, key: LocalKey) -> None:
    stranger = rsa.generate_private_key(65537, 2048)
    kid = next(iter(key.certs()))
    forged = jwt.encode(claims(), stranger, algorithm="RS256", headers={"kid": kid})
    with pytest.raises(NotAdmitted):
        identity.service(forged, AUDIENCE, ACCOUNT)


def test_a_public_key_is_no_secret_to_sign_with(identity: FirebaseIdentity, keys_url: str) -> None:
    (kid, pem), *_ = GoogleKeys(keys_url).current().items()
    body = unsigned(claims()).split(".")[1]
    head = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": kid}).encode()).decode().rstrip("=")
    mac = hmac.digest(pem.encode(), f"{head}.{body}".encode(), "sha256")
    forged = f"{head}.{body}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"
    with pytest.raises(NotAdmitted):
        identity.service(forged, AUDIENCE, ACCOUNT)


NO_OBJECT = base64.urlsafe_b64encode(b"[" * 3000).decode()


@pytest.mark.parametrize(
    "token", ["", "x", "a.b.c", "....", "ey.ey.ey", f"{NO_OBJECT}.{NO_OBJECT}.", f"x.{NO_OBJECT}.x"]
)
def test_what_is_no_token_is_not_admitted(identity: FirebaseIdentity, token: str) -> None:
    with pytest.raises(NotAdmitted):
        identity.service(token, AUDIENCE, ACCOUNT)


class TestUsers:
    """With the emulator's variable set firebase-admin checks no signature and no expiry: expiry we check."""

    @pytest.fixture(autouse=True)
    def _emulator(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:1")

    def test_a_user_is_known_by_the_token(self, identity: FirebaseIdentity) -> None:
        told = identity.user(mint(Role.DOCTOR, "d-1", "vm", "uid-1", PROJECT))
        assert (told.role, told.record_id, told.tenant_id, told.user_id) == ("doctor", "d-1", "vm", "uid-1")

    def test_beside_an_emulator_nobody_is_asked_whether_an_account_is_good(self, keys_url: str) -> None:
        local = FirebaseIdentity(PROJECT, {}, "vm", keys_url, emulated=True)
        assert local.user(mint(Role.ADMIN, "", "vm", "uid-1", PROJECT), ask=True).role == "admin"

    @pytest.mark.parametrize("minutes", [0, 9, 45])
    def test_how_long_ago_they_signed_in_is_known(self, identity: FirebaseIdentity, minutes: int) -> None:
        ago = timedelta(minutes=minutes)
        told = identity.user(mint(Role.DOCTOR, "d-1", "vm", "uid-1", PROJECT, signed_in_ago=ago))
        assert ago <= told.signed_in_ago <= ago + timedelta(seconds=30)

    def test_a_token_of_another_project_is_not_admitted(self, identity: FirebaseIdentity) -> None:
        with pytest.raises(NotAdmitted):
            identity.user(mint(Role.DOCTOR, "d-1", "vm", "uid-1", "demo-other"))

    def test_a_tenant_that_the_caller_merely_names_opens_nothing(self, keys_url: str) -> None:
        strict = FirebaseIdentity(PROJECT, {"idp-a": "vm"}, "vm", keys_url)
        with pytest.raises(NotAdmitted):
            strict.user(mint(Role.OPERATOR, "", "vm", "uid-1", PROJECT))

    def test_without_a_map_a_token_of_some_tenant_opens_nothing(self, identity: FirebaseIdentity) -> None:
        """A map that was forgotten must not make every tenant's users ours."""
        told = jwt.decode(
            mint(Role.OPERATOR, "", "vm", "uid-1", PROJECT), options={"verify_signature": False}
        )
        with pytest.raises(NotAdmitted):
            identity.user(unsigned(told | {"firebase": {"tenant": "idp-stranger"}}))

    def test_a_token_that_is_no_token_is_not_admitted(self, identity: FirebaseIdentity) -> None:
        with pytest.raises(NotAdmitted):
            identity.user(f"{NO_OBJECT}.{NO_OBJECT}.")

    def test_an_expired_token_is_not_admitted(self, identity: FirebaseIdentity) -> None:
        told = jwt.decode(
            mint(Role.OPERATOR, "", "vm", "uid-1", PROJECT), options={"verify_signature": False}
        )
        with pytest.raises(NotAdmitted):
            identity.user(unsigned(told | {"exp": told["iat"] - 60}))
