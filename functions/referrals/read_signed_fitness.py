"""A certificate of fitness with its findings, for the doctor who signed it."""

from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.fitness_views import DoctorFitness, doctor_fitness
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class ReadSignedFitness(Request):
    certificate_id: str


@action(
    get("/v1/signed-fitness-certificates/{certificate_id}"),
    role=Role.DOCTOR,
    scope=Scope.ASSIGNED,
    audited=True,
)
def read_signed_fitness(req: ReadSignedFitness, ctx: Context) -> DoctorFitness:
    """Read a certificate of fitness that you signed."""
    return doctor_fitness(ctx.store.get(FitnessCertificate, req.certificate_id))
