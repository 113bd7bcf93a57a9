"""One call of one action: attempts until its commit holds, then the letters.

    run the action -> commit everything it staged -> lost a race? run it again -> perform the letters

The idempotency record is born in the same commit as the change it remembers, with its answer inside:
there is no moment at which a key is known and its answer is not (docs/adr/0003).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from shared.kernel.actors import Actor
from shared.kernel.errors import Busy, Refusal
from shared.kernel.ports import MISSING, Collision, OutcomeUnknown, Snapshot, Write
from shared.kernel.records import Value
from shared.runtime import catalog, letters, log, marks, outbox, spans
from shared.runtime.action import Declaration
from shared.runtime.attempts import Attempts
from shared.runtime.codec import TOKEN
from shared.runtime.context import Context
from shared.runtime.ids import Tape
from shared.runtime.ledger import Ledger
from shared.runtime.letters import Letter
from shared.runtime.staging import path_of

if TYPE_CHECKING:
    from shared.kernel.effects import Message
    from shared.runtime.wiring import Wiring

ATTEMPTS_MAX = 10


@dataclass(frozen=True)
class Call:
    """A request that was understood and admitted. `key` makes it happen once; "" where the state does."""

    action: Declaration
    request: Value
    actor: Actor
    trace: str = ""
    key: str = ""
    if_match: int | None = None


def run(call: Call, wiring: Wiring) -> Value:
    """The action's response. Raises Refusal; Busy when every attempt lost its race."""
    attempts = Attempts(wiring.clock.now(), Tape(wiring.ids), wiring.ids.new())
    for number in range(ATTEMPTS_MAX):
        attempts.begin()
        ledger = Ledger(
            wiring.documents,
            wiring.codec,
            call.actor,
            call.action.scope,
            attempts.now,
            if_match=call.if_match,
            known=attempts.known,
        )
        try:
            response: Value = call.action.run(call.request, _context(call, wiring, ledger, attempts))
        except Refusal as refusal:
            if (earlier := marks.remembered(call, wiring)) is not None:
                return earlier
            # A refusal has no answer to remember: it goes without the key, and is asked anew each time.
            unkeyed = replace(call, key="")
            if not refusal.keeps or _commit(unkeyed, wiring, ledger, call.request, attempts, number):
                raise
            continue
        except Exception:
            if not _overtaken(wiring, ledger, attempts):
                raise
            continue
        if _commit(call, wiring, ledger, response, attempts, number):
            attempts.say(ledger.figures)
            return response
        if (earlier := marks.remembered(call, wiring, attempts.known)) is not None:
            return earlier
    log.event("call_gave_up", severity="ERROR", action=call.action.entry_point)
    raise Busy


def _context(call: Call, wiring: Wiring, ledger: Ledger, attempts: Attempts) -> Context:
    return Context(
        call.actor,
        attempts.now,
        ledger,
        attempts.tape,
        wiring,
        wiring.outbox,
        wiring.settings,
        call.trace,
        partial(_at_once, call, wiring),
        attempts.figures,
        attempts.answers,
        attempts.broken,
    )


def _at_once(sweeper: Call, wiring: Wiring, message: Message) -> None:
    action = catalog.doer_of(type(message))
    try:
        run(Call(action, message, sweeper.actor, sweeper.trace), wiring)
    except Refusal as refusal:
        log.event("refused", action=action.entry_point, code=refusal.code())
    except Exception as error:
        # One record that cannot be moved on must not keep the sweeper from the others.
        log.crash("step_failed", error)


def _commit(
    call: Call, wiring: Wiring, ledger: Ledger, response: Value, attempts: Attempts, number: int
) -> bool:
    """True when our writes are in the store, whoever says so; then the letters have been performed too."""
    staged = ledger.writes(attempts.token)
    log.record.set(staged[0].path if staged else "")
    writes = [
        *staged,
        *marks.of(call, wiring, ledger, response, attempts.now, attempts.token),
    ]
    lease = attempts.token if wiring.settings.dispatch_inline else ""
    asked = spans.asked_in(attempts.answers)
    trace = asked[0].trace if len(asked) == 1 else call.trace
    post = [letters.write(one, call.actor.tenant_id, trace, attempts.now, lease) for one in ledger.effects]
    if attempts.known is not None:
        post = _not_written_yet(post, attempts.known)
    first_letter = len(writes)
    writes += [
        Write(
            path_of(Letter, letter.id), {**outbox.fields_of(letter, wiring), TOKEN: attempts.token}, MISSING
        )
        for letter in post
    ]
    if not writes:
        return True
    try:
        stamps = wiring.documents.commit(writes)
    except (Collision, OutcomeUnknown):
        wiring.clock.pause(attempts.pause_seconds(number))
        return _landed_after_all(writes, wiring, ledger, attempts)
    if lease and post:
        claimed = [outbox.Claimed(one, stamp) for one, stamp in zip(post, stamps[first_letter:], strict=True)]
        wiring.outbox.perform(claimed)
    return True


def _overtaken(wiring: Wiring, ledger: Ledger, attempts: Attempts) -> bool:
    """Whether somebody committed while this attempt read: it stumbled over halves of what was and what is."""
    found = wiring.documents.read([*ledger.known])
    stamps = {path: one and one.stamp for path, one in found.items()}
    if stamps == {path: one and one.stamp for path, one in ledger.known.items()}:
        return False
    attempts.known = found
    return True


def _landed_after_all(writes: list[Write], wiring: Wiring, ledger: Ledger, attempts: Attempts) -> bool:
    """Only the reply was lost: the sweeper finds our letters. Otherwise remembers what there is instead."""
    blind = {one.path for one in writes if one.expects is None}
    found = wiring.documents.read([*ledger.known, *(one.path for one in writes)])
    attempts.known = {path: one for path, one in found.items() if path not in blind}
    return any(one.fields.get(TOKEN) == attempts.token for one in found.values() if one is not None)


def _not_written_yet(post: list[Letter], known: Mapping[str, Snapshot | None]) -> list[Letter]:
    """A letter whose key is in the outbox says what is being said already."""
    return [letter for letter in post if known.get(path_of(Letter, letter.id)) is None]
