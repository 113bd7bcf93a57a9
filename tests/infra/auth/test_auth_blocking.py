"""A sign-in asks our function first: what it gives stands in the token, and its no is the person's no."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import requests

from infra.local.auth.browser import Browser, NotLetIn
from infra.local.auth.organisations import policies, tenants
from infra.local.auth.tokens import read_unverified
from tests.infra.auth.browser import ADMIN, PROJECT
from tests.infra.auth.browser import Browser as Page


class Hook:
    """Stands in the place of before_sign_in; `says` is its answer."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.says: tuple[int, dict[str, Any]] = (200, let_in("operator"))
        hook = self

        class Desk(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                hook.asked.append(read_unverified(body["data"]["jwt"]))
                status, told = hook.says
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(told).encode())

            def log_message(self, *_: Any) -> None:
                """Nothing to say."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"


def let_in(role: str) -> dict[str, Any]:
    claims = {"role": role, "record_id": ""}
    return {"userRecord": {"updateMask": "sessionClaims", "sessionClaims": claims}}


@pytest.fixture
def hook(auth: Any, host: str) -> Iterator[Hook]:
    """Firebase Auth is not asked to ask for ever: other tests sign in too."""
    made = Hook()
    yield made
    made.server.shutdown()
    made.server.server_close()
    url = f"http://{host}/identitytoolkit.googleapis.com/v2/projects/{PROJECT}/config?updateMask=blockingFunctions"
    assert requests.patch(url, json={"blockingFunctions": {}}, headers=ADMIN).ok


@pytest.fixture
def person(hook: Hook, host: str) -> Browser:
    return Browser(host, PROJECT, hook.url)


def test_the_function_is_asked_with_what_the_oidc_provider_said(person: Browser, hook: Hook) -> None:
    token = read_unverified(person.token("operator", "", "vm", "ewa"))
    (event,) = hook.asked
    assert (event["event_type"], event["sign_in_method"], event["tenant_id"]) == (
        "beforeSignIn",
        "oidc.staff",
        "idp-vm",
    )
    assert json.loads(event["raw_user_info"])["groups"] == ["visita-operators"]
    assert event["aud"].startswith(hook.url)
    assert event["sub"] == token["sub"]


def test_and_with_what_the_saml_provider_said(person: Browser, hook: Hook) -> None:
    person.token("partner", "o-1", "nova", "jan")
    (event,) = hook.asked
    said = event["sign_in_attributes"]
    told = json.loads(said) if isinstance(said, str) else said  # Google's emulator writes it as a text
    assert told == {"memberOf": ["partner"], "recordId": "o-1"}
    assert event["tenant_id"] == "idp-nova"


def test_what_it_gives_stands_in_the_token_also_when_that_is_renewed(
    person: Browser, hook: Hook, browser: Page
) -> None:
    person.token("operator", "", "vm", "ewa")
    session = browser.post(
        "signInWithIdp",
        {
            "tenantId": "idp-vm",
            "requestUri": "http://localhost",
            "postBody": 'providerId=oidc.staff&id_token={"sub":"ewa","email":"ewa@vm.example"}',
        },
    )
    hook.says = (200, let_in("admin"))
    renewed = browser.refresh(session["refreshToken"])["id_token"]
    assert read_unverified(session["idToken"])["role"] == "operator"
    assert read_unverified(renewed)["role"] == "operator"


def test_its_no_is_the_no_of_the_sign_in_in_its_own_words(person: Browser, hook: Hook) -> None:
    hook.says = (403, {"error": {"status": "PERMISSION_DENIED", "message": "Ask your administrator."}})
    with pytest.raises(NotLetIn, match=r"^Ask your administrator\.$"):
        person.token("operator", "", "vm", "ewa")


def test_nobody_comes_in_while_it_is_away(person: Browser, hook: Hook) -> None:
    hook.server.shutdown()
    hook.server.server_close()
    with pytest.raises(NotLetIn, match="BLOCKING_FUNCTION_ERROR_RESPONSE"):
        person.token("operator", "", "vm", "ewa")


def test_two_tenants_have_two_providers_each() -> None:
    assert tenants("vm") == "idp-vm=vm,idp-nova=nova"
    pairs = {(one["tenant_id"], one["provider"]) for one in json.loads(policies("vm"))}
    assert len(pairs) == 4
