"""Libraries that say who calls, without what they load and never use here (docs/adr/0005-cold-start.md)."""

import sys
import warnings
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from shared.adapters.fewer_imports import hidden, postpone, stood_in

SSH: Final = "cryptography.hazmat.primitives.serialization.ssh"
ONLY_BY_SOME: Final = ("cryptography.x509", "google.oauth2.reauth", "google.oauth2.service_account")
"""Of google.auth: for certificates and for keys in files. No function has either."""


def firebase_admin() -> Any:
    """With its `auth` and `exceptions`; without a guesser of encodings, a second HTTP client for its
    asynchronous calls, a cache for certificates, keys of shells."""
    if "firebase_admin.auth" not in sys.modules:
        for name in ONLY_BY_SOME:
            postpone(name, of_itself=True)
        with (
            hidden("charset_normalizer"),
            stood_in("httpx"),
            stood_in("cachecontrol"),
            stood_in(SSH),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")  # requests misses what we hide
            import_module("firebase_admin.auth")
    return import_module("firebase_admin")


def google_jwt() -> Any:
    """google.auth.jwt without certificates: we have keys as numbers."""
    if "google.auth.jwt" not in sys.modules:
        postpone("cryptography.x509")
        with stood_in(SSH):
            import_module("google.auth.jwt")
    return import_module("google.auth.jwt")


def requests() -> ModuleType:
    """Without a library that would guess how a text is encoded: JSON says it."""
    with hidden("charset_normalizer"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it can guess no more
        return import_module("requests")
