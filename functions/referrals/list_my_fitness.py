"""A person's own certificates of fitness, of all their employers, the newest first."""

from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.fitness_lists import of_person
from functions.referrals.domain.fitness_views import OwnFitness, own_fitness
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListMyFitness(Page):
    pass


class MyFitness(Response):
    certificates: tuple[OwnFitness, ...]
    next_page_token: str


@action(get("/v1/my-fitness-certificates"), role=Role.PATIENT, scope=Scope.OWN, audited=True)
def list_my_fitness(req: ListMyFitness, ctx: Context) -> MyFitness:
    """List your own certificates of fitness for work."""
    found, token = page_of(ctx, FitnessCertificate, req, of_person(ctx.actor.record_id))
    return MyFitness(certificates=tuple(own_fitness(one) for one in found), next_page_token=token)
