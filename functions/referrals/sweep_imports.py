"""The guarantee behind links and tasks: open imports hold the time at which somebody must look."""

from functions.referrals.domain.employee_import import ChaseImport, EmployeeImport, overdue
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context


class SweepImports(Request):
    pass


class ImportsSwept(Response):
    overdue: int


@action(schedule("*/10 * * * *"))
def sweep_imports(req: SweepImports, ctx: Context) -> ImportsSwept:
    """Look after every import that has not come, or has not gone on."""
    found = ctx.store.select(EmployeeImport, overdue(ctx.now))
    for one in found:
        ctx.at_once(ChaseImport(import_id=one.id))
    return ImportsSwept(overdue=len(found))
