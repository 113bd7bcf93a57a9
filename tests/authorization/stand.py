"""The stand on which the matrix is asked: the world of production with the records of three parties in it."""

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from infra.rendering.authorization import PEOPLE
from shared.adapters.clinic_signature import HEADER, sign
from shared.kernel.ports import Write
from shared.kernel.records import Record
from shared.runtime import catalog
from shared.runtime.action import Declaration
from shared.runtime.problem import Answer
from shared.runtime.wiring import Wiring
from tests.authorization.google import Google
from tests.authorization.parties import SEEDED, Ask, Party, caller
from tests.authorization.production import Production, parcel
from tests.authorization.tokens import blocking_claims, signed
from tests.doors import filled
from tests.members import member_of

FOLDER = "tests/authorization/subjects"
EVENT = "The event"
"""Not a header: what Identity Platform signs is the body itself."""
MODULES = tuple(sorted({one.module for one in catalog.all_actions()}))


class NotDescribed(Exception):
    """The matrix does not know what to ask: the message says what to add, and where."""


def asks_of(action: Declaration) -> tuple[Ask, ...]:
    """Raises NotDescribed."""
    found: Mapping[str, tuple[Ask, ...]] = getattr(_subjects(action.module), "ASKS", {})
    if action.name not in found:
        raise NotDescribed(
            f"{FOLDER}/{action.module}.py says nothing of {action.name}: add to ASKS a request that succeeds "
            f'for its caller, e.g. "{action.name}": named("patient") or listed().'
        )
    return found[action.name]


def records_of(party: Party, wiring: Wiring) -> list[Record]:
    """One of each kind that the modules keep. Raises NotDescribed."""
    return [one for module in MODULES for one in _maker(module)(party, wiring)]


def _maker(module: str) -> Callable[[Party, Wiring], list[Record]]:
    found = getattr(_subjects(module), "records", None)
    if found is None:
        raise NotDescribed(f"{FOLDER}/{module}.py has no records(party, wiring): one record of each kind.")
    maker: Callable[[Party, Wiring], list[Record]] = found
    return maker


def _subjects(module: str) -> Any:
    try:
        return import_module(f"tests.authorization.subjects.{module}")
    except ModuleNotFoundError as missing:
        if missing.name != f"tests.authorization.subjects.{module}":
            raise
        raise NotDescribed(
            f"the module {module} is new to the matrix: add {FOLDER}/{module}.py with ASKS and records(), "
            f"as its siblings have them."
        ) from None


class Stand:
    """Makes worlds that hold the same records, and sends what a case says."""

    def __init__(self, google: Google) -> None:
        self.google = google

    @cached_property
    def _seeds(self) -> list[Write]:
        wiring = Production().wiring
        made = [one for party in SEEDED for one in records_of(party, wiring)]
        made += [member_of(caller(role)) for role in PEOPLE]
        return [Write(one.place(one.id), wiring.codec.encode(one)) for one in made]

    def world(self) -> Production:
        fresh = Production()
        fresh.watched.seed(self._seeds)
        return fresh

    def request(
        self,
        world: Production,
        action: Declaration,
        fields: dict[str, Any],
        header: dict[str, str],
        tenant_id: str = "vm",
    ) -> Answer:
        """As it comes to this function, with or without what proves who sends it."""
        match action.trigger.kind:
            case "http" | "public":
                path, query, body = _in_parts(action, fields)
                return world.send(action, body, {"Idempotency-Key": "the-matrix-asks", **header}, query, path)
            case "webhook":
                return world.send(action, *_form(action, fields, header))
            case _:
                return world.send(action, parcel(action, fields, tenant_id), header)

    def signature(self, world: Production, action: Declaration, fields: dict[str, Any]) -> dict[str, str]:
        """What the provider of a webhook would add."""
        if action.trigger.verify == "identity":
            told = blocking_claims(world.url_of(action), fields["user_id"], fields["groups"])
            return {EVENT: signed(self.google.key, told)}
        body, _, query = _form(action, fields, {})
        if action.trigger.verify == "clinic":
            return {HEADER: sign(world.settings.clinic_webhook_secrets[0], body, world.clock.now())}
        if action.trigger.verify == "bridge":
            return {HEADER: sign(world.settings.bridge_webhook_secrets[0], body, world.clock.now())}
        form = {name: value for name, value in fields.items() if name != "?"}
        url = world.url_of(action) + (f"?{query}" if query else "")
        validator = RequestValidator(world.settings.twilio_tokens[0])
        return {"X-Twilio-Signature": validator.compute_signature(url, with_account(form))}


def with_account(form: dict[str, Any]) -> dict[str, Any]:
    return {"AccountSid": "AC" + "7" * 32, **form}


def _form(
    action: Declaration, fields: dict[str, Any], header: dict[str, str]
) -> tuple[bytes, dict[str, str], str]:
    if action.trigger.verify in ("clinic", "bridge"):
        return _as_json(fields), header, ""
    if action.trigger.verify == "identity":
        left = dict(header)
        return _as_json({"data": {"jwt": left.pop(EVENT, "")}}), left, ""
    form = {name: value for name, value in fields.items() if name != "?"}
    return urlencode(with_account(form)).encode(), header, fields.get("?", "")


def _in_parts(action: Declaration, fields: dict[str, Any]) -> tuple[str, str, bytes]:
    """Path, query and body."""
    left = dict(fields)
    path = filled(action.path, left)
    if action.trigger.method == "GET":
        return path, urlencode(left, doseq=True), b""
    return path, "", _as_json(left)


def _as_json(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields).encode()
