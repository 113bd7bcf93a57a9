"""The work has changed before the examination: another referral takes the place of the one that is out.

The old one is revoked, its unit goes over, and an appointment stays. The doctor sees the new revision.
"""

from functions.referrals.domain.employment import Employee
from functions.referrals.domain.issuing import Wish
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.views import EmployerReferral, employer_view
from functions.referrals.domain.writing import desk_of, packages_at, rewrite
from shared.contracts.directory import Employer
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class ReissueReferral(Request, Wish):
    referral_id: str


@action(post("/v1/referrals/{referral_id}:reissue"), role=Role.EMPLOYER, scope=Scope.OWN)
def reissue_referral(req: ReissueReferral, ctx: Context) -> EmployerReferral:
    """Replace an open referral by one that says what the work is now."""
    me = ctx.actor.record_id
    old = ctx.store.get(Referral, req.referral_id)
    ctx.store.prefetch((Employer, me), (Employee, old.employee_id))
    desk = desk_of(ctx.store.get(Employer, me), ctx.actor.user_id, ctx.now)
    packages = packages_at(ctx.store, me)
    referral, unit = rewrite(ctx.store, desk, old, req, packages, ctx.new_id())
    return employer_view(referral, unit.is_over_limit)
