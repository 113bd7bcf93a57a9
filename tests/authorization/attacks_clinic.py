"""Attacks on what clinics tell us: the seal covers the body and a time, and nothing else is believed."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

from shared.adapters.clinic_signature import HEADER, sign
from tests.authorization.attacks import Attack, Sent
from tests.authorization.parties import OTHER, OWN
from tests.authorization.production import CLINIC_SECRETS
from tests.authorization.subjects.house_visits import event
from tests.outside import START

NEW, OLD = CLINIC_SECRETS
HEAR = "house_visits__hear_clinic"
BODY = json.dumps(event(OWN)).encode()
SEAL = sign(NEW, BODY, START)


def sealed(body: bytes, seal: str, **more: str) -> Sent:
    return Sent(body, {HEADER: seal, **more})


def genuine() -> Iterator[Attack]:
    told = {
        "an event": SEAL,
        "the secret on its way out": sign(OLD, BODY, START),
        "both secrets": f"{SEAL},v1={sign(OLD, BODY, START).partition('v1=')[2]}",
        "a clock four minutes behind": sign(NEW, BODY, START - timedelta(minutes=4)),
    }
    for name, seal in told.items():
        yield Attack(name, HEAR, 200, _as_is(sealed(BODY, seal)))


def forged() -> Iterator[Attack]:
    bodies = {
        "another visit": json.dumps(event(OTHER)).encode(),
        "another event": BODY.replace(b"cancelled", b"no_show"),
        "another id": BODY.replace(b"e-1", b"e-2"),
        "one blank more": BODY + b" ",
        "the key said twice": BODY[:-1] + b', "booking_key": "visit-asking-other-1-1"}',
        "nothing": b"",
    }
    for name, body in bodies.items():
        yield Attack(name, HEAR, 401, _as_is(sealed(body, SEAL)))
    for name, seal in _seals().items():
        yield Attack(name, HEAR, 401, _as_is(sealed(BODY, seal)))
    for name, sent in {
        "no seal": Sent(BODY, {}),
        "the seal in a query": Sent(BODY, {}, f"{HEADER}={SEAL}"),
        "the seal by a bearer": Sent(BODY, {"Authorization": f"Bearer {SEAL}"}),
        "twilio's header": Sent(BODY, {"X-Twilio-Signature": SEAL}),
        "a body of megabytes": sealed(b" " * 2_000_000, SEAL),
    }.items():
        yield Attack(name, HEAR, 422 if "megabytes" in name else 401, _as_is(sent))


def _seals() -> dict[str, str]:
    time, _, digest = SEAL.partition(",v1=")
    return {
        "a retired secret": sign("the-secret-of-last-year", BODY, START),
        "the secret that comes with the code": sign("local-clinic-webhook-secret", BODY, START),
        "an empty secret": sign("", BODY, START),
        "both secrets as one": sign(",".join(CLINIC_SECRETS), BODY, START),
        "six minutes old": sign(NEW, BODY, START - timedelta(minutes=6)),
        "thirty days old": sign(NEW, BODY, START - timedelta(days=30)),
        "from the future": sign(NEW, BODY, START + timedelta(minutes=6)),
        "another time": f"t={int(time[2:]) + 1},v1={digest}",
        "two times": f"{time},t={int(time[2:]) + 1},v1={digest}",
        "no time": f"v1={digest}",
        "a time in other digits": f"t={'१' * 10},v1={digest}",
        "a negative time": f"t=-{time[2:]},v1={digest}",
        "a digest cut short": f"{time},v1={digest[:-1]}",
        "a digest in capitals": f"{time},v1={digest.upper()}",
        "an empty digest": f"{time},v1=",
        "another version": f"{time},v0={digest}",
        "guesses by the hundred": f"{time},"
        + ",".join(f"v1={one:064x}" for one in range(200))
        + f",v1={digest}",
        "the right one after five guesses": f"{time}," + ",".join(["v1=0"] * 5) + f",v1={digest}",
        "a blank and a line": f"{time},v1={digest}\r\nX-Admin: 1",
    }


def _as_is(sent: Sent) -> Callable[[object], Sent]:
    return lambda _: sent
