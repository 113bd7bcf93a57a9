"""A doctor signs: the draft as they have just seen it becomes a certificate with a number of its own.

Case, certificate, number and the key by which strangers check it are one commit; whoever loses the race for a
number runs again and takes the next one. A sign-in that ends meanwhile loses nothing: the draft stays.
"""

from functions.certificates.domain.bench import Bench, bench_of
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.case_file import keep
from functions.certificates.domain.certificate_views import CertificateIssued, issued_view
from functions.certificates.domain.issuing import check_case, issued
from functions.certificates.domain.opinion import Draft, draft_id
from functions.certificates.domain.signing_table import SigningTable
from functions.certificates.domain.who_issues import issuer_from
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class IssueCertificate(Request):
    """`draft_version` is that of the draft that you have read and sign."""

    case_id: str
    draft_version: int


@action(
    post("/v1/certificate-cases/{case_id}:issue"),
    role=Role.DOCTOR,
    scope=Scope.ASSIGNED,
    recent_sign_in=True,
)
def issue_certificate(req: IssueCertificate, ctx: Context) -> CertificateIssued:
    """Sign your opinion: it becomes a certificate, which never changes again."""
    me, tenant_id = ctx.actor.record_id, ctx.actor.tenant_id
    table = SigningTable(
        ctx.store, me, tenant_id, issuer_from(ctx.settings), ctx.ports.seals, ctx.new_id, ctx.now
    )
    table.fetch((CertificateCase, req.case_id), (Draft, draft_id(req.case_id, me)), (Bench, me))
    case = ctx.store.get(CertificateCase, req.case_id)
    check_case(case, me, ctx.now)
    certificate = table.sign(case, req.draft_version)
    keep(case, issued(case, certificate, ctx.now), ctx.store)
    ctx.store.put(bench_of(me, tenant_id, ctx.store).without(case.id))
    return issued_view(certificate)
