"""The unsigned tokens of a local Firebase: the same fields as real ones, and no signature."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from infra.local.auth.account import Account, AuthError, Json

LIFETIME_SECONDS = 3600


@dataclass(frozen=True)
class Session:
    """One sign-in: who, how, and with which claims beyond the account's own."""

    project: str
    tenant: str | None
    uid: str
    provider: str
    extra: Mapping[str, object] = field(default_factory=dict)
    attributes: Mapping[str, object] = field(default_factory=dict)
    """What a SAML assertion said."""

    def refresh_token(self) -> str:
        return base64.urlsafe_b64encode(json.dumps(vars(self)).encode()).decode()


def session_from(refresh_token: str) -> Session:
    try:
        return Session(**json.loads(base64.urlsafe_b64decode(refresh_token)))
    except (ValueError, TypeError) as unreadable:
        raise AuthError("INVALID_REFRESH_TOKEN") from unreadable


def id_token(account: Account, session: Session, now: datetime) -> str:
    """What a browser would send as its Bearer token."""
    issued = int(now.timestamp())
    firebase = {
        "identities": _identities_of(account),
        "sign_in_provider": session.provider,
        **({"tenant": session.tenant} if session.tenant else {}),
        **({"sign_in_attributes": session.attributes} if session.attributes else {}),
    }
    known = {"name": account.name, "picture": account.photo, "phone_number": account.phone}
    email = {"email": account.email, "email_verified": account.email_verified} if account.email else {}
    claims = {
        **{name: value for name, value in known.items() if value},
        **account.claims(),
        **session.extra,
        **email,
        "auth_time": int((account.last_login or now).timestamp()),
        "user_id": account.uid,
        "firebase": firebase,
        "iat": issued,
        "exp": issued + LIFETIME_SECONDS,
        "aud": session.project,
        "iss": f"https://securetoken.google.com/{session.project}",
        "sub": account.uid,
    }
    return unsigned(claims)


def unsigned(claims: Json) -> str:
    """A JWT with an empty signature: firebase-admin takes it only while the emulator variable is set."""
    return f"{_encode({'alg': 'none', 'typ': 'JWT'})}.{_encode(claims)}."


def read_unverified(token: str) -> Json:
    """The claims of any JWT, signature unread. Raises ValueError."""
    parts = token.split(".")
    if len(parts) != 3:
        raise ValueError("a JWT has three parts")
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=="))
    except binascii.Error as unreadable:
        raise ValueError("the claims are not base64") from unreadable
    if not isinstance(claims, dict):
        raise ValueError("the claims are not an object")
    return claims


def _identities_of(account: Account) -> dict[str, list[str]]:
    identities: dict[str, list[str]] = {"email": [account.email]} if account.email else {}
    for known in account.all_identities():
        if known.provider != "password":
            identities.setdefault(known.provider, []).append(known.raw_id)
    return identities


def _encode(part: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(part, separators=(",", ":")).encode()).rstrip(b"=").decode()
