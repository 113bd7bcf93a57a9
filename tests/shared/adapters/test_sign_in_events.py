"""What Identity Platform tells of a sign-in: taken in as it is meant, and nothing else is."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest

from infra.local.auth.blocking import sign
from infra.local.clock import MovableClock
from infra.local.cloud_tasks.twin import CloudTasksTwin
from infra.local.local_key import LocalKey
from shared.adapters.sign_in_events import (
    ATTRIBUTES_MAX,
    VALUE_LENGTH_MAX,
    VALUES_MAX,
    IdentityPlatformEvents,
)
from shared.kernel.errors import Busy, NotAdmitted

PROJECT, URL = "demo-events", "https://api.visita.example/v1/webhooks/identity/before-sign-in"
TENANTS = {"idp-vm": "vm", "idp-nova": "nova"}


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
def events(keys_url: str) -> IdentityPlatformEvents:
    return IdentityPlatformEvents(PROJECT, TENANTS, "vm", keys_url)


@pytest.fixture
def emulated() -> IdentityPlatformEvents:
    return IdentityPlatformEvents(PROJECT, TENANTS, "vm", "http://127.0.0.1:1", emulated=True)


def told(**changed: Any) -> dict[str, Any]:
    now = int(datetime.now(UTC).timestamp())
    full = {
        "iss": f"https://securetoken.google.com/{PROJECT}",
        "aud": URL,
        "sub": "u-1",
        "iat": now,
        "exp": now + 600,
        "event_id": "e-1",
        "event_type": "beforeSignIn",
        "tenant_id": "idp-nova",
        "sign_in_method": "oidc.staff",
        "user_record": {"uid": "u-1", "email": "operator@example.org", "email_verified": True},
        "raw_user_info": json.dumps({"groups": ["a", "b"], "sub": "x"}),
    } | changed
    return {name: value for name, value in full.items() if value is not None}


def test_a_signed_event_says_who_comes_from_where(events: IdentityPlatformEvents, key: LocalKey) -> None:
    event = events.read(sign(told(), key), URL)
    assert (event.tenant_id, event.user_id, event.provider) == ("nova", "u-1", "oidc.staff")
    assert (event.email, event.email_verified) == ("operator@example.org", True)
    assert event.attributes["groups"] == ("a", "b")


def test_a_saml_assertion_counts_more_than_what_stands_beside_it(
    events: IdentityPlatformEvents, key: LocalKey
) -> None:
    said = {"groups": "c", "cn": ["x", "y"]}
    event = events.read(sign(told(sign_in_attributes=said), key), URL)
    as_text = events.read(sign(told(sign_in_attributes=json.dumps(said)), key), URL)
    assert event.attributes == as_text.attributes
    assert (event.attributes["groups"], event.attributes["cn"]) == (("c",), ("x", "y"))


@pytest.mark.parametrize("verified", [None, "true", 1, False])
def test_an_address_is_verified_only_where_it_is_said(
    events: IdentityPlatformEvents, key: LocalKey, verified: object
) -> None:
    user = {"email": "operator@example.org", "email_verified": verified}
    assert not events.read(sign(told(user_record=user), key), URL).email_verified


def test_what_is_no_text_is_no_group(events: IdentityPlatformEvents, key: LocalKey) -> None:
    said = {
        "groups": ["a", 7, None, {"b": 1}, ["c"], "", "x" * (VALUE_LENGTH_MAX + 1)],
        "age": 40,
        "is": True,
    }
    event = events.read(sign(told(raw_user_info=said), key), URL)
    assert dict(event.attributes) == {"groups": ("a",)}


def test_a_group_may_have_a_long_name(events: IdentityPlatformEvents, key: LocalKey) -> None:
    name = "x" * VALUE_LENGTH_MAX
    assert events.read(sign(told(raw_user_info={"groups": name}), key), URL).attributes["groups"] == (name,)


def test_what_a_provider_leaves_out_is_empty(events: IdentityPlatformEvents, key: LocalKey) -> None:
    event = events.read(sign(told(sign_in_method=None, user_record={}, raw_user_info=""), key), URL)
    assert (event.provider, event.email, dict(event.attributes)) == ("", "", {})


def test_a_sign_in_of_a_stranger_is_told_so(events: IdentityPlatformEvents, key: LocalKey) -> None:
    with pytest.raises(NotAdmitted) as refused:
        events.read(sign(told(tenant_id="idp-stranger"), key), URL)
    assert refused.value.detail == "This sign-in belongs to no tenant we know."


@pytest.mark.parametrize(("seconds", "is_taken"), [(5, True), (-5, True), (-20, False)])
def test_the_clocks_beside_an_emulator_may_differ_a_little(
    emulated: IdentityPlatformEvents, seconds: int, is_taken: bool
) -> None:
    token = sign(told(exp=int(datetime.now(UTC).timestamp()) + seconds), None)
    if is_taken:
        assert emulated.read(token, URL).user_id == "u-1"
    else:
        with pytest.raises(NotAdmitted):
            emulated.read(token, URL)


def test_a_provider_that_says_too_much_is_not_listened_to_for_ever(
    events: IdentityPlatformEvents, key: LocalKey
) -> None:
    many = [f"g-{number}" for number in range(VALUES_MAX + 50)]
    said = {"groups": many, **{f"claim-{number}": "x" for number in range(ATTRIBUTES_MAX + 50)}}
    event = events.read(sign(told(raw_user_info=said), key), URL)
    assert len(event.attributes["groups"]) == VALUES_MAX
    assert len(event.attributes) == ATTRIBUTES_MAX


def test_without_keys_nobody_is_let_in_and_it_is_tried_again(key: LocalKey) -> None:
    lonely = IdentityPlatformEvents(PROJECT, TENANTS, "vm", "http://127.0.0.1:1")
    with pytest.raises(Busy):
        lonely.read(sign(told(), key), URL)


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": URL + "/"},
        {"iss": "https://securetoken.google.com/demo-other"},
        {"event_type": "beforeCreate"},
        {"tenant_id": "idp-stranger"},
        {"tenant_id": None},
        {"exp": 1},
        {"user_record": None},
        {"user_record": ["x"]},
        {"event_id": None},
        {"sub": ""},
        {"sub": "x" * 129},
        {"iat": 10**30},
        {"raw_user_info": "{"},
        {"raw_user_info": "[1]"},
        {"sign_in_attributes": "[1]"},
        {"sign_in_attributes": ["groups"]},
    ],
    ids=str,
)
def test_anything_else_is_nobody(
    events: IdentityPlatformEvents, emulated: IdentityPlatformEvents, key: LocalKey, changed: dict[str, Any]
) -> None:
    with pytest.raises(NotAdmitted):
        events.read(sign(told(**changed), key), URL)
    with pytest.raises(NotAdmitted):
        emulated.read(sign(told(**changed), None), URL)


def test_beside_an_emulator_alone_an_unsigned_event_is_taken(
    events: IdentityPlatformEvents, emulated: IdentityPlatformEvents
) -> None:
    assert emulated.read(sign(told(), None), URL).user_id == "u-1"
    with pytest.raises(NotAdmitted):
        events.read(sign(told(), None), URL)


def test_beside_an_emulator_too_a_bad_signature_is_bad(keys_url: str, key: LocalKey) -> None:
    near = IdentityPlatformEvents(PROJECT, TENANTS, "vm", keys_url, emulated=True)
    assert near.read(sign(told(), key), URL)
    forged = sign(told(), key)[:-8] + "AAAAAAAA"
    with pytest.raises(NotAdmitted):
        near.read(forged, URL)
    with pytest.raises(NotAdmitted):
        near.read(jwt.encode(told(), "x" * 32, algorithm="HS256"), URL)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "....", "W10.W10.", "e30.e30."])
def test_what_is_no_token_is_nobody(emulated: IdentityPlatformEvents, token: str) -> None:
    with pytest.raises((NotAdmitted, Busy)):
        emulated.read(token, URL)


def test_without_a_map_a_sign_in_of_some_tenant_is_nobodys(keys_url: str, key: LocalKey) -> None:
    alone = IdentityPlatformEvents(PROJECT, {}, "vm", keys_url)
    assert alone.read(sign(told(tenant_id=None), key), URL).tenant_id == "vm"
    with pytest.raises(NotAdmitted):
        alone.read(sign(told(), key), URL)
