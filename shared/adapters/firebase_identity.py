"""App users by firebase-admin, our own services by Google's OIDC tokens."""

import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shared.kernel.errors import Busy, NotAdmitted
from shared.kernel.ports import Claims

SKEW_SECONDS = 10
ISSUERS = ("https://accounts.google.com", "accounts.google.com")


class FirebaseIdentity:
    """`tenants` maps an Identity Platform tenant to ours; a token of a tenant that is not in it, or a
    tenant that the caller merely names, opens nothing. Without a map all users are of `tenant_id`."""

    def __init__(self, project: str, tenants: Mapping[str, str], tenant_id: str, certs_url: str) -> None:
        self._project = project
        self._tenants = tenants
        self._tenant_id = tenant_id
        self._certs_url = certs_url or "https://www.googleapis.com/oauth2/v1/certs"
        self._lock = threading.Lock()
        self._request: Any = None

    def user(self, token: str) -> Claims:
        from firebase_admin import auth, exceptions

        try:
            told = auth.verify_id_token(token, app=self._app(), clock_skew_seconds=SKEW_SECONDS)
        except (auth.CertificateFetchError, exceptions.UnavailableError):
            raise Busy from None
        except (ValueError, exceptions.FirebaseError):
            raise NotAdmitted("The token is not valid, or no longer: sign in again.") from None
        self._not_expired(told)  # the emulator's mode does not look
        tenant = self._tenant_of(told)
        return Claims(
            user_id=str(told["uid"]),
            tenant_id=tenant,
            role=str(told.get("role", "")),
            record_id=str(told.get("record_id", "")),
            signed_in_at=datetime.fromtimestamp(int(told.get("auth_time", 0)), UTC),
        )

    def service(self, token: str, audience: str, account: str) -> None:
        from google.auth import exceptions
        from google.oauth2 import id_token

        try:
            told = id_token.verify_token(
                token,
                self._transport(),
                audience=audience,
                certs_url=self._certs_url,
                clock_skew_in_seconds=SKEW_SECONDS,
            )
        except exceptions.TransportError:
            raise Busy from None
        except (ValueError, exceptions.GoogleAuthError):
            raise NotAdmitted from None
        right = (
            told.get("iss") in ISSUERS and told.get("email") == account and told.get("email_verified") is True
        )
        if not right or told.get("aud") != audience:
            raise NotAdmitted

    def _tenant_of(self, told: Mapping[str, Any]) -> str:
        if not self._tenants:
            return self._tenant_id
        found = self._tenants.get(str(told.get("firebase", {}).get("tenant", "")))
        if found is None:
            raise NotAdmitted("This sign-in belongs to no tenant we know.")
        return found

    def _not_expired(self, told: Mapping[str, Any]) -> None:
        if int(told.get("exp", 0)) + SKEW_SECONDS < datetime.now(UTC).timestamp():
            raise NotAdmitted("The token has expired: sign in again.")

    def _app(self) -> Any:
        import firebase_admin

        with self._lock:
            try:
                return firebase_admin.get_app(self._project)
            except ValueError:
                return firebase_admin.initialize_app(options={"projectId": self._project}, name=self._project)

    def _transport(self) -> Any:
        with self._lock:
            if self._request is None:
                from google.auth.transport.requests import Request

                from shared.adapters.cached_certs import CachedCerts

                self._request = CachedCerts(Request())
        return self._request
