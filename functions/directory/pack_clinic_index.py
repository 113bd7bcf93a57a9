"""Read every clinic and pack them into the index that searches hold in memory.

The head is read last: whatever changes while the clinics are read lies over the new snapshot all the same,
and the fewer moments between reading and committing it, the fewer repetitions.
"""

from collections.abc import Iterator

from functions.directory.domain.index import CLINICS_A_READ, CLINICS_MAX, PackClinicIndex
from shared.contracts.clinic_entry import ClinicEntry, entry_of
from shared.contracts.clinic_index_head import ClinicIndexHead, ClinicIndexPart, parts_of
from shared.contracts.clinic_snapshot import pack
from shared.contracts.directory import Clinic
from shared.kernel.ports import Query
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


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
    after: tuple[str, ...] = ()
    for _ in range(CLINICS_MAX // CLINICS_A_READ):
        clinics = ctx.store.select(
            Clinic, Query(Clinic.kind, order=(("id", "asc"),), after=after, limit=CLINICS_A_READ)
        )
        yield from (entry for one in clinics if (entry := entry_of(one)) is not None)
        if len(clinics) < CLINICS_A_READ:
            return
        after = (clinics[-1].id,)
    raise OverflowError(f"more than {CLINICS_MAX} clinics")
