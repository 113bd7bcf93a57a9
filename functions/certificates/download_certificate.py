"""A link to the paper of a certificate, for the doctor who signed it and for staff; good for minutes."""

from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.download import Download, download
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class DownloadCertificate(Request):
    certificate_id: str


@action(
    get("/v1/certificates/{certificate_id}/paper"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.ASSIGNED,
    audited=True,
)
def download_certificate(req: DownloadCertificate, ctx: Context) -> Download:
    """Get a short-lived link to the PDF."""
    return download(ctx.store.get(Certificate, req.certificate_id), ctx.files)
