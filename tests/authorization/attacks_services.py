"""Attacks on what only our own services may call: a task, a topic and a schedule, with every wrong token."""

from collections.abc import Iterator
from functools import partial

from infra.rendering.authorization import PEOPLE
from shared.kernel.actors import Role
from shared.runtime import catalog
from shared.runtime.dead_letters import DELIVERIES_MAX, RETRIES_MAX
from tests.authorization import services, tokens
from tests.authorization.attacks import Attack, Sent
from tests.authorization.callers import NO_TOKENS, good
from tests.authorization.parties import OWN, caller
from tests.authorization.production import Production, bearer, parcel
from tests.authorization.services import Forge
from tests.authorization.stand import Stand, asks_of

CALLED = ("house_visits__ask_next_doctor", "house_visits__read_reply", "platform__sweep_outbox")
DIAGNOSTICS = {
    "X-CloudTasks-TaskName": "1",
    "X-CloudTasks-QueueName": "cascade",
    "X-CloudTasks-TaskRetryCount": str(RETRIES_MAX + 1),
    "X-CloudScheduler": "true",
    "X-CloudScheduler-ScheduleTime": "2026-11-24T09:00:00Z",
    "X-Appengine-Cron": "true",
    "X-Goog-Authenticated-User-Email": (
        "accounts.google.com:cloud-tasks@visita-invented.iam.gserviceaccount.com"
    ),
    "X-Goog-Iap-Jwt-Assertion": "x",
    "X-Serverless-Authorization": "x",
}
"""What Google's services add, and anybody can."""


def genuine() -> Iterator[Attack]:
    for name in CALLED:
        yield Attack("its own service", name, 200, partial(_by, name, services.claiming()))
    for name in ("house_visits__list_visits", "platform__list_dead_letters"):
        yield Attack(
            "an admin",
            name,
            200,
            lambda stand: Sent(b"", {"Authorization": good(stand.google, caller(Role.ADMIN))}),
        )


def forged() -> Iterator[Attack]:
    for name in CALLED:
        for how, forge in services.BAD.items():
            yield Attack(how, name, 401, partial(_by, name, forge))
        for role in PEOPLE:
            yield Attack(f"a {role}", name, 401, partial(_person, name, role))
        for how, make in NO_TOKENS.items():
            yield Attack(how, name, 401, partial(_header, name, make(None, caller(Role.ADMIN))))  # type: ignore[arg-type]  # none of them asks Google
        yield Attack("what Google's services say of themselves", name, 401, partial(_diagnostics, name))
        for other in CALLED:
            if other != name:
                yield Attack(f"the token of {other}", name, 401, partial(_of_another, name, other))
    for name in ("house_visits__list_visits", "platform__list_dead_letters"):
        yield Attack("a service for a person", name, 401, partial(_service_for_person, "its own claims"))
        yield Attack("a service that claims a role", name, 401, partial(_service_for_person, "a role"))


def _sent(name: str, header: dict[str, str]) -> Sent:
    action = catalog.find(name)
    fields = asks_of(action)[0].fields(OWN)
    if action.trigger.kind != "topic":
        return Sent(parcel(action, fields), header)
    # As often as it takes to be buried: who is not admitted buries nothing.
    body = parcel(action, fields)[:-1] + b', "deliveryAttempt": %d}' % DELIVERIES_MAX
    return Sent(body, header)


def _by(name: str, forge: Forge, stand: Stand) -> Sent:
    told = services.right(Production(), catalog.find(name))
    return _sent(name, bearer(forge(stand.google.key, told)))


def _person(name: str, role: Role, stand: Stand) -> Sent:
    return _sent(name, {"Authorization": good(stand.google, caller(role))})


def _header(name: str, header: str, _: Stand) -> Sent:
    return _sent(name, {"Authorization": header} if header else {})


def _diagnostics(name: str, _: Stand) -> Sent:
    return _sent(name, DIAGNOSTICS)


def _of_another(name: str, other: str, stand: Stand) -> Sent:
    told = services.right(Production(), catalog.find(other))
    return _sent(name, bearer(tokens.signed(stand.google.key, told)))


def _service_for_person(what: str, stand: Stand) -> Sent:
    claims = {} if what == "its own claims" else {"role": "admin", "firebase": {"tenant": "idp-vm"}}
    account = "cloud-tasks@visita-invented.iam.gserviceaccount.com"
    told = tokens.service_claims(tokens.PROJECT, account, **claims)
    return Sent(b"", bearer(tokens.signed(stand.google.key, told)))
