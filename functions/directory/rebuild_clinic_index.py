"""Begin a rebuild of the clinic index: from here on changes are kept apart from what is being packed.

Beginning and packing are two commits, so that a clinic that changes between them is in one or the other.
"""

from functions.directory.domain.index import RebuildClinicIndex, pack_letter
from shared.contracts.clinic_index_head import ClinicIndexHead
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("directory"))
def rebuild_clinic_index(req: RebuildClinicIndex, ctx: Context) -> Done:
    """Begin to rebuild the clinic index where that is due."""
    tenant = ctx.actor.tenant_id
    head = ctx.store.find(ClinicIndexHead, tenant) or ClinicIndexHead.first(tenant)
    if head.rebuild_due or req.always:
        begun = ctx.store.put(head.rebuild_begun())
        ctx.store.send(pack_letter(begun, ctx.now))
    return Done()
