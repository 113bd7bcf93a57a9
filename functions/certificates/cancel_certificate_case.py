"""The certificate is not wanted any more: nobody works on it, and a clinic keeps no time free for it."""

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.case_file import keep
from functions.certificates.domain.keeping import CancelReason, cancelled
from functions.certificates.domain.views import CaseView, staff_view
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class CancelCertificateCase(Request):
    case_id: str
    reason: CancelReason


@action(post("/v1/certificate-cases/{case_id}:cancel"), role=Role.OPERATOR)
def cancel_certificate_case(req: CancelCertificateCase, ctx: Context) -> CaseView:
    """Cancel a case for which no certificate has been issued."""
    case = ctx.store.get(CertificateCase, req.case_id)
    return staff_view(keep(case, cancelled(case, req.reason, ctx.now), ctx.store), ctx.now)
