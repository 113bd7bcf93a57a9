"""A certificate of fitness was issued in error: it is made void, and whoever relied on it hears so.

Only soon after signing in. Whoever checks its number is told that it is void.
"""

from pydantic import Field

from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.fitness_views import OwnFitness, own_fitness
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.voiding import VoidReason, made_void, noted
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class VoidFitnessCertificate(Request):
    """`note` says in words what has happened; it is kept sealed in the log."""

    certificate_id: str
    reason: VoidReason
    note: str = Field(min_length=1, max_length=2000)


@action(
    post("/v1/fitness-certificates/{certificate_id}:void"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.ASSIGNED,
    recent_sign_in=True,
)
def void_fitness_certificate(req: VoidFitnessCertificate, ctx: Context) -> OwnFitness:
    """Make a certificate of fitness void that was issued in error."""
    it = ctx.store.get(FitnessCertificate, req.certificate_id)
    after = ctx.store.apply(made_void(it, req.reason, req.note, ctx.now))
    if it.referral_id:
        ctx.store.apply(noted(ctx.store.get(Referral, it.referral_id), after))
    return own_fitness(after)
