"""Personal data at rest: AES-256-GCM bound to its place, and keyed hashes for look-ups."""

import base64
import hashlib
import hmac
import os
from functools import cached_property
from typing import Any

SHORTEST_KEY = 32
NONCE_BYTES = 12


class AesSeals:
    """`keys`: newest first. New values use the newest; old ones open with the key they name."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        if not keys or any(len(key) < SHORTEST_KEY for key in keys):
            raise ValueError(f"seal keys need at least {SHORTEST_KEY} characters")
        self._keys = keys

    def lookup_key(self, tenant_id: str, value: str) -> str:
        """Made with the oldest key: a key that names documents cannot be rotated by itself."""
        secret = self._derive(self._keys[-1], b"lookup")
        return hmac.new(secret, f"{tenant_id}|{value}".encode(), hashlib.sha256).hexdigest()[:40]

    def seal(self, value: str, context: str) -> str:
        name, cipher = next(iter(self._ciphers.items()))
        nonce = os.urandom(NONCE_BYTES)
        sealed = cipher.encrypt(nonce, value.encode(), context.encode())
        return f"{name}.{base64.b64encode(nonce + sealed).decode()}"

    def unseal(self, sealed: str, context: str) -> str:
        from cryptography.exceptions import InvalidTag

        name, _, text = sealed.partition(".")
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise ValueError("sealed with a key that is not known here")
        raw = base64.b64decode(text)
        try:
            opened: bytes = cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode())
        except InvalidTag:
            raise ValueError("the value was sealed for another place") from None
        return opened.decode()

    @cached_property
    def _ciphers(self) -> dict[str, Any]:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        named = ((hashlib.sha256(key.encode()).hexdigest()[:8], key) for key in self._keys)
        return {name: AESGCM(self._derive(key, b"seal")) for name, key in named}

    @staticmethod
    def _derive(key: str, purpose: bytes) -> bytes:
        return hmac.new(key.encode(), b"visita:" + purpose, hashlib.sha256).digest()
