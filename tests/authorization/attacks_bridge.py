"""Attacks on what the other chat tells us: its seal is its own, and covers the body and a time."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

from shared.adapters.clinic_signature import HEADER, sign
from tests.authorization.attacks import Attack, Sent
from tests.authorization.parties import OTHER, OWN
from tests.authorization.production import BRIDGE_SECRET, CLINIC_SECRETS
from tests.outside import START

HEAR = "chat__hear_bridge"
BODY = json.dumps({"message_id": "m-1", "channel_id": OWN.id("room")}).encode()
ELSEWHERE = json.dumps({"message_id": "m-1", "channel_id": OTHER.id("room")}).encode()
SEAL = sign(BRIDGE_SECRET, BODY, START)


def genuine() -> Iterator[Attack]:
    yield Attack("a hint", HEAR, 200, _as_is(Sent(BODY, {HEADER: SEAL})))


def forged() -> Iterator[Attack]:
    seals = {
        "a clinic's secret": sign(CLINIC_SECRETS[0], BODY, START),
        "the secret that comes with the code": sign("local-bridge-webhook-secret", BODY, START),
        "an empty secret": sign("", BODY, START),
        "six minutes old": sign(BRIDGE_SECRET, BODY, START - timedelta(minutes=6)),
        "from the future": sign(BRIDGE_SECRET, BODY, START + timedelta(minutes=6)),
    }
    for name, seal in seals.items():
        yield Attack(name, HEAR, 401, _as_is(Sent(BODY, {HEADER: seal})))
    yield Attack("another room", HEAR, 401, _as_is(Sent(ELSEWHERE, {HEADER: SEAL})))
    yield Attack("no seal", HEAR, 401, _as_is(Sent(BODY, {})))
    yield Attack("the seal by a bearer", HEAR, 401, _as_is(Sent(BODY, {"Authorization": f"Bearer {SEAL}"})))


def _as_is(sent: Sent) -> Callable[[object], Sent]:
    return lambda _: sent
