"""The second examination says the same, which is final, or otherwise, which takes the first one's place."""

from typing import Literal, Self

from pydantic import model_validator

from functions.referrals.domain.appealing import confirmed, superseded, withdrawn
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.fitness_letters import fitness_letters, tell_fitness
from functions.referrals.domain.fitness_views import OwnFitness, own_fitness
from functions.referrals.domain.jurisdiction import profile_of
from functions.referrals.domain.outside import OutsideCertificate, check_paper, recorded
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class DecideAppeal(Request):
    """`changed`: with the certificate that the second examination led to, as it stands on paper."""

    certificate_id: str
    outcome: Literal["confirmed", "changed", "withdrawn"]
    paper: OutsideCertificate | None = None

    @model_validator(mode="after")
    def _changed_has_a_paper(self) -> Self:
        if (self.outcome == "changed") != (self.paper is not None):
            raise ValueError("give the new certificate where the outcome is changed, and only there")
        return self


@action(post("/v1/fitness-certificates/{certificate_id}:decide-appeal"), role=Role.OPERATOR)
def decide_appeal(req: DecideAppeal, ctx: Context) -> OwnFitness:
    """Record the outcome of an appeal."""
    it = ctx.store.get(FitnessCertificate, req.certificate_id)
    if req.paper is None:
        decide = confirmed if req.outcome == "confirmed" else withdrawn
        return own_fitness(ctx.store.apply(decide(it, ctx.now)))
    check_paper(req.paper, ctx.now.date())
    law, employee = profile_of(it.jurisdiction), ctx.store.get(Employee, it.employee_id)
    new = recorded(req.paper, employee, None, law, ctx.new_id(), ctx.now, it)
    ctx.store.apply(superseded(it, new, ctx.now))
    letters = (*fitness_letters(new, ctx.now), tell_fitness(new, ctx.now))
    return own_fitness(ctx.store.create(new, "recorded", effects=letters, supersedes=it.id))
