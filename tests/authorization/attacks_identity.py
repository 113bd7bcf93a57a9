"""Attacks on the question of Identity Platform: who could ask it for themselves would be an administrator."""

import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from infra.local.local_key import LocalKey
from shared.kernel.actors import Role
from tests.authorization import tokens
from tests.authorization.attacks import Attack, Sent
from tests.authorization.parties import caller
from tests.authorization.stand import Stand
from tests.authorization.tokens import HOUR, blocking_claims, signed, user_claims

BEFORE = "identity__before_sign_in"
URL = "https://api.visita.example/v1/webhooks/identity/before-sign-in"
ADMINS = "visita-admins"
NOW = int(time.time())


def genuine() -> Iterator[Attack]:
    yield Attack("somebody signs in", BEFORE, 200, signs_in)
    yield Attack("a clock five seconds ahead", BEFORE, 200, lambda stand: _asked(signed, _ahead(), stand))


def signs_in(stand: Stand) -> Sent:
    return _asked(signed, {}, stand)


def _ahead() -> dict[str, Any]:
    return {"iat": int(time.time()) + 5}


def forged() -> Iterator[Attack]:
    strange: dict[str, dict[str, Any]] = {
        "expired": {"iat": NOW - 2 * HOUR, "exp": NOW - HOUR},
        "not valid yet": {"iat": NOW + HOUR, "exp": NOW + 2 * HOUR},
        "without an end": {"exp": None},
        "for another function": {"aud": URL.replace("before-sign-in", "before-create")},
        "for our project": {"aud": tokens.PROJECT},
        "for nobody": {"aud": None},
        "of another project": {"iss": "https://securetoken.google.com/visita-stranger"},
        "google's issuer": {"iss": tokens.GOOGLE},
        "another event": {"event_type": "beforeCreate"},
        "no event": {"event_type": None},
        "an unknown tenant": {"tenant_id": "idp-stranger"},
        "no tenant": {"tenant_id": None},
        "nobody's": {"sub": None},
        "without a user": {"user_record": None},
        "a user that is a list": {"user_record": ["u"]},
        "claims that are no object": {"raw_user_info": "[]", "sign_in_attributes": None},
    }
    for name, changed in strange.items():
        yield Attack(name, BEFORE, 401, partial(_asked, signed, changed))
    makers: dict[str, Callable[[LocalKey, dict[str, Any]], str]] = {
        "a stranger's key": tokens.by_stranger,
        "an unknown key": lambda _, told: tokens.by_unknown_key(told),
        "a key without a name": lambda _, told: tokens.without_key_id(told),
        "unsigned, as the emulator's": lambda _, told: tokens.unsigned(told),
        "hmac with the public key": tokens.hmac_with_public_key,
        "hmac called RS256": lambda key, told: tokens.hmac_with_public_key(key, told, "RS256"),
        "an elliptic key": tokens.elliptic,
        "its signature cut off": lambda key, told: tokens.without_signature(signed(key, told)),
        "other groups": lambda key, told: tokens.with_claims(
            signed(key, told), sign_in_attributes={"groups": [ADMINS]}
        ),
        "a user's token": lambda key, _: signed(key, user_claims(caller(Role.ADMIN))),
        "a user's token for this URL": lambda key, _: signed(key, user_claims(caller(Role.ADMIN), aud=URL)),
        "brackets without end": lambda *_: tokens.nested(3000),
        "nothing": lambda *_: "",
    }
    for name, make in makers.items():
        yield Attack(name, BEFORE, 401, partial(_asked, make, {}))
    yield Attack("an admin's bearer", BEFORE, 401, _with_bearer)


def _asked(make: Callable[..., str], changed: dict[str, Any], stand: Stand) -> Sent:
    token = make(stand.google.key, blocking_claims(URL, "u-1", ("visita-operators",), **changed))
    return Sent(json.dumps({"data": {"jwt": token}}).encode(), {})


def _with_bearer(stand: Stand) -> Sent:
    token = signed(stand.google.key, user_claims(caller(Role.ADMIN)))
    return Sent(b"{}", {"Authorization": f"Bearer {token}"})
