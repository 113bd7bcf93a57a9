"""One certificate with the opinion in it, for the doctor who signed it and for staff."""

from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.certificate_views import CertificateView, certificate_view
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class ReadCertificate(Request):
    certificate_id: str


@action(
    get("/v1/certificates/{certificate_id}"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.ASSIGNED,
    audited=True,
)
def read_certificate(req: ReadCertificate, ctx: Context) -> CertificateView:
    """Read a certificate, also one that was superseded or made void."""
    return certificate_view(ctx.store.get(Certificate, req.certificate_id))
