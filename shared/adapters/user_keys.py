"""The keys that sign users' tokens, for firebase-admin: as numbers, where it would fetch certificates.

Reading a certificate takes a library for all that may stand in one, and every first call of a person would
wait for it (docs/adr/0005-cold-start.md). What firebase-admin checks of a token, and how, stays its own.
"""

import json
from types import ModuleType
from typing import Any, Final, NamedTuple

from shared.adapters.google_keys import GoogleKeys, NoKeys

KEYS_URL: Final = "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com"
PLACE: Final = "CertificateFetchRequest"


class Answer(NamedTuple):
    status: int
    data: bytes


class UserKeys:
    """In the place of its CertificateFetchRequest, which it makes one of for each tenant."""

    def __init__(self, timeout_seconds: float) -> None:
        self._keys = GoogleKeys(KEYS_URL, timeout_seconds)

    def __call__(self, url: str, *_: Any, **__: Any) -> Answer:
        """Key id to key as PEM, which is read like key id to certificate. Raises TransportError."""
        from google.auth.exceptions import TransportError

        try:
            return Answer(200, json.dumps(dict(self._keys.current())).encode())
        except NoKeys as away:
            raise TransportError(url) from away  # type: ignore[no-untyped-call]  # of the library


def fetch_as_numbers(token_gen: ModuleType) -> None:
    """`token_gen`: firebase_admin._token_gen. Raises AttributeError where it fetches in another way now."""
    if not hasattr(token_gen, PLACE):
        raise AttributeError(PLACE)
    setattr(token_gen, PLACE, UserKeys)
