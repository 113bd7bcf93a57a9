"""One account of the Firebase Auth twin, and the JSON in which Identity Toolkit speaks of it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Json = dict[str, Any]

RESERVED_CLAIMS = frozenset(
    {"acr", "amr", "at_hash", "aud", "auth_time", "azp", "cnf", "c_hash", "exp", "firebase"}
    | {"iat", "iss", "jti", "nbf", "nonce", "sub", "user_id"}
)
"""Names that custom claims may not take."""
PASSWORD_LENGTH_MIN = 6


class AuthError(Exception):
    """A refusal in Identity Toolkit's own words, e.g. EMAIL_EXISTS."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


@dataclass(frozen=True)
class Identity:
    """How one provider knows the person."""

    provider: str
    raw_id: str
    email: str | None = None
    name: str | None = None

    def json(self) -> Json:
        return _without_nothing(
            providerId=self.provider,
            rawId=self.raw_id,
            federatedId=self.raw_id,
            email=self.email,
            displayName=self.name,
        )


@dataclass(frozen=True)
class Account:
    uid: str
    created: datetime
    email: str | None = None
    email_verified: bool = False
    phone: str | None = None
    password: str | None = None
    name: str | None = None
    photo: str | None = None
    is_disabled: bool = False
    custom_claims: str = "{}"
    """A JSON object, kept as it was sent."""
    identities: tuple[Identity, ...] = ()
    valid_since: int = 0
    """Seconds since 1970; tokens issued before are revoked."""
    last_login: datetime | None = None

    def claims(self) -> Json:
        found: Json = json.loads(self.custom_claims)
        return found

    def json(self, tenant: str | None) -> Json:
        """As accounts:lookup answers."""
        return _without_nothing(
            localId=self.uid,
            email=self.email,
            emailVerified=self.email_verified,
            phoneNumber=self.phone,
            displayName=self.name,
            photoUrl=self.photo,
            disabled=self.is_disabled or None,
            customAttributes=self.custom_claims if self.custom_claims != "{}" else None,
            validSince=str(self.valid_since),
            createdAt=_milliseconds(self.created),
            lastLoginAt=_milliseconds(self.last_login or self.created),
            passwordHash="UkVEQUNURUQ=" if self.password else None,
            tenantId=tenant,
            providerUserInfo=[identity.json() for identity in self.all_identities()],
        )

    def all_identities(self) -> tuple[Identity, ...]:
        own: list[Identity] = []
        if self.password and self.email:
            own.append(Identity("password", self.email, self.email, self.name))
        if self.phone:
            own.append(Identity("phone", self.phone))
        return (*own, *self.identities)

    def is_known_as(self, provider: str, raw_id: str) -> bool:
        return any((known.provider, known.raw_id) == (provider, raw_id) for known in self.all_identities())


def checked_claims(text: str) -> str:
    """Raises AuthError when the text is no object of allowed claims."""
    try:
        claims = json.loads(text)
    except ValueError as unreadable:
        raise AuthError("INVALID_CLAIMS") from unreadable
    if not isinstance(claims, dict):
        raise AuthError("INVALID_CLAIMS")
    forbidden = sorted(RESERVED_CLAIMS & claims.keys())
    if forbidden:
        raise AuthError(f"FORBIDDEN_CLAIM : {forbidden[0]}")
    return text


def checked_password(text: str) -> str:
    if len(text) < PASSWORD_LENGTH_MIN:
        raise AuthError(f"WEAK_PASSWORD : Password should be at least {PASSWORD_LENGTH_MIN} characters")
    return text


def _milliseconds(instant: datetime) -> str:
    return str(int(instant.timestamp() * 1000))


def _without_nothing(**fields: object) -> Json:
    return {name: value for name, value in fields.items() if value is not None}
