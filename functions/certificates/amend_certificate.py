"""A certificate is put right: a new one with a number of its own takes the place of the old one.

The old one stays readable and says what has superseded it; whoever checks it is told so. The doctor writes
the new opinion as a draft, as before.
"""

from pydantic import Field

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.case_file import keep
from functions.certificates.domain.certificate import Certificate, CertificateEvent
from functions.certificates.domain.certificate_views import CertificateIssued, issued_view
from functions.certificates.domain.issuing import AmendReason, amended, superseded
from functions.certificates.domain.opinion import Draft, draft_id
from functions.certificates.domain.signing_table import SigningTable
from functions.certificates.domain.who_issues import issuer_from
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class AmendCertificate(Request):
    """`draft_version` is that of the draft with the new opinion; `note` is for the log."""

    certificate_id: str
    draft_version: int
    reason: AmendReason
    note: str = Field("", max_length=1000)


@action(
    post("/v1/certificates/{certificate_id}:amend"),
    role=Role.DOCTOR,
    scope=Scope.ASSIGNED,
    recent_sign_in=True,
)
def amend_certificate(req: AmendCertificate, ctx: Context) -> CertificateIssued:
    """Sign a new certificate in the place of one of yours."""
    me, tenant_id = ctx.actor.record_id, ctx.actor.tenant_id
    table = SigningTable(
        ctx.store, me, tenant_id, issuer_from(ctx.settings), ctx.ports.seals, ctx.new_id, ctx.now
    )
    table.fetch((Certificate, req.certificate_id))
    old = ctx.store.get(Certificate, req.certificate_id)
    old.after(CertificateEvent.SUPERSEDE)  # said before anything else is looked at
    ctx.store.prefetch((CertificateCase, old.case_id), (Draft, draft_id(old.case_id, me)))
    case = ctx.store.get(CertificateCase, old.case_id)
    certificate = table.sign(case, req.draft_version, old)
    ctx.store.apply(superseded(old, certificate, req.reason, req.note))
    keep(case, amended(case, certificate, ctx.now), ctx.store)
    return issued_view(certificate)
