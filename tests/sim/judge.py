"""What must be true at the end of every story, whichever module it is about: nothing is left lying."""

from collections.abc import Iterator
from typing import TypeVar

from shared.contracts.messaging import InboundText
from shared.kernel.ports import Query
from shared.kernel.records import Activity, Record
from shared.runtime.dead_letters import DeadLetter
from shared.runtime.letters import Letter
from tests.sim.machine import CODEC, Machine
from tests.world import TENANT

ROWS_MAX = 100_000
R = TypeVar("R", bound=Record)


def all_of(machine: Machine, kind: type[R]) -> list[R]:
    found = machine.store.query(Query(kind.kind, limit=ROWS_MAX))
    return [CODEC.decode(kind, one.fields) for one in found]


def log_of(machine: Machine, record: Record) -> list[Activity]:
    """As many lines as there are, whatever their numbers."""
    context = f"{record.tenant_id}|{record.kind}|{record.id}"
    found = machine.store.query(Query(f"{record.kind}/{record.id}/activity", limit=ROWS_MAX))
    lines = []
    for one in found:
        fields = {name: value for name, value in one.fields.items() if name in Activity.model_fields}
        lines.append(Activity.model_validate(CODEC.open(fields, context)))
    return sorted(lines, key=lambda line: line.number)


def nothing_is_left_lying(machine: Machine) -> Iterator[str]:
    for letter in all_of(machine, Letter):
        if letter.is_open:
            yield f"letter {letter.id} is still {letter.status}"
    for buried in all_of(machine, DeadLetter):
        yield f"{buried.entry_point} buried a message: {buried.error}"
    for process in machine.alive:
        yield f"{process.name} still runs"
    for alarm in machine.sink.alarms:
        yield f"an alarm that no fault explains: {alarm}"


def every_text_has_one_end(machine: Machine) -> Iterator[str]:
    """3: bound, asked back, handed to the operator, or ignored with a reason."""
    kept = {one.id: one for one in all_of(machine, InboundText)}
    for sent in machine.provider.inbound:
        text = kept.get(sent.sid)
        if text is None:
            yield f"text {sent.sid} was never taken in"
        elif not text.outcome or (text.outcome == "ignored" and not text.reason):
            yield f"text {sent.sid} ended in nothing"


def everything_is_somebodys(machine: Machine) -> Iterator[str]:
    """Each document says whose it is, and all of them are of the one tenant that acts here."""
    for path, fields in machine.store.everything():
        if fields.get("tenant_id") != TENANT:
            yield f"{path} is of tenant {fields.get('tenant_id')}"


def breaches(machine: Machine) -> list[str]:
    return [
        *nothing_is_left_lying(machine),
        *every_text_has_one_end(machine),
        *everything_is_somebodys(machine),
    ]
