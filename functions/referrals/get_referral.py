"""One referral, for the employer who wrote it."""

from functions.referrals.domain.package import Entitlement
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.views import EmployerReferral, employer_view
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class GetReferral(Request):
    referral_id: str


@action(get("/v1/my-referrals/{referral_id}"), role=Role.EMPLOYER, scope=Scope.OWN, audited=True)
def get_referral(req: GetReferral, ctx: Context) -> EmployerReferral:
    """Read a referral of your company."""
    ctx.store.prefetch((Referral, req.referral_id), (Entitlement, req.referral_id))
    referral = ctx.store.get(Referral, req.referral_id)
    unit = ctx.store.find(Entitlement, referral.entitlement_id) if referral.entitlement_id else None
    return employer_view(referral, unit.is_over_limit if unit else None)
