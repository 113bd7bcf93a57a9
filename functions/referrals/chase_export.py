"""One overdue export, in a call of its own. Its files go first: who dies between is found again."""

from functions.referrals.domain.export import ChaseExport, ExportStatus, SearchExport, chased
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context

FILES_MAX = 300


@action(task("exports"))
def chase_export(req: ChaseExport, ctx: Context) -> Done:
    """Ask for a lost step again, or remove what is a day old."""
    it = ctx.store.find(SearchExport, req.export_id)
    decision = chased(it, ctx.now) if it is not None else None
    if it is None or decision is None:
        return Done()
    if decision.record.status == ExportStatus.GONE:
        for one in ctx.files.names("clean", it.folder, "", FILES_MAX):
            ctx.files.remove("clean", one.name)
    ctx.store.apply(decision)
    return Done()
