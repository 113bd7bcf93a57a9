"""A certificate of fitness for the employer: what the law of its country lets it see, and nothing else."""

from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.projection import EmployerView, employer_view
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class GetFitnessCertificate(Request):
    certificate_id: str


@action(get("/v1/fitness-certificates/{certificate_id}"), role=Role.EMPLOYER, scope=Scope.OWN, audited=True)
def get_fitness_certificate(req: GetFitnessCertificate, ctx: Context) -> EmployerView:
    """Read a certificate of fitness of one of your employees."""
    return employer_view(ctx.store.get(FitnessCertificate, req.certificate_id))
