"""The paper of a certificate is made and put into storage once; then the patient hears of it."""

from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.printing import PrintCertificate, needs_paper, paper_in_storage, printed
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("papers"), needs=Needs(memory_mb=1024, timeout_seconds=120, concurrency=4))
def print_certificate(req: PrintCertificate, ctx: Context) -> Done:
    """Print a certificate, sign the file where a key is configured, and keep it."""
    certificate = ctx.store.find(Certificate, req.certificate_id)
    if certificate is None or not needs_paper(certificate):
        return Done()
    paper = paper_in_storage(certificate, ctx.papers, ctx.files, ctx.now)
    ctx.store.apply(printed(certificate, paper, ctx.now))
    return Done()
