"""Make a new edition of the market: the one in force, with everything that changed since in its place."""

import hashlib
from typing import Final

from functions.partners.domain.institute import InstituteVersion
from functions.partners.domain.market_head import MarketHead, PackMarket, edition_file
from functions.partners.domain.opening import opened
from functions.partners.domain.packing import merged
from shared.kernel.errors import Busy
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context

KIND: Final = "application/octet-stream"


@action(task("partners"), needs=Needs(memory_mb=1024, timeout_seconds=120, concurrency=1))
def pack_market(req: PackMarket, ctx: Context) -> Done:
    """Put a new edition of all institutes in force; old ones stay for the recommendations that name them."""
    tenant = ctx.actor.tenant_id
    head = ctx.store.get(MarketHead, tenant)
    if req.edition != head.edition + 1 or not head.changed:
        return Done()  # made already, or nothing to make
    versions = ctx.store.find_many(InstituteVersion, head.version_ids)
    if len(versions) != len(head.changed):
        raise Busy
    content = merged(opened(ctx.files, tenant, head), versions).to_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    generation = ctx.files.put("clean", edition_file(tenant, req.edition, sha256), content, KIND)
    ctx.store.put(head.packed(req.edition, generation, sha256, head.changed))
    return Done()
