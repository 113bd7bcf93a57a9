"""One overdue import, in a call of its own: what is wrong with one must not keep the others waiting."""

from functions.referrals.domain.employee_import import ChaseImport, EmployeeImport
from functions.referrals.domain.importing import chased
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("imports"))
def chase_import(req: ChaseImport, ctx: Context) -> Done:
    """Give up an import that never came, take in one that nobody told of, plan a lost portion anew."""
    it = ctx.store.find(EmployeeImport, req.import_id)
    if it is not None:
        decision = chased(it, ctx.files.stat("quarantine", it.file), ctx.now)
        if decision is not None:
            ctx.store.apply(decision)
    return Done()
