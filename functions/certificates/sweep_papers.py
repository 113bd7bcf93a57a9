"""The guarantee behind the task that prints: a certificate without a paper is found and printed."""

from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.printing import OVERDUE, PrintCertificate, unprinted
from shared.runtime.action import Needs, Request, Response, action, schedule
from shared.runtime.context import Context


class SweepPapers(Request):
    pass


class PapersMissing(Response):
    missing: int


@action(schedule("*/5 * * * *"), needs=Needs(memory_mb=1024, timeout_seconds=300))
def sweep_papers(req: SweepPapers, ctx: Context) -> PapersMissing:
    """Print every certificate whose task was lost."""
    found = ctx.store.select(Certificate, unprinted(ctx.now - OVERDUE))
    for certificate in found:
        ctx.at_once(PrintCertificate(certificate_id=certificate.id))
    return PapersMissing(missing=len(found))
