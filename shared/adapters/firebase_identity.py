"""App users by firebase-admin, our own services by Google's OIDC tokens."""

import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from shared.adapters import lean_libraries
from shared.adapters.google_keys import GoogleKeys, NoKeys
from shared.adapters.user_keys import fetch_as_numbers
from shared.kernel.errors import Busy, NotAdmitted
from shared.kernel.ports import Claims

SKEW_SECONDS = 10
WAIT_SECONDS = 5
"""For Google's certificates and accounts; firebase-admin's own patience outlives a function."""
ASKED_ABOUT = frozenset({"admin"})
"""Roles whose tokens are not enough: at each call the account is asked whether it is still good. A token of
any other role lives out its hour, but where an action asks of everybody."""
UNREADABLE = (ValueError, TypeError, RecursionError)
"""What the libraries say of a bad token, and let through when it is none: lists for objects, brackets without
an end."""
ISSUERS = ("https://accounts.google.com", "accounts.google.com")


class FirebaseIdentity:
    """`tenants` maps an Identity Platform tenant to ours; a token of a tenant that is not in it, or a
    tenant that the caller merely names, opens nothing. Without a map all users are of `tenant_id`, and sign
    in without a tenant. `emulated`: tokens of a local cloud are of nobody who could be asked about."""

    def __init__(
        self,
        project: str,
        tenants: Mapping[str, str],
        tenant_id: str,
        keys_url: str,
        *,
        emulated: bool = False,
        wait_seconds: float = WAIT_SECONDS,
    ) -> None:
        self._project = project
        self._tenants = tenants
        self._tenant_id = tenant_id
        self._emulated = emulated
        self._wait_seconds = wait_seconds
        self._keys = GoogleKeys(keys_url or "https://www.googleapis.com/oauth2/v3/certs")
        self._lock = threading.Lock()

    def user(self, token: str, *, ask: bool = False) -> Claims:
        told = self._verified(token)
        self._not_expired(told)  # the emulator's mode does not look
        tenant = self._tenant_of(told)
        if (ask or told.get("role") in ASKED_ABOUT) and not self._emulated:
            self._verified(token, asking=str(told.get("firebase", {}).get("tenant", "")))
        return Claims(
            user_id=str(told["uid"]),
            tenant_id=tenant,
            role=str(told.get("role", "")),
            record_id=str(told.get("record_id", "")),
            signed_in_ago=timedelta(seconds=int(time.time()) - int(told.get("auth_time", 0))),
        )

    def _verified(self, token: str, *, asking: str | None = None) -> Mapping[str, Any]:
        """The claims. `asking`: also whether the account of that tenant is disabled, or the token revoked."""
        exceptions = lean_libraries.firebase_admin().exceptions
        from google.auth.exceptions import RefreshError, TransportError

        away = (
            exceptions.UnavailableError,
            exceptions.DeadlineExceededError,
            exceptions.InternalError,
            exceptions.ResourceExhaustedError,
            exceptions.UnknownError,  # no keys, a bad gateway, an answer that is none
            TransportError,
            RefreshError,  # we have no token of our own to ask with
        )
        try:
            return self._told(token, asking)
        except away:
            raise Busy from None
        except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError):
            raise  # Google refuses us, not the caller
        except (*UNREADABLE, exceptions.FirebaseError):
            raise NotAdmitted("The token is not valid, or no longer: sign in again.") from None

    def _told(self, token: str, asking: str | None) -> Mapping[str, Any]:
        app = self._app()
        from firebase_admin import auth, tenant_mgt

        if asking:
            tenant = tenant_mgt.auth_for_tenant(asking, app)
            told = tenant.verify_id_token(token, check_revoked=True, clock_skew_seconds=SKEW_SECONDS)
        else:
            told = auth.verify_id_token(
                token, app=app, check_revoked=asking is not None, clock_skew_seconds=SKEW_SECONDS
            )
        found: Mapping[str, Any] = told
        return found

    def service(self, token: str, audience: str, account: str) -> None:
        try:
            keys = self._keys.current()
            told = lean_libraries.google_jwt().decode(
                token, certs=keys, audience=audience, clock_skew_in_seconds=SKEW_SECONDS
            )
        except NoKeys:
            raise Busy from None
        except UNREADABLE:
            raise NotAdmitted from None
        by_google = told.get("iss") in ISSUERS
        if not (by_google and told.get("email") == account and told.get("email_verified") is True):
            raise NotAdmitted

    def _tenant_of(self, told: Mapping[str, Any]) -> str:
        named = str(told.get("firebase", {}).get("tenant", ""))
        found = self._tenants.get(named) if self._tenants or named else self._tenant_id
        if found is None:
            raise NotAdmitted("This sign-in belongs to no tenant we know.")
        return found

    def _not_expired(self, told: Mapping[str, Any]) -> None:
        if int(told.get("exp", 0)) + SKEW_SECONDS < datetime.now(UTC).timestamp():
            raise NotAdmitted("The token has expired: sign in again.")

    def _app(self) -> Any:
        with self._lock:
            firebase_admin = lean_libraries.firebase_admin()
            try:
                return firebase_admin.get_app(self._project)
            except ValueError:
                fetch_as_numbers(import_module("firebase_admin._token_gen"))  # its clients are made later
                options = {"projectId": self._project, "httpTimeout": self._wait_seconds}
                return firebase_admin.initialize_app(options=options, name=self._project)
