"""An employer refers a person to an examination; a unit of a package pays for it.

Referral, unit and the person's list are one commit: of two who want the last unit, one is told it is gone.
"""

from functions.referrals.domain.employment import Employee
from functions.referrals.domain.issuing import Wish
from functions.referrals.domain.views import EmployerReferral, employer_view
from functions.referrals.domain.writing import desk_of, packages_at, write
from shared.contracts.directory import Employer
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class IssueReferral(Request, Wish):
    employee_id: str


@action(post("/v1/referrals"), role=Role.EMPLOYER, scope=Scope.OWN)
def issue_referral(req: IssueReferral, ctx: Context) -> EmployerReferral:
    """Refer an employee or a candidate to an examination."""
    me = ctx.actor.record_id
    ctx.store.prefetch((Employer, me), (Employee, req.employee_id))
    employee = ctx.store.get(Employee, req.employee_id)
    desk = desk_of(ctx.store.get(Employer, me), ctx.actor.user_id, ctx.now)
    packages = packages_at(ctx.store, me)
    referral, unit = write(ctx.store, desk, employee, req, packages, ctx.new_id())
    return employer_view(referral, unit.is_over_limit)
