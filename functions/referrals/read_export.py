"""How far an export has come, and the link to its workbook."""

from functions.referrals.domain.export import ExportView, SearchExport, view_of
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class ReadExport(Request):
    export_id: str


@action(
    get("/v1/exports/{export_id}"),
    role=(Role.EMPLOYER, Role.OPERATOR, Role.ADMIN),
    scope=Scope.OWN,
    audited=True,
    asks_account=True,
)
def read_export(req: ReadExport, ctx: Context) -> ExportView:
    """Follow an export, and get its workbook."""
    return view_of(ctx.store.get(SearchExport, req.export_id), ctx.files)
