"""A page of the nightly look at the certificates: what is wrong with one becomes a line in its case's log,
and wakes somebody."""

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.checking import (
    LINES_MAX,
    CheckCertificates,
    next_page,
    page,
    verdict,
)
from shared.kernel.promises import PROMISES
from shared.kernel.records import Decision
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("nightly"), needs=Needs(timeout_seconds=300))
def check_certificates(req: CheckCertificates, ctx: Context) -> Done:
    """Ask each certificate of this page, and its case, whether they keep their promises."""
    found = ctx.store.select(Certificate, page(req))
    ctx.store.prefetch(
        *((CertificateCase, one.case_id) for one in found),
        *((Certificate, key) for one in found for key in one.earlier),
    )
    for certificate in found:
        case = ctx.store.find(CertificateCase, certificate.case_id)
        if case is not None and (decision := _verdict(case, certificate, ctx)) is not None:
            ctx.store.apply(decision)
            ctx.promise_broken(certificate, str(decision.details[PROMISES]))
    ctx.store.send(*next_page(req, found, ctx.now))
    return Done()


def _verdict(case: CertificateCase, one: Certificate, ctx: Context) -> Decision[CertificateCase] | None:
    its = [*ctx.store.find_many(Certificate, one.earlier), one]
    lines = ctx.store.activity(one, 0, LINES_MAX)
    return verdict(case, its, one, lines, ctx.store.activity(case, 0, LINES_MAX), ctx.now)
