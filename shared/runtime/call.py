"""One call of one action: attempts until its commit holds, then the letters.

    run the action -> commit everything it staged -> lost a race? run it again -> perform the letters

The idempotency record is born in the same commit as the change it remembers, with its answer inside:
there is no moment at which a key is known and its answer is not (docs/adr/0003).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from shared.kernel.actors import Actor
from shared.kernel.errors import Busy, Refusal
from shared.kernel.ports import MISSING, Collision, OutcomeUnknown, Write
from shared.kernel.records import Value
from shared.runtime import letters, log, marks, outbox
from shared.runtime.action import Declaration
from shared.runtime.codec import TOKEN
from shared.runtime.context import Context
from shared.runtime.ids import Tape
from shared.runtime.ledger import Ledger

if TYPE_CHECKING:
    from shared.runtime.wiring import Wiring

ATTEMPTS_MAX = 10
PAUSE_SECONDS = 0.01


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
            if (earlier := marks.remembered(call, wiring)) is not None:
                return earlier
            raise
        if _commit(call, wiring, ledger, response, attempts):
            return response
        if (earlier := marks.remembered(call, wiring)) is not None:
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
    writes = [
        *ledger.writes(attempts.token),
        *marks.of(call, wiring, ledger, response, attempts.now, attempts.token),
    ]
    lease = attempts.token if wiring.settings.dispatch_inline else ""
    post = [
        letters.write(one, call.actor.tenant_id, call.trace, attempts.now, lease) for one in ledger.effects
    ]
    if attempts.collided:
        post = _not_written_yet(post, wiring)
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
