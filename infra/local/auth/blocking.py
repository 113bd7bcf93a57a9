"""Asks the function that decides who is let in, as Identity Platform does before it gives out a token.

cloud.google.com/identity-platform/docs/blocking-functions. The event is signed by the local key where there
is one, as Google signs it; its own emulator signs nothing.
"""

import json
import secrets
from collections.abc import Mapping
from typing import Any, Final

import jwt
import requests

from infra.local.auth.account import Account, AuthError, Json
from infra.local.auth.tokens import unsigned
from infra.local.local_key import LocalKey

SECONDS_MAX: Final = 7
LIFETIME_SECONDS: Final = 600
NEVER_ASKED: Final = ("custom", "anonymous")
REFUSED: Final = "BLOCKING_FUNCTION_ERROR_RESPONSE"


def event(
    project: str,
    url: str,
    tenant: str | None,
    account: Account,
    provider: str,
    said: Mapping[str, Any],
    attributes: Mapping[str, Any],
    now: int,
) -> Json:
    """`said`: an OIDC token's claims; `attributes`: a SAML assertion's."""
    told: Json = {
        "iss": f"https://securetoken.google.com/{project}",
        "aud": url,
        "sub": account.uid,
        "iat": now,
        "exp": now + LIFETIME_SECONDS,
        "event_id": secrets.token_urlsafe(16),
        "event_type": "beforeSignIn",
        "sign_in_method": provider,
        "user_record": {"uid": account.uid, "email": account.email, "email_verified": account.email_verified},
        "raw_user_info": json.dumps(said),
        "sign_in_attributes": dict(attributes),
    }
    return told | ({"tenant_id": tenant} if tenant else {})


def ask(url: str, told: Json, key: LocalKey | None) -> Json:
    """The session claims that the function gives. Raises AuthError where it says no, or nothing."""
    token = sign(told, key)
    try:
        answer = requests.post(url, json={"data": {"jwt": token}}, timeout=SECONDS_MAX)
    except requests.RequestException as away:
        raise AuthError(f"{REFUSED} : ((Failed to make request to {url}.))") from away
    if not answer.ok:
        raise AuthError(
            f"{REFUSED} : ((HTTP request to {url} returned HTTP error {answer.status_code}: {answer.text}))"
        )
    user = answer.json().get("userRecord", {})
    claims: Json = user.get("sessionClaims", {}) if "sessionClaims" in user.get("updateMask", "") else {}
    return claims


def sign(told: Json, key: LocalKey | None) -> str:
    if key is None:
        return unsigned(told)
    return jwt.encode(told, key.private, algorithm="RS256", headers={"kid": next(iter(key.certs()))})
