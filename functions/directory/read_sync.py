"""How fresh the directory is: when the customer last answered for each collection, and what is wrong."""

from functions.directory.domain.rows import KINDS
from functions.directory.domain.sync import SyncCursor, cursor_id
from functions.directory.domain.views import SyncView, sync_view
from shared.kernel.actors import Role
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context


class ReadSync(Request):
    pass


class SyncState(Response):
    collections: tuple[SyncView, ...]


@action(get("/v1/directory/sync"), role=Role.ADMIN)
def read_sync(req: ReadSync, ctx: Context) -> SyncState:
    """Read how far the directory follows the customer's systems."""
    tenant = ctx.actor.tenant_id
    held = {
        one.collection: one
        for one in ctx.store.find_many(SyncCursor, [cursor_id(tenant, it) for it in KINDS])
    }
    cursors = [held.get(one) or SyncCursor.first(tenant, one) for one in KINDS]
    return SyncState(collections=tuple(sync_view(one) for one in cursors))
