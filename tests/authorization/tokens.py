"""Tokens, good and bad: signed as Google signs them, or as somebody would who wants to come in."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from infra.local.local_key import LocalKey
from shared.kernel.actors import Actor

PROJECT = "visita-invented"
FIREBASE = f"https://securetoken.google.com/{PROJECT}"
GOOGLE = "https://accounts.google.com"
IDP_TENANTS = {"vm": "idp-vm", "other": "idp-other"}
HOUR = 3600
Told = dict[str, Any]


def user_claims(actor: Actor, **changed: Any) -> Told:
    """As Identity Platform writes them for somebody who has just signed in."""
    now = int(time.time())
    told = {
        "iss": FIREBASE,
        "aud": PROJECT,
        "sub": actor.user_id,
        "user_id": actor.user_id,
        "auth_time": now - 60,
        "iat": now - 60,
        "exp": now + HOUR,
        "role": str(actor.role),
        "record_id": actor.record_id,
        "firebase": {"tenant": IDP_TENANTS[actor.tenant_id], "sign_in_provider": "password"},
    }
    return _without_nothing(told | changed)


def service_claims(audience: str, account: str, **changed: Any) -> Told:
    """As Google writes them for a service account that calls a function."""
    now = int(time.time())
    told = {
        "iss": GOOGLE,
        "aud": audience,
        "sub": "113774264463038321964",
        "azp": "113774264463038321964",
        "email": account,
        "email_verified": True,
        "iat": now - 60,
        "exp": now + HOUR,
    }
    return _without_nothing(told | changed)


def blocking_claims(url: str, user_id: str, groups: Sequence[str], **changed: Any) -> Told:
    """As Identity Platform writes them for somebody who waits to be let in by their organisation's OIDC."""
    now = int(time.time())
    told = {
        "iss": FIREBASE,
        "aud": url,
        "sub": user_id,
        "iat": now,
        "exp": now + 600,
        "event_id": f"event-{user_id}",
        "event_type": "beforeSignIn",
        "tenant_id": IDP_TENANTS["vm"],
        "sign_in_method": "oidc.staff",
        "user_record": {"uid": user_id, "email": "operator@example.org", "email_verified": True},
        "sign_in_attributes": {"groups": list(groups)},
    }
    return _without_nothing(told | changed)


def signed(key: LocalKey, claims: Mapping[str, Any], **header: Any) -> str:
    """By the key whose certificate Google publishes."""
    kid, _ = next(iter(key.certs().items()))
    return jwt.encode(dict(claims), key.private, algorithm="RS256", headers={"kid": kid, **header})


def unsigned(claims: Mapping[str, Any], **header: Any) -> str:
    """What the emulators make and take: no algorithm, no key, no signature."""
    return f"{_part({'alg': 'none', 'typ': 'JWT', **header})}.{_part(claims)}."


def by_stranger(key: LocalKey, claims: Mapping[str, Any]) -> str:
    """Names the right key, and was signed by another one."""
    return jwt.encode(dict(claims), _stranger(), algorithm="RS256", headers={"kid": next(iter(key.certs()))})


def by_unknown_key(claims: Mapping[str, Any]) -> str:
    return jwt.encode(dict(claims), _stranger(), algorithm="RS256", headers={"kid": "nobody-publishes-this"})


def without_key_id(claims: Mapping[str, Any]) -> str:
    return jwt.encode(dict(claims), _stranger(), algorithm="RS256")


def hmac_with_public_key(key: LocalKey, claims: Mapping[str, Any], algorithm: str = "HS256") -> str:
    """Everybody knows the certificate: a verifier that asks the token for its algorithm would take it."""
    kid, pem = next(iter(key.certs().items()))
    public = x509.load_pem_x509_certificate(pem.encode()).public_key()
    secret = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    said = f"{_part({'alg': algorithm, 'typ': 'JWT', 'kid': kid})}.{_part(claims)}"
    return f"{said}.{_base64(hmac.new(secret, said.encode(), hashlib.sha256).digest())}"


def elliptic(key: LocalKey, claims: Mapping[str, Any]) -> str:
    """Signed by an elliptic key in the name of an RSA key."""
    kid = next(iter(key.certs()))
    return jwt.encode(dict(claims), _elliptic(), algorithm="ES256", headers={"kid": kid})


def with_claims(token: str, **changed: Any) -> str:
    """The same signature under other words."""
    head, body, seal = token.split(".")
    return f"{head}.{_part(_read(body) | changed)}.{seal}"


def with_header(token: str, **changed: Any) -> str:
    head, body, seal = token.split(".")
    return f"{_part(_read(head) | changed)}.{body}.{seal}"


def without_signature(token: str) -> str:
    return token.rpartition(".")[0] + "."


def nested(depth: int) -> str:
    """A token whose claims are a hole without a bottom."""
    deep = _base64(b"[" * depth + b"]" * depth)
    return f"{deep}.{deep}."


def legacy(**claims: Any) -> str:
    """The form of a custom token of long ago, for which firebase-admin has a sentence ready."""
    return f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part({'v': 0, **claims})}.AAAA"


@cache
def _stranger() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def _elliptic() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _read(part: str) -> Told:
    found: Told = json.loads(base64.urlsafe_b64decode(part + "=="))
    return found


def _part(value: Mapping[str, Any]) -> str:
    return _base64(json.dumps(value).encode())


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _without_nothing(told: Told) -> Told:
    """A claim that is changed to None is left out."""
    return {name: value for name, value in told.items() if value is not None}
