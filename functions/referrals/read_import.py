"""How far the import of a list of employees has come."""

from functions.referrals.domain.employee_import import EmployeeImport
from functions.referrals.domain.import_views import ImportView, view_of
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class ReadImport(Request):
    import_id: str


@action(
    get("/v1/employee-imports/{import_id}"),
    role=(Role.EMPLOYER, Role.OPERATOR, Role.ADMIN),
    scope=Scope.OWN,
)
def read_import(req: ReadImport, ctx: Context) -> ImportView:
    """Follow an import: rows so far, faults, and the marked workbook."""
    return view_of(ctx.store.get(EmployeeImport, req.import_id), ctx.files)
