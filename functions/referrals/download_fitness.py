"""A link to the paper of a certificate of fitness: for the person, and the employer where its law says so."""

from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.printing import WorkPaper, link_to
from functions.referrals.domain.projection import refuse_paper
from functions.referrals.domain.voiding import refuse_void
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class DownloadFitness(Request):
    certificate_id: str


@action(
    get("/v1/fitness-certificates/{certificate_id}/paper"),
    role=(Role.EMPLOYER, Role.PATIENT, Role.OPERATOR),
    scope=Scope.OWN,
    audited=True,
)
def download_fitness(req: DownloadFitness, ctx: Context) -> WorkPaper:
    """Get a short-lived link to the PDF of a certificate of fitness."""
    it = ctx.store.get(FitnessCertificate, req.certificate_id)
    if ctx.actor.role == Role.EMPLOYER:
        refuse_paper(it)
    if ctx.actor.role != Role.OPERATOR:
        refuse_void(it)
    return link_to(ctx.files, it.file_name, it.paper_generation, it.paper_sha256, it.number)
