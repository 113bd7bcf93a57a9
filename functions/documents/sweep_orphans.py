"""Files that no document will ever ask for: a link used again, a process that died between move and commit.

A page of each room at a time, from where the last run stopped. Whatever is younger than a day, or belongs to
a document that is still open, is left alone: a commit in flight may be about to name it.
"""

from typing import Final

from functions.documents.domain.tidying import ROOMS, SweepCursor, document_of, files_of, is_orphan
from shared.contracts.documents import Document
from shared.kernel.ports import Room
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context

FILES_MAX: Final = 300


class SweepOrphans(Request):
    pass


class OrphansSwept(Response):
    looked_at: int
    removed: int


@action(schedule("23 * * * *"))
def sweep_orphans(req: SweepOrphans, ctx: Context) -> OrphansSwept:
    """Remove files of documents that are no more."""
    counts = [_swept(room, ctx) for room in ROOMS]
    return OrphansSwept(looked_at=sum(seen for seen, _ in counts), removed=sum(gone for _, gone in counts))


def _swept(room: Room, ctx: Context) -> tuple[int, int]:
    tenant = ctx.actor.tenant_id
    key = f"{room}-{tenant}"
    cursor = ctx.store.find(SweepCursor, key) or SweepCursor(id=key, tenant_id=tenant)
    found = ctx.files.names(room, files_of(tenant), cursor.after, FILES_MAX)
    ids = [key for one in found if (key := document_of(one.name, tenant))]
    known = {one.file: one for one in ctx.store.find_many(Document, ids)}
    orphans = [one for one in found if is_orphan(one, room, known.get(one.name), ctx.now)]
    for one in orphans:
        ctx.files.remove(room, one.name)
    ctx.store.put(cursor.but(after=found[-1].name if len(found) == FILES_MAX else ""))
    return len(found), len(orphans)
