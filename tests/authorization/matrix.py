"""Every action, every caller, every record: what each of them is owed, and whether it is what they get."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from infra.rendering.authorization import Reach, reach
from shared.kernel.actors import Role
from shared.runtime.action import Declaration, Done
from shared.runtime.problem import Answer
from tests.authorization import callers, services
from tests.authorization.callers import Caller, Expects
from tests.authorization.parties import FOREIGN, MISSING, OTHER, OWN, PARTIES, Ask, Party
from tests.authorization.production import Production, bearer
from tests.authorization.stand import Stand, asks_of

SIGNED_BY_ITS_PROVIDER = Caller("its provider", Role.SYSTEM, Expects.IN, callers.said(""))
ITS_SERVICE = Caller("its service", Role.SYSTEM, Expects.IN, callers.said(""))
FOR_ANOTHER_TENANT = Caller(
    "its service, for another tenant", Role.SYSTEM, Expects.OUTSIDE, callers.said(""), "other"
)


@dataclass(frozen=True)
class Case:
    """Somebody calls an action about a record of this party's."""

    action: Declaration
    ask: Ask
    caller: Caller
    party: Party

    def __str__(self) -> str:
        what = f"{self.action.entry_point} {self.ask.of}".strip()
        return f"{what} / {self.caller.name} / {self.party.name}"


def cases(action: Declaration) -> Iterator[Case]:
    for number, ask in enumerate(asks_of(action)):
        for one in _callers(action):
            if number and one.expects is not Expects.IN:
                continue  # they do not come past the first record: the second is never looked at
            for party in _parties(ask, one):
                yield Case(action, ask, one, party)


def _callers(action: Declaration) -> Iterator[Caller]:
    match action.trigger.kind:
        case "http":
            yield from callers.people(action)
        case "public":
            yield from (Caller(one.name, one.role, Expects.IN, one.make) for one in callers.anybody())
        case "webhook":
            yield SIGNED_BY_ITS_PROVIDER
            yield from callers.anybody()
        case _:
            yield ITS_SERVICE
            if action.trigger.kind != "schedule":
                yield FOR_ANOTHER_TENANT
            yield from callers.anybody()
            yield from (_forged(name) for name in services.BAD)


def _forged(name: str) -> Caller:
    return Caller(f"a service: {name}", Role.SYSTEM, Expects.NOT_ADMITTED, callers.said(name))


def _parties(ask: Ask, one: Caller) -> tuple[Party, ...]:
    if ask.names == "nothing":
        return (OWN,)
    if one.expects is Expects.OUTSIDE:
        return (OWN, MISSING)
    if ask.names == "caller":
        return (OWN, FOREIGN, MISSING)
    return PARTIES


def owed(case: Case) -> int:
    """The status that this caller is owed."""
    if isinstance(case.caller.expects.value, int):
        refused = case.caller.expects.value
        return 403 if case.action.trigger.verify == "twilio" else refused
    if case.action.trigger.kind == "http" and reach(case.action, case.caller.role) is Reach.NOTHING:
        return 403
    return 200 if _is_theirs(case) else case.ask.missing


def _is_theirs(case: Case) -> bool:
    if case.ask.names == "nothing":
        return True
    if case.caller.expects is Expects.OUTSIDE or case.party in (FOREIGN, MISSING):
        return False
    sees_all = case.caller.role.is_staff or reach(case.action, case.caller.role) is Reach.ALL
    return case.party is OWN or sees_all


class Matrix:
    """Puts cases on the stand. Who is owed a refusal shares one world, in which nothing ever changes."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self._quiet = stand.world()
        self._missing: dict[tuple[str, str, str], Any] = {}

    def wrong(self, case: Case) -> str:
        """What is wrong with the answer; "" when nothing is."""
        status = owed(case)
        world = self.stand.world() if status == 200 and not case.action.reads_only else self._quiet
        before = len(world.watched.written)
        answer = self._sent(world, case)
        written = world.watched.written[before:]
        found = [
            *([f"{answer.status} instead of {status}"] if answer.status != status else []),
            *([f"refused, and yet wrote {written}"] if answer.status != 200 and written else []),
            *_shown(case, answer),
            *_foreign(world, case, written),
            *self._not_alike(case, answer),
        ]
        return f"{case}: {'; '.join(found)}: {answer.body[:300]!r}" if found else ""

    def _sent(self, world: Production, case: Case) -> Answer:
        action, stands_for = case.action, case.party if case.ask.names == "caller" else OWN
        fields, tenant = case.ask.fields(case.party), case.caller.tenant_id
        header = case.caller.header(self.stand.google, stands_for)
        world.knows(case.caller.actor(stands_for), case.caller.member)
        if case.caller is SIGNED_BY_ITS_PROVIDER:
            header = self.stand.signature(world, action, fields)
        elif case.caller.role == Role.SYSTEM:
            forge = services.BAD.get(header.get("Authorization", ""), services.claiming())
            header = bearer(forge(self.stand.google.key, services.right(world, action)))
        return self.stand.request(world, action, fields, header, tenant)

    def _not_alike(self, case: Case, answer: Answer) -> list[str]:
        """What is foreign, or not theirs, is answered as what does not exist, letter by letter."""
        hidden = case.party in (FOREIGN, OTHER) or case.caller.expects is Expects.OUTSIDE
        if case.ask.names == "nothing" or case.party is MISSING or not hidden or _is_theirs(case):
            return []
        key = (case.action.entry_point, case.ask.of, case.caller.name)
        if key not in self._missing:
            nobodys = Case(case.action, case.ask, case.caller, MISSING)
            fresh = self.stand.world() if owed(nobodys) == 200 else self._quiet
            self._missing[key] = _comparable(nobodys, self._sent(fresh, nobodys))
        if self._missing[key] == _comparable(case, answer):
            return []
        return [f"a missing one says {self._missing[key]}"]


def _comparable(case: Case, answer: Answer) -> Any:
    """Without the trace, and with the names that the request itself said all alike."""
    told = answer.body.decode()
    for said in _said(case.ask.fields(case.party)):
        told = told.replace(said, said.replace(case.party.mark, MISSING.mark))
    try:
        read = json.loads(told)
    except ValueError:
        return answer.status, told
    read.pop("trace_id", None)
    return answer.status, read, sorted(answer.headers.items())


def _said(value: Any) -> Iterator[str]:
    """Every text in a request."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _said(one)


def _shown(case: Case, answer: Answer) -> list[str]:
    """Foreign records are in no answer; others' in none to who sees only their own; one's own are there."""
    if answer.status == 200 and _must_show(case) and case.party.mark not in answer.body.decode():
        return [f"does not show what is {case.party.name}"]
    told, is_outside = answer.body.decode(), case.caller.expects is Expects.OUTSIDE
    # Called like one's own, and lying there.
    theirs = (
        (FOREIGN.doctor, FOREIGN.patient, FOREIGN.employer, case.caller.actor(OWN).record_id)
        if is_outside
        else ()
    )
    for said in (*_said(case.ask.fields(case.party)), *theirs):
        told = told.replace(said, "")
    hidden = [OWN, OTHER] if is_outside else [FOREIGN] + [OTHER] * (not case.caller.role.is_staff)
    return [f"shows what is {one.name}" for one in hidden if one.mark in told]


def _must_show(case: Case) -> bool:
    shows = case.ask.shows and case.action.response is not Done
    return shows and _is_theirs(case) and case.caller.expects is Expects.IN


def _foreign(world: Production, case: Case, written: list[str]) -> list[str]:
    """Whatever was written lies in the caller's tenant, and no foreign record was touched."""
    found = world.watched.read(written)
    tenants = {str(one.fields["tenant_id"]) for one in found.values() if one and "tenant_id" in one.fields}
    tenants -= {case.caller.tenant_id}
    strays = [path for path in written if path in world.foreign_to(case.caller.tenant_id)]
    return [f"wrote into {sorted(tenants)}"] * bool(tenants) + [f"wrote {path}" for path in strays]
