"""One certificate case, as staff see it."""

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.views import CaseView, staff_view
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class GetCase(Request):
    case_id: str


@action(get("/v1/certificate-cases/{case_id}"), role=(Role.OPERATOR, Role.ADMIN), audited=True)
def get_case(req: GetCase, ctx: Context) -> CaseView:
    """Show a certificate case."""
    return staff_view(ctx.store.get(CertificateCase, req.case_id), ctx.now)
