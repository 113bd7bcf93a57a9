"""Signs people in as a web page does: at their organisation's provider, by Firebase Auth, twin or emulator.

What the provider would say of them is made up here: neither asks a real one.
"""

import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import requests

from infra.local.auth.organisations import CLAIMS, GROUPS, idp_tenant

TOOLKIT: Final = "identitytoolkit.googleapis.com"
HOOK_PATH: Final = "/v1/webhooks/identity/before-sign-in"
ADMIN: Final = {"Authorization": "Bearer owner"}
SECONDS_MAX: Final = 20


class NotLetIn(Exception):
    """The message is what the person would read."""


@dataclass(frozen=True)
class Browser:
    """`host` of Firebase Auth; `public_url` of our functions, which are asked before anybody is let in."""

    host: str
    project: str
    public_url: str

    def token(self, role: str, record_id: str, tenant: str, person: str) -> str:
        """The ID token of somebody of this role, who has just signed in. Raises NotLetIn."""
        self._have_us_asked()
        provider, group = GROUPS[role]
        groups_claim, record_claim = CLAIMS[provider]
        said: dict[str, Any] = {groups_claim: [group], **({record_claim: record_id} if record_id else {})}
        address = f"{person}@{tenant}.example"
        body = {
            "returnSecureToken": True,
            "requestUri": "http://localhost",
            "tenantId": idp_tenant(tenant),
            "postBody": urlencode(_told(provider, person, address, said)),
        }
        return str(self._asked("POST", "v1/accounts:signInWithIdp?key=any", body)["idToken"])

    def _have_us_asked(self) -> None:
        """Said each time: whoever restarts Firebase Auth finds it having forgotten."""
        hook = {"functionUri": self.public_url + HOOK_PATH}
        config = {"blockingFunctions": {"triggers": {"beforeSignIn": hook}}}
        mask = "updateMask=blockingFunctions"
        self._asked("PATCH", f"v2/projects/{self.project}/config?{mask}", config, ADMIN)

    def _asked(self, method: str, path: str, body: Any, headers: dict[str, str] | None = None) -> Any:
        url = f"http://{self.host}/{TOOLKIT}/{path}"
        answer = requests.request(method, url, json=body, headers=headers, timeout=SECONDS_MAX)
        told = answer.json()
        if not answer.ok or ("idToken" not in told and method == "POST"):
            raise NotLetIn(_reason(told))
        return told


def _told(provider: str, person: str, address: str, said: dict[str, Any]) -> dict[str, str]:
    """What comes back from the provider: an OIDC token with claims, or a SAML assertion with attributes."""
    known = {"sub": person, "email": address, "email_verified": True}
    if provider.startswith("oidc."):
        return {"providerId": provider, "id_token": json.dumps({**known, **said})}
    assertion = {"assertion": {"subject": {"nameId": address}, "attributeStatements": said}}
    return {"providerId": provider, "id_token": json.dumps(known), "SAMLResponse": json.dumps(assertion)}


def _reason(told: Any) -> str:
    """Our own words where it was us who said no: they stand inside the answer of Identity Platform."""
    message = str(told.get("error", {}).get("message", "no token came back"))
    begin, end = message.find("{"), message.rfind("}")
    try:
        return str(json.loads(message[begin : end + 1])["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return message
