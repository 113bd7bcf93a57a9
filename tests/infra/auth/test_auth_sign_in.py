"""Who gets in, how, and what his token says."""

import json
from typing import Any

import pytest

from infra.local.auth.token import mint
from infra.local.auth.tokens import read_unverified
from shared.kernel.actors import Role
from tests.infra.auth.browser import PROJECT, Browser, as_admin

CLAIMS = {"tenant_id": "vm", "role": "operator", "record_id": ""}


def test_a_token_carries_the_claims_an_admin_gave(auth: Any, browser: Browser) -> None:
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


def test_a_custom_token_lets_in_and_its_claims_come_along(auth: Any, browser: Browser) -> None:
    custom = auth.create_custom_token("d1", {"role": "doctor"}).decode()

    first = browser.post("signInWithCustomToken", {"token": custom})
    second = browser.post("signInWithCustomToken", {"token": custom})

    assert (first["isNewUser"], second["isNewUser"]) == (True, False)
    assert auth.verify_id_token(first["idToken"])["role"] == "doctor"
    assert auth.get_user("d1").uid == "d1"


def test_a_fresh_token_has_the_claims_of_now(auth: Any, browser: Browser) -> None:
    auth.create_user(uid="u1", email="u1@visita.example", password="secret1")
    session = browser.by_password("u1@visita.example", "secret1")
    auth.set_custom_user_claims("u1", CLAIMS)

    assert "role" not in read_unverified(session["idToken"])
    assert read_unverified(browser.refresh(session["refreshToken"])["id_token"])["role"] == "operator"


def test_who_is_disabled_does_not_get_in(auth: Any, browser: Browser) -> None:
    auth.create_user(uid="u1", email="u1@visita.example", password="secret1")
    session = browser.by_password("u1@visita.example", "secret1")
    auth.update_user("u1", disabled=True)

    refused = browser.post(
        "signInWithPassword", {"email": "u1@visita.example", "password": "secret1"}, status=400
    )
    assert refused["error"]["message"] == "USER_DISABLED"
    with pytest.raises(auth.UserDisabledError):
        auth.verify_id_token(session["idToken"], check_revoked=True)


def test_a_revoked_token_is_seen_by_who_looks(auth: Any, browser: Browser, host: str) -> None:
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
    auth: Any, browser: Browser, email: str, password: str, said: str
) -> None:
    auth.create_user(uid="u1", email="u1@visita.example", password="secret1")

    refused = browser.post("signInWithPassword", {"email": email, "password": password}, status=400)

    assert refused["error"]["message"] == said


def test_single_sign_on_creates_once_and_knows_again(auth: Any, browser: Browser) -> None:
    claims = {"sub": "e-1", "email": "hr@client.example", "email_verified": True, "name": "H R"}

    first = browser.by_provider("oidc.client", claims)
    second = browser.by_provider("oidc.client", claims)

    assert first["isNewUser"]
    assert second["localId"] == first["localId"]
    told = auth.verify_id_token(first["idToken"])
    assert told["firebase"]["sign_in_provider"] == "oidc.client"
    assert told["firebase"]["identities"]["oidc.client"] == ["e-1"]


def test_single_sign_on_finds_the_user_prepared_for_a_verified_address(auth: Any, browser: Browser) -> None:
    auth.create_user(uid="hr", email="hr@client.example", email_verified=True)
    auth.set_custom_user_claims("hr", {"role": "employer"})

    told = browser.by_provider(
        "oidc.client", {"sub": "e-1", "email": "hr@client.example", "email_verified": True}
    )

    assert auth.verify_id_token(told["idToken"])["role"] == "employer"


def test_the_same_address_alone_does_not_let_in(auth: Any, browser: Browser) -> None:
    auth.create_user(uid="hr", email="hr@client.example", email_verified=True)

    told = browser.by_provider("oidc.client", {"sub": "e-1", "email": "hr@client.example"})

    assert told["needConfirmation"]
    assert "idToken" not in told


def test_saml_brings_attributes(auth: Any, browser: Browser) -> None:
    assertion = {
        "assertion": {"subject": {"nameId": "hr@client.example"}, "attributeStatements": {"dept": "hr"}}
    }

    told = browser.by_provider(
        "saml.client", {"sub": "s-1", "email": "hr@client.example"}, SAMLResponse=json.dumps(assertion)
    )

    firebase = auth.verify_id_token(told["idToken"])["firebase"]
    assert (firebase["sign_in_provider"], firebase["sign_in_attributes"]) == ("saml.client", {"dept": "hr"})


def test_a_token_minted_for_curl_is_taken_by_firebase_admin(auth: Any) -> None:
    told = auth.verify_id_token(mint(Role.DOCTOR, "d1", "vm", "doctor-d1", PROJECT))

    assert (told["uid"], told["role"], told["tenant_id"], told["record_id"]) == (
        "doctor-d1",
        "doctor",
        "vm",
        "d1",
    )
