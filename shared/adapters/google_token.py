"""The token of the account that a function runs as, asked of the metadata server beside it.

google.auth does this too, and for every other place where a program may run: two hundred modules, a fifth of
a cold start. cloud.google.com/run/docs/securing/service-identity
"""

import json
import time
from http.client import HTTPConnection, HTTPException
from threading import Lock
from typing import Any

import grpc

HOST = "metadata.google.internal"
PATH = "/computeMetadata/v1/instance/service-accounts/default/token"
FLAVOR = {"Metadata-Flavor": "Google"}
TIMEOUT_SECONDS = 3.0
SPARE_SECONDS = 225
"""A token is renewed so long before it ends. The server gives none that has less than five minutes left."""


def own_account(host: str = HOST, roots: bytes | None = None) -> grpc.ChannelCredentials:
    """For a channel to Google: TLS, and a token with every call. `roots`: whom to trust, if not the usual."""
    token = grpc.metadata_call_credentials(MetadataToken(host))
    return grpc.composite_channel_credentials(grpc.ssl_channel_credentials(roots), token)


class MetadataToken(grpc.AuthMetadataPlugin):  # type: ignore[misc]  # untyped
    """gRPC asks it before every call. A call without token fails as UNAVAILABLE and has not begun."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._lock = Lock()
        self._token = ""  # nosec B105 - none has been asked for yet
        self._renew_at = 0.0

    def __call__(self, _: Any, answer: Any) -> None:
        try:
            token = self._current()
        except (OSError, HTTPException, ValueError, KeyError) as error:
            answer((), error)
        else:
            answer((("authorization", f"Bearer {token}"),), None)

    def bearer(self) -> str:
        """For a call that is not gRPC's. Raises OSError, HTTPException, ValueError or KeyError."""
        return self._current()

    def _current(self) -> str:
        with self._lock:
            if time.time() >= self._renew_at:
                told = self._told()
                self._token = told["access_token"]
                self._renew_at = time.time() + int(told["expires_in"]) - SPARE_SECONDS
            return self._token

    def _told(self) -> Any:
        connection = HTTPConnection(self._host, timeout=TIMEOUT_SECONDS)
        try:
            connection.request("GET", PATH, headers=FLAVOR)
            answer = connection.getresponse()
            if answer.status != 200:
                raise HTTPException(f"the metadata server answered {answer.status}")
            return json.loads(answer.read())
        finally:
            connection.close()
