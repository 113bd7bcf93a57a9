"""Google's public keys, kept for an hour: verifying a task must not cost a request each time.

Fetched as plain numbers (JWK), not as certificates: reading a certificate takes a library for everything
that may stand in one, and a cold task would wait for it.
"""

import base64
import time
from collections.abc import Mapping
from typing import Any

from shared.adapters import lean_libraries

LIFE_SECONDS = 3600.0
TIMEOUT_SECONDS = 5.0


class NoKeys(Exception):
    """They could not be had, or not be read."""


class GoogleKeys:
    def __init__(self, url: str, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._url = url
        self._timeout_seconds = timeout_seconds
        self._kept: Mapping[str, str] = {}
        self._until = 0.0

    def current(self) -> Mapping[str, str]:
        """Key id to key as PEM. Raises NoKeys; what could not be had is asked for again next time."""
        if time.monotonic() >= self._until:
            self._kept = _fetched(self._url, self._timeout_seconds)
            self._until = time.monotonic() + LIFE_SECONDS
        return self._kept


def _fetched(url: str, timeout_seconds: float) -> dict[str, str]:
    requests = lean_libraries.requests()
    try:
        answer = requests.get(url, timeout=timeout_seconds)
        answer.raise_for_status()
        return {key["kid"]: _pem(key) for key in answer.json()["keys"] if key["kty"] == "RSA"}
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        raise NoKeys from error


def _pem(key: Mapping[str, Any]) -> str:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = RSAPublicNumbers(e=_number(key["e"]), n=_number(key["n"])).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _number(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=="), "big")  # what is too much does no harm
