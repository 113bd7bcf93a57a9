"""One call of one action: attempts until its commit holds, then the letters.

    run the action -> commit everything it staged -> lost a race? run it again -> perform the letters

The idempotency record is born in the same commit as the change it remembers, with its answer inside:
there is no moment at which a key is known and its answer is not (docs/adr/0003).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from shared.kernel.actors import Actor
from shared.kernel.errors import Busy, Invalid, Refusal
from shared.kernel.ports import MISSING, Collision, OutcomeUnknown, Write
from shared.kernel.records import Record, Sealed, Value
from shared.runtime import letters, log, outbox
from shared.runtime.action import Declaration
from shared.runtime.codec import TOKEN
from shared.runtime.context import Context
from shared.runtime.ids import Tape
from shared.runtime.ledger import Ledger

if TYPE_CHECKING:
    from shared.runtime.wiring import Wiring

ATTEMPTS_MAX = 10
PAUSE_SECONDS = 0.01
MARKER_LIFE = timedelta(hours=72)


class KeyReused(Invalid):
    """This Idempotency-Key was used for another request: use a new one."""


class Marker(Record):
    """Remembers one request by its key: a repeated one gets the first one's answer."""

    kind: ClassVar[str] = "markers"
    logged: ClassVar[bool] = False

    fingerprint: str
    response_json: Sealed
    made_at: datetime
    expires_at: datetime


class AuditEvent(Record):
    """Who changed or read what; written in the same commit, never altered."""

    kind: ClassVar[str] = "audit"
    logged: ClassVar[bool] = False

    at: datetime
    by_role: str
    by_user: str
    action: str
    records: tuple[str, ...]
    trace: str


@dataclass(frozen=True)
class Call:
    """A request that was understood and admitted. `key` makes it happen once; "" where the state does."""

    action: Declaration
    request: Value
    actor: Actor
    trace: str = ""
    key: str = ""
    if_match: int | None = None


@dataclass
class _Attempts:
    """What is the same in all attempts: the instant, the ids, and the token that marks our writes."""

    now: datetime
    tape: Tape
    token: str
    collided: bool = False


def run(call: Call, wiring: Wiring) -> Value:
    """The action's response. Raises Refusal; Busy when every attempt lost its race."""
    attempts = _Attempts(wiring.clock.now(), Tape(wiring.ids), wiring.ids.new())
    for number in range(ATTEMPTS_MAX):
        if number:
            wiring.clock.pause(PAUSE_SECONDS * number * (1 + ord(attempts.token[0]) % 8))
        attempts.tape.rewind()
        ledger = Ledger(
            wiring.documents,
            wiring.codec,
            call.actor,
            call.action.scope,
            attempts.now,
            if_match=call.if_match,
            careful=attempts.collided,
        )
        try:
            response: Value = call.action.run(call.request, _context(call, wiring, ledger, attempts))
        except Refusal:
            if (earlier := _remembered(call, wiring)) is not None:
                return earlier
            raise
        if _commit(call, wiring, ledger, response, attempts):
            return response
        if (earlier := _remembered(call, wiring)) is not None:
            return earlier
        attempts.collided = True
    log.event("call_gave_up", severity="ERROR", action=call.action.entry_point)
    raise Busy


def _context(call: Call, wiring: Wiring, ledger: Ledger, attempts: _Attempts) -> Context:
    return Context(
        call.actor, attempts.now, ledger, attempts.tape, wiring, wiring.outbox, wiring.settings, call.trace
    )


def _commit(call: Call, wiring: Wiring, ledger: Ledger, response: Value, attempts: _Attempts) -> bool:
    """True when our writes are in the store, whoever says so; then the letters have been performed too."""
    writes = [*ledger.writes(attempts.token), *_marks(call, wiring, ledger, response, attempts)]
    lease = attempts.token if wiring.settings.dispatch_inline else ""
    post = [
        letters.write(one, call.actor.tenant_id, call.trace, attempts.now, lease) for one in ledger.effects
    ]
    first_letter = len(writes)
    writes += [
        Write(f"outbox/{letter.id}", {**outbox.fields_of(letter, wiring), TOKEN: attempts.token}, MISSING)
        for letter in post
    ]
    if not writes:
        return True
    try:
        stamps = wiring.documents.commit(writes)
    except (Collision, OutcomeUnknown):
        found = wiring.documents.read([one.path for one in writes if one.fields is not None])
        ours = [one for one in found.values() if one is not None and one.fields.get(TOKEN) == attempts.token]
        return bool(ours)  # it landed, only the reply was lost: the sweeper finds its letters
    if lease and post:
        claimed = [outbox.Claimed(one, stamp) for one, stamp in zip(post, stamps[first_letter:], strict=True)]
        wiring.outbox.perform(claimed)
    return True


def _not_written_yet(post: list[letters.Letter], wiring: Wiring) -> list[letters.Letter]:
    """A letter whose key is in the outbox says what is being said already."""
    found = wiring.documents.read([f"outbox/{letter.id}" for letter in post]) if post else {}
    return [letter for letter in post if found[f"outbox/{letter.id}"] is None]


def _marks(call: Call, wiring: Wiring, ledger: Ledger, response: Value, attempts: _Attempts) -> list[Write]:
    marks: list[Record] = []
    tenant = call.actor.tenant_id
    if call.key and (not call.action.reads_only):
        marks.append(
            Marker(
                id=_marker_id(call),
                tenant_id=tenant,
                fingerprint=_fingerprint(call),
                made_at=attempts.now,
                response_json=response.model_dump_json(),
                expires_at=attempts.now + MARKER_LIFE,
            )
        )
    if call.action.audited or (call.action.trigger.kind == "http" and ledger.changed):
        touched = tuple(f"{kind}/{key}" for kind, key in ledger.touched())
        marks.append(
            AuditEvent(
                id=f"{attempts.token}",
                tenant_id=tenant,
                at=attempts.now,
                by_role=call.actor.role,
                by_user=call.actor.user_id,
                action=call.action.entry_point,
                trace=call.trace,
                records=touched or _named(call.request),
            )
        )
    return [
        Write(f"{one.kind}/{one.id}", {**wiring.codec.encode(one), TOKEN: attempts.token}, MISSING)
        for one in marks
    ]


def _remembered(call: Call, wiring: Wiring) -> Value | None:
    """The answer to the same request, if it was given before. Raises KeyReused for another request."""
    if not call.key:
        return None
    path = f"{Marker.kind}/{_marker_id(call)}"
    found = wiring.documents.read([path])[path]
    if found is None:
        return None
    marker = wiring.codec.decode(Marker, found.fields)
    if marker.fingerprint != _fingerprint(call):
        raise KeyReused
    return call.action.response.model_validate_json(marker.response_json)


def _marker_id(call: Call) -> str:
    who = f"{call.actor.tenant_id}|{call.actor.user_id}|{call.action.entry_point}|{call.key}"
    return hashlib.sha256(who.encode()).hexdigest()[:40]


def _fingerprint(call: Call) -> str:
    return hashlib.sha256(f"{call.action.entry_point}|{call.request.model_dump_json()}".encode()).hexdigest()


def _named(request: Value) -> tuple[str, ...]:
    """The ids a reading request names, e.g. patient_id."""
    named: dict[str, Any] = request.model_dump()
    return tuple(f"{name}={value}" for name, value in named.items() if name.endswith("_id"))
