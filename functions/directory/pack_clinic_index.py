"""Read every clinic, and every doctor whom none of them stands for, into the index held by searches.

The head is read last: whatever changes while they are read lies over the new snapshot all the same,
and the fewer moments between reading and committing it, the fewer repetitions.
"""

from collections.abc import Iterator
from typing import TypeVar

from functions.directory.domain.index import ROWS_A_READ, ROWS_MAX, PackClinicIndex
from shared.contracts.clinic_entry import ClinicEntry, entry_of
from shared.contracts.clinic_index_head import ClinicIndexHead, ClinicIndexPart, parts_of
from shared.contracts.clinic_snapshot import pack
from shared.contracts.directory import Clinic, Doctor
from shared.contracts.doctor_entry import doctor_entry
from shared.kernel.ports import Query
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context

R = TypeVar("R", Clinic, Doctor)


@action(task("directory"), needs=Needs(memory_mb=1024, timeout_seconds=300, concurrency=1))
def pack_clinic_index(req: PackClinicIndex, ctx: Context) -> Done:
    """Put a new snapshot of all clinics in force and take the old one away."""
    tenant = ctx.actor.tenant_id
    parts = parts_of(pack(_entries(ctx), req.build), tenant)
    head = ctx.store.get(ClinicIndexHead, tenant)
    ended = head.rebuild_ended(req.build, len(parts), ctx.now)
    if ended == head:
        return Done()  # a newer rebuild has begun, or this one came twice
    for old in ctx.store.find_many(ClinicIndexPart, head.part_ids()):
        ctx.store.remove(old)
    for part in parts:
        ctx.store.put(part)
    ctx.store.put(ended)
    return Done()


def _entries(ctx: Context) -> Iterator[ClinicEntry]:
    clinics = {entry.clinic_id: entry for one in _all(Clinic, ctx) if (entry := entry_of(one)) is not None}
    yield from clinics.values()
    for doctor in _all(Doctor, ctx):
        entry = doctor_entry(doctor, clinics)
        if entry is not None:
            yield entry


def _all(kind: type[R], ctx: Context) -> Iterator[R]:
    after: tuple[str, ...] = ()
    for _ in range(ROWS_MAX // ROWS_A_READ):
        rows = ctx.store.select(
            kind, Query(kind.kind, order=(("id", "asc"),), after=after, limit=ROWS_A_READ)
        )
        yield from rows
        if len(rows) < ROWS_A_READ:
            return
        after = (rows[-1].id,)
    raise OverflowError(f"more than {ROWS_MAX} {kind.kind}")
