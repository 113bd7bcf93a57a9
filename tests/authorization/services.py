"""Tokens of services: the one that is right for a function, and all the others."""

from collections.abc import Callable
from typing import Any

from infra.local.local_key import LocalKey
from shared.kernel.actors import Role
from shared.runtime.action import Declaration
from tests.authorization import tokens
from tests.authorization.callers import NOW
from tests.authorization.parties import OWN, caller
from tests.authorization.production import Production
from tests.authorization.tokens import HOUR, Told, service_claims, signed, user_claims

Forge = Callable[[LocalKey, Told], str]


def right(world: Production, action: Declaration) -> Told:
    """What Google says of the service that alone may call this function."""
    return service_claims(world.url_of(action), world.account_of(action))


def claiming(**changed: Any) -> Forge:
    """Signed by Google; `changed` is what is wrong with it, None what is left out."""
    return lambda key, told: signed(
        key, {name: one for name, one in (told | changed).items() if one is not None}
    )


def but(change: Callable[[Told], Told]) -> Forge:
    """Signed by Google; what is wrong with it depends on what is right."""
    return lambda key, told: signed(key, told | change(told))


def account(name: str) -> Forge:
    return but(lambda told: {"email": f"{name}@{told['email'].partition('@')[2]}"})


def _user(key: LocalKey, told: Told) -> str:
    """A person's, who is an admin, and says so to this very URL."""
    return signed(key, user_claims(caller(Role.ADMIN), aud=told["aud"]))


def _user_with_email(key: LocalKey, told: Told) -> str:
    """A person's, whose address is called as the service is."""
    mail = {"email": told["email"], "email_verified": True}
    return signed(key, user_claims(caller(Role.ADMIN, OWN), aud=told["aud"], **mail))


BAD: dict[str, Forge] = {
    "another function's": but(lambda told: {"aud": told["aud"] + "x"}),
    "the host's alone": but(lambda told: {"aud": told["aud"].split("/_")[0]}),
    "http": but(lambda told: {"aud": told["aud"].replace("https", "http")}),
    "another host": but(lambda told: {"aud": told["aud"].replace("api.", "api2.")}),
    "with a query": but(lambda told: {"aud": told["aud"] + "?a=1"}),
    "with a slash": but(lambda told: {"aud": told["aud"] + "/"}),
    "an audience of several": but(lambda told: {"aud": [told["aud"], "https://evil.example"]}),
    "an audience of one in a list": but(lambda told: {"aud": [told["aud"]]}),
    "no audience": claiming(aud=None),
    "the project for an audience": claiming(aud=tokens.PROJECT),
    "a function's own account": account("functions"),
    "a stranger's project": but(lambda told: {"email": told["email"].replace("@", "@evil-")}),
    "a longer domain": but(lambda told: {"email": told["email"] + ".evil.example"}),
    "in capitals": but(lambda told: {"email": told["email"].upper()}),
    "no account": claiming(email=None),
    "an account in a list": but(lambda told: {"email": [told["email"]]}),
    "not verified": claiming(email_verified=False),
    "verified in a word": claiming(email_verified="true"),
    "verification left out": claiming(email_verified=None),
    "another issuer": claiming(iss="https://accounts.example.com"),
    "issuer by another letter": claiming(iss="https://accounts.google.com/"),
    "firebase's issuer": claiming(iss=tokens.FIREBASE),
    "no issuer": claiming(iss=None),
    "expired": claiming(iat=NOW - 2 * HOUR, exp=NOW - HOUR),
    "expired half a minute ago": claiming(iat=NOW - HOUR, exp=NOW - 30),
    "without an end": claiming(exp=None),
    "not valid yet": claiming(iat=NOW + HOUR, exp=NOW + 2 * HOUR),
    "unsigned": lambda _, told: tokens.unsigned(told),
    "unsigned, with a key's name": lambda key, told: tokens.unsigned(told, kid=next(iter(key.certs()))),
    "its signature cut off": lambda key, told: tokens.without_signature(signed(key, told)),
    "alg none over a signature": lambda key, told: tokens.with_header(signed(key, told), alg="none"),
    "hmac with the public key": lambda key, told: tokens.hmac_with_public_key(key, told),
    "hmac called RS256": lambda key, told: tokens.hmac_with_public_key(key, told, "RS256"),
    "an elliptic key": tokens.elliptic,
    "a stranger's key": tokens.by_stranger,
    "an unknown key": lambda _, told: tokens.by_unknown_key(told),
    "a key without a name": lambda _, told: tokens.without_key_id(told),
    "other claims": lambda key, told: tokens.with_claims(
        signed(key, told | {"email": "x"}), email=told["email"]
    ),
    "a person's": _user,
    "a person's with the service's address": _user_with_email,
}
