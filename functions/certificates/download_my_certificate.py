"""A link to the paper of one's own certificate, for the patient; good for minutes."""

from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.download import Download, download
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class DownloadMyCertificate(Request):
    certificate_id: str


@action(get("/v1/my-certificates/{certificate_id}/paper"), role=Role.PATIENT, scope=Scope.OWN, audited=True)
def download_my_certificate(req: DownloadMyCertificate, ctx: Context) -> Download:
    """Get a short-lived link to the PDF of your own certificate."""
    return download(ctx.store.get(Certificate, req.certificate_id), ctx.files)
