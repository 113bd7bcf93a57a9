"""Every five minutes: begin to read what has changed in the customer's systems."""

from functions.directory.domain.sync import first_pages
from shared.runtime.action import Done, Request, action, schedule
from shared.runtime.context import Context


class SyncDirectory(Request):
    pass


@action(schedule("*/5 * * * *"))
def sync_directory(req: SyncDirectory, ctx: Context) -> Done:
    """Start reading changes of clinics, doctors, employers and packages."""
    ctx.store.send(*first_pages(ctx.actor.tenant_id, ctx.now))
    return Done()
