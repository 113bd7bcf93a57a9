"""The guarantee behind exports: what stopped goes on, and what was made yesterday is removed."""

from functions.referrals.domain.export import ChaseExport, SearchExport, overdue
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context


class SweepExports(Request):
    pass


class ExportsSwept(Response):
    overdue: int


@action(schedule("*/10 * * * *"))
def sweep_exports(req: SweepExports, ctx: Context) -> ExportsSwept:
    """Look after every export that has not gone on, or is a day old."""
    found = ctx.store.select(SearchExport, overdue(ctx.now))
    for one in found:
        ctx.at_once(ChaseExport(export_id=one.id))
    return ExportsSwept(overdue=len(found))
