"""The app says that the list is there; then it is read. Where no app says so, a sweeper finds it."""

from functions.referrals.domain.employee_import import EmployeeImport, ImportStatus
from functions.referrals.domain.import_views import ImportView, view_of
from functions.referrals.domain.importing import NoListYet, arrived
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class FinishImport(Request):
    import_id: str


@action(post("/v1/employee-imports/{import_id}:finish"), role=Role.EMPLOYER, scope=Scope.OWN)
def finish_import(req: FinishImport, ctx: Context) -> ImportView:
    """Say that the list of employees was uploaded."""
    it = ctx.store.get(EmployeeImport, req.import_id)
    if it.status == ImportStatus.ANNOUNCED:
        facts = ctx.files.stat("quarantine", it.file)
        if facts is None:
            raise NoListYet
        it = ctx.store.apply(arrived(it, facts, ctx.now))
    return view_of(it, ctx.files)
