"""The paper of a certificate of fitness is made and put into storage once; then people hear of it."""

from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.fitness_letters import PrintFitness
from functions.referrals.domain.printing import fitness_printed, in_storage, paper_of
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("papers"), needs=Needs(memory_mb=1024, timeout_seconds=120, concurrency=4))
def print_fitness(req: PrintFitness, ctx: Context) -> Done:
    """Print a certificate of fitness, and sign the file where a key is configured."""
    certificate = ctx.store.find(FitnessCertificate, req.certificate_id)
    if certificate is None or certificate.paper_generation is not None or not certificate.paper_json:
        return Done()
    paper = paper_of(certificate)
    filed = in_storage(ctx.files, certificate.file_name, lambda: ctx.papers.sign(ctx.papers.fitness(paper)))
    ctx.store.apply(fitness_printed(certificate, filed, ctx.now))
    return Done()
