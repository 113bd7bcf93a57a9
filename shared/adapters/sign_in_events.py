"""What Identity Platform asks before it lets somebody in: a signed event, read and verified.

cloud.google.com/identity-platform/docs/blocking-functions; the body is {"data": {"jwt": ...}}, signed by the
keys that sign users' tokens, for exactly this function's URL.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from shared.adapters import lean_libraries
from shared.adapters.firebase_identity import SKEW_SECONDS, UNREADABLE
from shared.adapters.google_keys import GoogleKeys, NoKeys
from shared.adapters.user_keys import KEYS_URL
from shared.contracts.sign_in import SignInEvent
from shared.kernel.errors import Busy, NotAdmitted

EVENT_TYPE: Final = "beforeSignIn"
ATTRIBUTES_MAX: Final = 60
VALUES_MAX: Final = 300
VALUE_LENGTH_MAX: Final = 256


class IdentityPlatformEvents:
    """`tenants` maps an Identity Platform tenant to ours, as for tokens. `emulated`: Google's emulator signs
    nothing; our settings refuse to start with its variable anywhere else."""

    def __init__(
        self,
        project: str,
        tenants: Mapping[str, str],
        tenant_id: str,
        keys_url: str,
        *,
        emulated: bool = False,
    ) -> None:
        self._issuer = f"https://securetoken.google.com/{project}"
        self._tenants = tenants
        self._tenant_id = tenant_id
        self._emulated = emulated
        self._keys = GoogleKeys(keys_url or KEYS_URL)

    def read(self, token: str, audience: str) -> SignInEvent:
        """Raises NotAdmitted, Busy."""
        try:
            told = self._verified(token, audience)
            if told.get("iss") != self._issuer or told.get("event_type") != EVENT_TYPE:
                raise NotAdmitted
            return self._event(told)
        except NoKeys:
            raise Busy from None
        except (*UNREADABLE, KeyError, AttributeError, OverflowError):
            raise NotAdmitted from None

    def _verified(self, token: str, audience: str) -> Mapping[str, Any]:
        jwt = lean_libraries.google_jwt()
        if self._emulated and jwt.decode_header(token).get("alg") == "none":
            return self._of_emulator(jwt.decode(token, verify=False), audience)
        found: Mapping[str, Any] = jwt.decode(
            token, certs=self._keys.current(), audience=audience, clock_skew_in_seconds=SKEW_SECONDS
        )
        return found

    def _of_emulator(self, told: Mapping[str, Any], audience: str) -> Mapping[str, Any]:
        if told.get("aud") != audience or int(told["exp"]) + SKEW_SECONDS < datetime.now(UTC).timestamp():
            raise NotAdmitted
        return told

    def _event(self, told: Mapping[str, Any]) -> SignInEvent:
        user = told["user_record"]
        return SignInEvent(
            event_id=str(told["event_id"]),
            tenant_id=self._tenant_of(str(told.get("tenant_id") or "")),
            user_id=str(told["sub"]),
            provider=str(told.get("sign_in_method") or ""),
            email=str(user.get("email") or ""),
            email_verified=user.get("email_verified") is True,
            attributes=_attributes(told),
            at=datetime.fromtimestamp(int(told["iat"]), UTC),
        )

    def _tenant_of(self, named: str) -> str:
        found = self._tenants.get(named) if self._tenants or named else self._tenant_id
        if found is None:
            raise NotAdmitted("This sign-in belongs to no tenant we know.")
        return found


def _attributes(told: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """A SAML assertion's attributes, or an OIDC token's claims; the former count where there are both."""
    said = {**_object(told.get("raw_user_info")), **_object(told.get("sign_in_attributes"))}
    found = {str(name): tuple(_texts(value)) for name, value in said.items()}
    return dict([(name, values) for name, values in found.items() if values][:ATTRIBUTES_MAX])


def _object(said: Any) -> Mapping[str, Any]:
    """Google's emulator writes as a text of JSON what the cloud writes as an object."""
    found: Mapping[str, Any] = json.loads(said) if isinstance(said, str) and said else said or {}
    return found


def _texts(value: Any) -> Iterable[str]:
    """One text, or the texts of a list; whatever else a provider says is of no use here."""
    for one in (value if isinstance(value, list) else [value])[:VALUES_MAX]:
        if isinstance(one, str) and 0 < len(one) <= VALUE_LENGTH_MAX:
            yield one
