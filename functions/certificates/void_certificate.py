"""A certificate should never have been: it is made void, with every version before it.

The patient cannot open it any more, whoever checks it is told that it is void, and the team lead hears of it.
"""

from pydantic import Field

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.case_file import keep
from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.certificate_views import CertificateRow, row_of
from functions.certificates.domain.voiding import VoidReason, goes_with, made_void, noted
from shared.kernel.actors import Role, Scope
from shared.kernel.records import Record
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class VoidCertificate(Request):
    """`note` says in words what has happened; it is kept sealed in the log."""

    certificate_id: str
    reason: VoidReason
    note: str = Field(min_length=1, max_length=2000)


@action(
    post("/v1/certificates/{certificate_id}:void"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.ASSIGNED,
    recent_sign_in=True,
)
def void_certificate(req: VoidCertificate, ctx: Context) -> CertificateRow:
    """Make a certificate void that was issued in error."""
    newest = ctx.store.get(Certificate, req.certificate_id)
    decision = made_void(newest, req.reason, req.note, ctx.settings.team_lead_mail, ctx.now)
    versions: list[tuple[type[Record], str]] = [(Certificate, one) for one in newest.earlier]
    ctx.store.prefetch((CertificateCase, newest.case_id), *versions)
    for earlier in ctx.store.find_many(Certificate, newest.earlier):
        gone = goes_with(earlier, newest, req.reason, ctx.now)
        if gone is not None:
            ctx.store.apply(gone)
    case = ctx.store.get(CertificateCase, newest.case_id)
    keep(case, noted(case, newest, req.reason), ctx.store)
    return row_of(ctx.store.apply(decision))
